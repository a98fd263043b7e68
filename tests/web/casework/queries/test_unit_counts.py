"""Unit and Office count what is open by the index alone, and give what counting in plain Python gives."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import timedelta

import pytest

from closeout.web.accounts.models import Role
from closeout.web.casework.models import Duty
from closeout.web.casework.queries.office import office
from closeout.web.casework.queries.unit import unit
from tests.web.casework.actions.world import HERE, THERE

ROWS = 200


def drawn(world, seed: int) -> list[Duty]:
    """Return the duties of HERE among those of two offices: of three officers or of nobody, of all sorts."""
    chance = random.Random(seed)  # noqa: S311 - made-up rows
    officers = [world.officer.username, world.supervisor.username, world.person(Role.OFFICER).username, None]
    made = []
    for sequence in range(ROWS):
        day = world.day(chance.randint(-12, 12))
        row = Duty(
            duty=chance.choice("abcd") * 3,
            subject_table="cases",
            subject=f"C-{chance.randrange(9)}",
            sequence=sequence,
            office_id=chance.choice([HERE, HERE, THERE]),
            officer_no=chance.choice(officers),
            opened_on=day - timedelta(days=30),
            opens_on=day - timedelta(days=3),
            due_on=day,
            last_day=day + timedelta(days=1),
            overdue_from=day + timedelta(days=2),
            state=chance.choice(["upcoming", "due", "overdue", "on_hold"]),
            days_held=0,
            is_missed=False,
            is_open=chance.random() < 0.8,
            computed_on=world.today,
        )
        row.state = row.state if row.is_open else "done"
        made.append(row)
    Duty.objects.bulk_create(made)
    return list(Duty.objects.filter(office_id=HERE))


@pytest.mark.parametrize("seed", [1, 2])
def test_each_officers_line_is_what_counting_by_hand_gives(store, world, seed):
    today = world.today
    moving = [row for row in drawn(world, seed) if row.is_open and row.state != "on_hold"]
    due = Counter(row.officer_no for row in moving if row.opens_on <= today < row.overdue_from)
    late = defaultdict(lambda: defaultdict(list))
    for row in moving:
        if row.overdue_from <= today:
            late[row.officer_no][row.duty].append(row.due_on)

    lines = unit(HERE, today).officers

    assert sum(line.due for line in lines) == sum(count for officer, count in due.items() if officer) > 9
    assert [line.officer_no for line in lines] == sorted(line.officer_no for line in lines)
    for line in lines:
        wanted = sorted((duty, len(days), min(days)) for duty, days in late[line.officer_no].items())
        told = [(one.duty, one.count, one.oldest_due_on) for one in line.overdue_by_duty]
        assert (line.due, told) == (due[line.officer_no], wanted)
        assert line.overdue == sum(count for _, count, _ in wanted)


def test_closed_cases_and_those_of_other_offices_are_not_counted(store, world):
    world.make_case()
    world.make_case(office_id=THERE)
    world.make_case(state="closed", closed_on=world.today, closure_reason="departed")
    world.make_case(officer_id=None)
    here = unit(HERE, world.today)
    assert {line.officer_no: line.open_cases for line in here.officers}[world.officer.username] == 2
    assert here.unassigned_cases == 1
    assert office(HERE, world.today).open_cases == 3
