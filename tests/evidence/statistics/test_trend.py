"""Trends: the golden vectors of systems.md G6, pymannkendall and scipy as peers, and what is refused."""

from __future__ import annotations

import numpy as np
import pymannkendall
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from closeout.evidence.statistics.trend import (
    Direction,
    Trend,
    autocorrelation,
    benjamini_hochberg,
    hamed_rao,
    is_autocorrelated,
    mann_kendall,
    theil_sen,
    trend,
    with_many,
)

GOLDEN = [12, 11, 13, 10, 9, 9, 8, 7, 8, 6]
SERIES = st.lists(st.integers(0, 12), min_size=5, max_size=20)
STEADY = [3, 4, 3, 4, 3, 4, 4, 3, 4, 3]


def walk(seed: int, points: int, *, memory: float) -> list[float]:
    """Return a made-up series in which each value keeps a share of the one before."""
    noise = np.random.default_rng(seed).normal(size=points)
    values = [noise[0]]
    for step in noise[1:]:
        values.append(memory * values[-1] + step)
    return [float(value) for value in values]


# Golden vectors: systems.md, method box of G6.


def test_mann_kendall_of_the_ten_is_the_vector_of_systems():
    found = mann_kendall(GOLDEN)
    assert (found.s, found.variance) == (-37, 123.0)
    assert found.z == pytest.approx(-3.246, abs=5e-4)
    assert found.p == pytest.approx(0.00117, abs=5e-6)


def test_theil_sen_of_the_ten_is_the_vector_of_systems():
    assert theil_sen(GOLDEN).slope == pytest.approx(-0.6667, abs=5e-5)


def test_four_points_can_never_reach_five_percent_and_five_can():
    assert mann_kendall([1, 2, 3, 4]).p == pytest.approx(0.089, abs=5e-4)
    assert mann_kendall([1, 2, 3, 4, 5]).p == pytest.approx(0.0275, abs=5e-5)


# The test by hand.


def test_ties_lower_the_variance_by_hand():
    # 1, 1, 2: one pair tied, S = 2; (3 x 2 x 11 - 2 x 1 x 9) / 18 = (66 - 18) / 18.
    found = mann_kendall([1, 1, 2])
    assert (found.s, found.variance) == (2, pytest.approx(48 / 18))


def test_a_constant_series_has_no_variance_and_p_1():
    found = mann_kendall([5, 5, 5, 5, 5, 5])
    assert (found.s, found.variance, found.z, found.p) == (0, 0.0, 0.0, 1.0)


@pytest.mark.parametrize("values", [[], [1], [1, float("nan"), 2], [1, float("inf")]])
def test_what_is_no_series_is_refused(values: list[float]):
    with pytest.raises(ValueError, match="two numbers or more"):
        mann_kendall(values)


@given(SERIES)
@settings(max_examples=60, deadline=None)
def test_mann_kendall_equals_pymannkendall(values: list[int]):
    ours, peer = mann_kendall(values), pymannkendall.original_test(values)
    assert ours.s == peer.s
    assert ours.variance == pytest.approx(peer.var_s)
    assert ours.p == pytest.approx(peer.p, abs=1e-12)
    assert ours.tau == pytest.approx(peer.Tau)


@given(SERIES)
@settings(max_examples=40, deadline=None)
def test_backwards_the_trend_turns_round(values: list[int]):
    there, back = mann_kendall(values), mann_kendall(values[::-1])
    assert (there.s, there.p) == (-back.s, back.p)


@given(SERIES)
@settings(max_examples=40, deadline=None)
def test_only_the_order_of_values_counts(values: list[int]):
    assert mann_kendall([value**3 + 7 for value in values]) == mann_kendall(values)


# The slope.


@given(SERIES)
@settings(max_examples=60, deadline=None)
def test_theil_sen_equals_scipy(values: list[int]):
    assert theil_sen(values).slope == pytest.approx(stats.theilslopes(values).slope)


def test_the_interval_lies_around_that_of_scipy():
    # Scipy rounds the ranks to the nearest, ours outward; on the ten both give -1 to -0.5.
    ours, peer = theil_sen(GOLDEN), stats.theilslopes(GOLDEN, alpha=0.95)
    assert ours.low is not None
    assert ours.high is not None
    assert ours.low <= peer.low_slope <= ours.slope <= peer.high_slope <= ours.high


def test_times_that_are_not_even_count():
    assert theil_sen([0, 2, 20], times=[0, 1, 10]).slope == 2


def test_too_few_slopes_set_no_end():
    found = theil_sen([1, 5, 2, 4])
    assert (found.low, found.high) == (None, None)


def test_times_must_match_and_differ():
    with pytest.raises(ValueError, match="do not match"):
        theil_sen([1, 2, 3], times=[1, 2])
    with pytest.raises(ValueError, match="of the same time"):
        theil_sen([1, 2, 3], times=[4, 4, 4])


# Autocorrelation.


def test_autocorrelation_by_hand():
    # 1, 2, 3 around 2: -1, 0, 1; lag 1: (0 + 0) / 2; lag 2: -1 / 2.
    assert autocorrelation(np.array([1.0, 2.0, 3.0])) == pytest.approx([1, 0, -0.5])
    assert autocorrelation(np.array([4.0, 4.0])) == pytest.approx([1, 0])


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("memory", [0.0, 0.6, 0.9])
def test_hamed_rao_equals_pymannkendall(seed: int, memory: float):
    values = walk(seed, 30, memory=memory)
    ours, peer = hamed_rao(values), pymannkendall.hamed_rao_modification_test(values)
    assert ours.is_corrected
    assert ours.variance == pytest.approx(peer.var_s)
    assert ours.p == pytest.approx(peer.p, abs=1e-12)


def test_memory_makes_a_trend_less_sure():
    values = walk(3, 40, memory=0.9)
    assert is_autocorrelated(values)
    assert hamed_rao(values).variance > mann_kendall(values).variance
    assert hamed_rao(values).p > mann_kendall(values).p


def test_noise_is_not_taken_for_memory():
    assert not is_autocorrelated(walk(1, 30, memory=0.0))


def test_a_correction_that_leaves_no_variance_is_not_made():
    # Up and down by turns: the sum over lags comes out below -1.
    values = [4, 7, 0, 7, 0, 9, 4, 7]
    found = hamed_rao(values)
    assert (found.is_corrected, found.p) == (False, mann_kendall(values).p)
    assert "leaves no variance" in found.note


def test_two_values_have_no_autocorrelation():
    with pytest.raises(ValueError, match="2 values have no autocorrelation"):
        hamed_rao([1, 2])


# The whole.


@pytest.mark.parametrize("points", [0, 1, 4])
def test_fewer_than_five_points_are_refused(points: int):
    found = trend(list(range(points)))
    assert found.direction is Direction.TOO_SHORT
    assert (found.test, found.slope) == (None, None)
    noun = "point" if points == 1 else "points"
    assert found.note == f"{points} {noun} can never show a trend; 5 is the least"


def test_fewer_than_eight_are_said_to_be_few():
    assert "7 points are few; 8 are recommended" in trend([1, 2, 3, 4, 5, 6, 7]).note
    assert "few" not in trend([1, 3, 2, 5, 4, 6, 8, 7]).note


def test_values_of_one_time_must_be_put_together_first():
    with pytest.raises(ValueError, match="the times of a trend must rise"):
        trend([1, 2, 3, 4, 5], times=[1, 2, 2, 3, 4])


def test_the_ten_decrease():
    found = trend(GOLDEN)
    assert found.direction is Direction.DECREASING
    assert found.slope is not None
    assert found.slope.slope == pytest.approx(-2 / 3)


def test_no_trend_shown_is_not_no_trend():
    assert trend(STEADY).direction is Direction.NOT_SHOWN
    assert Direction.NOT_SHOWN.value == "not shown"


def test_an_autocorrelated_series_is_corrected_and_says_so():
    found = trend(walk(3, 40, memory=0.9))
    assert found.test is not None
    assert found.test.is_corrected
    assert "corrected for autocorrelation (Hamed-Rao)" in found.note


# Many at once.


def test_benjamini_hochberg_by_hand():
    # 0.01 x 4 / 1, 0.02 x 4 / 2, 0.03 x 4 / 3, 0.8: the least from each on.
    assert benjamini_hochberg([0.03, 0.8, 0.01, 0.02]) == pytest.approx([0.04, 0.8, 0.04, 0.04])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_benjamini_hochberg_equals_scipy_and_statsmodels(p: list[float]):
    ours = benjamini_hochberg(p)
    assert ours == pytest.approx(list(stats.false_discovery_control(p)), abs=1e-12)
    assert ours == pytest.approx(list(multipletests(p, method="fdr_bh")[1]), abs=1e-12)


def test_nothing_to_adjust_is_nothing():
    assert benjamini_hochberg([]) == []


def test_what_is_no_p_value_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        benjamini_hochberg([0.2, 1.4])


def test_one_trend_among_many_facilities_may_be_chance():
    # 1..5 alone has p = 0.0275; beside 19 series without a trend it becomes 20 x 0.0275 = 0.55.
    many = with_many([trend([1, 2, 3, 4, 5]), *[trend(STEADY)] * 19])
    assert many[0].direction is Direction.NOT_SHOWN
    assert many[0].adjusted_p == pytest.approx(20 * 0.027486, abs=1e-4)


def test_a_strong_trend_among_many_stays():
    many = with_many([trend(GOLDEN), *[trend(STEADY)] * 19])
    assert many[0].direction is Direction.DECREASING


def test_short_series_take_no_part_in_the_adjustment():
    short = Trend(Direction.TOO_SHORT, 3)
    found = with_many([short, trend(GOLDEN), short])
    assert found[0] == found[2] == short
    assert found[1].adjusted_p == pytest.approx(mann_kendall(GOLDEN).p)
