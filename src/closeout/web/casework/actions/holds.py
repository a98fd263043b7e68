"""Holds: what stops the clocks of a case, since when, and when it is looked at again (A9, B1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from closeout.records.machines import GUARDS, Guard
from closeout.web.accounts.permissions import Permission
from closeout.web.casework.actions.errors import NotNowError, SamePersonError, UnfitValueError
from closeout.web.casework.actions.held import begun_by, one_of, take_case, take_row
from closeout.web.casework.models import Hold

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User
    from closeout.web.casework.actions.held import Hand

KINDS = ("legal_stay", "appeal", "medical", "waiver", "litigation")


@transaction.atomic
def place_hold(
    *,
    by: User,
    case_no: str,
    kind: str,
    review_on: date,
    on: date | None = None,
    expected_version: int | None = None,
) -> Hold:
    """Stop the clocks of a case from a day on, until it is released.

    Args:
        by: Who places it.
        case_no: On which case.
        kind: Why, one of `KINDS`.
        review_on: When it is looked at again; after `on`.
        on: The first day; today when left out.
        expected_version: The case's version as it was shown.

    Raises:
        NotNowError: A hold of this kind is in place, or the case is closed.
        UnfitValueError: The kind is none of those, or the review is not ahead.

    """
    one_of("the reason", kind, KINDS)
    hand = take_case(case_no, by=by, on=on, expected_version=expected_version)
    check_may_hold(hand, kind)
    _check_ahead(hand, review_on)
    writing = hand.writing()
    row = writing.create(Hold, case=hand.case, kind=kind, from_on=hand.on, review_on=review_on)
    hand.tell(writing, "hold.place", row, reason=kind)
    return row


def check_may_hold(hand: Hand, kind: str) -> None:
    """Pass when a case is open and has no hold of this kind.

    Raises:
        NotNowError: It has, or it is closed.

    """
    if hand.case.state == "closed":
        msg = "the case is closed; there is nothing to hold"
        raise NotNowError(msg)
    if Hold.objects.filter(case=hand.case, kind=kind, to_on__isnull=True).exists():
        msg = f"a hold for {kind.replace('_', ' ')} is in place"
        raise NotNowError(msg)


def _check_ahead(hand: Hand, review_on: date) -> None:
    if not GUARDS[Guard.REVIEW_DATE].holds(hand.facts(review_on=review_on)):
        msg = "say a day, after this one, on which the hold is looked at again"
        raise UnfitValueError(msg)


@transaction.atomic
def release_hold(
    *, by: User, hold_id: int, on: date | None = None, expected_version: int | None = None
) -> Hold:
    """Let the clocks run again from a day on.

    Raises:
        NotNowError: It has been released.
        UnfitValueError: The day is before the hold's first.

    """
    row, hand = take_row(Hold, hold_id, by=by, on=on, expected_version=expected_version)
    _check_in_place(row, hand)
    writing = hand.writing()
    writing.change(row, to_on=hand.on)
    hand.tell(writing, "hold.release", row)
    return row


@transaction.atomic
def review_hold(
    *,
    by: User,
    hold_id: int,
    review_on: date,
    on: date | None = None,
    expected_version: int | None = None,
) -> Hold:
    """Look at a hold as a second person, let it stand, and say when it is looked at next.

    Raises:
        SamePersonError: It is the reviewer's own hold.
        NotNowError: It has been released.
        UnfitValueError: The next review is not ahead.

    """
    row, hand = take_row(
        Hold, hold_id, by=by, on=on, may=Permission.CASE_APPROVE, expected_version=expected_version
    )
    if begun_by(row) == hand.by.username:
        msg = "whoever places a hold does not review it; ask another person"
        raise SamePersonError(msg)
    _check_in_place(row, hand)
    _check_ahead(hand, review_on)
    writing = hand.writing()
    writing.change(row, review_on=review_on, approved_by=hand.officer)
    hand.tell(writing, "hold.review", row)
    return row


def _check_in_place(row: Hold, hand: Hand) -> None:
    if row.to_on is not None:
        msg = "the hold has been released"
        raise NotNowError(msg)
    if hand.on < row.from_on:
        msg = f"the hold began on {row.from_on}; this cannot be earlier"
        raise UnfitValueError(msg)
