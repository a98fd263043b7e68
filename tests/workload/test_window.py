"""What the window desk takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from closeout.workload.erlang import DeskTarget, desk
from closeout.workload.window import windows
from tests.duties.making import opened_rows

MONDAY = date(2026, 3, 2)
TARGET = DeskTarget(within_minutes=10, share_within=0.8, occupancy=0.85, shrinkage=0.0)


def contact(office, weekday, hour, minutes=12, *, week=0, channel="walk_in"):
    at = datetime.combine(MONDAY + timedelta(weeks=week, days=weekday), datetime.min.time())
    return {
        "office_id": office,
        "received_at": at + timedelta(hours=hour, minutes=20),
        "channel": channel,
        "category": "question",
        "minutes": minutes,
    }


def window_of(contacts, weeks=2, target=TARGET):
    with opened_rows({"desk_contacts": contacts}) as (engine, tables):
        return windows(engine, tables, MONDAY, MONDAY + timedelta(days=7 * weeks - 1), target)


def test_each_hour_of_the_week_is_a_queue_by_itself():
    # Two weeks: four contacts on Mondays at 9 are two an hour; two on Fridays at 16 are one.
    contacts = [contact("NOR", 0, 9, week=week) for week in (0, 0, 1, 1)]
    contacts += [contact("NOR", 4, 16, week=week) for week in (0, 1)]
    (found,) = window_of(contacts)
    assert [(slot.weekday, slot.hour, slot.contacts) for slot in found.slots] == [(0, 9, 2.0), (4, 16, 1.0)]
    assert found.slots[0].desk == desk(2, 12, 60, TARGET)
    assert found.hours_a_week == found.slots[0].desk.officers + found.slots[1].desk.officers
    # Three contacts a week of 12 minutes.
    assert found.serving_hours_a_week == pytest.approx(0.6)


def test_mail_and_online_contacts_do_not_wait():
    found = window_of([contact("NOR", 0, 9), contact("NOR", 0, 9, channel="mail")])
    assert found[0].slots[0].contacts == 0.5


def test_offices_stand_in_the_order_of_their_codes_and_days_outside_do_not_count():
    contacts = [contact("SOU", 0, 9), contact("NOR", 0, 9), contact("WES", 0, 9, week=7)]
    assert [each.office_id for each in window_of(contacts)] == ["NOR", "SOU"]


def test_contacts_without_minutes_take_the_office_s_mean_or_everybody_s():
    contacts = [contact("NOR", 0, 9, 10), contact("NOR", 0, 9, None), contact("SOU", 1, 10, None)]
    north, south = window_of(contacts)
    assert north.slots[0].minutes == south.slots[0].minutes == 10
    assert north.reason == ""
    assert "all offices" in south.reason


def test_no_minutes_at_all_is_no_figure_with_a_reason():
    (found,) = window_of([contact("NOR", 0, 9, None)])
    assert found.slots == ()
    assert "no contact has its minutes" in found.reason


def test_a_snapshot_without_contacts_has_no_windows():
    with opened_rows({"offices": []}) as (engine, tables):
        assert windows(engine, tables, MONDAY, MONDAY) == ()


def test_hours_become_full_time_equivalents():
    (found,) = window_of([contact("NOR", 0, 9)] * 20)
    # A week is 4.348 to the month.
    assert found.fte(130.0) == pytest.approx(found.hours_a_week * 365.2425 / 7 / 12 / 130)
    assert found.plain()["slots"][0]["desk"]["officers"] == found.slots[0].desk.officers


def test_breaks_take_hours_too_and_are_not_rounded_slot_by_slot():
    busy = [contact("NOR", hour % 5, 8 + hour % 8) for hour in range(40)]
    (plain,), (longer,) = (window_of(busy, target=replace(TARGET, shrinkage=share)) for share in (0.0, 0.1))
    assert plain.hours_a_week == sum(slot.desk.officers for slot in plain.slots)
    # Forty hours with one officer each: rounding each up would roster two everywhere.
    assert longer.hours_a_week == pytest.approx(plain.hours_a_week / 0.9)


def test_days_out_of_order_are_refused():
    with pytest.raises(ValueError, match="before they begin"):
        windows(None, {}, MONDAY, MONDAY - timedelta(days=1))


def test_check_ins_wait_too_and_are_counted_apart():
    # Two weeks: two walk-ins a week of 12 minutes, one of them a check-in: 24 and 12 minutes of serving.
    contacts = [contact("NOR", 0, 9, week=week) for week in (0, 1)]
    contacts += [contact("NOR", 1, 9, week=week) | {"category": "check_in"} for week in (0, 1)]
    (found,) = window_of(contacts)
    assert found.contacts_a_week == 2
    assert found.serving_hours_a_week == pytest.approx(0.4)
    assert found.check_in_hours_a_week == pytest.approx(0.2)


def test_days_before_anybody_wrote_contacts_down_do_not_count():
    # Eight weeks asked for, contacts of the last two only: one a week, not one in four weeks.
    late = [contact("NOR", 0, 9, week=week) for week in (6, 7)]
    (found,) = window_of(late, weeks=8)
    assert found.contacts_a_week == 1
    # The office that began later is measured by the records, which began with the other.
    north, south = window_of(
        [*[contact("NOR", 0, 9, week=week) for week in range(8)], contact("SOU", 0, 9, week=7)], weeks=8
    )
    assert (north.contacts_a_week, south.contacts_a_week) == (1, 0.125)


def test_minutes_that_cannot_be_do_not_count_and_are_said():
    contacts = [contact("NOR", 0, 9, minutes) for minutes in (10, 20, -30, 100_000)]
    (found,) = window_of(contacts)
    assert found.slots[0].minutes == 15
    assert found.reason.startswith("2 contacts have minutes below 0 or above a day")
    (one,) = window_of(contacts[:3])
    assert one.reason.startswith("1 contact has minutes")
