"""What stands beside a need's intervals."""

from __future__ import annotations

import json

import numpy as np
import pytest

from closeout.workload.draws import weight_draws
from closeout.workload.further import further
from closeout.workload.need_draws import Posts, Work
from closeout.workload.weights import Grade, Unit, Weight
from tests.workload.studies import diary

ACTIVITIES, OFFICES = ("review", "phone"), ("NOR", "SOU")


def recorded():
    """Return diaries of 24 officers in NOR: whoever is slow at reviews is quick on the phone."""
    generator = np.random.default_rng(4)
    rows = []
    for number in range(24):
        slow = 5 * generator.standard_normal()
        rows.append(("NOR", f"N{number:02}", 0, "review", 10 * (30 + slow), 10))
        rows.append(("NOR", f"N{number:02}", 0, "phone", 10 * (20 - slow), 10))
    return diary(rows)


@pytest.fixture(scope="module")
def found():
    weights = [Weight(each, Unit.DUTY, 25.0, 20.0, 30.0, Grade.A) for each in ACTIVITIES]
    drawn = weight_draws(recorded(), ACTIVITIES, OFFICES, weights, n=300)
    # NOR owes 400 of each a month, SOU 100 of each; 100 hours a month each officer.
    work = Work(
        np.array([0, 0, 1, 1]),
        np.array([0, 0, 1, 1]),
        np.array([0, 1, 0, 1]),
        np.array([400.0, 400, 100, 100]),
        2,
    )
    posts = Posts(np.array([0, 1]), np.full(2, 100.0), np.ones(2), np.array([0.5, 0.0]), np.ones(2))
    return further(drawn, work, posts, recorded())


def test_minutes_that_must_add_up_leave_little_room(found):
    # In the diaries 240 of each took 240 x 50 minutes, so review + phone = 50 within 2 %, whatever each is:
    # 400 x 50 minutes = 333 hours = 3.33 officers, and half a one for named duties.
    north = found.offices[0].band
    assert north.is_possible
    assert north.low_fte == pytest.approx(3.83 - 0.067, abs=0.01)
    assert north.high_fte == pytest.approx(3.83 + 0.067, abs=0.01)


def test_an_office_without_diaries_is_bound_by_the_intervals_alone(found):
    south = found.offices[1]
    assert south.minutes == 0
    assert (south.band.high_fte - south.band.low_fte) / south.band.low_fte > 0.2


def test_the_nation_is_the_sum(found):
    assert found.low_fte == pytest.approx(sum(each.band.low_fte for each in found.offices))
    assert found.high_fte == pytest.approx(sum(each.band.high_fte for each in found.offices))


def test_twenty_days_are_four_officer_weeks(found):
    assert sum(row.officer_weeks for row in found.diaries.diaries) == 4
    assert found.diaries.deviation_after < found.diaries.deviation_before


def test_as_plain_values(found):
    made = json.loads(json.dumps(found.plain()))
    assert [row["office_id"] for row in made["offices"]] == ["NOR", "SOU"]
    assert made["next_diaries"]["diaries"]
