"""Closures: evidence, two people, the gate before a removal, and back again (A11, F2)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from closeout.web.audit.models import Event
from closeout.web.casework import actions
from closeout.web.casework.models import (
    Assignment,
    Case,
    CheckIn,
    ClosureProposal,
    Departure,
    DocketMembership,
    SafeguardIncident,
    TravelFollowUp,
)
from tests.web.casework.actions.world import DIGEST, last_event


def propose(world, reason="deceased", **more):
    given = {
        "case_no": world.case.pk,
        "reason": reason,
        "evidence_kind": "agency_record",
        "evidence_digest": DIGEST,
    }
    return actions.propose_closure(by=world.officer, **{**given, **more})


def confirm(world, row, **more):
    return actions.confirm_closure(by=world.supervisor, proposal_id=row.pk, **more)


def removed(world, days=-1, kind="removed"):
    return Departure.objects.create(
        case=world.case, departed_on=world.day(days), kind=kind, recorded_on=world.today
    )


def test_a_closed_case_has_its_day_its_reason_and_nothing_open(world):
    ahead = world.check_in(5)
    exception = world.exception()
    request = world.sent()
    due = TravelFollowUp.objects.create(request=request, case=world.case, due_on=world.day(3))
    confirm(world, propose(world))
    case = world.fresh()
    assert (case.state, case.closed_on, case.closure_reason, case.officer) == (
        "closed",
        world.today,
        "deceased",
        None,
    )
    assert (world.fresh(ahead).state, world.fresh(exception).disposition) == ("cancelled", "closed")
    assert world.fresh(exception).disposed_by_id == world.officer.username
    assert world.fresh(exception).reviewed_by_id == world.supervisor.username
    assert world.fresh(request).state == "withdrawn"
    assert not TravelFollowUp.objects.filter(pk=due.pk).exists()
    assert not Assignment.objects.filter(to_on__isnull=True).exists()
    assert not DocketMembership.objects.filter(to_on__isnull=True).exists()


def test_nobody_confirms_an_own_proposal(world):
    row = actions.propose_closure(
        by=world.supervisor,
        case_no=world.case.pk,
        reason="duplicate",
        evidence_kind="agency_record",
        evidence_digest=DIGEST,
    )
    with pytest.raises(actions.SamePersonError):
        confirm(world, row)
    assert world.fresh().state == "closure_proposed"


def test_the_database_knows_that_it_takes_two(world):
    row = propose(world)
    row.state, row.decided_by, row.decided_on = "confirmed", row.proposed_by, world.today
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=world.case.pk).update(state="closed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=world.case.pk).update(closed_on=world.today, closure_reason="deceased")


@pytest.mark.parametrize(
    "more", [{"reason": "tired"}, {"evidence_kind": "rumor"}, {"evidence_digest": "abc"}]
)
def test_a_proposal_without_evidence_is_none(world, more):
    with pytest.raises(actions.UnfitValueError):
        propose(world, **more)


def test_an_open_incident_stands_against_any_closure(world):
    SafeguardIncident.objects.create(
        case=world.case, office_id="BOS", kind="notice_missing", detected_on=world.today, severity="attempt"
    )
    with pytest.raises(actions.NotNowError, match="every safeguard settled"):
        propose(world)


def test_an_unanswered_parental_question_stands_against_a_removal_only(world):
    world.parent(answer=None)
    with pytest.raises(actions.NotNowError, match="every safeguard settled"):
        propose(world, "departed_removed")
    assert propose(world, "deceased").state == "proposed"


@pytest.mark.parametrize("verb", ["reject", "withdraw"])
def test_a_proposal_put_aside_leaves_the_case_open(world, verb):
    row = propose(world)
    if verb == "reject":
        actions.reject_closure(by=world.supervisor, proposal_id=row.pk, reason="evidence_doubtful")
    else:
        actions.withdraw_closure(by=world.officer, proposal_id=row.pk)
    assert world.fresh().state == "open"
    assert propose(world).state == "proposed"
    with pytest.raises(actions.NotNowError):
        confirm(world, row)


def test_a_closure_can_be_reversed_and_the_case_stands_on_its_docket_again(world):
    row = propose(world)
    confirm(world, row)
    actions.reverse_closure(by=world.supervisor, proposal_id=row.pk, reason="new_evidence")
    case = world.fresh()
    assert (case.state, case.closed_on, case.closure_reason, case.reopened_on) == (
        "open",
        None,
        None,
        world.today,
    )
    assert DocketMembership.objects.get(to_on__isnull=True).reason == "reopened"
    assert (world.fresh(row).state, world.fresh(row).reversed_on) == ("reversed", world.today)
    with pytest.raises(actions.NotNowError):
        actions.reverse_closure(by=world.supervisor, proposal_id=row.pk, reason="not_so")


def test_steps_come_in_order(world):
    row = propose(world)
    with pytest.raises(actions.UnfitValueError, match="cannot be earlier"):
        confirm(world, row, on=world.day(-1))


def test_a_parent_without_a_decision_cannot_be_closed_as_removed(world):
    world.parent("yes")
    row = propose(world, "departed_removed")
    before = Event.objects.count()
    with pytest.raises(actions.GateClosedError, match="recorded as an incident"):
        confirm(world, row)
    incident = SafeguardIncident.objects.get()
    assert (incident.kind, incident.severity, incident.detected_on) == (
        "closure_blocked",
        "attempt",
        world.today,
    )
    assert Event.objects.count() == before + 1
    event = last_event()
    assert (event.action, event.actor, event.reason) == (
        "safeguard.block_closure",
        world.supervisor.username,
        "departed_removed",
    )
    assert (world.fresh().state, world.fresh(row).state) == ("closure_proposed", "proposed")


@pytest.mark.django_db(transaction=True)
def test_the_attempt_outlives_the_refusal(world):
    world.parent("yes")
    row = propose(world, "departed_removed")
    with pytest.raises(actions.GateClosedError):
        confirm(world, row)
    assert SafeguardIncident.objects.count() == 1
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        confirm(world, row)


@pytest.mark.parametrize("answer", ["no", "declined"])
def test_who_is_no_parent_passes_the_gate(world, answer):
    world.parent(answer)
    removed(world)
    confirm(world, propose(world, "departed_removed"))
    assert world.fresh().state == "closed"


def test_a_valid_earlier_decision_opens_the_gate(world):
    world.parent("yes")
    world.decision()
    removed(world)
    confirm(world, propose(world, "departed_removed"))
    assert world.fresh().closure_reason == "departed_removed"


def test_a_decision_dated_on_the_day_of_departure_is_too_late(world):
    world.parent("yes")
    world.decision(decided_on=world.day(-1))
    removed(world, -1)
    with pytest.raises(actions.GateClosedError):
        confirm(world, propose(world, "departed_removed"))


def test_an_approved_exception_opens_the_gate(world):
    world.parent("yes")
    row = actions.request_exception(by=world.officer, case_no=world.case.pk, reason="parent_refused")
    proposal = propose(world, "departed_removed")
    with pytest.raises(actions.GateClosedError):
        confirm(world, proposal)
    actions.approve_exception(by=world.supervisor, decision_id=row.pk, reason="parent_refused")
    confirm(world, proposal)
    assert world.fresh().state == "closed"


@pytest.mark.parametrize("reason", ["duplicate", "admin_error", "departed_self_verified"])
def test_another_word_for_the_same_removal_does_not_go_round_the_gate(world, reason):
    world.parent("yes")
    removed(world)
    with pytest.raises(actions.GateClosedError):
        confirm(world, propose(world, reason))


def test_who_left_without_the_offices_doing_needs_no_decision(world):
    world.parent("yes")
    removed(world, kind="self")
    confirm(world, propose(world, "departed_self_verified"))
    assert world.fresh().state == "closed"


def test_a_parents_removal_is_recorded_with_its_incident(world):
    world.parent("yes")
    row = actions.record_departure(
        by=world.officer, case_no=world.case.pk, departed_on=world.day(-2), kind="removed"
    )
    incident = SafeguardIncident.objects.get()
    assert (row.is_parent, incident.kind, incident.severity) == (True, "departure_without_decision", "harm")
    assert last_event().action == "departure.record"


@pytest.mark.parametrize(("answer", "kind"), [("no", "removed"), ("yes", "self"), (None, "removed")])
def test_a_departure_without_a_breach_is_no_incident(world, answer, kind):
    if answer:
        world.parent(answer)
    row = actions.record_departure(
        by=world.officer, case_no=world.case.pk, departed_on=world.day(-2), kind=kind
    )
    assert row.is_parent is (None if answer is None else answer == "yes")
    assert not SafeguardIncident.objects.exists()


def test_a_departure_is_recorded_once_and_verified_after_it(world):
    row = actions.record_departure(
        by=world.officer,
        case_no=world.case.pk,
        departed_on=world.day(-2),
        kind="self",
        evidence_digest=DIGEST,
    )
    with pytest.raises(actions.NotNowError, match="is recorded"):
        actions.record_departure(
            by=world.officer, case_no=world.case.pk, departed_on=world.day(-2), kind="self"
        )
    with pytest.raises(actions.UnfitValueError, match="after it happened"):
        actions.verify_departure(by=world.officer, departure_id=row.pk, on=world.day(-3))
    actions.verify_departure(by=world.officer, departure_id=row.pk)
    with pytest.raises(actions.NotNowError, match="has been"):
        actions.verify_departure(by=world.officer, departure_id=row.pk)


def test_an_attempt_is_settled_by_another_person_and_then_the_case_may_go_on(world):
    world.parent("yes")
    row = propose(world, "departed_removed")
    with pytest.raises(actions.GateClosedError):
        confirm(world, row)
    incident = SafeguardIncident.objects.get()
    with pytest.raises(actions.SamePersonError):
        actions.resolve_incident(by=world.supervisor, incident_id=incident.pk)
    with pytest.raises(actions.UnfitValueError, match="or later"):
        actions.resolve_incident(by=world.person("director"), incident_id=incident.pk, on=world.day(-1))
    director = world.person("director")
    actions.resolve_incident(by=director, incident_id=incident.pk)
    assert world.fresh(incident).resolved_by_id == director.username
    with pytest.raises(actions.NotNowError, match="settled"):
        actions.resolve_incident(by=director, incident_id=incident.pk)


def test_what_one_proposal_left_open_shows_as_one(world):
    propose(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosureProposal.objects.create(
            case=world.case,
            reason="deceased",
            proposed_on=world.today,
            proposed_by_id=world.officer.username,
            state="proposed",
        )
    assert CheckIn.objects.count() == 0
