"""Transfers: the sender holds the case until the receiver accepts it (A6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from closeout.records.machines import CASE, TRANSFER
from closeout.web.accounts.permissions import Permission, require
from closeout.web.casework import policy
from closeout.web.casework.actions.errors import SamePersonError, UnfitValueError
from closeout.web.casework.actions.held import check_version, moved, one_of, take_case
from closeout.web.casework.actions.moving import end_assignments, move_docket
from closeout.web.casework.actions.terms import VERIFIED_WITHIN_DAYS
from closeout.web.casework.models import (
    ExceptionItem,
    Inquiry,
    Office,
    Transfer,
    TravelDocumentRequest,
    Verification,
)

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User
    from closeout.web.casework.actions.held import Hand
    from closeout.web.casework.actions.writing import Writing

REASONS = ("area_changed", "custody_moved", "venue_changed", "workload", "corrected")
_TRAVEL_ENDED = ("used", "expired", "refused", "withdrawn")


@transaction.atomic
def request_transfer(
    *,
    by: User,
    case_no: str,
    to_office_id: str,
    reason: str,
    on: date | None = None,
    expected_version: int | None = None,
) -> Transfer:
    """Ask another office to take a case; until it accepts, the case and its duties stay here.

    Raises:
        NotNowError: The case is not open, the receiving office is closed, or neither contact nor
            proceeding was verified in the last 30 days.
        UnfitValueError: There is no such office, it is this one, or the reason is none of those.

    """
    hand = take_case(case_no, by=by, on=on, expected_version=expected_version)
    one_of("the reason", reason, REASONS)
    to_office = Office.objects.filter(pk=to_office_id).first()
    if to_office is None or to_office_id == hand.case.office_id:
        msg = "a case is sent to another office that there is"
        raise UnfitValueError(msg)
    facts = hand.facts(
        is_office_open=to_office.closed_on is None or to_office.closed_on > hand.on,
        verified_on=_last_verified(hand),
        verified_within_days=VERIFIED_WITHIN_DAYS,
    )
    move = moved(CASE, hand.case.state, "request_transfer", by=hand.actors, facts=facts)
    writing = hand.writing()
    row = writing.create(
        Transfer,
        case=hand.case,
        from_office=hand.case.office,
        to_office=to_office,
        state="requested",
        reason=reason,
        requested_on=hand.on,
        requested_by=hand.officer,
    )
    writing.change(hand.case, state=move.then)
    hand.tell(writing, "transfer.request", row, reason=reason)
    return row


def _last_verified(hand: Hand) -> date | None:
    looked = Verification.objects.filter(
        case=hand.case, kind__in=("contact", "proceeding"), verified_on__lte=hand.on
    ).exclude(result="could_not_verify")
    return looked.order_by("-verified_on").values_list("verified_on", flat=True).first()


@transaction.atomic
def accept_transfer(
    *, by: User, transfer_id: int, on: date | None = None, expected_version: int | None = None
) -> Transfer:
    """Take over a case, as the receiving office: the office moves, the sender's assignment and days end.

    What is open on the case goes along: exceptions, inquiries and travel document requests. The case
    arrives without a lead; assigning one is the receiver's next step.

    Raises:
        PermissionDenied: It is not the receiving office, or the role may not approve.
        SamePersonError: It is the accepter's own request.
        NotNowError: It has been decided.

    """
    row, hand = _take_as_receiver(transfer_id, by=by, on=on, expected_version=expected_version)
    if row.requested_by_id == hand.officer.pk:
        msg = "whoever asks for a transfer does not accept it; ask another person"
        raise SamePersonError(msg)
    # A request that was loaded may not say who asked; the sender's office then stands for that person.
    facts = hand.facts(first_person=row.requested_by_id or row.from_office_id)
    then = moved(TRANSFER, row.state, "accept", by=hand.actors, facts=facts).then
    move = moved(CASE, hand.case.state, "accept_transfer", by=hand.actors, facts=facts)
    _check_order(hand.on, row.requested_on)
    writing = hand.writing()
    writing.change(row, state=then, accepted_on=hand.on, accepted_by=hand.officer)
    end_assignments(hand, writing)
    writing.change(hand.case, state=move.then, office=row.to_office, officer=None)
    move_docket(hand, writing, reason="transferred")
    _take_along(hand, writing, row.to_office)
    hand.tell(writing, "transfer.accept", row)
    return row


def _take_along(hand: Hand, writing: Writing, office: Office) -> None:
    open_rows = (
        *ExceptionItem.objects.select_for_update().filter(~Q(state="dispositioned"), case=hand.case),
        *Inquiry.objects.select_for_update().filter(case=hand.case, answered_on__isnull=True),
        *TravelDocumentRequest.objects.select_for_update().filter(
            ~Q(state__in=_TRAVEL_ENDED), case=hand.case
        ),
    )
    for row in open_rows:
        writing.change(row, office=office)


@transaction.atomic
def reject_transfer(
    *,
    by: User,
    transfer_id: int,
    reason: str,
    on: date | None = None,
    expected_version: int | None = None,
) -> Transfer:
    """Refuse a case, as the receiving office, for one of the coded reasons; it stays with the sender.

    Raises:
        PermissionDenied: It is not the receiving office, or the role may not approve.
        NotNowError: It has been decided.
        UnfitValueError: The reason is none of those.

    """
    one_of("the reason", reason, TRANSFER.reasons["reject"])
    row, hand = _take_as_receiver(transfer_id, by=by, on=on, expected_version=expected_version)
    _check_order(hand.on, row.requested_on)
    writing = _decide(hand, row, "reject", reason=reason, rejected_on=hand.on, rejected_reason=reason)
    hand.tell(writing, "transfer.reject", row, reason=reason)
    return row


@transaction.atomic
def withdraw_transfer(
    *, by: User, transfer_id: int, on: date | None = None, expected_version: int | None = None
) -> Transfer:
    """Take back a request, as the office that made it.

    Raises:
        NotNowError: It has been decided.

    """
    row, hand = _take(transfer_id, by=by, on=on, may=Permission.CASE_WORK, for_receiver=False)
    check_version(row, expected_version)
    writing = _decide(hand, row, "withdraw")
    hand.tell(writing, "transfer.withdraw", row)
    return row


def _decide(hand: Hand, row: Transfer, verb: str, *, reason: str = "", **values: object) -> Writing:
    facts = hand.facts(reason=reason)
    then = moved(TRANSFER, row.state, verb, by=hand.actors, facts=facts).then
    move = moved(CASE, hand.case.state, f"{verb}_transfer", by=hand.actors, facts=facts)
    writing = hand.writing()
    writing.change(row, state=then, **values)
    writing.change(hand.case, state=move.then)
    return writing


def _take_as_receiver(
    transfer_id: int, *, by: User, on: date | None, expected_version: int | None
) -> tuple[Transfer, Hand]:
    row, hand = _take(transfer_id, by=by, on=on, may=Permission.CASE_APPROVE, for_receiver=True)
    check_version(row, expected_version)
    return row, hand


def _take(
    transfer_id: int, *, by: User, on: date | None, may: Permission, for_receiver: bool
) -> tuple[Transfer, Hand]:
    require(by, may)
    found = Transfer.objects.filter(pk=transfer_id).values_list("case_id", "to_office_id").first()
    if found is None:
        raise PermissionDenied(policy.NOT_YOURS)
    case_no, to_office_id = found
    hand = take_case(case_no, by=by, on=on, may=may, for_office=to_office_id if for_receiver else None)
    return Transfer.objects.select_for_update().get(pk=transfer_id), hand


def _check_order(on: date, requested_on: date) -> None:
    if on < requested_on:
        msg = "a transfer is decided on the day it was asked for or later"
        raise UnfitValueError(msg)
