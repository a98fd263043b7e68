"""Where the uncertainty comes from, and which diaries to keep next."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations_with_replacement

import numpy as np
import pytest

from closeout.workload.chances import HourDraws, VolumeDraws
from closeout.workload.draws import Basis, WeightDraws
from closeout.workload.need_draws import Posts, Work
from closeout.workload.variance import Drawn, fte_by_activity, next_diaries, variance_shares
from closeout.workload.window_draws import WindowDraws

N = 4000


def weights_of(minutes, officers, activities=("review",), offices=("NOR",)):
    basis = ((Basis.OFFICERS,) * len(offices),) * len(activities)
    return WeightDraws(activities, offices, minutes, basis, np.array(officers, dtype=float), 7)


def blocks(seed):
    """Return independent blocks with variances 4, 1 and 1."""
    generator = np.random.default_rng(seed)
    one = generator.standard_normal((3, N))
    return Drawn(
        weights_of((2 * one[0])[:, None, None], [[25]]),
        VolumeDraws(("review",), ("NOR",), one[1][:, None, None], 12, "months resampled"),
        HourDraws(("NOR",), one[2][:, None], np.ones((N, 1))),
    )


def added(drawn):
    return 100 + drawn.weights.minutes[:, 0, 0] + drawn.volumes.factor[:, 0, 0] + drawn.hours.present[:, 0]


def test_shares_of_a_sum_are_its_variances():
    found = variance_shares(blocks(1), blocks(2), added)
    # 4 + 1 + 1 = 6: two thirds and two sixths.
    assert (found.weights, found.volumes, found.hours) == pytest.approx((4 / 6, 1 / 6, 1 / 6), abs=0.05)
    assert found.together == pytest.approx(0, abs=0.08)
    assert found.deviation == pytest.approx(math.sqrt(6), rel=0.04)


def test_windows_bring_their_share_where_they_are_drawn():
    def with_windows(seed):
        hours = 2 * np.random.default_rng(10 + seed).standard_normal((N, 1))
        return replace(blocks(seed), windows=WindowDraws(("NOR",), hours, np.zeros(1)))

    def need(drawn):
        return added(drawn) + drawn.windows.beyond[:, 0]

    found = variance_shares(with_windows(1), with_windows(2), need)
    # 4 + 1 + 1 + 4 = 10.
    assert (found.weights, found.windows) == pytest.approx((0.4, 0.4), abs=0.05)
    assert found.together == pytest.approx(0, abs=0.08)
    assert variance_shares(blocks(1), blocks(2), added).windows == 0


def test_what_blocks_bring_only_together_is_said():
    def multiplied(drawn):
        return drawn.weights.minutes[:, 0, 0] * drawn.volumes.factor[:, 0, 0]

    found = variance_shares(blocks(1), blocks(2), multiplied)
    # The product of two laws around zero: neither brings anything by itself.
    assert found.together > 0.85


def test_a_need_that_does_not_vary_has_no_shares():
    found = variance_shares(blocks(1), blocks(2), lambda _drawn: np.full(N, 40.0))
    assert found.plain() == dict.fromkeys(
        ("weights", "volumes", "hours", "windows", "together", "deviation"), 0
    )


def test_full_time_equivalents_by_hand():
    work = Work(np.array([0, 1]), np.array([0, 0]), np.array([0, 0]), np.array([100.0, 50]), 2)
    posts = Posts(np.zeros(2, int), np.array([100.0, 50]), np.array([1.25, 1]), np.zeros(2), np.ones(2))
    # 100 x 30 / 60 = 50 h, over 100 h, x 1.25 = 0.625; 25 h over 50 h = 0.5.
    got = fte_by_activity(work, posts, weights_of(np.full((3, 1, 1), 30.0), [[9]]))
    assert got[0, 0] == pytest.approx(1.125)


def lognormal(deviations):
    """Return draws whose logarithms have exactly these deviations, by activities and offices."""
    normal = np.random.default_rng(4).standard_normal(2000)
    normal = (normal - normal.mean()) / normal.std()
    return np.exp(np.asarray(deviations) * normal[:, None, None])


def test_a_further_officer_adds_the_precision_of_one():
    # 4 officers, deviation 0.1: one officer's variance is 0.04. With 4 more: half the variance.
    found = next_diaries(weights_of(lognormal([[0.1]]), [[4]]), np.array([[10.0]]), 4)
    assert found.deviation_before == pytest.approx(1.0)
    assert found.deviation_after == pytest.approx(math.sqrt(0.5))
    assert found.diaries[0].officer_weeks == 4


def test_diaries_go_where_the_stake_and_the_doubt_are():
    drawn = weights_of(lognormal([[0.1, 0.1, 0.02]]), [[10, 10, 250]], offices=("A", "B", "C"))
    found = next_diaries(drawn, np.array([[5.0, 30.0, 30.0]]), 4)
    assert [row.office_id for row in found.diaries] == ["B"]


def test_the_activities_that_bring_most_are_named():
    drawn = weights_of(lognormal([[0.1], [0.3], [0.0]]), [[9], [9], [9]], ("a", "b", "c"))
    assert next_diaries(drawn, np.ones((3, 1)), 1).diaries[0].activities == ("b", "a")


def by_hand(stakes, spreads, officers, given):
    return sum(
        stake**2 * spread**2 / (1 + more / count)
        for stake, spread, count, more in zip(stakes, spreads, officers, given, strict=True)
    )


def test_no_other_way_of_sharing_the_diaries_out_takes_more_away():
    # One officer's variance is the same in all three, 0.09, so that office o has 0.09 / officers.
    officers, stakes = [2, 5, 9], [3.0, 8.0, 12.0]
    spreads = [0.3 / math.sqrt(count) for count in officers]
    drawn = weights_of(lognormal([spreads]), [officers], offices=("A", "B", "C"))
    # An office where all its officers do the activity: each counts fully.
    found = next_diaries(drawn, np.array([stakes]), 5)
    tried = [
        [chosen.count(office) for office in range(3)] for chosen in combinations_with_replacement(range(3), 5)
    ]
    best = min(by_hand(stakes, spreads, officers, given) for given in tried)
    assert found.deviation_after**2 == pytest.approx(best)


def test_an_office_without_diaries_is_one_of_those_asked():
    drawn = weights_of(lognormal([[0.1, 0.4]]), [[25, 0]], offices=("A", "B"))
    assert [row.office_id for row in next_diaries(drawn, np.array([[9.0, 9]]), 2).diaries] == ["B"]


def test_without_doubt_no_diary_is_asked_for():
    found = next_diaries(weights_of(np.full((5, 1, 1), 30.0), [[25]]), np.array([[9.0]]), 4)
    assert found.diaries == ()
    assert found.plain()["deviation_after"] == 0


def test_an_activity_without_a_figure_asks_for_none():
    found = next_diaries(weights_of(np.full((5, 1, 1), np.nan), [[0]]), np.array([[0.0]]), 4)
    assert found.diaries == ()
