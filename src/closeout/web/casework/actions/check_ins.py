"""Check-ins: scheduled, held, moved, cancelled, reviewed (A3).

A person's failure is never recorded here: that a check-in was missed is found by the expiry job alone
(`expiry`), and what the office itself was the cause of is marked as such and followed by the next one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from closeout.records.machines import CHECK_IN
from closeout.web.accounts.permissions import Permission
from closeout.web.casework.actions.errors import NotNowError, SamePersonError, UnfitValueError
from closeout.web.casework.actions.held import moved, one_of, take_case, take_row
from closeout.web.casework.actions.intervals import interval_of
from closeout.web.casework.actions.terms import WINDOW_DAYS
from closeout.web.casework.models import CheckIn

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User
    from closeout.web.casework.actions.held import Hand
    from closeout.web.casework.actions.writing import Writing
    from closeout.web.casework.models import Case

OPEN = ("scheduled", "reminded")
NOT_LIVE = ("cancelled", "rescheduled")
"""Check-ins that do not keep their day: another may stand on it."""
CHANNELS = ("in_person", "kiosk", "phone", "online")
VERBS = {"attended": "attend", "attended_remote": "attend_remotely", "service_issue": "find_service_issue"}
"""The outcomes that a person may record on the day, with the verb each takes."""
CAUSES = ("office", "person")


@transaction.atomic
def schedule_check_in(
    *,
    by: User,
    case_no: str,
    due_on: date,
    channel: str = "in_person",
    window_days: int = WINDOW_DAYS,
    on: date | None = None,
    expected_version: int | None = None,
) -> CheckIn:
    """Put a check-in on the calendar of an open case.

    Args:
        by: Who schedules it.
        case_no: For which case.
        due_on: The day; today or later.
        channel: How it is to be held.
        window_days: Days after the due day on which it still counts; 0 or more.
        on: The day it is scheduled; today when left out.
        expected_version: The case's version as it was shown.

    Raises:
        NotNowError: The case is closed, or has a check-in on that day.
        UnfitValueError: The day is past, or the channel or the window is not one.

    """
    hand = take_case(case_no, by=by, on=on, expected_version=expected_version)
    _check_open(hand.case)
    if due_on < hand.on or window_days < 0:
        msg = "a check-in is scheduled for today or later, with a window of 0 days or more"
        raise UnfitValueError(msg)
    writing = hand.writing()
    row = _put(
        hand,
        writing,
        due_on=due_on,
        channel=one_of("the channel", channel, CHANNELS),
        window_days=window_days,
        created_by_job=False,
    )
    hand.tell(writing, "check_in.schedule", row)
    return row


@transaction.atomic
def record_check_in_outcome(
    *,
    by: User,
    check_in_id: int,
    outcome: str,
    next_on: date | None = None,
    is_records_check_done: bool = False,
    on: date | None = None,
    expected_version: int | None = None,
) -> CheckIn:
    """Record what came of a check-in: attended, attended remotely, or the office's own fault.

    The next check-in is scheduled with it: on `next_on`, or by the interval in force. After an attended
    one without an interval in force none is scheduled; the office's fault always brings a next one.

    Args:
        by: Who records it.
        check_in_id: Which check-in.
        outcome: `attended`, `attended_remote` or `service_issue`.
        next_on: The day of the next check-in; by the interval when left out.
        is_records_check_done: That a records check was done at it. Never its result.
        on: The day it was held; today when left out.
        expected_version: The check-in's version as it was shown.

    Raises:
        NotNowError: It has an outcome, or a service issue has no day for the next one.
        UnfitValueError: The outcome is none a person records.

    """
    if outcome == "missed":
        msg = "only the expiry job finds a check-in missed, after its window and the grace days"
        raise UnfitValueError(msg)
    one_of("the outcome", outcome, VERBS)
    row, hand = take_row(CheckIn, check_in_id, by=by, on=on, expected_version=expected_version)
    following = next_on or _by_interval(hand)
    verb = VERBS[outcome]
    move = moved(CHECK_IN, row.state, verb, by=hand.actors, facts=hand.facts(next_on=following))
    writing = hand.writing()
    writing.change(
        row,
        state=move.then,
        outcome=outcome,
        outcome_on=hand.on,
        recorded_at=timezone.now(),
        recorded_by=hand.officer,
        is_service_issue=outcome == "service_issue",
        records_checked_on=hand.on if is_records_check_done else row.records_checked_on,
    )
    _follow(hand, writing, row, following, is_owed=outcome == "service_issue" or next_on is not None)
    hand.tell(writing, "check_in.record", row)
    return row


@transaction.atomic
def reschedule_check_in(
    *,
    by: User,
    check_in_id: int,
    next_on: date,
    cause: str,
    on: date | None = None,
    expected_version: int | None = None,
) -> CheckIn:
    """Move a check-in to another day and return the new one; `cause` says whose doing it is.

    Raises:
        NotNowError: It has an outcome, the new day is not ahead, or is taken.
        UnfitValueError: The cause is neither `office` nor `person`.

    """
    one_of("the cause", cause, CAUSES)
    row, hand = take_row(CheckIn, check_in_id, by=by, on=on, expected_version=expected_version)
    facts = hand.facts(next_on=next_on)
    move = moved(CHECK_IN, row.state, f"reschedule_by_{cause}", by=hand.actors, facts=facts)
    writing = hand.writing()
    writing.change(
        row,
        state=move.then,
        outcome=f"rescheduled_by_{cause}",
        outcome_on=hand.on,
        recorded_at=timezone.now(),
        recorded_by=hand.officer,
        is_service_issue=cause == "office",
    )
    new = _put(
        hand, writing, due_on=next_on, channel=row.channel, window_days=row.window_days, created_by_job=False
    )
    hand.tell(writing, "check_in.reschedule", row, reason=f"by {cause}")
    return new


@transaction.atomic
def cancel_check_in(
    *, by: User, check_in_id: int, reason: str, on: date | None = None, expected_version: int | None = None
) -> CheckIn:
    """Cancel a check-in for one of the coded reasons.

    Raises:
        NotNowError: It has an outcome.
        UnfitValueError: The reason is none of those.

    """
    one_of("the reason", reason, CHECK_IN.reasons["cancel"])
    row, hand = take_row(CheckIn, check_in_id, by=by, on=on, expected_version=expected_version)
    move = moved(CHECK_IN, row.state, "cancel", by=hand.actors, facts=hand.facts(reason=reason))
    writing = hand.writing()
    writing.change(
        row,
        state=move.then,
        outcome="cancelled",
        outcome_on=hand.on,
        recorded_at=timezone.now(),
        recorded_by=hand.officer,
    )
    hand.tell(writing, "check_in.cancel", row, reason=reason)
    return row


@transaction.atomic
def review_check_in(
    *, by: User, check_in_id: int, on: date | None = None, expected_version: int | None = None
) -> CheckIn:
    """Look at a recorded outcome as a second person.

    Raises:
        SamePersonError: It is the reviewer's own.
        NotNowError: It has no outcome that is reviewed, or has been.

    """
    row, hand = take_row(
        CheckIn, check_in_id, by=by, on=on, may=Permission.CASE_APPROVE, expected_version=expected_version
    )
    if row.recorded_by_id == hand.officer.pk:
        msg = "whoever records an outcome does not review it; ask another person"
        raise SamePersonError(msg)
    facts = hand.facts(first_person=row.recorded_by_id)
    move = moved(CHECK_IN, row.state, "review", by=hand.actors, facts=facts)
    writing = hand.writing()
    writing.change(row, state=move.then, reviewed_on=hand.on, reviewed_by=hand.officer)
    hand.tell(writing, "check_in.review", row)
    return row


def _check_open(case: Case) -> None:
    if case.state in ("closed", "intake"):
        msg = f"the case is {case.state}; check-ins are held on open cases"
        raise NotNowError(msg)


def _by_interval(hand: Hand) -> date | None:
    interval = interval_of(hand.case, hand.on)
    return interval.after(hand.on) if interval else None


def _follow(hand: Hand, writing: Writing, row: CheckIn, on: date | None, *, is_owed: bool) -> None:
    """Schedule the check-in after this one: always if it is owed, else unless one is or none is due."""
    has_next = CheckIn.objects.filter(case=hand.case, state__in=OPEN, due_on__gt=hand.on).exists()
    if on is None or (has_next and not is_owed):
        return
    if on <= hand.on:
        msg = "the next check-in is after today's"
        raise UnfitValueError(msg)
    _put(hand, writing, due_on=on, channel=row.channel, window_days=row.window_days, created_by_job=False)


def _put(hand: Hand, writing: Writing, *, due_on: date, **values: object) -> CheckIn:
    """Create a scheduled check-in; at most one a day is live on a case."""
    if CheckIn.objects.filter(case=hand.case, due_on=due_on).exclude(state__in=NOT_LIVE).exists():
        msg = f"the case has a check-in on {due_on}; choose another day"
        raise NotNowError(msg)
    interval = interval_of(hand.case, hand.on)
    return writing.create(
        CheckIn,
        case=hand.case,
        office=hand.case.office,
        due_on=due_on,
        interval=interval.row if interval else None,
        state="scheduled",
        is_service_issue=False,
        records_check_due=False,
        **values,
    )
