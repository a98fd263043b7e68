"""Demand, need and gap by draw."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from closeout.workload.chances import HourDraws, VolumeDraws
from closeout.workload.draws import Basis, WeightDraws
from closeout.workload.need_draws import Posts, Work, at_risk, bands, demand_draws, need_draws
from closeout.workload.window_draws import WindowDraws

# Two draws, two activities, two offices.
MINUTES = np.array([[[30.0, 60], [6, 12]], [[36, 66], [np.nan, 12]]])
WEIGHTS = WeightDraws(
    ("review", "phone"), ("NOR", "SOU"), MINUTES, ((Basis.OFFICERS,) * 2,) * 2, np.full((2, 2), 25.0), 7
)
# Group 0 in NOR: 10 reviews and 20 calls; group 1 in NOR: 5 reviews; group 2 in SOU: 1 review.
WORK = Work(
    group=np.array([0, 0, 1, 2]),
    office=np.array([0, 0, 0, 1]),
    activity=np.array([0, 1, 0, 0]),
    owed=np.array([10.0, 20, 5, 1]),
    groups=3,
)
POSTS = Posts(
    office=np.array([0, 0, 1]),
    hours_a_month=np.array([100.0, 100, 50]),
    allowance=np.array([1.25, 1.25, 1.0]),
    collateral_fte=np.array([0.5, 0, 0]),
    staff_fte=np.array([0.6, 0.05, 0.02]),
)


def test_demand_by_hand():
    # 10 x 30 + 20 x 6 = 420 minutes = 7 h; 5 x 30 = 2.5 h; 60 minutes = 1 h.
    # Second draw: 10 x 36 = 6 h, its calls without a weight; 3 h; 1.1 h.
    assert demand_draws(WORK, WEIGHTS).tolist() == [[7, 2.5, 1], [6, 3, 1.1]]


def test_volumes_multiply():
    factor = np.ones((2, 2, 2))
    factor[1, 0, 0] = 2.0
    volumes = VolumeDraws(("review", "phone"), ("NOR", "SOU"), factor, 12, "months resampled")
    assert demand_draws(WORK, WEIGHTS, volumes)[1].tolist() == [12, 6, 1.1]


def test_need_by_hand():
    found = need_draws(demand_draws(WORK, WEIGHTS), POSTS)
    # 7 / 100 x 1.25 + 0.5 = 0.5875; 2.5 / 100 x 1.25 = 0.03125; 1 / 50 = 0.02.
    assert found.need_fte[0] == pytest.approx([0.5875, 0.03125, 0.02])
    assert found.gap_fte[0] == pytest.approx([-0.0125, -0.01875, 0.0])


def test_fewer_hours_there_need_more_officers_and_leavers_leave_fewer():
    hours = HourDraws(("NOR", "SOU"), np.array([[0.5, 1], [1, 1]]), np.array([[1, 1], [0.5, 1]]))
    found = need_draws(demand_draws(WORK, WEIGHTS), POSTS, hours)
    # Collateral duties stay as they are: 0.0875 / 0.5 + 0.5.
    assert found.need_fte[0, 0] == pytest.approx(0.675)
    assert found.staff_fte[1].tolist() == pytest.approx([0.3, 0.025, 0.02])


def test_what_the_windows_take_beyond_the_expected_is_shared_out_over_the_groups_that_hold_it():
    # NOR's window takes 40 hours, 60 in the second draw; three quarters stand in the first group, the rest in
    # the second: 15 and 5 hours more, of 100 a full-time officer. SOU's is as expected.
    windows = WindowDraws(("NOR", "SOU"), np.array([[40.0, 8], [60, 8]]), np.array([40.0, 8]))
    shared = replace(POSTS, window_share=np.array([0.75, 0.25, 1.0]))
    plain, found = (need_draws(demand_draws(WORK, WEIGHTS), shared, None, each) for each in (None, windows))
    assert (found.need_fte - plain.need_fte).tolist() == [
        [0, 0, 0],
        pytest.approx([0.15, 0.05, 0]),
    ]
    assert (found.staff_fte == plain.staff_fte).all()
    # Without shares nobody is said to hold it.
    assert (need_draws(plain.demand_hours, POSTS, None, windows).need_fte == plain.need_fte).all()


def test_the_nation_is_the_sum_of_its_parts_draw_by_draw():
    found = need_draws(demand_draws(WORK, WEIGHTS), POSTS)
    assert found.added().need_fte[:, 0] == pytest.approx(found.need_fte.sum(axis=1))


def test_bands_say_how_likely_an_office_is_short():
    demand = np.linspace(0, 200, 1001)[:, None]
    one = Posts(np.zeros(1, int), np.array([100.0]), np.ones(1), np.zeros(1), np.ones(1))
    band = bands(need_draws(demand, one))[0]
    # Need even from 0 to 2 with 1 officer: short in half of the draws; 90 % from 0.1 to 1.9.
    assert band.probability_short == pytest.approx(0.5, abs=0.001)
    assert (band.need_fte.at_90.low, band.need_fte.at_90.high) == pytest.approx((0.1, 1.9))
    assert (band.need_fte.at_80.low, band.need_fte.at_80.high) == pytest.approx((0.2, 1.8))
    assert band.pressure.at_90.middle == pytest.approx(1.0)
    assert band.plain()["gap_fte"]["at_90"]["middle"] == pytest.approx(0.0)


def test_no_staff_has_no_pressure():
    none = Posts(np.zeros(1, int), np.array([100.0]), np.ones(1), np.zeros(1), np.zeros(1))
    band = bands(need_draws(np.ones((3, 1)), none))[0]
    assert band.pressure is None
    assert band.probability_short == 1


def test_more_work_never_needs_fewer_officers():
    more = Work(WORK.group, WORK.office, WORK.activity, WORK.owed * 1.1, 3)
    base = need_draws(demand_draws(WORK, WEIGHTS), POSTS).need_fte
    assert (need_draws(demand_draws(more, WEIGHTS), POSTS).need_fte >= base).all()


def test_caseload_at_risk_by_hand():
    # 50 cases at utilizations 0.8, 1.0, 1.25, 2.0: n / 50 x U <= 1 holds in half of the draws up to 50 cases,
    # in three quarters up to 40, in all up to 25.
    assert at_risk(50, np.array([0.8, 1.0, 1.25, 2.0]), (0.5, 0.75, 1.0)) == (50, 40, 25)


def test_the_number_at_risk_holds_and_one_more_does_not():
    drawn = np.random.default_rng(3).lognormal(0, 0.2, 999)
    (most,) = at_risk(80, drawn, (0.8,))
    assert (drawn * most / 80 <= 1).mean() >= 0.8
    assert (drawn * (most + 1) / 80 <= 1).mean() < 0.8


@pytest.mark.parametrize(("cases", "utilization"), [(0, [1.0]), (5, [0.0])])
def test_cases_that_take_no_time_have_no_largest_number(cases, utilization):
    with pytest.raises(ValueError, match="no"):
        at_risk(cases, np.array(utilization), (0.5,))
