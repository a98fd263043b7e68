"""Which assessment the pages show, and what is being worked out now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.web.evidence.actions.runs import KIND
from closeout.web.evidence.models import AssessmentRun
from closeout.web.jobs.shown import Shown, newest_attempt

if TYPE_CHECKING:
    from datetime import date


def shown_run(today: date) -> Shown[AssessmentRun]:
    """Return the newest run, and the newest attempt if nothing came of it yet."""
    run = AssessmentRun.objects.select_related("requested_by").first()
    attempt = newest_attempt(KIND, kept_at=run.finished_at if run else None)
    return Shown(run, attempt, today, run.as_of if run else None)
