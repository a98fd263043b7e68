"""Undo: ten minutes, one's own step, nothing done since; a correcting event, never a hole in the log."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from closeout.web.audit.actions import verify_chain
from closeout.web.audit.models import Event
from closeout.web.casework import actions
from closeout.web.casework.actions import undoing
from closeout.web.casework.models import CheckIn, DeskContact, ExceptionItem, FileReview, Verification
from tests.web.casework.actions.acts import ALL_RIGHT
from tests.web.casework.actions.world import last_event

COLUMNS = ("state", "outcome", "outcome_on", "recorded_at", "recorded_by_id", "is_service_issue")


def undo(world, event=None, **more):
    return actions.undo(**{"by": world.officer, "event_seq": (event or last_event()).seq, **more})


def test_an_outcome_taken_back_leaves_the_check_in_as_it_was(world):
    world.interval(30)
    row = world.check_in()
    before = {name: getattr(row, name) for name in COLUMNS}
    actions.record_check_in_outcome(by=world.officer, check_in_id=row.pk, outcome="attended")
    done = last_event()
    event = undo(world)
    row = world.fresh(row)
    assert {name: getattr(row, name) for name in COLUMNS} == before
    assert row.row_version == 3
    assert CheckIn.objects.count() == 1, "the next check-in went with it"
    assert (event.action, event.after["undoes"], event.reason) == ("case.undo", done.seq, "check_in.record")
    assert Event.objects.filter(pk=done.seq).exists()
    assert verify_chain().is_whole


def test_a_step_taken_back_can_be_taken_again(world):
    row = world.check_in()
    for _ in range(2):
        actions.record_check_in_outcome(by=world.officer, check_in_id=row.pk, outcome="attended")
        undo(world)
    assert world.fresh(row).state == "scheduled"


def test_a_verification_taken_back_is_out_of_the_records_but_in_the_log(world):
    actions.verify(
        by=world.officer, case_no=world.case.pk, kind="contact", method="phone", result="confirmed"
    )
    event = undo(world)
    assert not Verification.objects.exists()
    assert "confirmed" in event.before.values()
    assert event.object_id


def test_a_file_review_goes_with_its_items(world):
    actions.review_file(by=world.officer, case_no=world.case.pk, findings=ALL_RIGHT)
    undo(world)
    assert not FileReview.objects.exists()


def test_a_disposition_taken_back_opens_both_rows_again(world):
    row = world.exception()
    actions.dispose_exception(by=world.officer, exception_id=row.pk, disposition="data_error")
    undo(world)
    assert ExceptionItem.objects.get().state == "open"
    assert world.fresh(row.check_in).outcome == "missed"


def test_a_contact_without_a_case_can_be_taken_back(world):
    actions.log_desk_contact(by=world.officer, channel="phone", category="other")
    undo(world)
    assert not DeskContact.objects.exists()


def test_nobody_takes_back_another_persons_step(world):
    row = world.check_in()
    actions.record_check_in_outcome(by=world.officer, check_in_id=row.pk, outcome="attended")
    with pytest.raises(actions.SamePersonError):
        undo(world, by=world.supervisor)


def test_it_is_taken_back_once(world):
    row = world.check_in()
    actions.record_check_in_outcome(by=world.officer, check_in_id=row.pk, outcome="attended")
    event = last_event()
    undo(world, event)
    with pytest.raises(actions.NotNowError, match="has been undone"):
        undo(world, event)


def test_what_has_been_built_on_is_not_taken_back(world):
    row = world.check_in()
    actions.record_check_in_outcome(by=world.officer, check_in_id=row.pk, outcome="attended")
    event = last_event()
    actions.review_check_in(by=world.supervisor, check_in_id=row.pk)
    with pytest.raises(actions.NotNowError, match="done with it since"):
        undo(world, event)


@pytest.mark.parametrize(("minutes", "is_in_time"), [(9, True), (11, False)])
def test_ten_minutes_are_ten_minutes(world, monkeypatch, minutes, is_in_time):
    row = world.check_in()
    actions.record_check_in_outcome(by=world.officer, check_in_id=row.pk, outcome="attended")
    event = last_event()
    later = timezone.now() + timedelta(minutes=minutes)
    monkeypatch.setattr(undoing.timezone, "now", lambda: later)
    assert bool(actions.undoable_events(world.officer)) is is_in_time
    if is_in_time:
        undo(world, event)
    else:
        with pytest.raises(actions.NotNowError, match="10 minutes are over"):
            undo(world, event)


def test_what_two_people_do_is_reversed_not_undone(world):
    world.verified()
    actions.request_transfer(
        by=world.officer, case_no=world.case.pk, to_office_id="DAL", reason="area_changed"
    )
    with pytest.raises(actions.NotNowError, match="is reversed"):
        undo(world)


def test_a_case_that_moved_away_is_no_longer_theirs_to_undo(world):
    row = world.check_in()
    actions.record_check_in_outcome(by=world.officer, check_in_id=row.pk, outcome="attended")
    event = last_event()
    world.officer.office = "DAL"
    with pytest.raises(PermissionDenied):
        undo(world, event)


def test_the_list_of_what_may_be_undone_leaves_out_what_was(world):
    row = world.check_in()
    actions.record_check_in_outcome(by=world.officer, check_in_id=row.pk, outcome="attended")
    assert [event.action for event in actions.undoable_events(world.officer)] == ["check_in.record"]
    undo(world)
    assert actions.undoable_events(world.officer) == []
