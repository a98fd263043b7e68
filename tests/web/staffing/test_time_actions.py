"""An officer's own minutes: recorded, changed, taken back, and by the timer; each told by one event."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from closeout.web.accounts.models import Role
from closeout.web.accounts.permissions import GRANTS, Permission
from closeout.web.audit.models import Event
from closeout.web.casework.actions.errors import (
    NotNowError,
    StaleError,
    UnfitValueError,
    UnknownOfficerError,
)
from closeout.web.casework.actions.undoing import undo
from closeout.web.casework.models import TimeEntry
from closeout.web.staffing.actions.time import (
    change_time,
    discard_timer,
    record_time,
    start_timer,
    stop_timer,
)
from closeout.web.staffing.models.timer import RunningTimer
from tests.web.casework.actions.world import HERE
from tests.web.staffing.made import ACTIVITY, make_sample

OTHER = "review-file"


@pytest.fixture
def noon(monkeypatch, world):
    """Return a function that sets the clock: so many minutes after noon at the office."""
    start = datetime.combine(world.today, datetime.min.time(), ZoneInfo("America/New_York"))
    start += timedelta(hours=12)

    def at(minutes=0):
        monkeypatch.setattr(timezone, "now", lambda: start + timedelta(minutes=minutes))

    at()
    return at


def newest():
    return Event.objects.order_by("seq").last()


def record(world, minutes=30, **fields):
    return record_time(by=world.officer, **{"activity": ACTIVITY, "minutes": minutes, **fields})


def test_minutes_are_recorded_for_oneself_and_told_once(world):
    before = Event.objects.count()
    row = record(world, 25, tasks=3)
    assert (row.officer_id, row.office_id, row.worked_on) == (world.officer.username, HERE, world.today)
    assert (row.minutes, row.tasks, row.is_overtime, row.study) == (25, 3, False, None)
    event = newest()
    assert Event.objects.count() == before + 1
    assert (event.action, event.actor) == ("time.record", world.officer.username)


@pytest.mark.parametrize(
    "role", sorted(role for role, granted in GRANTS.items() if Permission.TIME_RECORD not in granted)
)
def test_who_may_not_record_time_is_refused(world, role):
    with pytest.raises(PermissionDenied):
        record_time(by=world.person(role), activity=ACTIVITY, minutes=5)
    assert not TimeEntry.objects.exists()


def test_an_account_without_an_officer_is_told_so(world, make_user):
    with pytest.raises(UnknownOfficerError, match="no officer has the staff number"):
        record_time(by=make_user(Role.OFFICER, username="S-NOBODY"), activity=ACTIVITY, minutes=5)


@pytest.mark.parametrize("minutes", [0, -1, -1440, 1441, 1800])
def test_minutes_that_a_day_does_not_have_are_refused(world, minutes):
    with pytest.raises(UnfitValueError, match="from 1 to 1,440"):
        record(world, minutes)


def test_a_day_has_24_hours_and_not_a_minute_more(world):
    record(world, 1000)
    record(world, 440)
    with pytest.raises(UnfitValueError, match="more than 24 hours; 24 h 0 min are recorded already"):
        record(world, 1)
    record(world, 1, on=world.day(-1))
    assert TimeEntry.objects.count() == 3


def test_an_activity_that_the_pack_does_not_have_is_refused(world):
    with pytest.raises(UnfitValueError, match="no activity “gossip”"):
        record(world, activity="gossip")


def test_a_day_to_come_or_before_one_joined_is_refused(world):
    with pytest.raises(UnfitValueError, match="in the future"):
        record(world, on=world.day(1))
    with pytest.raises(UnfitValueError, match="you joined on"):
        record(world, on=world.day(-20_000))


def test_fewer_than_no_tasks_are_refused(world):
    with pytest.raises(UnfitValueError, match="0 or more"):
        record(world, tasks=-1)


def test_minutes_of_a_sampled_week_carry_the_study(world):
    make_sample(world.officer.username, world.today)
    assert record(world).study == "TS-1"
    assert record(world, on=world.day(-14)).study is None


@pytest.mark.parametrize("fields", [{"state": "cancelled"}, {"design": "random_moment"}])
def test_a_study_that_keeps_no_diary_is_not_carried(world, fields):
    make_sample(world.officer.username, world.today, **fields)
    assert record(world).study is None


def test_an_entry_is_changed_within_ten_minutes(world, noon):
    row = record(world, 30)
    noon(9)
    changed = change_time(
        by=world.officer, entry_id=row.pk, activity=OTHER, minutes=45, on=world.day(-1), expected_version=1
    )
    assert (changed.activity, changed.minutes, changed.worked_on) == (OTHER, 45, world.day(-1))
    event = newest()
    assert (event.action, event.before[f"time_entries/{row.pk}/minutes"]) == ("time.change", 30)


def test_after_ten_minutes_an_entry_stays(world, noon):
    row = record(world, 30)
    noon(11)
    with pytest.raises(NotNowError, match="10 minutes are over"):
        change_time(by=world.officer, entry_id=row.pk, activity=OTHER, minutes=45, on=world.today)
    with pytest.raises(NotNowError, match="10 minutes are over"):
        undo(by=world.officer, event_seq=newest().seq)


def test_a_changed_entry_counts_once_toward_24_hours(world):
    row = record(world, 1440)
    changed = change_time(by=world.officer, entry_id=row.pk, activity=OTHER, minutes=1440, on=world.today)
    assert changed.minutes == 1440


def test_another_officers_entry_is_not_there(world):
    row = record(world)
    colleague = world.person(Role.OFFICER)
    with pytest.raises(PermissionDenied, match="no such entry of yours"):
        change_time(by=colleague, entry_id=row.pk, activity=OTHER, minutes=1, on=world.today)
    assert world.fresh(row).minutes == 30


def test_an_entry_that_changed_since_it_was_shown_is_not_overwritten(world):
    row = record(world)
    change_time(
        by=world.officer, entry_id=row.pk, activity=OTHER, minutes=40, on=world.today, expected_version=1
    )
    with pytest.raises(StaleError, match=r"time\.change"):
        change_time(
            by=world.officer, entry_id=row.pk, activity=OTHER, minutes=50, on=world.today, expected_version=1
        )


def test_a_loaded_entry_cannot_be_changed(world):
    row = TimeEntry.objects.create(
        officer_id=world.officer.username,
        office_id=HERE,
        worked_on=world.today,
        activity=ACTIVITY,
        minutes=9,
        is_overtime=False,
    )
    with pytest.raises(NotNowError):
        change_time(by=world.officer, entry_id=row.pk, activity=OTHER, minutes=1, on=world.today)


def test_what_was_recorded_is_taken_back_and_both_stay_in_the_log(world):
    record(world)
    undo(by=world.officer, event_seq=newest().seq)
    assert not TimeEntry.objects.exists()
    assert list(Event.objects.order_by("seq").values_list("action", flat=True))[-2:] == [
        "time.record",
        "case.undo",
    ]


def test_a_change_is_taken_back(world):
    row = record(world, 30)
    change_time(by=world.officer, entry_id=row.pk, activity=OTHER, minutes=45, on=world.day(-1))
    undo(by=world.officer, event_seq=newest().seq)
    assert (world.fresh(row).minutes, world.fresh(row).activity, world.fresh(row).worked_on) == (
        30,
        ACTIVITY,
        world.today,
    )


def test_the_timer_records_the_minutes_it_ran(world, noon):
    start_timer(by=world.officer, activity=ACTIVITY)
    noon(23.4)
    row = stop_timer(by=world.officer, tasks=2)
    assert (row.activity, row.minutes, row.tasks) == (ACTIVITY, 23, 2)
    assert not RunningTimer.objects.exists()
    assert [event.action for event in Event.objects.order_by("seq")][-2:] == ["timer.start", "time.record"]


def test_a_timer_stopped_at_once_records_one_minute(world, noon):
    start_timer(by=world.officer, activity=ACTIVITY)
    assert stop_timer(by=world.officer).minutes == 1


def test_starting_another_activity_records_the_first(world, noon):
    start_timer(by=world.officer, activity=ACTIVITY)
    noon(15)
    start_timer(by=world.officer, activity=OTHER)
    assert [(row.activity, row.minutes) for row in TimeEntry.objects.all()] == [(ACTIVITY, 15)]
    assert RunningTimer.objects.get().activity == OTHER


def test_a_timer_past_midnight_is_not_guessed_at_but_can_be_discarded(world, noon):
    start_timer(by=world.officer, activity=ACTIVITY)
    noon(13 * 60)
    with pytest.raises(NotNowError, match="past midnight"):
        stop_timer(by=world.officer)
    discard_timer(by=world.officer)
    assert not TimeEntry.objects.exists()
    assert newest().action == "timer.discard"


def test_without_a_timer_there_is_nothing_to_stop(world):
    for act in (stop_timer, discard_timer):
        with pytest.raises(NotNowError, match="no timer runs"):
            act(by=world.officer)


def test_a_timer_on_no_activity_is_refused(world):
    with pytest.raises(UnfitValueError):
        start_timer(by=world.officer, activity="gossip")
