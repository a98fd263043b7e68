"""Check-ins: outcomes, the next one, the office's own fault, the expiry job (A3, A4)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from closeout.web.audit.models import Event
from closeout.web.casework import actions
from closeout.web.casework.models import CheckIn, ExceptionItem
from tests.web.casework.actions.world import last_event

PERSON_LEVEL = ("missed", "unexcused")


@pytest.mark.parametrize("outcome", ["attended", "attended_remote"])
def test_an_attended_check_in_brings_the_next_by_the_interval(world, refreshed, outcome):
    world.interval(30)
    row = world.check_in()
    actions.record_check_in_outcome(by=world.officer, check_in_id=row.pk, outcome=outcome)
    row = world.fresh(row)
    assert (row.state, row.outcome, row.outcome_on) == (outcome, outcome, world.today)
    assert (row.recorded_by_id, row.row_version) == (world.officer.username, 2)
    following = CheckIn.objects.get(state="scheduled")
    assert following.due_on == world.day(30)
    assert following.interval is not None
    assert refreshed == [world.case.pk]


def test_without_an_interval_in_force_no_next_check_in_is_made_up(world):
    row = world.check_in()
    actions.record_check_in_outcome(by=world.officer, check_in_id=row.pk, outcome="attended")
    assert CheckIn.objects.count() == 1


def test_a_next_check_in_that_is_scheduled_already_is_not_doubled(world):
    world.interval(30)
    row, _ahead = world.check_in(), world.check_in(14)
    actions.record_check_in_outcome(by=world.officer, check_in_id=row.pk, outcome="attended")
    assert CheckIn.objects.count() == 2


def test_an_approved_deviation_comes_before_the_policys_interval(world):
    world.interval(30)
    left = actions.set_interval_deviation(
        by=world.officer, case_no=world.case.pk, days=60, reason="court_order"
    )
    row = world.check_in(-1)
    actions.record_check_in_outcome(by=world.officer, check_in_id=row.pk, outcome="attended")
    assert CheckIn.objects.filter(due_on=world.day(30)).exists(), "not approved yet"
    CheckIn.objects.filter(state="scheduled").delete()
    actions.approve_interval_deviation(by=world.supervisor, deviation_id=left.pk)
    row = world.check_in()
    actions.record_check_in_outcome(by=world.officer, check_in_id=row.pk, outcome="attended")
    assert CheckIn.objects.get(state="scheduled").due_on == world.day(60)


def test_a_service_issue_is_the_offices_and_never_the_persons(world):
    row = world.check_in()
    actions.record_check_in_outcome(
        by=world.officer, check_in_id=row.pk, outcome="service_issue", next_on=world.day(5)
    )
    row = world.fresh(row)
    assert row.is_service_issue
    assert row.outcome not in PERSON_LEVEL
    assert CheckIn.objects.get(state="scheduled").due_on == world.day(5)
    assert not ExceptionItem.objects.exists()


def test_a_service_issue_without_a_day_for_the_next_is_refused(world):
    row = world.check_in()
    with pytest.raises(actions.NotNowError, match="the day of the next check-in"):
        actions.record_check_in_outcome(by=world.officer, check_in_id=row.pk, outcome="service_issue")
    assert world.fresh(row).state == "scheduled"


@pytest.mark.parametrize(("cause", "is_fault"), [("office", True), ("person", False)])
def test_a_rescheduled_check_in_says_whose_doing_it_was_and_has_a_successor(world, cause, is_fault):
    row = world.check_in(2)
    new = actions.reschedule_check_in(by=world.officer, check_in_id=row.pk, next_on=world.day(9), cause=cause)
    row = world.fresh(row)
    assert (row.state, row.outcome, row.is_service_issue) == (
        "rescheduled",
        f"rescheduled_by_{cause}",
        is_fault,
    )
    assert (new.state, new.due_on, new.channel) == ("scheduled", world.day(9), row.channel)


def test_a_check_in_may_move_back_to_the_day_it_was_first_on(world):
    row = world.check_in(2)
    new = actions.reschedule_check_in(
        by=world.officer, check_in_id=row.pk, next_on=world.day(9), cause="office"
    )
    again = actions.reschedule_check_in(
        by=world.officer, check_in_id=new.pk, next_on=world.day(2), cause="person"
    )
    assert again.due_on == world.day(2)


def test_nobody_records_a_missed_check_in_by_hand(world):
    row = world.check_in()
    with pytest.raises(actions.UnfitValueError, match="expiry job"):
        actions.record_check_in_outcome(by=world.officer, check_in_id=row.pk, outcome="missed")


def test_an_outcome_is_recorded_once(world):
    row = world.check_in()
    actions.record_check_in_outcome(by=world.officer, check_in_id=row.pk, outcome="attended")
    with pytest.raises(actions.NotNowError, match="possible now: review, undo"):
        actions.record_check_in_outcome(by=world.officer, check_in_id=row.pk, outcome="attended")


def test_one_check_in_a_day_whoever_writes(world):
    world.check_in(3)
    with pytest.raises(actions.NotNowError, match="choose another day"):
        actions.schedule_check_in(by=world.officer, case_no=world.case.pk, due_on=world.day(3))
    with pytest.raises(IntegrityError), transaction.atomic():
        world.check_in(3)
    world.check_in(3, state="cancelled", outcome="cancelled")


@pytest.mark.parametrize(
    "fields", [{"due": -1}, {"due": 1, "window_days": -1}, {"due": 1, "channel": "pigeon"}]
)
def test_a_check_in_that_cannot_be_is_not_scheduled(world, fields):
    due = world.day(fields.pop("due"))
    with pytest.raises(actions.UnfitValueError):
        actions.schedule_check_in(by=world.officer, case_no=world.case.pk, due_on=due, **fields)


def test_a_closed_case_gets_no_check_in(world):
    closed = world.make_case(state="closed", closed_on=world.day(-1), closure_reason="deceased")
    with pytest.raises(actions.NotNowError, match="closed"):
        actions.schedule_check_in(by=world.officer, case_no=closed.pk, due_on=world.day(3))


def test_a_cancelled_check_in_has_a_coded_reason(world):
    row = world.check_in(3)
    with pytest.raises(actions.UnfitValueError, match="case closed"):
        actions.cancel_check_in(by=world.officer, check_in_id=row.pk, reason="he phoned")
    actions.cancel_check_in(by=world.officer, check_in_id=row.pk, reason="in_custody")
    assert (world.fresh(row).state, last_event().reason) == ("cancelled", "in_custody")


def test_an_outcome_is_reviewed_by_another_person(world):
    row = world.check_in()
    actions.record_check_in_outcome(by=world.supervisor, check_in_id=row.pk, outcome="attended")
    with pytest.raises(actions.SamePersonError):
        actions.review_check_in(by=world.supervisor, check_in_id=row.pk)
    other = world.person("supervisor")
    actions.review_check_in(by=other, check_in_id=row.pk)
    assert (world.fresh(row).state, world.fresh(row).reviewed_by_id) == ("reviewed", other.username)


@pytest.mark.parametrize(("due", "is_missed"), [(-4, True), (-3, False), (0, False)])
def test_a_check_in_is_missed_only_after_window_and_grace(world, due, is_missed):
    row = world.check_in(due)  # two days of window
    assert actions.expire_check_ins(today=world.today, grace_days=1) == int(is_missed)
    assert (world.fresh(row).state == "missed") is is_missed
    assert ExceptionItem.objects.filter(check_in=row, state="open", office="BOS").exists() is is_missed


def test_the_expiry_job_leaves_one_event_a_check_in_and_runs_twice_without_harm(world, refreshed):
    other = world.make_case()
    world.check_in(-9)
    world.check_in(-9, case=other)
    assert actions.expire_check_ins(today=world.today) == 2
    assert actions.expire_check_ins(today=world.today) == 0
    events = Event.objects.filter(action="check_in.expire")
    assert {(event.actor, event.after["case"]) for event in events} == {
        ("system", world.case.pk),
        ("system", other.pk),
    }
    assert sorted(refreshed) == sorted([world.case.pk, other.pk])


def test_the_expiry_job_does_not_look_ahead_of_the_offices_own_day(world):
    world.check_in(-3)
    assert actions.expire_check_ins(today=world.day(30)) == 0


def test_a_reminder_is_marked_once(world):
    row, later = world.check_in(3), world.check_in(30)
    assert actions.remind_check_ins(today=world.today) == 1
    assert actions.remind_check_ins(today=world.today) == 0
    assert (world.fresh(row).state, world.fresh(row).reminded_on) == ("reminded", world.today)
    assert world.fresh(later).state == "scheduled"
