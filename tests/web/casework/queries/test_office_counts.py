"""Office adds up counts that stand beside the duties, and shows what counting the duties one by one gives."""

from __future__ import annotations

import random
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from closeout.web.casework.duties.counts import change
from closeout.web.casework.models import Duty, DutyCount, SubjectCount
from closeout.web.casework.queries.office import office
from tests.web.casework.actions.world import HERE, THERE
from tests.web.casework.counted import days_around, plain_lines

ROWS = 150
STATES = ("upcoming", "due", "overdue", "on_hold")
ENDED = ("done", "done_late", "cancelled", "excused", "no_basis")


@pytest.fixture
def draw(world):
    """Return a function that draws duties of one case: of every sort, with dates left out here and there."""
    sequence = 0

    def one(chance: random.Random, case_no: str) -> Duty:
        nonlocal sequence
        sequence += 1
        due = world.day(chance.randint(-70, 15))
        is_open = chance.random() < 0.6
        row = Duty(
            duty=chance.choice("abc") * 3,
            subject_table="cases",
            subject=f"{case_no}-{chance.randrange(3)}",
            sequence=sequence,
            case_no=case_no,
            office_id=chance.choice([HERE, HERE, THERE, None]),
            opened_on=due - timedelta(days=30),
            opens_on=due - timedelta(days=chance.randint(0, 9)),
            due_on=due,
            last_day=due + timedelta(days=chance.choice([0, 0, 3])),
            overdue_from=due + timedelta(days=chance.choice([0, 1, 4])),
            state=chance.choice(STATES if is_open else ENDED),
            is_open=is_open,
            is_missed=chance.random() < 0.2,
            days_held=0,
            computed_on=world.today,
        )
        if chance.random() < 0.1:
            row.opens_on = row.due_on = row.last_day = row.overdue_from = None
        return row

    return one


def replace(case_no: str, rows: list[Duty]) -> None:
    """Do what refreshing a case does with its rows."""
    held = Duty.objects.filter(case_no=case_no)
    change(before=held, after=rows)
    held.delete()
    Duty.objects.bulk_create(rows)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_line_is_what_counting_by_hand_gives_whatever_was_changed(store, world, draw, seed):
    chance = random.Random(seed)  # noqa: S311 - made-up rows
    for turn in range(3 * ROWS // 10):
        case_no = f"C-{chance.randrange(12):06d}"
        replace(case_no, [draw(chance, case_no) for _ in range(chance.choice([0, 5, 10, 20]))])
        if turn % 9 == 0:
            assert list(office(HERE, world.today).lines) == plain_lines(HERE, world.today)
    for day in days_around(world.today):
        for place in (HERE, THERE):
            assert list(office(place, day).lines) == plain_lines(place, day)
    assert len(plain_lines(HERE, world.today)) == 3
    assert sum(line.backlog for line in plain_lines(HERE, world.today)) > 9


def test_what_is_taken_away_again_leaves_no_line(store, world, draw):
    chance = random.Random(3)  # noqa: S311 - made-up rows
    replace("C-000001", [draw(chance, "C-000001") for _ in range(30)])
    assert office(HERE, world.today).lines
    replace("C-000001", [])
    assert office(HERE, world.today).lines == ()


def test_a_change_that_changes_no_count_adds_no_rows(store, world, draw):
    chance = random.Random(4)  # noqa: S311 - made-up rows
    replace("C-000001", [draw(chance, "C-000001") for _ in range(30)])
    rows = DutyCount.objects.count(), SubjectCount.objects.count()
    again = list(Duty.objects.filter(case_no="C-000001"))
    for row in again:
        row.pk = None
    replace("C-000001", again)
    assert (DutyCount.objects.count(), SubjectCount.objects.count()) == rows


def test_the_migration_counts_what_is_there(store, world, draw):
    chance = random.Random(5)  # noqa: S311 - made-up rows
    Duty.objects.bulk_create(draw(chance, "C-000001") for _ in range(ROWS))
    step = import_module("closeout.web.casework.migrations.0006_count_what_is_there")
    with connection.cursor() as cursor:
        cursor.execute(step.DUTIES)
        cursor.execute(step.SUBJECTS)
    for day in days_around(world.today):
        assert list(office(HERE, day).lines) == plain_lines(HERE, day)


def test_the_duties_themselves_are_not_read(store, world, draw):
    chance = random.Random(6)  # noqa: S311 - made-up rows
    replace("C-000001", [draw(chance, "C-000001") for _ in range(ROWS)])
    with CaptureQueriesContext(connection) as asked:
        office(HERE, world.today)
    assert len(asked) == 6
    assert not any('"casework_duty"' in one["sql"] for one in asked)
