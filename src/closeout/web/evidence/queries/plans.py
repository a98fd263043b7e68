"""Recommendations whose auditor asks for a hiring plan."""

from __future__ import annotations

from django.utils.timezone import localdate

from closeout.web.evidence.models import RecommendationAssessment
from closeout.web.evidence.queries.runs import shown_run

KIND = "evidence.plan"
HIRING = "hiring"
"""As `closeout.evidence.freezing.hiring` calls it, which takes seconds to load."""


def wanting() -> list[RecommendationAssessment]:
    """Return what the newest assessment found of each recommendation that asks for a hiring plan."""
    run = shown_run(localdate()).run
    if run is None:
        return []
    rows = RecommendationAssessment.objects.filter(run=run).select_related("run", "recommendation__report")
    return [row for row in rows.order_by("place") if texts_of(row)]


def texts_of(row: RecommendationAssessment) -> set[str]:
    """Return the needs of a recommendation that ask for a hiring plan, in the auditor's words."""
    return {need["text"] for need in row.needs if need.get("wants") == HIRING}
