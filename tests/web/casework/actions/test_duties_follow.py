"""With the duties worked out for real: what an action does shows in what is owed, in both databases."""

from __future__ import annotations

import pytest

from closeout.web.casework import actions
from closeout.web.casework.actions import refreshing, writing
from closeout.web.casework.alerts import fire_alerts
from closeout.web.casework.models import Alert, Duty


@pytest.fixture
def for_real(refreshed, monkeypatch):
    """Let actions work duties out."""
    monkeypatch.setattr(writing, "refresh", refreshing.refresh)


def check_in_duties(row):
    return Duty.objects.filter(duty="check-in", subject=str(row.pk))


def test_a_recorded_outcome_is_a_duty_done_and_its_undoing_owes_it_again(store, world, for_real):
    row = actions.schedule_check_in(by=world.officer, case_no=world.case.pk, due_on=world.today)
    (owed,) = check_in_duties(row).open()
    assert (owed.due_on, owed.officer_no, owed.office_id) == (world.today, world.officer.username, "BOS")
    actions.record_check_in_outcome(by=world.officer, check_in_id=row.pk, outcome="attended")
    assert not check_in_duties(row).open().exists()
    (event,) = (one for one in actions.undoable_events(world.officer) if one.action == "check_in.record")
    actions.undo(by=world.officer, event_seq=event.seq)
    assert check_in_duties(row).open().exists()


def test_a_service_issue_excuses_the_duty_and_misses_nothing(store, world, for_real):
    row = actions.schedule_check_in(by=world.officer, case_no=world.case.pk, due_on=world.today)
    actions.record_check_in_outcome(
        by=world.officer, check_in_id=row.pk, outcome="service_issue", next_on=world.day(4)
    )
    assert not check_in_duties(row).open().exists()
    (excused,) = check_in_duties(row)
    assert (excused.state, excused.reason, excused.is_missed) == ("excused", "service_issue", False)


def test_a_closed_case_owes_nothing_and_nobody_is_told(store, world, for_real):
    actions.schedule_check_in(by=world.officer, case_no=world.case.pk, due_on=world.today)
    world.exception(attempts=1, first_attempt_on=world.day(-19))
    fire_alerts(today=world.today)
    assert Alert.objects.standing().exists()
    row = actions.propose_closure(
        by=world.officer,
        case_no=world.case.pk,
        reason="deceased",
        evidence_kind="death_certificate",
        evidence_digest="ab" * 32,
    )
    actions.confirm_closure(by=world.supervisor, proposal_id=row.pk)
    assert list(Duty.objects.open().filter(case_no=world.case.pk).values_list("duty", flat=True)) == []
    assert not Alert.objects.standing().exists()


def test_an_accepted_case_is_owed_by_the_receiver(store, world, for_real):
    world.verified()
    actions.schedule_check_in(by=world.officer, case_no=world.case.pk, due_on=world.day(9))
    asked = actions.request_transfer(
        by=world.officer, case_no=world.case.pk, to_office_id="DAL", reason="area_changed"
    )
    held_by = Duty.objects.open().filter(case_no=world.case.pk, duty="check-in")
    assert set(held_by.values_list("office_id", flat=True)) == {"BOS"}
    actions.accept_transfer(by=world.receiver, transfer_id=asked.pk)
    assert set(held_by.values_list("office_id", "officer_no")) == {("DAL", None)}
