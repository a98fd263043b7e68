"""Staff by month: who stays, who comes."""

from __future__ import annotations

import numpy as np
import pytest

from closeout.workload.chances import Share
from closeout.workload.intake import (
    ClassStart,
    Flow,
    effective,
    monthly_leaving,
    present_staff,
    seats,
)

NOBODY_LEAVES = Share(0.0, 0.0)


def flow(**changed):
    given = {"lead": ((4, 1.0),), "completion": 1.0, "ramp": (0.5, 0.5), "leaving": NOBODY_LEAVES}
    return Flow(**(given | changed))


def drawn(start, made, horizon=12, n=400):
    return seats(start, made, monthly_leaving(made, n, "NOR", 7), horizon, "NOR", 7)


def test_a_month_s_leaving_makes_up_the_year_s():
    chance = monthly_leaving(flow(leaving=Share(0.06, 0)), 3, "NOR", 7)
    assert 1 - (1 - chance) ** 12 == pytest.approx([0.06] * 3)


def test_staff_only_shrink_and_by_as_much_as_expected():
    made = present_staff(200, np.full(2000, 0.01), 12, "NOR", 7)
    assert (np.diff(made.heads, axis=1) <= 0).all()
    assert made.heads[:, -1].mean() == pytest.approx(200 * 0.99**12, rel=0.01)
    assert made.share()[0, 0] == 1


def test_an_office_without_staff_loses_nobody():
    assert (present_staff(0, np.full(3, 0.5), 4, "NOR", 7).share() == 1).all()


def test_a_seat_by_hand():
    # Starts in month 2, arrives in month 6, half a share in months 6 and 7, full from 8.
    made = drawn(ClassStart(2, 1), flow())
    assert (made.arrived == 6).all()
    brought = [effective(made.arrived, made.leaves, (0.5, 0.5), month)[0, 0] for month in range(4, 10)]
    assert brought == [0, 0, 0.5, 0.5, 1, 1]
    assert made.heads[0].tolist() == [0, 0, *[1] * 11]


def test_who_does_not_finish_is_off_the_rolls_when_the_class_arrives():
    made = drawn(ClassStart(0, 2), flow(completion=0.0))
    assert (made.effective == 0).all()
    assert made.heads[0].tolist() == [1] * 4 + [0] * 9


def test_a_class_that_arrives_after_the_date_brings_nothing_yet():
    made = drawn(ClassStart(10, 2), flow())
    assert (made.effective == 0).all()
    assert made.heads[0, 10:].tolist() == [1, 1, 1]


def test_a_class_arrives_together():
    made = drawn(ClassStart(0, 5), flow(lead=((3, 0.5), (6, 0.5))))
    assert (made.arrived == made.arrived[0]).all()
    assert (made.arrived[0] == 3).mean() == pytest.approx(0.5, abs=0.08)


def test_those_who_finish_and_stay_are_as_many_as_expected():
    made = drawn(ClassStart(0, 50), flow(completion=0.9, leaving=Share(0.12, 0), ramp=()), n=2000)
    # 0.9 finish; 12 months of 1 - 0.88^(1/12) each.
    assert made.effective.mean() == pytest.approx(0.9 * 0.88, rel=0.01)


def test_more_seats_leave_the_first_ones_as_they_are():
    few, many = drawn(ClassStart(0, 3), flow()), drawn(ClassStart(0, 9), flow())
    assert (few.effective == many.effective[:3]).all()


@pytest.mark.parametrize(
    "wrong",
    [
        {"completion": 1.2},
        {"ramp": (0.5, -0.1)},
        {"lead": ((4, 0.5), (5, 0.4))},
        {"leaving": Share(1.5, 0)},
    ],
)
def test_chances_that_are_none_are_refused(wrong):
    with pytest.raises(ValueError, match="chances"):
        flow(**wrong)


def test_a_lead_time_below_0_is_refused():
    with pytest.raises(ValueError, match="months of 0 or more"):
        flow(lead=((-1, 1.0),))


def test_what_the_chances_of_lead_times_come_to_is_said():
    # 0.5 + 0.4 = 0.9.
    with pytest.raises(ValueError, match="add up to 1, and come to"):
        flow(lead=((4, 0.5), (5, 0.4)))
