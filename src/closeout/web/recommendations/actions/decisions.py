"""What the auditor decided, as a person records it: with the auditor's own words and their day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from closeout.followup.lifecycle import Actor, MoveNotAllowedError, check_status
from closeout.followup.statuses import is_closed, normal_status
from closeout.reading.fold import fold_key
from closeout.reading.model import AuditorStatus, Position
from closeout.web.accounts.permissions import Permission, require
from closeout.web.audit import actions as audit
from closeout.web.recommendations.actions.errors import NotNowError, SamePersonError, UnfitValueError
from closeout.web.recommendations.actions.held import held, past, words
from closeout.web.recommendations.models import (
    AuditorDecision,
    Capture,
    ClosureRequest,
    ClosureState,
    StatusObservation,
)
from closeout.web.recommendations.state import refresh

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User
    from closeout.web.recommendations.models import Recommendation


@transaction.atomic
def record_auditor_decision(
    *,
    by: User,
    recommendation_id: int,
    status: AuditorStatus,
    printed: str,
    on: date,
    reason: str = "",
    capture_id: int | None = None,
) -> AuditorDecision:
    """Record what the auditor decided. This is the only way a person can close a recommendation.

    A request to close that was sent is answered by it: closed, or refused.

    Args:
        by: Who records it.
        recommendation_id: Of what.
        status: The decision in normal form.
        printed: The auditor's own words.
        on: The auditor's date; not in the future.
        reason: The auditor's reason, needed when a request is refused.
        capture_id: The document that shows it, where there is one; the words must stand in it.

    Raises:
        UnfitValueError: The words are missing, mean another status, or do not stand in the document.
        NotNowError: The auditor's status is that already and no request waits for an answer.

    """
    require(by, Permission.DECISION_RECORD)
    rec = held(recommendation_id)
    said = words("the auditor's own words", printed, most=300)
    _check_words(rec, status, said, capture_id)
    request = rec.closure_requests.select_for_update().filter(state=ClosureState.SENT).first()
    if request is None:
        _check_is_news(rec, status)
    now = timezone.now()
    decision = AuditorDecision.objects.create(
        recommendation=rec,
        request=request,
        status=status.value,
        printed=said,
        on=past("the auditor's date", on),
        reason=words("the reason", reason, required=False),
        capture_id=capture_id,
        recorded_by=by,
        recorded_at=now,
    )
    StatusObservation.objects.create(
        recommendation=rec,
        value=status.value,
        printed=said,
        basis="recorded",
        recorded_by=by,
        at=now,
        as_of_edtf=on.isoformat(),
        as_of_earliest=on,
        as_of_latest=on,
    )
    if request is not None:
        _answer(request, decision)
    audit.record(
        by=by,
        action="decision.record",
        target=decision,
        before={"status": rec.auditor_status},
        after={"status": decision.status, "on": on, "recommendation": rec.pk, "capture": capture_id},
        reason=decision.reason,
    )
    refresh([rec.pk])
    return decision


def _check_words(rec: Recommendation, status: AuditorStatus, printed: str, capture_id: int | None) -> None:
    position = Position(rec.position) if rec.position else None
    meant = normal_status(printed, issuer=rec.report.issuer, position=position)
    if meant is not None and is_closed(meant) is not is_closed(status):
        msg = f"“{printed}” means {meant.value.replace('-', ' ')}, not {status.value.replace('-', ' ')}"
        raise UnfitValueError(msg)
    if capture_id is None:
        return
    capture = Capture.objects.only("text", "is_secondary").get(pk=capture_id)
    if capture.is_secondary:
        msg = "that document only reports on the auditor; bring the auditor's own"
        raise UnfitValueError(msg)
    if fold_key(printed) not in fold_key(capture.text):
        msg = "these words do not stand in that document"
        raise UnfitValueError(msg)


def _check_is_news(rec: Recommendation, status: AuditorStatus) -> None:
    now = AuditorStatus(rec.auditor_status) if rec.auditor_status else None
    try:
        check_status(now, status, by=Actor.SOURCE)
    except MoveNotAllowedError as error:
        raise NotNowError(str(error)) from error


def _answer(request: ClosureRequest, decision: AuditorDecision) -> None:
    has_closed = is_closed(AuditorStatus(decision.status))
    if not has_closed and not decision.reason:
        msg = "the request is refused by this; say the auditor's reason"
        raise UnfitValueError(msg)
    request.state = ClosureState.CLOSED if has_closed else ClosureState.REFUSED
    request.outcome, request.reason = decision.status, decision.reason
    request.save(update_fields=["state", "outcome", "reason"])


@transaction.atomic
def confirm_auditor_decision(*, by: User, decision_id: int) -> AuditorDecision:
    """Confirm, as a second person, that a recorded decision is what the auditor wrote.

    Raises:
        SamePersonError: It is the confirmer's own record.
        NotNowError: It is confirmed already.

    """
    require(by, Permission.CLOSURE_APPROVE)
    decision = AuditorDecision.objects.select_for_update().get(pk=decision_id)
    if decision.recorded_by_id == by.pk:
        msg = "whoever records a decision does not confirm it; ask another person"
        raise SamePersonError(msg)
    if decision.confirmed_by_id is not None:
        msg = "it has been confirmed"
        raise NotNowError(msg)
    decision.confirmed_by, decision.confirmed_at = by, timezone.now()
    decision.save(update_fields=["confirmed_by", "confirmed_at"])
    audit.record(
        by=by,
        action="decision.confirm",
        target=decision,
        after={"recommendation": decision.recommendation_id, "status": decision.status},
    )
    return decision
