"""Each act's form can be drawn and sent on a case where it is offered; the actions' tests say the rest."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from closeout.web.accounts.permissions import Permission
from closeout.web.casework import models
from closeout.web.casework.acts import ACTS
from tests.web.casework.actions.world import HERE, THERE


@pytest.fixture
def busy(world):
    """Return the world with a row of every kind on its case."""
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


NEEDS_ANOTHER_CASE = (
    "closure-reverse",
    "exception-approve-referral",
    "exception-return-referral",
    "custody-begin",
)


@pytest.mark.parametrize("slug", sorted(set(ACTS) - {*NEEDS_ANOTHER_CASE}))
def test_the_form_is_drawn_and_an_empty_one_is_refused_or_done(busy, as_, slug):
    act = ACTS[slug]
    approves = act.permission is Permission.CASE_APPROVE
    user = (
        busy.receiver
        if slug in ("transfer-accept", "transfer-reject")
        else busy.supervisor
        if approves
        else busy.officer
    )
    path = reverse("casework:act", args=[busy.case.pk, slug])
    if act.subjects is not None:
        subject = act.subjects(busy.fresh(), user).first()
        assert subject is not None, "the busy case lacks a row for this act"
        path += f"?subject={subject.pk}"

    asked = as_(user).get(path)
    assert asked.status_code == 200
    assert act.label in unescape(asked.content.decode())

    sent = as_(user).post(path, {"subject": subject.pk} if act.subjects is not None else {})
    assert sent.status_code in (302, 409, 422)


def test_the_busy_case_shows_everything_at_once(busy, as_):
    page = as_(busy.supervisor).get(reverse("casework:case-detail", args=[busy.case.pk]))
    assert page.status_code == 200
    titles = [history.title for history in page.context["histories"]]
    assert {"Check-ins", "Exceptions", "Transfers", "Closures", "Travel documents", "Holds"} <= set(titles)
    offered = {act.slug for _, entries in page.context["acts"] for act, _ in entries}
    assert {"check-in-outcome", "closure-confirm", "interval-approve", "hold-review"} <= offered


def test_an_item_of_the_package_is_asked_for_with_what_is_missing(busy, as_):
    request = busy.case.travel_document_requests.get(state="drafting")
    path = reverse("casework:act", args=[busy.case.pk, "travel-item"]) + f"?subject={request.pk}"
    assert "No rule of this country is in force." in as_(busy.officer).get(path).content.decode()
