"""Verify: does a frozen figure, a folder of them, or what a letter names still hold?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from closeout.web.accounts.permissions import Permission, require
from closeout.web.evidence.actions.brought import bring_file
from closeout.web.evidence.forms import VerifyForm
from closeout.web.evidence.models import AssessedMeasure, BroughtFile
from closeout.web.evidence.queries.known import known_bytes
from closeout.web.evidence.queries.runs import shown_run
from closeout.web.evidence.verifying.found import ANSWER_TONES, ANSWER_WORDS
from closeout.web.recommendations.actions.errors import ActionRefusedError

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest

PAGE = "evidence/verify.html"
DETAIL = "evidence/verify_detail.html"
MOST_BEFORE = 10


@require_http_methods(["GET", "POST"])
def verify(request: SignedInRequest) -> HttpResponse:
    """Take a file to be verified in the background, and show what was found of earlier ones."""
    require(request.user, Permission.EVIDENCE_VERIFY)
    form = VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            brought = bring_file(by=request.user, name=file.name, data=file.read())
            return redirect("evidence:verify-detail", brought.pk)
        except ActionRefusedError as refusal:
            form.add_error("file", f"{str(refusal)[:1].upper()}{str(refusal)[1:]}.")
    before = BroughtFile.objects.filter(by=request.user).select_related("job").defer("data")[:MOST_BEFORE]
    context = {"form": form, "before": [(row, _said(row)) for row in before]}
    return render(request, PAGE, context, status=422 if form.is_bound else 200)


@require_GET
@vary_on_headers("HX-Request")
def verify_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what was found of a file to who brought it, or how far verifying it is."""
    require(request.user, Permission.EVIDENCE_VERIFY)
    mine = BroughtFile.objects.filter(by=request.user).select_related("job").defer("data")
    brought = get_object_or_404(mine, pk=pk)
    context = {
        "brought": brought,
        "found": brought.found,
        "said": _said(brought),
        "results": _results(brought),
        "known": known_bytes(brought.sha256),
        "is_running": brought.job is not None and not brought.job.is_finished,
        "sees_job": True,
    }
    return render(request, f"{DETAIL}#outcome" if request.htmx else DETAIL, context)


def _results(brought: BroughtFile) -> list[dict[str, Any]]:
    """Return what was found of each result, with the measure's title and whether it has a page."""
    results = (brought.found or {}).get("results", ())
    run = shown_run(localdate()).run
    rows = AssessedMeasure.objects.filter(code__in={one["measure"] for one in results}).order_by("pk")
    known = {row.code: row for row in rows}
    shown = {row.code for row in rows if run and row.run_id == run.pk}
    return [
        {
            **one,
            "title": known[one["measure"]].title if one["measure"] in known else "",
            "is_shown": one["measure"] in shown,
            "answer_words": ANSWER_WORDS[one["answer"]],
            "tone": _tone(one["answer"]),
        }
        for one in results
    ]


def _said(brought: BroughtFile) -> dict[str, str]:
    """Return the answer in a word and its color; where there is none yet, how the job stands."""
    if brought.found is not None:
        answer = brought.found["answer"]
        return {"words": ANSWER_WORDS[answer], "tone": _tone(answer)}
    if brought.job is None:
        return {"words": "not verified", "tone": ""}
    is_failed = brought.job.state == "failed"
    return {"words": brought.job.get_state_display().lower(), "tone": "late" if is_failed else "active"}


def _tone(answer: str) -> str:
    return ANSWER_TONES.get(answer, "")
