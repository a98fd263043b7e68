"""Closing a case: proposed on evidence, confirmed by a second person, reversible (A11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from closeout.records.machines import CASE, CLOSURE_PROPOSAL
from closeout.web.accounts.permissions import Permission
from closeout.web.casework.actions import gate
from closeout.web.casework.actions.errors import GateClosedError, SamePersonError, UnfitValueError
from closeout.web.casework.actions.held import moved, one_of, take_case, take_row
from closeout.web.casework.actions.moving import end_assignments, end_docket, move_docket
from closeout.web.casework.actions.settling import settle_open_rows
from closeout.web.casework.models import ClosureProposal, ParentalInquiry, SafeguardIncident

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User
    from closeout.web.casework.actions.held import Hand
    from closeout.web.casework.actions.writing import Writing

REASONS = (
    "deceased",
    "departed_self_verified",
    "departed_removed",
    "relief_granted",
    "status_acquired",
    "duplicate",
    "transferred_out",
    "admin_error",
)
EVIDENCE = (
    "death_certificate",
    "consulate_confirmation",
    "departure_record",
    "court_order",
    "agency_record",
    "other",
)


@transaction.atomic
def propose_closure(
    *,
    by: User,
    case_no: str,
    reason: str,
    evidence_kind: str,
    evidence_digest: str,
    candidate_on: date | None = None,
    on: date | None = None,
    expected_version: int | None = None,
) -> ClosureProposal:
    """Propose to close a case, on evidence.

    Args:
        by: Who proposes it.
        case_no: Which case.
        reason: Why, one of `REASONS`.
        evidence_kind: What shows it, one of `EVIDENCE`.
        evidence_digest: The evidence's SHA-256 in hexadecimal; the document itself is not kept.
        candidate_on: When the records first pointed to it, where they did.
        on: When; today when left out.
        expected_version: The case's version as it was shown.

    Raises:
        NotNowError: The case is not open, or a safeguard is not settled: an incident, or, before a removal,
            a parental question without an answer.
        UnfitValueError: A code or the digest is not one.

    """
    hand = take_case(case_no, by=by, on=on, expected_version=expected_version)
    one_of("the reason", reason, REASONS)
    one_of("the evidence", evidence_kind, EVIDENCE)
    gate.check_digest(evidence_digest)
    facts = hand.facts(evidence=evidence_digest, open_safeguards=_open_safeguards(hand, reason))
    move = moved(CASE, hand.case.state, "propose_closure", by=hand.actors, facts=facts)
    writing = hand.writing()
    row = writing.create(
        ClosureProposal,
        case=hand.case,
        reason=reason,
        evidence_kind=evidence_kind,
        evidence_digest=evidence_digest,
        candidate_on=candidate_on,
        proposed_on=hand.on,
        proposed_by=hand.officer,
        state="proposed",
    )
    writing.change(hand.case, state=move.then)
    hand.tell(writing, "case_closure.propose", row, reason=reason)
    return row


def _open_safeguards(hand: Hand, reason: str) -> int:
    incidents = SafeguardIncident.objects.filter(case=hand.case, resolved_on__isnull=True).count()
    if reason != gate.GATED_REASON:
        return incidents
    return incidents + ParentalInquiry.objects.filter(case=hand.case, answer__isnull=True).count()


def confirm_closure(
    *, by: User, proposal_id: int, on: date | None = None, expected_version: int | None = None
) -> ClosureProposal:
    """Close a case, as a second person. What is still open on it ends with it.

    Not inside a transaction of the caller's: a refusal by the gate must leave its incident behind.

    Raises:
        SamePersonError: It is the confirmer's own proposal.
        NotNowError: It has been decided.
        GateClosedError: A parent is to leave without a valid decision; the attempt is recorded.

    """
    try:
        return _confirm(by=by, proposal_id=proposal_id, on=on, expected_version=expected_version)
    except _BlockedError as blocked:
        gate.record_attempt(
            by=by, case_no=blocked.case_no, reason=blocked.reason, on=blocked.on, today=blocked.today
        )
        raise GateClosedError(gate.REFUSAL) from None


class _BlockedError(Exception):
    """The gate is closed: what the incident needs to know."""

    def __init__(self, hand: Hand, reason: str) -> None:
        super().__init__(reason)
        self.case_no, self.on, self.today, self.reason = hand.case.pk, hand.on, hand.today, reason


@transaction.atomic
def _confirm(*, by: User, proposal_id: int, on: date | None, expected_version: int | None) -> ClosureProposal:
    row, hand = _take(proposal_id, by=by, on=on, expected_version=expected_version)
    if row.proposed_by_id == hand.officer.pk:
        msg = "whoever proposes a closure does not confirm it; ask another person"
        raise SamePersonError(msg)
    is_cleared = gate.is_closure_cleared(hand.case, reason=row.reason, on=hand.on)
    facts = hand.facts(first_person=row.proposed_by_id, is_departure_cleared=is_cleared)
    then = moved(CLOSURE_PROPOSAL, row.state, "confirm", by=hand.actors, facts=facts).then
    if not is_cleared:
        raise _BlockedError(hand, row.reason)
    move = moved(CASE, hand.case.state, "confirm_closure", by=hand.actors, facts=facts)
    _check_order(hand.on, row)
    writing = hand.writing()
    writing.change(row, state=then, decided_on=hand.on, decided_by=hand.officer)
    _close(hand, writing, row, move.then)
    hand.tell(writing, "case_closure.confirm", row, reason=row.reason)
    return row


def _close(hand: Hand, writing: Writing, row: ClosureProposal, state: str) -> None:
    end_assignments(hand, writing)
    end_docket(hand, writing)
    settle_open_rows(hand, writing, proposed_by=row.proposed_by)
    writing.change(hand.case, state=state, closed_on=hand.on, closure_reason=row.reason, officer=None)


@transaction.atomic
def reject_closure(
    *,
    by: User,
    proposal_id: int,
    reason: str,
    on: date | None = None,
    expected_version: int | None = None,
) -> ClosureProposal:
    """Refuse a proposal for one of the coded reasons; the case is open as before.

    Raises:
        NotNowError: It has been decided.
        UnfitValueError: The reason is none of those.

    """
    one_of("the reason", reason, CLOSURE_PROPOSAL.reasons["reject"])
    row, hand = _take(proposal_id, by=by, on=on, expected_version=expected_version)
    return _put_aside(row, hand, "reject", reason)


@transaction.atomic
def withdraw_closure(
    *, by: User, proposal_id: int, on: date | None = None, expected_version: int | None = None
) -> ClosureProposal:
    """Take a proposal back; the case is open as before.

    Raises:
        NotNowError: It has been decided.

    """
    row, hand = take_row(ClosureProposal, proposal_id, by=by, on=on, expected_version=expected_version)
    return _put_aside(row, hand, "withdraw", "")


def _put_aside(row: ClosureProposal, hand: Hand, verb: str, reason: str) -> ClosureProposal:
    facts = hand.facts(reason=reason)
    then = moved(CLOSURE_PROPOSAL, row.state, verb, by=hand.actors, facts=facts).then
    move = moved(CASE, hand.case.state, f"{verb}_closure", by=hand.actors, facts=facts)
    _check_order(hand.on, row)
    writing = hand.writing()
    writing.change(row, state=then, decided_on=hand.on, decided_by=hand.officer)
    writing.change(hand.case, state=move.then)
    hand.tell(writing, f"case_closure.{verb}", row, reason=reason)
    return row


@transaction.atomic
def reverse_closure(
    *,
    by: User,
    proposal_id: int,
    reason: str,
    on: date | None = None,
    expected_version: int | None = None,
) -> ClosureProposal:
    """Open a closed case again, for one of the coded reasons: on its docket, without a lead.

    Check-ins and requests that ended with the case are not brought back; they are begun anew.

    Raises:
        NotNowError: The closure was not confirmed, or the case is open.
        UnfitValueError: The reason is none of those.

    """
    one_of("the reason", reason, CLOSURE_PROPOSAL.reasons["reverse"])
    row, hand = _take(proposal_id, by=by, on=on, expected_version=expected_version)
    facts = hand.facts(reason=reason)
    then = moved(CLOSURE_PROPOSAL, row.state, "reverse", by=hand.actors, facts=facts).then
    move = moved(CASE, hand.case.state, "reopen", by=hand.actors, facts=facts)
    _check_order(hand.on, row)
    writing = hand.writing()
    writing.change(row, state=then, reversed_on=hand.on)
    writing.change(hand.case, state=move.then, closed_on=None, closure_reason=None, reopened_on=hand.on)
    move_docket(hand, writing, reason="reopened")
    hand.tell(writing, "case_closure.reverse", row, reason=reason)
    return row


def _take(
    proposal_id: int, *, by: User, on: date | None, expected_version: int | None
) -> tuple[ClosureProposal, Hand]:
    return take_row(
        ClosureProposal,
        proposal_id,
        by=by,
        on=on,
        may=Permission.CASE_APPROVE,
        expected_version=expected_version,
    )


def _check_order(on: date, row: ClosureProposal) -> None:
    earliest = row.decided_on or row.proposed_on
    if on < earliest:
        msg = f"the step before was on {earliest}; this one cannot be earlier"
        raise UnfitValueError(msg)
