"""Exceptions: a check-in or hearing that was not kept is an office's duty to find out and dispose (A4)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from closeout.records.machines import CHECK_IN, EXCEPTION
from closeout.web.accounts.permissions import Permission
from closeout.web.casework.actions.errors import NotNowError, SamePersonError, UnfitValueError
from closeout.web.casework.actions.held import moved, one_of, take_row
from closeout.web.casework.actions.policies import policy_facts
from closeout.web.casework.actions.terms import RESPONSE_DAYS
from closeout.web.casework.models import CheckIn, ExceptionItem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from closeout.records.machines.guards import Facts
    from closeout.web.accounts.models import User
    from closeout.web.casework.actions.held import Hand
    from closeout.web.casework.actions.writing import Writing

REFERRAL = "referred_per_policy"
DISPOSITIONS = ("rescheduled", "excused", "service_issue", "data_error", "duplicate", REFERRAL, "closed")
_FOUND = ("excused", "service_issue", "data_error", "unexcused")
_MOVES_WITH_EXCEPTION = ("missed", "awaiting_explanation", *_FOUND)
_CHECK_IN_VERB: Mapping[str, str] = {
    "rescheduled": "excuse",
    "excused": "excuse",
    "service_issue": "find_service_issue",
    "data_error": "find_data_error",
    "duplicate": "find_data_error",
    REFERRAL: "find_unexcused",
    "closed": "close_out",
}


@transaction.atomic
def attempt_contact(
    *, by: User, exception_id: int, on: date | None = None, expected_version: int | None = None
) -> ExceptionItem:
    """Record an attempt to reach the person: that it was made and when, not how it went.

    Raises:
        NotNowError: The exception is disposed of.

    """
    row, hand = _take(exception_id, by=by, on=on, expected_version=expected_version)
    moved(EXCEPTION, row.state, "attempt_contact", by=hand.actors, facts=hand.facts())
    writing = hand.writing()
    writing.change(row, attempts=row.attempts + 1, first_attempt_on=row.first_attempt_on or hand.on)
    hand.tell(writing, "exception.attempt", row)
    return row


@transaction.atomic
def serve_notice(
    *,
    by: User,
    exception_id: int,
    response_days: int = RESPONSE_DAYS,
    on: date | None = None,
    expected_version: int | None = None,
) -> ExceptionItem:
    """Record that notice was served to the last recorded address; the response period starts with it.

    Args:
        by: Who records it.
        exception_id: On which exception.
        response_days: Calendar days in which an explanation may come before anything follows.
        on: When it was served; today when left out.
        expected_version: The exception's version as it was shown.

    Raises:
        NotNowError: The exception is disposed of.
        UnfitValueError: The period is shorter than a day.

    """
    row, hand = _take(exception_id, by=by, on=on, expected_version=expected_version)
    if response_days < 1:
        msg = "a response period is at least one day"
        raise UnfitValueError(msg)
    move = moved(EXCEPTION, row.state, "serve_notice", by=hand.actors, facts=hand.facts())
    writing = hand.writing()
    writing.change(
        row,
        state=move.then,
        notice_served_on=hand.on,
        response_due_on=hand.on + timedelta(days=response_days),
    )
    _move_check_in(hand, writing, row, "serve_notice")
    hand.tell(writing, "exception.notice", row)
    return row


@transaction.atomic
def record_explanation(
    *, by: User, exception_id: int, on: date | None = None, expected_version: int | None = None
) -> ExceptionItem:
    """Record that an explanation came, and when; its words are not kept here.

    Raises:
        NotNowError: The exception is disposed of.

    """
    row, hand = _take(exception_id, by=by, on=on, expected_version=expected_version)
    moved(EXCEPTION, row.state, "record_explanation", by=hand.actors, facts=hand.facts())
    writing = hand.writing()
    writing.change(row, explained_on=hand.on)
    hand.tell(writing, "exception.explain", row)
    return row


@transaction.atomic
def dispose_exception(
    *,
    by: User,
    exception_id: int,
    disposition: str,
    policy_version_id: str | None = None,
    on: date | None = None,
    expected_version: int | None = None,
) -> ExceptionItem:
    """Dispose of an exception, or propose a referral, which takes effect when another person approves it.

    Args:
        by: Who disposes of it.
        exception_id: Which exception.
        disposition: One of `DISPOSITIONS`.
        policy_version_id: The policy that a referral rests on; for a referral only.
        on: When; today when left out.
        expected_version: The exception's version as it was shown.

    Raises:
        NotNowError: It is disposed of; an excuse has no explanation; a referral lacks a policy version in
            force, notice served, or the end of the response period.
        UnfitValueError: The disposition is none of those.

    """
    one_of("the disposition", disposition, DISPOSITIONS)
    row, hand = _take(exception_id, by=by, on=on, expected_version=expected_version)
    if disposition == REFERRAL:
        return _propose_referral(row, hand, policy_version_id)
    verb = "excuse" if disposition == "excused" else "dispose"
    facts = hand.facts(explained_on=row.explained_on, reason=disposition)
    move = moved(EXCEPTION, row.state, verb, by=hand.actors, facts=facts)
    writing = hand.writing()
    writing.change(
        row,
        state=move.then,
        disposition=disposition,
        disposed_on=hand.on,
        disposed_by=hand.officer,
        policy_version_id=None,
    )
    _settle_check_in(hand, writing, row, disposition)
    hand.tell(writing, "exception.dispose", row, reason=disposition)
    return row


def _propose_referral(row: ExceptionItem, hand: Hand, policy_version_id: str | None) -> ExceptionItem:
    if row.disposition == REFERRAL:
        msg = "a referral is proposed already; another person approves or returns it"
        raise NotNowError(msg)
    moved(
        EXCEPTION,
        row.state,
        "propose_referral",
        by=hand.actors,
        facts=_referral_facts(row, hand, policy_version_id),
    )
    writing = hand.writing()
    writing.change(row, disposition=REFERRAL, disposed_by=hand.officer, policy_version_id=policy_version_id)
    hand.tell(writing, "exception.propose_referral", row, reason=REFERRAL)
    return row


@transaction.atomic
def approve_referral(
    *, by: User, exception_id: int, on: date | None = None, expected_version: int | None = None
) -> ExceptionItem:
    """Approve, as a second person, a referral per policy.

    Raises:
        SamePersonError: It is the approver's own proposal.
        NotNowError: None is proposed, or its policy is no longer in force.

    """
    row, hand = _take_proposed(exception_id, by=by, on=on, expected_version=expected_version)
    if row.disposed_by_id == hand.officer.pk:
        msg = "whoever proposes a referral does not approve it; ask another person"
        raise SamePersonError(msg)
    facts = _referral_facts(row, hand, row.policy_version_id)
    move = moved(EXCEPTION, row.state, "approve_referral", by=hand.actors, facts=facts)
    writing = hand.writing()
    writing.change(row, state=move.then, disposed_on=hand.on, reviewed_on=hand.on, reviewed_by=hand.officer)
    _move_check_in(hand, writing, row, "find_unexcused", outcome="unexcused", facts=facts)
    hand.tell(writing, "exception.approve_referral", row, reason=REFERRAL)
    return row


@transaction.atomic
def return_referral(
    *,
    by: User,
    exception_id: int,
    reason: str,
    on: date | None = None,
    expected_version: int | None = None,
) -> ExceptionItem:
    """Return a proposed referral, with a coded reason: the exception is open as before.

    Raises:
        NotNowError: None is proposed.
        UnfitValueError: The reason is none of those.

    """
    one_of("the reason", reason, EXCEPTION.reasons["return_referral"])
    row, hand = _take_proposed(exception_id, by=by, on=on, expected_version=expected_version)
    moved(EXCEPTION, row.state, "return_referral", by=hand.actors, facts=hand.facts(reason=reason))
    writing = hand.writing()
    writing.change(row, disposition=None, disposed_by=None, policy_version_id=None)
    hand.tell(writing, "exception.return_referral", row, reason=reason)
    return row


@transaction.atomic
def review_exception(
    *, by: User, exception_id: int, on: date | None = None, expected_version: int | None = None
) -> ExceptionItem:
    """Review a disposition as a second person.

    Raises:
        SamePersonError: It is the reviewer's own.
        NotNowError: It is not disposed of, or has been reviewed.

    """
    row, hand = _take(
        exception_id, by=by, on=on, may=Permission.CASE_APPROVE, expected_version=expected_version
    )
    if row.disposed_by_id == hand.officer.pk:
        msg = "whoever disposes of an exception does not review it; ask another person"
        raise SamePersonError(msg)
    facts = hand.facts(first_person=row.disposed_by_id)
    moved(EXCEPTION, row.state, "review", by=hand.actors, facts=facts)
    if row.reviewed_on is not None:
        msg = "it has been reviewed"
        raise NotNowError(msg)
    writing = hand.writing()
    writing.change(row, reviewed_on=hand.on, reviewed_by=hand.officer)
    if row.check_in is not None and row.check_in.state in _FOUND:
        _move_check_in(hand, writing, row, "dispose", facts=facts)
    hand.tell(writing, "exception.review", row)
    return row


def _take(
    exception_id: int,
    *,
    by: User,
    on: date | None,
    expected_version: int | None,
    may: Permission = Permission.CASE_WORK,
) -> tuple[ExceptionItem, Hand]:
    row, hand = take_row(
        ExceptionItem, exception_id, by=by, on=on, may=may, expected_version=expected_version
    )
    if hand.on < row.arose_on:
        msg = f"it arose on {row.arose_on}; nothing was done about it before"
        raise UnfitValueError(msg)
    return row, hand


def _take_proposed(
    exception_id: int, *, by: User, on: date | None, expected_version: int | None
) -> tuple[ExceptionItem, Hand]:
    row, hand = _take(
        exception_id, by=by, on=on, may=Permission.CASE_APPROVE, expected_version=expected_version
    )
    if row.disposition != REFERRAL or row.disposed_on is not None:
        msg = "no referral is proposed, or it has been decided"
        raise NotNowError(msg)
    return row, hand


def _referral_facts(row: ExceptionItem, hand: Hand, policy_version_id: str | None) -> dict[str, object]:
    return hand.facts(
        **policy_facts(policy_version_id),
        notice_served_on=row.notice_served_on,
        response_due_on=row.response_due_on,
        first_person=row.disposed_by_id,
    )


def _settle_check_in(hand: Hand, writing: Writing, row: ExceptionItem, disposition: str) -> None:
    """Write on the check-in what its exception found; a hearing is the court's and stays as it is."""
    outcome = {"rescheduled": "excused", "duplicate": "data_error", "closed": "missed"}.get(
        disposition, disposition
    )
    _move_check_in(hand, writing, row, _CHECK_IN_VERB[disposition], outcome=outcome)


def _move_check_in(
    hand: Hand,
    writing: Writing,
    row: ExceptionItem,
    verb: str,
    *,
    outcome: str = "",
    facts: Facts | None = None,
) -> None:
    if row.check_in_id is None:
        return
    check_in = CheckIn.objects.select_for_update().get(pk=row.check_in_id)
    if check_in.state not in _MOVES_WITH_EXCEPTION:
        # Records that were loaded may have the check-in further on than its exception.
        return
    move = moved(CHECK_IN, check_in.state, verb, by=hand.actors, facts={**hand.facts(), **(facts or {})})
    values: dict[str, object] = {"state": move.then}
    if outcome:
        values |= {"outcome": outcome, "is_service_issue": outcome == "service_issue"}
    if values != {"state": check_in.state}:
        writing.change(check_in, **values)
