"""Parents: the question, the information, the decision, its validity, and its being honored (F1, F2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from closeout.records.machines import PARENTAL_DECISION
from closeout.records.machines.safeguards import flaws_of
from closeout.web.accounts.permissions import Permission
from closeout.web.casework.actions import gate
from closeout.web.casework.actions.errors import NotNowError, SamePersonError, UnfitValueError
from closeout.web.casework.actions.held import begun_by, moved, one_of, take_case, take_row
from closeout.web.casework.models import Departure, ParentalDecision, ParentalInquiry

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from closeout.web.accounts.models import User
    from closeout.web.casework.actions.held import Hand
    from closeout.web.casework.actions.writing import Writing

ANSWERS = ("yes", "no", "declined")
DECISIONS = ("together", "child_remains", "undecided")
SIGNED = ("wet", "electronic", "refused", "unable")
WITNESSES = ("officer", "supervisor", "interpreter", "attorney", "consulate")
_LOADED = "loaded"


@transaction.atomic
def record_parental_inquiry(  # noqa: PLR0913 - one form's fields
    *,
    by: User,
    case_no: str,
    answer: str,
    minors: int | None = None,
    minors_citizen: int | None = None,
    minors_resident: int | None = None,
    is_primary_caretaker: bool | None = None,
    has_family_proceeding: bool | None = None,
    policy_version_id: str | None = None,
    on: date | None = None,
    expected_version: int | None = None,
) -> ParentalInquiry:
    """Record that a person was asked whether they are a parent or guardian, and the answer. Counts only.

    The question that was owed is answered with it; asked without being owed, it is an entry of its own.

    Args:
        by: Who asked.
        case_no: In which case.
        answer: `yes`, `no` or `declined`.
        minors: How many minor children; for `yes` only.
        minors_citizen: How many of them are citizens.
        minors_resident: How many of them are lawful residents.
        is_primary_caretaker: Whether the person is their primary caretaker; None if not known.
        has_family_proceeding: Whether a family proceeding is pending; None if not known.
        policy_version_id: The policy in force when asked.
        on: When; today when left out.
        expected_version: The case's version as it was shown.

    Raises:
        UnfitValueError: The answer is none of those, or the counts do not go together.

    """
    one_of("the answer", answer, ANSWERS)
    hand = take_case(case_no, by=by, on=on, expected_version=expected_version)
    _check_counts(answer, minors, minors_citizen or 0, minors_resident or 0)
    values = {
        "asked_on": hand.on,
        "asked_by": hand.officer,
        "answer": answer,
        "minors": minors,
        "minors_citizen": minors_citizen,
        "minors_resident": minors_resident,
        "is_primary_caretaker": is_primary_caretaker,
        "has_family_proceeding": has_family_proceeding,
        "policy_version_id": policy_version_id,
    }
    writing = hand.writing()
    owed = ParentalInquiry.objects.select_for_update().filter(case=hand.case, asked_on__isnull=True)
    row = owed.order_by("due_on", "inquiry_id").first()
    if row is None:
        row = writing.create(ParentalInquiry, case=hand.case, office=hand.case.office, **values)
    else:
        writing.change(row, **values)
    hand.tell(writing, "parental_inquiry.record", row)
    return row


def _check_counts(answer: str, minors: int | None, citizens: int, residents: int) -> None:
    if answer != "yes" and (minors or citizens or residents):
        msg = "children are counted where the answer is yes"
        raise UnfitValueError(msg)
    if min(minors or 0, citizens, residents) < 0 or citizens + residents > (minors or 0):
        msg = "citizens and residents are no more than the children in all"
        raise UnfitValueError(msg)


@transaction.atomic
def give_information(
    *,
    by: User,
    case_no: str,
    information_version: str,
    language: str | None = None,
    interpreter_used: bool = False,
    on: date | None = None,
    expected_version: int | None = None,
) -> ParentalDecision:
    """Record that a parent was given the information, in which language or through an interpreter.

    The decision comes later, on the same entry. An earlier decision stands until the new one is made.

    Args:
        by: Who gave it.
        case_no: In which case.
        information_version: The version of the information.
        language: The language it was given in, as an ISO 639 code.
        interpreter_used: Whether an interpreter was used.
        on: When; today when left out.
        expected_version: The case's version as it was shown.

    Raises:
        NotNowError: A decision on information given before is still to be made.
        UnfitValueError: The version, or both language and interpreter, are missing.

    """
    hand = take_case(case_no, by=by, on=on, expected_version=expected_version)
    if not information_version or not (language or interpreter_used):
        msg = "say which version was given, and in which language or that an interpreter was used"
        raise UnfitValueError(msg)
    if _waiting(hand).exists():
        msg = "information was given and the decision on it is still to be recorded"
        raise NotNowError(msg)
    writing = hand.writing()
    row = writing.create(
        ParentalDecision,
        case=hand.case,
        information_version=information_version,
        information_on=hand.on,
        language=language,
        interpreter_used=interpreter_used,
        offered_reunification=False,
        offered_child_remains=False,
        offered_consultation=False,
        state="recorded",
    )
    hand.tell(writing, "parental_decision.inform", row)
    return row


def _waiting(hand: Hand) -> QuerySet[ParentalDecision]:
    return ParentalDecision.objects.filter(
        case=hand.case, state="recorded", decision__isnull=True, information_on__isnull=False
    )


@transaction.atomic
def record_parental_decision(  # noqa: PLR0913 - one form's fields
    *,
    by: User,
    decision_id: int,
    decision: str | None,
    decided_on: date | None = None,
    form_version: str | None = None,
    signed_kind: str | None = None,
    witness_role: str | None = None,
    offered_reunification: bool = False,
    offered_child_remains: bool = False,
    offered_consultation: bool = False,
    reflection_hours: float | None = None,
    on: date | None = None,
    expected_version: int | None = None,
) -> ParentalDecision:
    """Record a parent's decision on the information given, and whether its documentation is valid.

    A flawed one is kept with its flaws in the log (`flaws_of_decision` lists them) and is to be repeated. A
    new decision takes the place of the one before it, valid or not: what the parent said last governs.

    Args:
        by: Who records it.
        decision_id: The entry that `give_information` made.
        decision: `together`, `child_remains` or `undecided`; None if the form is blank.
        decided_on: The date on the form; None if it has none.
        form_version: The form's version.
        signed_kind: `wet`, `electronic`, `refused` or `unable`; None if nothing shows it.
        witness_role: Who witnessed, by role.
        offered_reunification: That traveling together was offered is on record.
        offered_child_remains: That the child's staying was offered is on record.
        offered_consultation: That a call to an attorney or consulate was offered is on record.
        reflection_hours: Hours between information and decision, where known.
        on: When it is recorded; today when left out.
        expected_version: The entry's version as it was shown.

    Raises:
        NotNowError: A decision is recorded on it.
        UnfitValueError: A code is none of those, or the date is in the future.

    """
    _check_codes(decision, signed_kind, witness_role)
    row, hand = take_row(ParentalDecision, decision_id, by=by, on=on, expected_version=expected_version)
    if row.state != "recorded":
        msg = "a decision is recorded on it; give the information again for another"
        raise NotNowError(msg)
    if decided_on is not None and decided_on > hand.on:
        msg = "a decision is not dated after the day it is recorded"
        raise UnfitValueError(msg)
    values = {
        "decision": decision,
        "decided_on": decided_on,
        "form_version": form_version,
        "signed_kind": signed_kind,
        "witness_role": witness_role,
        "offered_reunification": offered_reunification,
        "offered_child_remains": offered_child_remains,
        "offered_consultation": offered_consultation,
        "reflection_hours": reflection_hours,
    }
    for name, value in values.items():
        setattr(row, name, value)
    flaws = flaws_of_decision(row)
    verb = "find_flawed" if flaws else "find_valid"
    move = moved(PARENTAL_DECISION, row.state, verb, by=hand.actors, facts=hand.facts(flaws=flaws))
    row.refresh_from_db()
    writing = hand.writing()
    earlier = _supersede(hand, writing, row)
    writing.change(row, **values, state=move.then, validated_on=hand.on, supersedes=earlier)
    hand.tell(writing, "parental_decision.record", row, reason=", ".join(flaws))
    return row


def _check_codes(decision: str | None, signed_kind: str | None, witness_role: str | None) -> None:
    for name, value, allowed in (
        ("the decision", decision, DECISIONS),
        ("the signature", signed_kind, SIGNED),
        ("the witness", witness_role, WITNESSES),
    ):
        if value is not None:
            one_of(name, value, allowed)


def flaws_of_decision(row: ParentalDecision) -> tuple[str, ...]:
    """Return the codes of what is wrong with a decision, given the departures on record."""
    departures = Departure.objects.filter(case=row.case_id).order_by("departed_on")
    departs_on = departures.values_list("departed_on", flat=True).first()
    return flaws_of(gate.as_decision(row), departs_on=departs_on)


def _supersede(hand: Hand, writing: Writing, row: ParentalDecision) -> ParentalDecision | None:
    states = tuple(move.now for move in PARENTAL_DECISION.moves if move.verb == "supersede")
    before = ParentalDecision.objects.select_for_update().filter(
        case=hand.case, state__in=states, decision_id__lt=row.pk
    )
    earlier = None
    for earlier in before.order_by("decision_id"):
        moved(PARENTAL_DECISION, earlier.state, "supersede", by=hand.actors, facts=hand.facts())
        writing.change(earlier, state="superseded")
    return earlier


@transaction.atomic
def honor_decision(
    *, by: User, decision_id: int, on: date | None = None, expected_version: int | None = None
) -> ParentalDecision:
    """Record that a valid decision was honored.

    Raises:
        NotNowError: It is not valid, or that is settled.

    """
    row, hand = take_row(ParentalDecision, decision_id, by=by, on=on, expected_version=expected_version)
    move = moved(PARENTAL_DECISION, row.state, "honor", by=hand.actors, facts=hand.facts())
    writing = hand.writing()
    writing.change(row, state=move.then, honored_on=hand.on)
    hand.tell(writing, "parental_decision.honor", row)
    return row


@transaction.atomic
def refuse_to_honor(
    *,
    by: User,
    decision_id: int,
    reason: str,
    on: date | None = None,
    expected_version: int | None = None,
) -> ParentalDecision:
    """Approve that a valid decision is not honored, for one of the coded reasons.

    Raises:
        NotNowError: It is not valid, or that is settled.
        UnfitValueError: The reason is none of those.

    """
    one_of("the reason", reason, PARENTAL_DECISION.reasons["not_honor"])
    row, hand = _take_to_approve(decision_id, by=by, on=on, expected_version=expected_version)
    facts = hand.facts(reason=reason)
    move = moved(PARENTAL_DECISION, row.state, "not_honor", by=hand.actors, facts=facts)
    writing = hand.writing()
    writing.change(row, state=move.then, exception_approved_by=hand.officer, exception_approved_on=hand.on)
    hand.tell(writing, "parental_decision.not_honor", row, reason=reason)
    return row


@transaction.atomic
def request_exception(
    *,
    by: User,
    case_no: str,
    reason: str,
    on: date | None = None,
    expected_version: int | None = None,
) -> ParentalDecision:
    """Ask for an exception where no decision can be had; it counts once a second person approves it.

    Raises:
        UnfitValueError: The reason is none of those.

    """
    one_of("the reason", reason, PARENTAL_DECISION.reasons["approve_exception"])
    hand = take_case(case_no, by=by, on=on, expected_version=expected_version)
    writing = hand.writing()
    row = writing.create(
        ParentalDecision,
        case=hand.case,
        offered_reunification=False,
        offered_child_remains=False,
        offered_consultation=False,
        state="recorded",
    )
    hand.tell(writing, "parental_decision.ask_exception", row, reason=reason)
    return row


@transaction.atomic
def approve_exception(
    *,
    by: User,
    decision_id: int,
    reason: str,
    on: date | None = None,
    expected_version: int | None = None,
) -> ParentalDecision:
    """Approve, as a second person, that a parent departs without a valid decision.

    Raises:
        SamePersonError: It is the approver's own entry.
        NotNowError: It is approved, or there is a valid decision, which needs no exception.
        UnfitValueError: The reason is none of those.

    """
    one_of("the reason", reason, PARENTAL_DECISION.reasons["approve_exception"])
    row, hand = _take_to_approve(decision_id, by=by, on=on, expected_version=expected_version)
    recorded_by = begun_by(row) or _LOADED
    if recorded_by == hand.by.username:
        msg = "whoever asks for an exception does not approve it; ask another person"
        raise SamePersonError(msg)
    if row.exception_approved_on is not None:
        msg = "the exception has been approved"
        raise NotNowError(msg)
    facts = hand.facts(reason=reason, first_person=recorded_by)
    moved(PARENTAL_DECISION, row.state, "approve_exception", by=hand.actors, facts=facts)
    writing = hand.writing()
    writing.change(row, exception_approved_by=hand.officer, exception_approved_on=hand.on)
    hand.tell(writing, "parental_decision.approve_exception", row, reason=reason)
    return row


def _take_to_approve(
    decision_id: int, *, by: User, on: date | None, expected_version: int | None
) -> tuple[ParentalDecision, Hand]:
    return take_row(
        ParentalDecision,
        decision_id,
        by=by,
        on=on,
        may=Permission.CASE_APPROVE,
        expected_version=expected_version,
    )
