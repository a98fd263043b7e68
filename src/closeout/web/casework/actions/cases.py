"""A case's status and who leads it (A1, A8)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from closeout.records.columns import CODE
from closeout.records.machines import CASE
from closeout.web.accounts.permissions import Permission
from closeout.web.casework.actions.errors import NotNowError, UnfitValueError
from closeout.web.casework.actions.held import moved, one_of, past, take_case
from closeout.web.casework.actions.moving import end_assignments, move_docket
from closeout.web.casework.models import Assignment, Detail, Officer, StatusChange

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User
    from closeout.web.casework.actions.held import Hand
    from closeout.web.casework.actions.writing import Writing
    from closeout.web.casework.models import Case

REASONS = ("new", "rebalanced", "detail_cover", "officer_left", "transferred", "skill", "returned")


@transaction.atomic
def change_status(
    *,
    by: User,
    case_no: str,
    status_code: str,
    effective_on: date | None = None,
    on: date | None = None,
    expected_version: int | None = None,
) -> StatusChange:
    """Record a change of a case's status, with from when it holds.

    Args:
        by: Who records it.
        case_no: Of which case.
        status_code: By the agency's codebook.
        effective_on: From when it holds; the day it is recorded when left out. Not in the future.
        on: The day it is recorded; today when left out.
        expected_version: The case's version as it was shown.

    Raises:
        NotNowError: The case has that status.
        UnfitValueError: The code is not one, or the day is in the future.

    """
    hand = take_case(case_no, by=by, on=on, expected_version=expected_version)
    if not re.fullmatch(CODE, status_code):
        msg = "a status is a code of the agency's codebook, at most 64 letters, digits and signs"
        raise UnfitValueError(msg)
    holds_from = past("the day it holds from", effective_on or hand.on, today=hand.today)
    later = StatusChange.objects.filter(case=hand.case, effective_on__gt=holds_from).exists()
    if not later and hand.case.status_code == status_code:
        msg = f"the status is {status_code} already"
        raise NotNowError(msg)
    writing = hand.writing()
    row = writing.create(
        StatusChange,
        case=hand.case,
        status_code=status_code,
        effective_on=holds_from,
        recorded_on=hand.on,
        recorded_by=hand.officer,
        source="entered",
    )
    if not later:
        writing.change(hand.case, status_code=status_code)
    hand.tell(writing, "case.change_status", row)
    return row


@transaction.atomic
def assign_lead(
    *,
    by: User,
    case_no: str,
    officer_no: str,
    reason: str,
    on: date | None = None,
    expected_version: int | None = None,
) -> Assignment:
    """Give a case to an officer of the office, or one on detail to it; the lead before ends.

    A case in intake is opened by it: it then has an office, a docket and a lead.

    Raises:
        NotNowError: The officer leads it, or the case is closed.
        UnfitValueError: The officer does not serve at the office, or the reason is none of those.

    """
    one_of("the reason", reason, REASONS)
    hand = _take(case_no, by=by, on=on, expected_version=expected_version)
    officer = Officer.objects.filter(pk=officer_no).first()
    if officer is None or not _serves(officer, hand.case, hand.on):
        msg = "a case is led by an officer who serves at the office that holds it"
        raise UnfitValueError(msg)
    if hand.case.officer_id == officer.pk:
        msg = "this officer leads it already"
        raise NotNowError(msg)
    writing = hand.writing()
    end_assignments(hand, writing, role="lead")
    row = writing.create(
        Assignment, case=hand.case, officer=officer, role="lead", from_on=hand.on, reason=reason
    )
    _open(hand, writing, officer)
    hand.tell(writing, "case.assign", row, reason=reason)
    return row


def _open(hand: Hand, writing: Writing, officer: Officer) -> None:
    if hand.case.state != "intake":
        writing.change(hand.case, officer=officer)
        return
    facts = hand.facts(office=hand.case.office_id, docket=hand.case.docket, lead=officer.pk)
    then = moved(CASE, hand.case.state, "open", by=hand.actors, facts=facts).then
    writing.change(hand.case, officer=officer, state=then)
    if not hand.case.docket_memberships.filter(to_on__isnull=True).exists():
        move_docket(hand, writing, reason="opened")


@transaction.atomic
def unassign_lead(
    *, by: User, case_no: str, on: date | None = None, expected_version: int | None = None
) -> Case:
    """Take a case from its lead; it stands without one until it is assigned.

    Raises:
        NotNowError: It has none, or is closed.

    """
    hand = _take(case_no, by=by, on=on, expected_version=expected_version)
    if hand.case.officer_id is None:
        msg = "nobody leads it"
        raise NotNowError(msg)
    writing = hand.writing()
    end_assignments(hand, writing, role="lead")
    writing.change(hand.case, officer=None)
    hand.tell(writing, "case.unassign", hand.case)
    return hand.case


def _take(case_no: str, *, by: User, on: date | None, expected_version: int | None) -> Hand:
    hand = take_case(case_no, by=by, on=on, may=Permission.CASE_APPROVE, expected_version=expected_version)
    if hand.case.state == "closed":
        msg = "the case is closed; nobody leads it"
        raise NotNowError(msg)
    return hand


def _serves(officer: Officer, case: Case, on: date) -> bool:
    if officer.active_to is not None and officer.active_to < on:
        return False
    lent = Q(from_on__lte=on, to_on__gte=on)
    is_here = Detail.objects.filter(lent, officer=officer, to_office=case.office_id).exists()
    return officer.office_id == case.office_id or is_here
