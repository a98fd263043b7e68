"""A case with a row of every kind, on which nearly every act is offered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from closeout.web.casework import models
from tests.web.casework.actions.world import HERE, THERE

if TYPE_CHECKING:
    from tests.web.casework.actions.world import World


def make_busy(world: World) -> World:
    """Put a row of every kind on the world's case, and return the world."""
    case, today = world.case, world.today
    world.check_in()
    world.check_in(-30, state="attended", outcome="attended", outcome_on=world.day(-30))
    world.exception()
    missed = world.check_in(-60, state="dispositioned", outcome="excused")
    world.exception(
        check_in=missed,
        state="dispositioned",
        disposition="excused",
        disposed_on=world.day(-2),
        disposed_by_id=world.officer.username,
    )
    world.verified(result="mismatch", mismatch_code="date")
    models.FileReview.objects.create(
        case=case,
        office_id=HERE,
        reviewer_id=world.officer.username,
        started_on=world.day(-3),
        completed_on=world.day(-3),
        checklist_version="CL-1",
        items=8,
        defects=0,
        sample_basis="all",
    )
    models.Transfer.objects.create(
        case=case,
        from_office_id=HERE,
        to_office_id=THERE,
        state="requested",
        reason="workload",
        requested_on=world.day(-2),
    )
    models.ClosureProposal.objects.create(
        case=case,
        reason="duplicate",
        proposed_on=world.day(-2),
        proposed_by_id=world.officer.username,
        state="proposed",
    )
    models.IntervalDeviation.objects.create(
        case=case,
        interval=world.interval(),
        days=45,
        reason="medical",
        set_on=world.day(-2),
        set_by_id=world.officer.username,
    )
    models.CustodyReview.objects.create(
        case=case, kind="day_90", period_from=world.day(-80), due_on=world.day(10)
    )
    models.Hold.objects.create(case=case, kind="appeal", from_on=world.day(-5), review_on=world.day(5))
    models.Inquiry.objects.create(
        case=case,
        office_id=HERE,
        category="status",
        channel="phone",
        received_on=world.day(-4),
        has_appearance_on_file=False,
    )
    models.Departure.objects.create(
        case=case, departed_on=world.day(-1), kind="self", recorded_on=today, verified_on=None
    )
    models.SafeguardIncident.objects.create(
        case=case, office_id=HERE, kind="closure_blocked", detected_on=world.day(-1), severity="attempt"
    )
    country = models.Country.objects.create(country="XXA", label="Country A")
    for state in ("drafting", "complete", "sent", "interview_scheduled", "issued", "refused", "on_hold"):
        models.TravelDocumentRequest.objects.create(
            case=case,
            office_id=HERE,
            country=country,
            package_version=1,
            state=state,
            drafted_on=today - timedelta(days=60),
        )
    for state in ("recorded", "valid"):
        models.ParentalDecision.objects.create(
            case=case,
            offered_reunification=False,
            offered_child_remains=False,
            offered_consultation=False,
            state=state,
        )
    return world
