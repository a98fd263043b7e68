"""The gate before a departure: a parent's valid decision, or an approved exception (F2).

An attempt to pass it closed is an incident with an audit event of its own. Both are written in a
transaction of their own, after the refused one was rolled back, so that the refusal cannot undo them.
"""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING

from django.db import transaction

from closeout.records.columns import DIGEST
from closeout.records.machines.safeguards import Decision, is_departure_cleared
from closeout.web.casework.actions.errors import UnfitValueError
from closeout.web.casework.actions.writing import Writing
from closeout.web.casework.models import (
    Case,
    Departure,
    ParentalDecision,
    ParentalInquiry,
    SafeguardIncident,
)

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User

GATED_REASON = "departed_removed"
_COLUMNS = tuple(field.name for field in fields(Decision))
REFUSAL = (
    "the person is a parent or guardian, and there is neither a valid decision dated before the departure "
    "nor an approved exception; the attempt has been recorded as an incident"
)


def check_digest(digest: str) -> None:
    """Pass when a text is a SHA-256 in hexadecimal.

    Raises:
        UnfitValueError: It is not.

    """
    if not re.fullmatch(DIGEST, digest):
        msg = (
            "the evidence's SHA-256 is 64 digits and letters a to f; choose the document to have it computed"
        )
        raise UnfitValueError(msg)


def latest_answer(case: Case) -> str | None:
    """Return the latest answer to the parental question; None if it was never answered."""
    asked = ParentalInquiry.objects.filter(case=case, answer__isnull=False)
    return asked.order_by("-asked_on", "-inquiry_id").values_list("answer", flat=True).first()


def as_decision(row: ParentalDecision) -> Decision:
    """Return what a decision's validity hangs on."""
    return Decision(**{column: getattr(row, column) for column in _COLUMNS})


def is_cleared(case: Case, *, departs_on: date) -> bool:
    """Say whether a departure of a case on a day is cleared."""
    rows = ParentalDecision.objects.filter(case=case).order_by("decision_id")
    return is_departure_cleared(
        answer=latest_answer(case), decisions=map(as_decision, rows), departs_on=departs_on
    )


def is_closure_cleared(case: Case, *, reason: str, on: date) -> bool:
    """Say whether a case may be closed for a reason on a day.

    The gate stands before `departed_removed`, and before any other reason once a removal is on record:
    another word for the same departure does not go round it.
    """
    removed_on = (
        Departure.objects.filter(case=case, kind="removed")
        .order_by("departed_on")
        .values_list("departed_on", flat=True)
        .first()
    )
    if reason != GATED_REASON and removed_on is None:
        return True
    return is_cleared(case, departs_on=removed_on or on)


@transaction.atomic(durable=True)
def record_attempt(*, by: User, case_no: str, reason: str, on: date, today: date) -> SafeguardIncident:
    """Write down that somebody tried to close a case past the gate.

    Must be called outside any transaction: what is recorded here stays, whatever the caller does next.
    """
    case = Case.objects.select_for_update().get(pk=case_no)
    writing = Writing(case_no)
    row = writing.create(
        SafeguardIncident,
        case=case,
        office_id=case.office_id,
        kind="closure_blocked",
        detected_on=on,
        severity="attempt",
    )
    writing.tell("safeguard.block_closure", row, by=by, today=today, reason=reason)
    return row
