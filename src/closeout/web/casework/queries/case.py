"""A case: what is owed on it, and everything recorded on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.web.casework.queries.rows import Owed  # noqa: TC001 - for readers

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.casework import models


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
    raise NotImplementedError
