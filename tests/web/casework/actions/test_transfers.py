"""Transfers: the sender holds the case until the receiver accepts (A6)."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from closeout.web.casework import actions
from closeout.web.casework.models import (
    Assignment,
    DocketMembership,
    ExceptionItem,
    Office,
    Transfer,
)
from tests.web.casework.actions.world import HERE, THERE


def ask(world, **more):
    world.verified()
    given = {"case_no": world.case.pk, "to_office_id": THERE, "reason": "area_changed"}
    return actions.request_transfer(by=world.officer, **{**given, **more})


def test_until_it_is_accepted_the_sender_holds_the_case(world):
    row = ask(world)
    case = world.fresh()
    assert (case.state, case.office_id, case.officer_id) == ("transfer_pending", HERE, world.officer.username)
    assert (row.state, row.from_office_id, row.requested_by_id) == ("requested", HERE, world.officer.username)
    assert Assignment.objects.get(role="lead").to_on is None
    actions.schedule_check_in(by=world.officer, case_no=case.pk, due_on=world.day(4))


def test_accepting_moves_the_office_and_ends_the_days_with_the_sender(world):
    exception = world.exception()
    row = ask(world)
    actions.accept_transfer(by=world.receiver, transfer_id=row.pk)
    case, row = world.fresh(), world.fresh(row)
    assert (case.state, case.office_id, case.officer) == ("open", THERE, None)
    assert (row.state, row.accepted_on, row.accepted_by_id) == (
        "accepted",
        world.today,
        world.receiver.username,
    )
    assert Assignment.objects.get(role="lead").to_on == world.today
    old, new = DocketMembership.objects.order_by("pk")
    assert (old.office_id, old.to_on, new.office_id, new.to_on) == (HERE, world.today, THERE, None)
    assert (new.docket, new.reason) == (old.docket, "transferred")
    assert ExceptionItem.objects.get(pk=exception.pk).office_id == THERE


def test_the_sender_may_no_longer_work_on_an_accepted_case(world):
    row = ask(world)
    actions.accept_transfer(by=world.receiver, transfer_id=row.pk)
    with pytest.raises(PermissionDenied):
        actions.schedule_check_in(by=world.officer, case_no=world.case.pk, due_on=world.day(4))
    actions.schedule_check_in(by=world.receiver, case_no=world.case.pk, due_on=world.day(4))


def test_the_sender_cannot_accept_for_the_receiver(world):
    row = ask(world)
    with pytest.raises(PermissionDenied):
        actions.accept_transfer(by=world.supervisor, transfer_id=row.pk)


def test_who_asked_and_moved_over_does_not_accept(world):
    world.verified()
    row = actions.request_transfer(
        by=world.supervisor, case_no=world.case.pk, to_office_id=THERE, reason="workload"
    )
    world.supervisor.office = THERE
    world.supervisor.save()
    with pytest.raises(actions.SamePersonError):
        actions.accept_transfer(by=world.supervisor, transfer_id=row.pk)


def test_a_rejected_case_stays_with_the_sender(world):
    row = ask(world)
    with pytest.raises(actions.UnfitValueError, match="wrong office"):
        actions.reject_transfer(by=world.receiver, transfer_id=row.pk, reason="we are busy")
    actions.reject_transfer(by=world.receiver, transfer_id=row.pk, reason="venue_elsewhere")
    case, row = world.fresh(), world.fresh(row)
    assert (case.state, case.office_id) == ("open", HERE)
    assert (row.state, row.rejected_on, row.rejected_reason) == ("rejected", world.today, "venue_elsewhere")


def test_a_withdrawn_request_can_be_made_again(world):
    row = ask(world)
    actions.withdraw_transfer(by=world.officer, transfer_id=row.pk)
    assert (world.fresh().state, world.fresh(row).state) == ("open", "withdrawn")
    with pytest.raises(actions.NotNowError, match="nothing more can be done"):
        actions.accept_transfer(by=world.receiver, transfer_id=row.pk)
    assert ask(world).state == "requested"


def test_a_decided_transfer_is_not_decided_again(world):
    row = ask(world)
    actions.accept_transfer(by=world.receiver, transfer_id=row.pk)
    with pytest.raises(actions.NotNowError):
        actions.reject_transfer(by=world.receiver, transfer_id=row.pk, reason="incomplete")


@pytest.mark.parametrize(
    "looked", [None, {"days": -31}, {"result": "could_not_verify"}, {"kind": "representation"}]
)
def test_a_case_is_sent_only_after_a_recent_verification(world, looked):
    if looked is not None:
        world.verified(**looked)
    with pytest.raises(actions.NotNowError, match="a recent verification of contact or venue"):
        actions.request_transfer(
            by=world.officer, case_no=world.case.pk, to_office_id=THERE, reason="area_changed"
        )


def test_a_closed_office_receives_nothing(world):
    Office.objects.filter(pk=THERE).update(closed_on=world.day(-1))
    with pytest.raises(actions.NotNowError, match="a receiving office that is open"):
        ask(world)


@pytest.mark.parametrize("more", [{"to_office_id": HERE}, {"to_office_id": "XXX"}, {"reason": "whim"}])
def test_a_request_that_cannot_be_is_refused(world, more):
    with pytest.raises(actions.UnfitValueError):
        ask(world, **more)


def test_one_open_request_a_case_whoever_writes(world):
    row = ask(world)
    with pytest.raises(actions.NotNowError, match="transfer pending"):
        ask(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.create(
            case=world.case,
            from_office_id=HERE,
            to_office_id=THERE,
            state="requested",
            reason="workload",
            requested_on=row.requested_on,
        )


def test_it_is_not_decided_before_it_was_asked_for(world):
    row = ask(world)
    with pytest.raises(actions.UnfitValueError, match="or later"):
        actions.accept_transfer(by=world.receiver, transfer_id=row.pk, on=world.day(-1))


def test_a_changed_contact_in_another_area_proposes_a_transfer_once(world):
    row = actions.verify(
        by=world.officer,
        case_no=world.case.pk,
        kind="contact",
        method="mail",
        result="changed",
        new_office_id=THERE,
    )
    assert actions.proposes_transfer(row)
    asked = ask(world)
    assert not actions.proposes_transfer(world.fresh(row))
    actions.accept_transfer(by=world.receiver, transfer_id=asked.pk)
    assert not actions.proposes_transfer(world.fresh(row))


def test_one_open_lead_and_one_open_docket_whoever_writes(world):
    lead = Assignment.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(
            case=world.case, officer=lead.officer, role="lead", from_on=world.today, reason="new"
        )
    Assignment.objects.create(
        case=world.case, officer=lead.officer, role="support", from_on=world.today, reason="new"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        DocketMembership.objects.create(
            case=world.case,
            office_id=HERE,
            docket="juvenile",
            is_detained=False,
            from_on=world.today,
            reason="corrected",
        )
