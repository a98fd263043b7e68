"""Which run the pages show, and what is being worked out now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.web.jobs.shown import Shown, newest_attempt
from closeout.web.staffing.actions.runs import KIND
from closeout.web.staffing.models.runs import StaffingRun

if TYPE_CHECKING:
    from datetime import date


def shown_run(today: date, *, kind: str = "observed") -> Shown[StaffingRun]:
    """Return the newest run with this kind of weights, and the newest attempt if nothing came of it yet."""
    run = StaffingRun.objects.filter(kind=kind).select_related("requested_by").first()
    attempt = newest_attempt(KIND, kept_at=run.finished_at if run else None)
    return Shown(run, attempt, today, run.as_of if run else None)


def kinds_there_are() -> list[str]:
    """Return the kinds of weights that a run has been kept for."""
    return sorted(set(StaffingRun.objects.order_by().values_list("kind", flat=True)), reverse=True)
