"""That contact, proceeding, status or representation was verified, and what follows from it (A5, A6)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from closeout.web.casework.actions.errors import NotNowError, UnfitValueError
from closeout.web.casework.actions.held import one_of, take_case, take_row
from closeout.web.casework.models import Hearing, Office, Verification

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User
    from closeout.web.casework.actions.held import Hand

KINDS = ("contact", "proceeding", "status", "representation")
METHODS = ("in_person", "phone", "mail", "court_system", "partner_agency", "document")
RESULTS = ("confirmed", "changed", "could_not_verify", "mismatch")
MISMATCHES = ("date", "court", "status", "outcome", "representation")


@dataclass(frozen=True, slots=True)
class _Finding:
    kind: str
    method: str
    result: str
    mismatch_code: str | None
    new_office_id: str | None
    hearing_id: int | None


@transaction.atomic
def verify(  # noqa: PLR0913 - one form's fields
    *,
    by: User,
    case_no: str,
    kind: str,
    method: str,
    result: str,
    mismatch_code: str | None = None,
    new_office_id: str | None = None,
    hearing_id: int | None = None,
    on: date | None = None,
    expected_version: int | None = None,
) -> Verification:
    """Record that something about a case was verified, how, and with what result.

    A changed contact in another office's area is only recorded with that office; `proposes_transfer` says
    that asking for a transfer is the next step.

    Args:
        by: Who verified it.
        case_no: Of which case.
        kind: `contact`, `proceeding`, `status` or `representation`.
        method: How, one of `METHODS`.
        result: `confirmed`, `changed`, `could_not_verify` or `mismatch`.
        mismatch_code: What did not match; for a mismatch, and only then.
        new_office_id: The office whose area it now belongs to; for a changed contact only.
        hearing_id: The hearing that was verified, where it was one.
        on: When; today when left out.
        expected_version: The case's version as it was shown.

    Raises:
        UnfitValueError: A code is none of those, or does not go with the others.

    """
    hand = take_case(case_no, by=by, on=on, expected_version=expected_version)
    finding = _Finding(kind, method, result, mismatch_code, new_office_id, hearing_id)
    _check(hand, finding)
    writing = hand.writing()
    row = writing.create(
        Verification,
        case=hand.case,
        office=hand.case.office,
        verified_on=hand.on,
        verified_by=hand.officer,
        **asdict(finding),
    )
    hand.tell(writing, "verification.record", row)
    return row


def _check(hand: Hand, finding: _Finding) -> None:
    one_of("what was verified", finding.kind, KINDS)
    one_of("the method", finding.method, METHODS)
    one_of("the result", finding.result, RESULTS)
    if (finding.result == "mismatch") is not (finding.mismatch_code is not None):
        msg = "a mismatch says what did not match, and nothing else does"
        raise UnfitValueError(msg)
    if finding.mismatch_code is not None:
        one_of("the mismatch", finding.mismatch_code, MISMATCHES)
    if finding.new_office_id is not None:
        _check_new_office(hand, finding)
    hearing = finding.hearing_id
    if hearing is not None and not Hearing.objects.filter(pk=hearing, case=hand.case).exists():
        msg = "that hearing is not this case's"
        raise UnfitValueError(msg)


def _check_new_office(hand: Hand, finding: _Finding) -> None:
    if (finding.kind, finding.result) != ("contact", "changed"):
        msg = "another office is named for a changed contact only"
        raise UnfitValueError(msg)
    new = finding.new_office_id
    if new == hand.case.office_id or not Office.objects.filter(pk=new).exists():
        msg = "the new office is another office that there is"
        raise UnfitValueError(msg)


def proposes_transfer(row: Verification) -> bool:
    """Say whether a verification calls for a transfer that has not been asked for or made since."""
    if row.new_office_id is None or row.new_office_id == row.case.office_id:
        return False
    asked = row.case.transfers.filter(
        to_office=row.new_office_id, requested_on__gte=row.verified_on, state__in=("requested", "accepted")
    )
    return not asked.exists()


@transaction.atomic
def correct_mismatch(
    *, by: User, verification_id: int, on: date | None = None, expected_version: int | None = None
) -> Verification:
    """Record that a mismatch has been put right.

    Raises:
        NotNowError: There was none, or it has been put right.

    """
    row, hand = take_row(Verification, verification_id, by=by, on=on, expected_version=expected_version)
    if row.result != "mismatch" or row.corrected_on is not None:
        msg = "there is no mismatch to put right, or it has been"
        raise NotNowError(msg)
    if hand.on < row.verified_on:
        msg = "a mismatch is put right on the day it was found or later"
        raise UnfitValueError(msg)
    writing = hand.writing()
    writing.change(row, corrected_on=hand.on)
    hand.tell(writing, "verification.correct", row)
    return row
