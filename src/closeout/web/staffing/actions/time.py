"""An officer's own minutes by activity: recorded, changed and taken back, or by a timer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from closeout.web.accounts.permissions import Permission, require
from closeout.web.audit import actions as audit
from closeout.web.audit.models import Event
from closeout.web.casework import policy
from closeout.web.casework.actions.errors import NotNowError, UnfitValueError
from closeout.web.casework.actions.held import as_officer, check_version, past
from closeout.web.casework.actions.terms import UNDO_MINUTES
from closeout.web.casework.actions.writing import Writing
from closeout.web.casework.models import Officer, TimeEntry
from closeout.web.staffing.activities import activities
from closeout.web.staffing.models.timer import RunningTimer
from closeout.web.staffing.policy import day_at
from closeout.web.staffing.queries.sampled import study_of
from closeout.web.staffing.queries.time import CHANGE, RECORD
from closeout.web.staffing.wording import clock

if TYPE_CHECKING:
    from closeout.web.accounts.models import User

DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Own:
    """Who records time, and what day it is where that officer works."""

    by: User
    officer: Officer
    today: date


def take_own(by: User) -> Own:
    """Return the officer an account belongs to, under lock, so that a day's total stays one.

    Raises:
        PermissionDenied: The role may not record time.
        UnknownOfficerError: The account has no officer.

    """
    require(by, Permission.TIME_RECORD)
    officer = Officer.objects.select_for_update().get(pk=as_officer(by).pk)
    return Own(by, officer, policy.today_at(officer.office))


@transaction.atomic
def record_time(
    *,
    by: User,
    activity: str,
    minutes: int,
    on: date | None = None,
    tasks: int | None = None,
    is_overtime: bool = False,
) -> TimeEntry:
    """Record minutes of one's own by activity.

    Args:
        by: Whose time it is.
        activity: The activity's code.
        minutes: How long, 1 to 1,440.
        on: The day; today when left out.
        tasks: How many tasks of the activity the minutes cover; None if not counted.
        is_overtime: Whether it was beyond the contracted hours.

    Raises:
        UnfitValueError: The activity is not in the pack, the minutes are none, the day is in the future,
            before the officer's time or would be over 24 hours, or the tasks are negative.

    """
    own = take_own(by)
    return _record(own, activity, minutes, _day(own, on), tasks=tasks, is_overtime=is_overtime)


def _record(
    own: Own, activity: str, minutes: int, on: date, *, tasks: int | None = None, is_overtime: bool = False
) -> TimeEntry:
    _check(own.officer, activity, minutes, on, tasks)
    writing = Writing(None)
    row = writing.create(
        TimeEntry,
        officer=own.officer,
        office_id=own.officer.office_id,
        worked_on=on,
        activity=activity,
        minutes=minutes,
        tasks=tasks,
        study=study_of(own.officer, on),
        is_overtime=is_overtime,
    )
    writing.tell(RECORD, row, by=own.by, today=own.today)
    return row


@transaction.atomic
def change_time(
    *,
    by: User,
    entry_id: int,
    activity: str,
    minutes: int,
    on: date,
    tasks: int | None = None,
    is_overtime: bool = False,
    expected_version: int | None = None,
) -> TimeEntry:
    """Change an entry of one's own within ten minutes of having recorded it.

    Raises:
        PermissionDenied: It is no entry of one's own.
        NotNowError: Ten minutes are over, or it came with a load.
        StaleError: It has changed since it was shown.
        UnfitValueError: As `record_time`.

    """
    own = take_own(by)
    row = own_entry(own.officer, entry_id)
    check_version(row, expected_version)
    if not may_change(row):
        msg = f"{UNDO_MINUTES} minutes are over; it stays as it is, and what is missing is a new entry"
        raise NotNowError(msg)
    day = _day(own, on)
    _check(own.officer, activity, minutes, day, tasks, without=row)
    writing = Writing(None)
    writing.change(
        row,
        activity=activity,
        minutes=minutes,
        worked_on=day,
        tasks=tasks,
        study=study_of(own.officer, day),
        is_overtime=is_overtime,
    )
    writing.tell(CHANGE, row, by=by, today=own.today)
    return row


def own_entry(officer: Officer, entry_id: int) -> TimeEntry:
    """Return an officer's own entry under lock.

    Raises:
        PermissionDenied: There is none: another's is refused like one that is not there.

    """
    row = TimeEntry.objects.select_for_update().filter(pk=entry_id, officer=officer).first()
    if row is None:
        msg = "there is no such entry of yours"
        raise PermissionDenied(msg)
    return row


def may_change(row: TimeEntry) -> bool:
    """Say whether an entry was recorded here within the last ten minutes."""
    first = Event.objects.about(row).filter(action=RECORD).first()
    return first is not None and timezone.now() - first.at <= timedelta(minutes=UNDO_MINUTES)


@transaction.atomic
def start_timer(*, by: User, activity: str) -> RunningTimer:
    """Start the timer on an activity; one that runs is stopped and recorded first.

    Raises:
        UnfitValueError: The activity is not in the pack, or what ran cannot be recorded.

    """
    own = take_own(by)
    _check_activity(activity)
    running = RunningTimer.objects.select_for_update().filter(pk=own.officer.pk).first()
    if running is not None:
        _stop(own, running, None)
    timer = RunningTimer.objects.create(
        officer_no=own.officer.pk, activity=activity, started_at=timezone.now()
    )
    audit.record(by=by, action="timer.start", target=timer, after={"activity": activity})
    return timer


@transaction.atomic
def stop_timer(*, by: User, tasks: int | None = None) -> TimeEntry:
    """Stop the timer and record its minutes, rounded to the nearest and at least one.

    Raises:
        NotNowError: No timer runs, or it ran past midnight: nobody can tell what was worked.

    """
    own = take_own(by)
    return _stop(own, _running(own), tasks)


@transaction.atomic
def discard_timer(*, by: User) -> None:
    """Stop the timer and record nothing.

    Raises:
        NotNowError: No timer runs.

    """
    own = take_own(by)
    running = _running(own)
    audit.record(by=by, action="timer.discard", target=running, before={"activity": running.activity})
    running.delete()


def _running(own: Own) -> RunningTimer:
    running = RunningTimer.objects.select_for_update().filter(pk=own.officer.pk).first()
    if running is None:
        msg = "no timer runs"
        raise NotNowError(msg)
    return running


def _stop(own: Own, running: RunningTimer, tasks: int | None) -> TimeEntry:
    now = timezone.now()
    if day_at(own.officer.office, running.started_at) != own.today:
        msg = "the timer ran past midnight; discard it and enter the minutes that were worked"
        raise NotNowError(msg)
    minutes = max(1, round((now - running.started_at).total_seconds() / 60))
    running.delete()
    return _record(own, running.activity, minutes, own.today, tasks=tasks)


def _day(own: Own, on: date | None) -> date:
    day = past("the day", on, today=own.today)
    if day < own.officer.active_from:
        msg = f"you joined on {own.officer.active_from}; the day is before"
        raise UnfitValueError(msg)
    return day


def _check(
    officer: Officer,
    activity: str,
    minutes: int,
    on: date,
    tasks: int | None,
    *,
    without: TimeEntry | None = None,
) -> None:
    """Pass when an entry can be: a known activity, minutes, tasks, and a day of at most 24 hours."""
    _check_activity(activity)
    if not 1 <= minutes <= DAY_MINUTES:
        msg = f"minutes are from 1 to {DAY_MINUTES:,}, the minutes of a day"
        raise UnfitValueError(msg)
    if tasks is not None and tasks < 0:
        msg = "how many tasks is 0 or more"
        raise UnfitValueError(msg)
    others = TimeEntry.objects.filter(officer=officer, worked_on=on)
    if without is not None:
        others = others.exclude(pk=without.pk)
    already = others.aggregate(sum=Sum("minutes"))["sum"] or 0
    if already + minutes > DAY_MINUTES:
        msg = (
            f"{on} would have {clock(already + minutes)}, more than 24 hours; "
            f"{clock(already)} are recorded already"
        )
        raise UnfitValueError(msg)


def _check_activity(activity: str) -> None:
    if activity not in activities():
        msg = f"the pack has no activity “{activity}”; choose one of the list"
        raise UnfitValueError(msg)
