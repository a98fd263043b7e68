"""Departures and safeguard incidents: neither is ever silent (F2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from closeout.web.accounts.permissions import Permission
from closeout.web.casework.actions import gate
from closeout.web.casework.actions.errors import NotNowError, SamePersonError, UnfitValueError
from closeout.web.casework.actions.held import begun_by, one_of, past, take_case, take_row
from closeout.web.casework.models import Departure, SafeguardIncident

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User

KINDS = ("removed", "self", "voluntary_order")
_OWN_DOING = ("self",)
"""Departures that the office neither made nor ordered: no decision can be owed before them."""


@transaction.atomic
def record_departure(
    *,
    by: User,
    case_no: str,
    departed_on: date,
    kind: str,
    evidence_digest: str | None = None,
    on: date | None = None,
    expected_version: int | None = None,
) -> Departure:
    """Record that the person a case is about departed.

    What happened is recorded even if it should not have: a parent's removal without a valid earlier decision
    or an approved exception is recorded together with the incident that it is.

    Args:
        by: Who records it.
        case_no: Of which case.
        departed_on: When; not in the future.
        kind: How, one of `KINDS`.
        evidence_digest: The evidence's SHA-256, where there is some.
        on: The day it is recorded; today when left out.
        expected_version: The case's version as it was shown.

    Raises:
        NotNowError: A departure on that day is recorded.
        UnfitValueError: The kind is none of those, or the day is in the future.

    """
    one_of("how", kind, KINDS)
    hand = take_case(case_no, by=by, on=on, expected_version=expected_version)
    past("the departure", departed_on, today=hand.today)
    if Departure.objects.filter(case=hand.case, departed_on=departed_on).exists():
        msg = f"a departure on {departed_on} is recorded"
        raise NotNowError(msg)
    if evidence_digest is not None:
        gate.check_digest(evidence_digest)
    answer = gate.latest_answer(hand.case)
    writing = hand.writing()
    row = writing.create(
        Departure,
        case=hand.case,
        departed_on=departed_on,
        kind=kind,
        recorded_on=hand.on,
        evidence_digest=evidence_digest,
        is_parent=None if answer is None else answer == "yes",
    )
    if kind not in _OWN_DOING and not gate.is_cleared(hand.case, departs_on=departed_on):
        writing.create(
            SafeguardIncident,
            case=hand.case,
            office=hand.case.office,
            kind="departure_without_decision",
            detected_on=hand.on,
            severity="harm",
        )
    hand.tell(writing, "departure.record", row)
    return row


@transaction.atomic
def verify_departure(
    *, by: User, departure_id: int, on: date | None = None, expected_version: int | None = None
) -> Departure:
    """Record that a departure has been verified.

    Raises:
        NotNowError: It has been.
        UnfitValueError: The day is before the departure.

    """
    row, hand = take_row(Departure, departure_id, by=by, on=on, expected_version=expected_version)
    if row.verified_on is not None:
        msg = "it has been verified"
        raise NotNowError(msg)
    if hand.on < row.departed_on:
        msg = "a departure is verified after it happened"
        raise UnfitValueError(msg)
    writing = hand.writing()
    writing.change(row, verified_on=hand.on)
    hand.tell(writing, "departure.verify", row)
    return row


@transaction.atomic
def resolve_incident(
    *, by: User, incident_id: int, on: date | None = None, expected_version: int | None = None
) -> SafeguardIncident:
    """Settle an incident, as another person than the one whose attempt it was.

    Raises:
        SamePersonError: It was the person's own attempt.
        NotNowError: It is settled.
        UnfitValueError: The day is before it was detected.

    """
    row, hand = take_row(
        SafeguardIncident,
        incident_id,
        by=by,
        on=on,
        may=Permission.CASE_APPROVE,
        expected_version=expected_version,
    )
    if row.resolved_on is not None:
        msg = "it is settled"
        raise NotNowError(msg)
    if begun_by(row) == hand.by.username:
        msg = "whoever made the attempt does not settle it; ask another person"
        raise SamePersonError(msg)
    if hand.on < row.detected_on:
        msg = "an incident is settled on the day it was detected or later"
        raise UnfitValueError(msg)
    writing = hand.writing()
    writing.change(row, resolved_on=hand.on, resolved_by=hand.officer)
    hand.tell(writing, "safeguard.resolve", row)
    return row
