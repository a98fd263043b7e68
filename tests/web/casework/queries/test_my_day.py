"""My day's few queries give what counting in plain Python gives, however many kinds of duties there are."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeout.web.casework.models import Duty
from closeout.web.casework.queries.day import my_day

ROWS = 240
MOST_QUERIES = 16
STATES = ("upcoming", "due", "overdue", "on_hold")
ENDED = ("done", "done_late", "cancelled", "missed")


@pytest.fixture
def put(world):
    """Return a function that writes a duty of the world's officer, due so many days from today."""
    sequence = 0

    def write(duty: str, due: int, **fields) -> Duty:
        nonlocal sequence
        sequence += 1
        day = world.day(due)
        given = {
            "duty": duty,
            "subject_table": "cases",
            "subject": world.case.pk,
            "sequence": sequence,
            "case_no": world.case.pk,
            "officer_no": world.officer.username,
            "opened_on": day - timedelta(days=30),
            "opens_on": day - timedelta(days=2),
            "due_on": day,
            "last_day": day,
            "overdue_from": day + timedelta(days=1),
            "state": "upcoming",
            "days_held": 0,
            "is_missed": False,
            "is_open": True,
            "computed_on": world.today,
        }
        return Duty(**{**given, **fields})

    return write


def drawn(put, world, seed: int) -> list[Duty]:
    """Return duties of all sorts: of two officers, open and ended, with grace and with an hour, on hold."""
    chance = random.Random(seed)  # noqa: S311 - made-up rows
    made = []
    for _ in range(ROWS):
        due, grace = chance.randint(-12, 12), chance.choice([1, 1, 4])
        row = put(chance.choice("abcdefgh") * 3, due, overdue_from=world.day(due + grace))
        row.officer_no = chance.choice([world.officer.username] * 3 + [world.supervisor.username])
        row.state = chance.choice(STATES)
        if chance.random() < 0.2:
            row.due_at = datetime.combine(row.due_on, time(chance.randint(8, 17)), UTC)
            row.overdue_from = row.due_on
        if chance.random() < 0.3:
            row.is_open, row.state = False, chance.choice(ENDED)
            row.done_on = world.day(-chance.randint(0, 2)) if row.state.startswith("done") else None
        if chance.random() < 0.05:
            row.is_open, row.state = False, "no_basis"
            row.due_on = row.opens_on = row.overdue_from = row.last_day = row.due_at = None
        made.append(row)
    Duty.objects.bulk_create(made)
    return list(Duty.objects.filter(officer_no=world.officer.username))


def keys(rows) -> list[int]:
    return [row.pk for row in rows]


def by_due(row: Duty) -> tuple[date | None, str, int]:
    return row.due_on, row.duty, row.pk


def by_hour(row: Duty) -> tuple:
    return row.due_at is None, row.due_at or datetime.max.replace(tzinfo=UTC), *by_due(row)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("first", [3, 100])
def test_every_block_is_what_counting_by_hand_gives(store, world, put, seed, first):
    today = world.today
    rows = drawn(put, world, seed)
    moving = [row for row in rows if row.is_open and row.state != "on_hold"]
    late = [row for row in moving if row.overdue_from <= today]
    due = [row for row in moving if row.due_on <= today < row.overdue_from]
    coming = [row for row in moving if today < row.due_on <= today + timedelta(days=7)]
    done = [row for row in rows if row.done_on == today]
    assert min(map(len, (late, due, coming, done))) > 2, "every block has something to get wrong"

    day = my_day(world.officer.username, today, first=first)

    assert day.counts.overdue == len(late)
    assert (day.counts.due_today, day.due_today.total) == (len(due), len(due))
    assert (day.counts.next_days, day.next_days.total) == (len(coming), len(coming))
    assert day.counts.on_hold == sum(row.is_open and row.state == "on_hold" for row in rows)
    assert day.counts.done_today == len(done)
    assert keys(day.due_today.rows) == keys(sorted(due, key=by_hour)[:first])
    assert keys(day.next_days.rows) == keys(sorted(coming, key=by_due)[:first])
    assert keys(day.done_today) == keys(sorted(done, key=lambda row: (row.duty, row.pk))[:first])
    by_kind = defaultdict(list)
    for row in sorted(late, key=by_due):
        by_kind[row.duty].append(row)
    wanted = sorted((found[0].due_on, kind) for kind, found in by_kind.items())
    assert [(group.oldest_due_on, group.duty) for group in day.overdue] == wanted
    for group in day.overdue:
        assert group.block.total == len(by_kind[group.duty])
        assert keys(group.block.rows) == keys(by_kind[group.duty][:first])
        assert {row.state for row in group.block.rows} == {"overdue"}


@pytest.mark.parametrize("seed", [4, 5])
def test_the_next_days_are_counted_by_duty_with_the_first_due_date(store, world, put, seed):
    coming = defaultdict(list)
    for row in drawn(put, world, seed):
        if row.is_open and row.state != "on_hold" and world.today < row.due_on <= world.day(7):
            coming[row.duty].append(row.due_on)
    day = my_day(world.officer.username, world.today)
    told = [(one.duty, one.count, one.oldest_due_on) for one in day.next_by_duty]
    assert told == [(kind, len(found), min(found)) for kind, found in sorted(coming.items())]


def test_an_officer_who_owes_nothing_has_empty_blocks(store, world):
    day = my_day(world.officer.username, world.today)
    assert (day.overdue, day.next_by_duty, day.done_today) == ((), (), ())
    assert (day.due_today.rows, day.due_today.total) == ((), 0)
    assert (day.next_days.rows, day.next_days.total) == ((), 0)


def test_more_kinds_of_duties_take_no_more_queries(store, world, put):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            my_day(world.officer.username, world.today)
        return len(queries)

    Duty.objects.bulk_create(put("a", due) for due in (-3, 0, 3))
    few = asked()
    Duty.objects.bulk_create(put(f"kind-{kind}", due) for kind in range(30) for due in (-3, 0, 3))
    assert asked() == few <= MOST_QUERIES


def test_more_done_today_than_fit_are_counted_all(store, world, put):
    Duty.objects.bulk_create(
        put("a", -1, is_open=False, state="done_late", done_on=world.today) for _ in range(7)
    )
    day = my_day(world.officer.username, world.today, first=5)
    assert (len(day.done_today), day.counts.done_today) == (5, 7)
