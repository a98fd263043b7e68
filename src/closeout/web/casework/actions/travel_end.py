"""A travel document after it was issued, a request that is held, delayed or taken back (B1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from closeout.records.machines import TRAVEL_DOCUMENT, Actor
from closeout.web.audit.actions import SYSTEM
from closeout.web.casework import policy
from closeout.web.casework.actions.errors import UnfitValueError
from closeout.web.casework.actions.held import moved, one_of, take_row
from closeout.web.casework.actions.holds import check_may_hold
from closeout.web.casework.actions.travel_mission import end_follow_ups
from closeout.web.casework.actions.writing import Writing
from closeout.web.casework.models import Case, Hold, TravelDocumentRequest

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from closeout.web.accounts.models import User

CAUSES = ("office", "other_agency", "mission", "legal_stay", "other")
_LATEST_FIRST = (
    ("valid_to", "issued"),
    ("interviewed_on", "interviewed"),
    ("interview_on", "interview_scheduled"),
    ("acknowledged_on", "acknowledged"),
    ("sent_on", "sent"),
    ("completed_on", "complete"),
)


@transaction.atomic
def use_document(
    *, by: User, request_id: int, on: date | None = None, expected_version: int | None = None
) -> TravelDocumentRequest:
    """Record that an issued document was used, while it was valid.

    Raises:
        NotNowError: It was not issued, or was no longer valid on the day.

    """
    row, hand = take_row(TravelDocumentRequest, request_id, by=by, on=on, expected_version=expected_version)
    facts = hand.facts(valid_from=row.valid_from, valid_to=row.valid_to)
    move = moved(TRAVEL_DOCUMENT, row.state, "use", by=hand.actors, facts=facts)
    if row.valid_from is not None and hand.on < row.valid_from:
        msg = f"it is valid from {row.valid_from}"
        raise UnfitValueError(msg)
    writing = hand.writing()
    writing.change(row, state=move.then, used_on=hand.on)
    hand.tell(writing, "travel_document.use", row)
    return row


@transaction.atomic
def withdraw_request(
    *,
    by: User,
    request_id: int,
    reason: str,
    on: date | None = None,
    expected_version: int | None = None,
) -> TravelDocumentRequest:
    """Take a request back, for one of the coded reasons. Follow-ups end.

    Raises:
        NotNowError: It is over.
        UnfitValueError: The reason is none of those.

    """
    one_of("the reason", reason, TRAVEL_DOCUMENT.reasons["withdraw"])
    row, hand = take_row(TravelDocumentRequest, request_id, by=by, on=on, expected_version=expected_version)
    move = moved(TRAVEL_DOCUMENT, row.state, "withdraw", by=hand.actors, facts=hand.facts(reason=reason))
    writing = hand.writing()
    writing.change(row, state=move.then, withdrawn_on=hand.on)
    end_follow_ups(hand, writing, row)
    hand.tell(writing, "travel_document.withdraw", row, reason=reason)
    return row


@transaction.atomic
def hold_request(
    *,
    by: User,
    request_id: int,
    reason: str,
    review_on: date,
    on: date | None = None,
    expected_version: int | None = None,
) -> TravelDocumentRequest:
    """Stop a request and the case's clocks for a legal stay, an appeal or a medical reason.

    Args:
        by: Who holds it.
        request_id: Which request.
        reason: `legal_stay`, `appeal` or `medical`.
        review_on: When the hold is looked at again; after `on`.
        on: The first day; today when left out.
        expected_version: The request's version as it was shown.

    Raises:
        NotNowError: It is over or held, no review is ahead, or the case has a hold of this kind.
        UnfitValueError: The reason is none of those.

    """
    one_of("the reason", reason, TRAVEL_DOCUMENT.reasons["hold"])
    row, hand = take_row(TravelDocumentRequest, request_id, by=by, on=on, expected_version=expected_version)
    facts = hand.facts(reason=reason, review_on=review_on)
    move = moved(TRAVEL_DOCUMENT, row.state, "hold", by=hand.actors, facts=facts)
    check_may_hold(hand, reason)
    writing = hand.writing()
    writing.change(
        row, state=move.then, delay_cause="legal_stay" if reason == "legal_stay" else row.delay_cause
    )
    writing.create(Hold, case=hand.case, kind=reason, from_on=hand.on, review_on=review_on)
    hand.tell(writing, "travel_document.hold", row, reason=reason)
    return row


def state_before_hold(row: TravelDocumentRequest) -> str:
    """Return where a request stood before it was held, by the latest step that has a date."""
    return next((state for column, state in _LATEST_FIRST if getattr(row, column) is not None), "drafting")


@transaction.atomic
def resume_request(
    *, by: User, request_id: int, on: date | None = None, expected_version: int | None = None
) -> TravelDocumentRequest:
    """Let a held request go on from where it stood; the case's hold for it ends.

    Raises:
        NotNowError: It is not held.

    """
    row, hand = take_row(TravelDocumentRequest, request_id, by=by, on=on, expected_version=expected_version)
    before = state_before_hold(row)
    facts = hand.facts(before_hold=before)
    move = moved(TRAVEL_DOCUMENT, row.state, f"resume_{before}", by=hand.actors, facts=facts)
    writing = hand.writing()
    writing.change(row, state=move.then)
    kinds = TRAVEL_DOCUMENT.reasons["hold"]
    holds = Hold.objects.select_for_update().filter(case=hand.case, kind__in=kinds, to_on__isnull=True)
    if (hold := holds.order_by("-from_on", "-hold_id").first()) is not None:
        writing.change(hold, to_on=max(hand.on, hold.from_on))
    hand.tell(writing, "travel_document.resume", row)
    return row


@transaction.atomic
def set_delay_cause(
    *,
    by: User,
    request_id: int,
    cause: str,
    on: date | None = None,
    expected_version: int | None = None,
) -> TravelDocumentRequest:
    """Say what holds a request up: the office, another agency, the mission, a legal stay, or other.

    Raises:
        NotNowError: It is over.
        UnfitValueError: The cause is none of those.

    """
    one_of("the cause", cause, CAUSES)
    row, hand = take_row(TravelDocumentRequest, request_id, by=by, on=on, expected_version=expected_version)
    moved(TRAVEL_DOCUMENT, row.state, "set_delay_cause", by=hand.actors, facts=hand.facts())
    writing = hand.writing()
    writing.change(row, delay_cause=cause)
    hand.tell(writing, "travel_document.set_delay_cause", row, reason=cause)
    return row


def expire_travel_documents(*, today: date, advance: Callable[[int], None] = lambda _done: None) -> int:
    """Mark issued documents whose last day is over as expired unused, and return how many. A job's work."""
    over = TravelDocumentRequest.objects.filter(state="issued", valid_to__lt=today)
    done = 0
    for request_id in list(over.order_by("request_id").values_list("request_id", flat=True)):
        done += _expire(request_id, today=today)
        advance(done)
    return done


@transaction.atomic
def _expire(request_id: int, *, today: date) -> bool:
    case_no = TravelDocumentRequest.objects.values_list("case_id", flat=True).get(pk=request_id)
    case = Case.objects.select_for_update().get(pk=case_no)
    row = TravelDocumentRequest.objects.select_for_update().get(pk=request_id)
    on = min(today, policy.today_at(case.office))
    if row.state != "issued" or row.valid_to is None or row.valid_to >= on:
        return False
    facts = {"on": on, "until": row.valid_to}
    move = moved(TRAVEL_DOCUMENT, row.state, "expire", by={Actor.JOB}, facts=facts)
    writing = Writing(case_no)
    writing.change(row, state=move.then)
    writing.tell("travel_document.expire", row, by=SYSTEM, today=on)
    return True
