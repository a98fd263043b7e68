"""Verify: does a frozen figure, or a file of a dossier, still hold?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from closeout.evidence.freezing import FrozenError
from closeout.evidence.freezing.verify import FINDING_WORDS, Finding
from closeout.web.accounts.permissions import Permission, require
from closeout.web.evidence.forms import MOST_FILE_MB, VerifyForm
from closeout.web.evidence.freezing import verified
from closeout.web.recommendations.models import ClosureRequest, EvidenceRevision

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.evidence.freezing.verify import Verification
    from closeout.web.http import SignedInRequest

PAGE = "evidence/verify.html"
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Known:
    """Where the same bytes are kept on this site."""

    said: str
    recommendation_id: int


@require_http_methods(["GET", "POST"])
def verify(request: SignedInRequest) -> HttpResponse:
    """Take a file, say whether its bytes are known here, and work a frozen figure out again."""
    require(request.user, Permission.EVIDENCE_VERIFY)
    if request.method == "GET":
        return render(request, PAGE, {"form": VerifyForm()})
    form = VerifyForm(request.POST, request.FILES)
    if form.is_valid() and form.cleaned_data["file"].size > MOST_FILE_MB * _MIB:
        form.add_error("file", f"It is larger than {MOST_FILE_MB} MB.")
    if not form.is_valid():
        return render(request, PAGE, {"form": form}, status=422)
    data = form.cleaned_data["file"].read()
    found, problem = _found(data)
    context = {
        "form": VerifyForm(),
        "sha256": hashlib.sha256(data).hexdigest(),
        "filename": form.cleaned_data["file"].name,
        "known": _known(hashlib.sha256(data).hexdigest()),
        "found": found,
        "words": FINDING_WORDS[found.finding] if found else "",
        "is_equal": found is not None and found.finding is Finding.EQUAL,
        "problem": problem,
    }
    return render(request, PAGE, context)


def _found(data: bytes) -> tuple[Verification | None, str]:
    """Return what verifying came to, or why it could not be done."""
    if not data.lstrip().startswith(b"{"):
        return None, "It is no frozen figure: those are JSON files, one a figure."
    try:
        return verified(data).results[0], ""
    except FrozenError as error:
        return None, f"{str(error)[:1].upper()}{str(error)[1:]}."


def _known(sha256: str) -> list[Known]:
    """Return the evidence and the submitted letters on this site that have just these bytes."""
    revisions = EvidenceRevision.objects.filter(blob=sha256).select_related("evidence")
    found = [
        Known(
            f"evidence “{row.evidence.title}”, revision {row.number}, {row.state}",
            row.evidence.recommendation_id,
        )
        for row in revisions
    ]
    asked = ClosureRequest.objects.exclude(attachments=[])
    found += [
        Known(f"submitted on {row.requested_at:%Y-%m-%d}, {row.state}", row.recommendation_id)
        for row in asked
        if any(each["sha256"] == sha256 for each in row.attachments)
    ]
    return found
