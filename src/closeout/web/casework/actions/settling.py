"""What ends with a case: a closed case owes nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from closeout.records.machines import TRAVEL_DOCUMENT
from closeout.web.casework.actions.travel_mission import end_follow_ups
from closeout.web.casework.models import CheckIn, ExceptionItem, TravelDocumentRequest

if TYPE_CHECKING:
    from closeout.web.casework.actions.held import Hand
    from closeout.web.casework.actions.writing import Writing
    from closeout.web.casework.models import Officer

_NOT_KEPT = ("missed", "awaiting_explanation")


def settle_open_rows(hand: Hand, writing: Writing, *, proposed_by: Officer) -> None:
    """Cancel the check-ins ahead, close the exceptions, withdraw the travel document requests of a case.

    An exception is disposed of by whoever proposed the closure and reviewed by whoever confirmed it.
    """
    for check_in in CheckIn.objects.select_for_update().filter(
        case=hand.case, state__in=("scheduled", "reminded")
    ):
        writing.change(
            check_in,
            state="cancelled",
            outcome="cancelled",
            outcome_on=hand.on,
            recorded_at=timezone.now(),
            recorded_by=hand.officer,
        )
    for check_in in CheckIn.objects.select_for_update().filter(case=hand.case, state__in=_NOT_KEPT):
        writing.change(check_in, state="dispositioned")
    for row in ExceptionItem.objects.select_for_update().filter(~Q(state="dispositioned"), case=hand.case):
        writing.change(
            row,
            state="dispositioned",
            disposition="closed",
            disposed_on=max(hand.on, row.arose_on),
            disposed_by=proposed_by,
            reviewed_on=max(hand.on, row.arose_on),
            reviewed_by=hand.officer,
            policy_version_id=None,
        )
    for request in TravelDocumentRequest.objects.select_for_update().filter(
        ~Q(state__in=TRAVEL_DOCUMENT.terminal), case=hand.case
    ):
        writing.change(request, state="withdrawn", withdrawn_on=hand.on)
        end_follow_ups(hand, writing, request)
