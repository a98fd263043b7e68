"""Where the same bytes are kept on this site."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from closeout.web.recommendations.models import ClosureRequest, EvidenceRevision


@dataclass(frozen=True, slots=True)
class Known:
    """A place where some bytes are kept, in words, and its page."""

    said: str
    href: str


def known_bytes(sha256: str) -> list[Known]:
    """Return the evidence and the submitted letters on this site that have just these bytes."""
    revisions = EvidenceRevision.objects.filter(blob=sha256).select_related("evidence")
    found = [
        Known(
            f"evidence “{row.evidence.title}”, revision {row.number}, {row.state}",
            reverse("evidence:dossier", args=[row.evidence.recommendation_id]),
        )
        for row in revisions
    ]
    asked = ClosureRequest.objects.exclude(attachments=[])
    return found + [
        Known(
            f"submitted on {row.requested_at:%Y-%m-%d}, {row.state}",
            reverse("evidence:dossier", args=[row.recommendation_id]),
        )
        for row in asked
        if any(each["sha256"] == sha256 for each in row.attachments)
    ]
