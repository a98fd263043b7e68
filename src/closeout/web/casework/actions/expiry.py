"""The job that finds check-ins whose window and grace days are over: the only way to `missed` (A4)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from closeout.records.machines import CHECK_IN, Actor
from closeout.web.audit.actions import SYSTEM
from closeout.web.casework import policy
from closeout.web.casework.actions.check_ins import OPEN
from closeout.web.casework.actions.held import moved
from closeout.web.casework.actions.terms import GRACE_DAYS, REMIND_DAYS
from closeout.web.casework.actions.writing import Writing
from closeout.web.casework.models import Case, CheckIn, ExceptionItem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

_JOB = frozenset({Actor.JOB})


def expire_check_ins(
    *, today: date, grace_days: int = GRACE_DAYS, advance: Callable[[int], None] = lambda _done: None
) -> int:
    """Mark the check-ins that were not held as missed, open an exception for each, and return how many.

    One transaction and one event a check-in, so that a job that is stopped has done what it has done.

    Args:
        today: The day it is, by the site's clock.
        grace_days: Days after the window that are still waited for; 0 or more.
        advance: Told how many check-ins are done.

    """
    done = 0
    for check_in_id in _expired(today, grace_days):
        done += _expire(check_in_id, today=today, grace_days=grace_days)
        advance(done)
    return done


def _expired(today: date, grace_days: int) -> Iterator[int]:
    # The window differs from row to row; it is compared row by row rather than in each database's own way.
    open_rows = CheckIn.objects.filter(state__in=OPEN, due_on__lt=today - timedelta(days=grace_days))
    rows = open_rows.order_by("check_in_id").values_list("check_in_id", "due_on", "window_days")
    for check_in_id, due_on, window_days in list(rows):
        if due_on + timedelta(days=window_days + grace_days) < today:
            yield check_in_id


@transaction.atomic
def _expire(check_in_id: int, *, today: date, grace_days: int) -> bool:
    case_no = CheckIn.objects.values_list("case_id", flat=True).get(pk=check_in_id)
    case = Case.objects.select_for_update().get(pk=case_no)
    row = CheckIn.objects.select_for_update().get(pk=check_in_id)
    last_day = row.due_on + timedelta(days=row.window_days + grace_days)
    on = min(today, policy.today_at(case.office))
    # Somebody may have recorded an outcome since it was listed, or the day is not over where the office is.
    if row.state not in OPEN or last_day >= on:
        return False
    move = moved(CHECK_IN, row.state, "expire", by=_JOB, facts={"on": on, "last_day": last_day})
    writing = Writing(case_no)
    writing.change(row, state=move.then, outcome="missed", outcome_on=on, recorded_at=timezone.now())
    writing.create(
        ExceptionItem,
        case=case,
        office_id=case.office_id,
        kind="missed_check_in",
        check_in=row,
        arose_on=on,
        attempts=0,
        state="open",
    )
    writing.tell("check_in.expire", row, by=SYSTEM, today=on)
    return True


def remind_check_ins(
    *, today: date, days: int = REMIND_DAYS, advance: Callable[[int], None] = lambda _done: None
) -> int:
    """Mark the check-ins of the next days as reminded, and return how many."""
    ahead = CheckIn.objects.filter(
        state="scheduled", due_on__gte=today, due_on__lte=today + timedelta(days=days)
    )
    done = 0
    for check_in_id in list(ahead.order_by("check_in_id").values_list("check_in_id", flat=True)):
        done += _remind(check_in_id, today=today)
        advance(done)
    return done


@transaction.atomic
def _remind(check_in_id: int, *, today: date) -> bool:
    case_no = CheckIn.objects.values_list("case_id", flat=True).get(pk=check_in_id)
    Case.objects.select_for_update().get(pk=case_no)
    row = CheckIn.objects.select_for_update().get(pk=check_in_id)
    if row.state != "scheduled":
        return False
    writing = Writing(case_no)
    then = moved(CHECK_IN, row.state, "remind", by=_JOB).then
    writing.change(row, state=then, reminded_on=today)
    writing.tell("check_in.remind", row, by=SYSTEM, today=today)
    return True
