"""Asking the auditor to close: requested by one person, approved by another, sent, answered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypedDict

from django.db import transaction
from django.utils import timezone

from closeout.followup.lifecycle import Actor, Guard, MoveNotAllowedError, Stage, check_move
from closeout.followup.statuses import Progress
from closeout.web.accounts.permissions import Permission, require
from closeout.web.audit import actions as audit
from closeout.web.recommendations.actions.errors import NotNowError, SamePersonError, UnfitValueError
from closeout.web.recommendations.actions.held import held_open, past, words
from closeout.web.recommendations.actions.progress import put_progress
from closeout.web.recommendations.models import ClosureRequest, ClosureState
from closeout.web.recommendations.models.closure import UNDER_WAY
from closeout.web.recommendations.state import refresh

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from closeout.web.accounts.models import User
    from closeout.web.recommendations.models import Recommendation


class Attachment(TypedDict):
    """A file that goes with a letter, named by its hash."""

    title: str
    filename: str
    sha256: str


ANSWER_DAYS = 30
"""Calendar days after sending by which an answer is looked for, unless another day is given."""


@transaction.atomic
def request_closure(
    *,
    by: User,
    recommendation_id: int,
    letter: str,
    uncovered_reason: str = "",
    attachments: Sequence[Attachment] = (),
) -> ClosureRequest:
    """Propose asking the auditor to close.

    Every need is covered by accepted evidence, or a reason says why it is asked nevertheless.

    Args:
        by: Who proposes it.
        recommendation_id: To close what.
        letter: The letter to the auditor.
        uncovered_reason: Why needs are left uncovered; ignored when none is.
        attachments: What goes with the letter, its own file first. The approver approves just these.

    Raises:
        NotNowError: A request is under way, or needs are uncovered and no reason is given.

    """
    require(by, Permission.CLOSURE_REQUEST)
    rec = held_open(recommendation_id)
    if rec.closure_requests.filter(state__in=UNDER_WAY).exists():
        msg = "a request to close it is under way"
        raise NotNowError(msg)
    is_covered = rec.needs_covered >= rec.needs
    reason = "" if is_covered else words("the reason", uncovered_reason, required=False)
    guards = {Guard.LETTER, Guard.SECOND_PERSON} if letter.strip() else {Guard.SECOND_PERSON}
    if is_covered or reason:
        guards.add(Guard.EVERY_NEED_COVERED)
    # The second person comes with the approval; everything else must be there now.
    _check(guards, rec)
    row = ClosureRequest.objects.create(
        recommendation=rec,
        letter=words("the letter", letter),
        attachments=[dict(each) for each in attachments],
        uncovered_reason=reason,
        requested_by=by,
        requested_at=timezone.now(),
    )
    audit.record(
        by=by,
        action="closure.request",
        target=row,
        after={
            "recommendation": rec.pk,
            "needs": rec.needs,
            "needs_covered": rec.needs_covered,
            "attachments": [each["sha256"] for each in attachments],
        },
        reason=reason,
    )
    refresh([rec.pk])
    return row


def _check(guards: set[Guard], rec: Recommendation) -> None:
    try:
        check_move(Stage.EVIDENCE_READY, Stage.CLOSURE_REQUESTED, by=Actor.AGENCY, having=guards)
    except MoveNotAllowedError as error:
        covered = f"{rec.needs_covered} of {rec.needs} needs are covered"
        msg = f"{error} ({covered}; with a reason it may be asked nevertheless)"
        raise NotNowError(msg) from error


@transaction.atomic
def decide_closure(*, by: User, request_id: int, approve: bool, reason: str = "") -> ClosureRequest:
    """Approve a request to close, or return it with a reason; never by the person who made it.

    Raises:
        SamePersonError: It is the decider's own request.
        NotNowError: It has been decided.

    """
    require(by, Permission.CLOSURE_APPROVE)
    row = _held_request(request_id)
    rec = held_open(row.recommendation_id)
    if row.requested_by_id == by.pk:
        msg = "whoever requests a closure does not approve it; ask another person"
        raise SamePersonError(msg)
    _check_state(row, ClosureState.REQUESTED)
    row.reason = words("the reason", reason, required=not approve)
    row.state = ClosureState.APPROVED if approve else ClosureState.RETURNED
    row.decided_by, row.decided_at = by, timezone.now()
    row.save(update_fields=["reason", "state", "decided_by", "decided_at"])
    audit.record(
        by=by,
        action="closure.approve" if approve else "closure.return",
        target=row,
        before={"state": ClosureState.REQUESTED.value},
        after={"state": row.state, "recommendation": rec.pk},
        reason=row.reason,
    )
    refresh([rec.pk])
    return row


@transaction.atomic
def record_sent(
    *, by: User, request_id: int, sent_on: date, answer_due_on: date | None = None
) -> ClosureRequest:
    """Record that an approved letter went to the auditor; the agency's axis moves to "closure requested".

    Args:
        by: Who records it.
        request_id: Which request.
        sent_on: When; not in the future.
        answer_due_on: By when an answer is looked for; 30 calendar days later when left out.

    Raises:
        NotNowError: It is not approved, or was sent.

    """
    require(by, Permission.CLOSURE_REQUEST)
    row = _held_request(request_id)
    rec = held_open(row.recommendation_id)
    _check_state(row, ClosureState.APPROVED)
    row.sent_on = past("the day it was sent", sent_on)
    row.answer_due_on = answer_due_on or sent_on + timedelta(days=ANSWER_DAYS)
    if row.answer_due_on < row.sent_on:
        msg = "the answer cannot be due before the letter was sent"
        raise UnfitValueError(msg)
    row.state = ClosureState.SENT
    row.save(update_fields=["sent_on", "answer_due_on", "state"])
    put_progress(rec, state=Progress.CLOSURE_REQUESTED, note="", on=sent_on, by=by)
    audit.record(
        by=by,
        action="closure.send",
        target=row,
        before={"state": ClosureState.APPROVED.value},
        after={"state": row.state, "sent_on": sent_on, "answer_due_on": row.answer_due_on},
    )
    refresh([rec.pk])
    return row


def _held_request(request_id: int) -> ClosureRequest:
    return ClosureRequest.objects.select_for_update().get(pk=request_id)


def _check_state(row: ClosureRequest, state: ClosureState) -> None:
    if row.state != state:
        msg = f"the request is {row.state}, not {state.value}"
        raise NotNowError(msg)
