"""The background work of casework. `apps.py` imports this module in `ready()`, so that the worker knows it.

`casework.alerts`  fires the alerts of the day
`casework.duties`  works out all duties and integrity findings anew
`casework.expire`  reminds of check-ins, finds those that were not held, expires unused travel documents

The engine is imported when the work starts: it takes seconds that most commands can do without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from closeout.web.accounts.permissions import Permission
from closeout.web.casework.actions.expiry import expire_check_ins, remind_check_ins
from closeout.web.casework.actions.refreshing import putting_off
from closeout.web.casework.actions.travel_end import expire_travel_documents
from closeout.web.casework.alerts import fire_alerts
from closeout.web.casework.duties import refresh_all
from closeout.web.jobs.kinds import job_kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from closeout.web.casework.duties import Step
    from closeout.web.jobs.progress import Progress


@job_kind("casework.alerts", permission=Permission.RECORDS_MANAGE)
def run_alerts(progress: Progress, _params: dict[str, Any]) -> dict[str, Any]:
    """Fire the alerts of today."""
    fired = fire_alerts(
        today=timezone.localdate(), advance=lambda done: progress.advance(done, note="alerts")
    )
    return {"Coming up": fired["before"], "Due": fired["on"], "Overdue": fired["after"]}


@job_kind("casework.duties", permission=Permission.RECORDS_MANAGE)
def run_duties(progress: Progress, _params: dict[str, Any]) -> dict[str, Any]:
    """Work out all duties and findings as of today."""

    def told(step: Step) -> None:
        progress.advance(step.done, step.total, note=step.what)

    done = refresh_all(today=timezone.localdate(), told=told)
    return {"Duties": done.duties, "Findings": done.findings, "Clauses": done.clauses}


@job_kind("casework.expire", permission=Permission.RECORDS_MANAGE)
def run_expiry(progress: Progress, _params: dict[str, Any]) -> dict[str, Any]:
    """Do what a day's passing does by itself to check-ins and travel documents."""
    from closeout.web.casework.duties.refresh import refresh_cases  # noqa: PLC0415 - brings the engine

    today = timezone.localdate()

    def advance(done: int) -> None:
        progress.advance(done, note="check-ins and travel documents")

    with putting_off() as cases:
        told = _pass_the_day(today, advance)
    progress.tell(f"working out what {len(cases)} cases owe")
    refresh_cases(sorted(cases), today=today)
    return told


def _pass_the_day(today: date, advance: Callable[[int], None]) -> dict[str, Any]:
    return {
        "Check-ins reminded of": remind_check_ins(today=today, advance=advance),
        "Check-ins found not held": expire_check_ins(today=today, advance=advance),
        "Travel documents expired": expire_travel_documents(today=today, advance=advance),
    }
