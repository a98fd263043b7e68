"""A case: what is owed on it, and everything recorded on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.web.casework import models
from closeout.web.casework.queries.rows import Owed, owed

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class CaseView:
    """What the page Case shows. Lists are newest first; duties by due date and kind."""

    case: models.Case
    today: date
    duties: tuple[Owed, ...]
    dockets: tuple[models.DocketMembership, ...]
    assignments: tuple[models.Assignment, ...]
    statuses: tuple[models.StatusChange, ...]
    check_ins: tuple[models.CheckIn, ...]
    exceptions: tuple[models.ExceptionItem, ...]
    hearings: tuple[models.Hearing, ...]
    verifications: tuple[models.Verification, ...]
    reviews: tuple[models.FileReview, ...]
    transfers: tuple[models.Transfer, ...]
    closures: tuple[models.ClosureProposal, ...]
    custody_reviews: tuple[models.CustodyReview, ...]
    travel_documents: tuple[models.TravelDocumentRequest, ...]
    follow_ups: tuple[models.TravelFollowUp, ...]
    parental_inquiries: tuple[models.ParentalInquiry, ...]
    parental_decisions: tuple[models.ParentalDecision, ...]
    holds: tuple[models.Hold, ...]
    deviations: tuple[models.IntervalDeviation, ...]
    inquiries: tuple[models.Inquiry, ...]
    departures: tuple[models.Departure, ...]
    incidents: tuple[models.SafeguardIncident, ...]


def case(case_no: str, today: date) -> CaseView:
    """Return a case with all that is recorded on it.

    Raises:
        Case.DoesNotExist: There is no such case.

    """
    found = models.Case.objects.select_related("office", "officer").get(pk=case_no)
    # What is owed without a due date (no rule in force) comes last.
    duties = sorted(
        models.Duty.objects.as_of(today).filter(case_no=case_no),
        key=lambda row: (row.due_on is None, row.due_on or row.opened_on, row.duty, row.sequence),
    )
    return CaseView(
        case=found,
        today=today,
        duties=tuple(owed(row, today) for row in duties),
        dockets=tuple(found.docket_memberships.order_by("-from_on", "-pk")),
        assignments=tuple(found.assignments.order_by("-from_on", "-pk")),
        statuses=tuple(found.status_changes.order_by("-effective_on", "-pk")),
        check_ins=tuple(found.check_ins.order_by("-due_on", "-pk")),
        exceptions=tuple(found.exceptions.order_by("-arose_on", "-pk")),
        hearings=tuple(found.hearings.order_by("-scheduled_on", "-pk")),
        verifications=tuple(found.verifications.order_by("-verified_on", "-pk")),
        reviews=tuple(found.file_reviews.order_by("-started_on", "-pk")),
        transfers=tuple(found.transfers.order_by("-requested_on", "-pk")),
        closures=tuple(found.closure_proposals.order_by("-proposed_on", "-pk")),
        custody_reviews=tuple(found.custody_reviews.order_by("-due_on", "-pk")),
        travel_documents=tuple(found.travel_document_requests.order_by("-drafted_on", "-pk")),
        follow_ups=tuple(found.travel_follow_ups.order_by("-due_on", "-pk")),
        parental_inquiries=tuple(found.parental_inquiries.order_by("-pk")),
        parental_decisions=tuple(found.parental_decisions.order_by("-pk")),
        holds=tuple(found.holds.order_by("-from_on", "-pk")),
        deviations=tuple(found.interval_deviations.order_by("-set_on", "-pk")),
        inquiries=tuple(found.inquiries.order_by("-received_on", "-pk")),
        departures=tuple(found.departures.order_by("-departed_on", "-pk")),
        incidents=tuple(found.safeguard_incidents.order_by("-detected_on", "-pk")),
    )
