"""A travel document request with the mission: acknowledged, followed up, decided (B1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from closeout.records.machines import TRAVEL_DOCUMENT
from closeout.web.casework.actions.errors import NotNowError, UnfitValueError
from closeout.web.casework.actions.held import moved, one_of, take_row
from closeout.web.casework.actions.travel_package import begin, plan_follow_up
from closeout.web.casework.models import TravelDocumentRequest, TravelFollowUp

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from closeout.records.machines.guards import Facts
    from closeout.web.accounts.models import User
    from closeout.web.casework.actions.held import Hand
    from closeout.web.casework.actions.writing import Writing

CHANNELS = ("phone", "mail", "visit", "online")
RESULTS = ("no_answer", "pending", "more_needed", "interview_set", "decided")


@transaction.atomic
def acknowledge_request(
    *, by: User, request_id: int, on: date | None = None, expected_version: int | None = None
) -> TravelDocumentRequest:
    """Record that the mission acknowledged a package.

    Raises:
        NotNowError: It was not sent, or is further on.

    """
    row, hand = _take(request_id, by=by, on=on, expected_version=expected_version)
    return _step(row, hand, "acknowledge", "sent_on", acknowledged_on=hand.on)


@transaction.atomic
def schedule_interview(
    *,
    by: User,
    request_id: int,
    interview_on: date,
    on: date | None = None,
    expected_version: int | None = None,
) -> TravelDocumentRequest:
    """Record when the mission will interview; a later call moves it.

    Raises:
        NotNowError: The package is not with the mission, or the interview was held.
        UnfitValueError: The interview is before today.

    """
    row, hand = _take(request_id, by=by, on=on, expected_version=expected_version)
    if interview_on < hand.on:
        msg = "an interview is scheduled for today or later"
        raise UnfitValueError(msg)
    return _step(row, hand, "schedule_interview", "sent_on", interview_on=interview_on)


@transaction.atomic
def hold_interview(
    *, by: User, request_id: int, on: date | None = None, expected_version: int | None = None
) -> TravelDocumentRequest:
    """Record that the interview was held.

    Raises:
        NotNowError: None was scheduled.

    """
    row, hand = _take(request_id, by=by, on=on, expected_version=expected_version)
    return _step(row, hand, "hold_interview", "sent_on", interviewed_on=hand.on)


@transaction.atomic
def issue_document(
    *,
    by: User,
    request_id: int,
    valid_from: date,
    valid_to: date,
    on: date | None = None,
    expected_version: int | None = None,
) -> TravelDocumentRequest:
    """Record that the mission issued the document, with the days it is valid. Follow-ups end.

    Raises:
        NotNowError: The package is not with the mission, or the days are not valid ones.

    """
    row, hand = _take(request_id, by=by, on=on, expected_version=expected_version)
    facts = {"valid_from": valid_from, "valid_to": valid_to}
    return _step(
        row,
        hand,
        "issue",
        "sent_on",
        facts=facts,
        decided_on=hand.on,
        valid_from=valid_from,
        valid_to=valid_to,
    )


@transaction.atomic
def refuse_document(
    *,
    by: User,
    request_id: int,
    reason: str,
    on: date | None = None,
    expected_version: int | None = None,
) -> TravelDocumentRequest:
    """Record that the mission refused, and why. Follow-ups end; it can be asked again.

    Raises:
        NotNowError: The package is not with the mission.
        UnfitValueError: The reason is none of those.

    """
    one_of("the reason", reason, TRAVEL_DOCUMENT.reasons["refuse"])
    row, hand = _take(request_id, by=by, on=on, expected_version=expected_version)
    facts = {"reason": reason}
    return _step(row, hand, "refuse", "sent_on", facts=facts, decided_on=hand.on, refused_reason=reason)


@transaction.atomic
def return_incomplete(
    *, by: User, request_id: int, on: date | None = None, expected_version: int | None = None
) -> TravelDocumentRequest:
    """Record that the mission sent a package back as incomplete: it is drafted again, as the next version.

    How often that happened is the package's version less one.

    Raises:
        NotNowError: The package is not with the mission.

    """
    row, hand = _take(request_id, by=by, on=on, expected_version=expected_version)
    values = {"completed_on": None, "sent_on": None, "acknowledged_on": None, "missing_at_send": None}
    return _step(row, hand, "return_incomplete", "sent_on", package_version=row.package_version + 1, **values)


@transaction.atomic
def re_request(
    *, by: User, request_id: int, on: date | None = None, expected_version: int | None = None
) -> TravelDocumentRequest:
    """Ask again after a refusal or an expiry, by the rule in force now; return the new request.

    Raises:
        NotNowError: It was neither refused nor expired, or another request is under way.

    """
    row, hand = _take(request_id, by=by, on=on, expected_version=expected_version)
    moved(TRAVEL_DOCUMENT, row.state, "re_request", by=hand.actors, facts=hand.facts())
    others = hand.case.travel_document_requests.exclude(state__in=TRAVEL_DOCUMENT.terminal)
    if hand.case.state == "closed" or others.filter(country=row.country_id).exists():
        msg = "the case is closed, or another request to this country is under way"
        raise NotNowError(msg)
    writing = hand.writing()
    new = begin(hand, writing, country=row.country_id, mission_id=row.mission_id)
    hand.tell(writing, "travel_document.re_request", new)
    return new


@transaction.atomic
def follow_up(
    *,
    by: User,
    request_id: int,
    channel: str,
    result: str,
    on: date | None = None,
    expected_version: int | None = None,
) -> TravelFollowUp:
    """Record that the mission was asked again; the next follow-up is due by the country's days.

    Args:
        by: Who asked.
        request_id: About which request.
        channel: How, one of `CHANNELS`.
        result: With what result, one of `RESULTS`.
        on: When; today when left out.
        expected_version: The request's version as it was shown.

    Raises:
        NotNowError: The package is not with the mission, or the request is on hold.
        UnfitValueError: A code is none of those.

    """
    one_of("how", channel, CHANNELS)
    one_of("the result", result, RESULTS)
    request, hand = _take(request_id, by=by, on=on, expected_version=expected_version)
    moved(TRAVEL_DOCUMENT, request.state, "follow_up", by=hand.actors, facts=hand.facts())
    writing = hand.writing()
    values = {"done_on": hand.on, "done_by": hand.officer, "channel": channel, "result": result}
    row = open_follow_ups(request).first()
    if row is None:
        row = writing.create(TravelFollowUp, request=request, case=hand.case, due_on=hand.on, **values)
    else:
        writing.change(row, **values)
    if not open_follow_ups(request).exists() and result != "decided":
        plan_follow_up(hand, writing, request)
    hand.tell(writing, "travel_document.follow_up", request)
    return row


def open_follow_ups(request: TravelDocumentRequest) -> QuerySet[TravelFollowUp]:
    """Return the follow-ups of a request that are not done, by due date, under lock."""
    rows = TravelFollowUp.objects.select_for_update().filter(request=request, done_on__isnull=True)
    return rows.order_by("due_on", "follow_up_id")


def end_follow_ups(hand: Hand, writing: Writing, request: TravelDocumentRequest) -> None:
    """End what is still to be asked: nothing is owed on a request that is decided or taken back.

    One that fell due is closed as decided, late if it is; one ahead is taken out.
    """
    for row in list(open_follow_ups(request)):
        if row.due_on > hand.on:
            writing.remove(row)
        else:
            writing.change(row, done_on=hand.on, done_by=hand.officer, result="decided")


def _take(
    request_id: int, *, by: User, on: date | None, expected_version: int | None
) -> tuple[TravelDocumentRequest, Hand]:
    return take_row(TravelDocumentRequest, request_id, by=by, on=on, expected_version=expected_version)


def _step(
    row: TravelDocumentRequest,
    hand: Hand,
    verb: str,
    after: str,
    *,
    facts: Facts | None = None,
    **values: object,
) -> TravelDocumentRequest:
    """Make a move that only sets columns of the request, not before the day in the column `after`."""
    move = moved(TRAVEL_DOCUMENT, row.state, verb, by=hand.actors, facts=hand.facts(**(facts or {})))
    earliest = getattr(row, after)
    if earliest is not None and hand.on < earliest:
        msg = f"the step before was on {earliest}; this one cannot be earlier"
        raise UnfitValueError(msg)
    writing = hand.writing()
    writing.change(row, state=move.then, **values)
    if move.then in ("issued", "refused", "drafting"):
        end_follow_ups(hand, writing, row)
    hand.tell(writing, f"travel_document.{verb}", row, reason=str((facts or {}).get("reason", "")))
    return row
