"""Trends with a season: worked by hand, pymannkendall as a peer, and what is refused."""

from __future__ import annotations

import numpy as np
import pymannkendall
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.evidence.statistics.seasonal import (
    LEAST_YEARS,
    MONTHS,
    seasonal_mann_kendall,
    seasonal_theil_sen,
    seasonal_trend,
)
from closeout.evidence.statistics.trend import Direction, mann_kendall, trend

SEASONS = st.lists(st.integers(0, 9), min_size=8, max_size=30)


def monthly(years: int, *, step: float, wave: float = 10.0) -> list[float]:
    """Return months that follow the year in a wave and rise by a step from year to year."""
    waves = [round(wave * float(np.sin(at * 2 * np.pi / MONTHS)), 6) for at in range(MONTHS)]
    return [waves[at % MONTHS] + step * (at // MONTHS) for at in range(MONTHS * years)]


def test_seasons_are_tested_apart_and_added_up_by_hand():
    # Two seasons of three years: 1, 2, 3 and 9, 8, 9. S = 3 + 0.
    # var: 3 x 2 x 11 / 18 = 11 / 3; with one pair tied (66 - 2 x 1 x 9) / 18 = 8 / 3. z = 2 / sqrt(19 / 3).
    found = seasonal_mann_kendall([1, 9, 2, 8, 3, 9], period=2)
    assert (found.n, found.s) == (6, 3)
    assert found.variance == pytest.approx(19 / 3)
    assert found.z == pytest.approx(2 / (19 / 3) ** 0.5)
    assert found.tau == pytest.approx(3 / 6)


def test_slopes_are_per_year_and_within_a_season_by_hand():
    # 1, 2, 3: slopes 1, 1, 1. 9, 8, 9: -1, 0, 1. Sorted -1, 0, 1, 1, 1, 1: the middle is 1.
    assert seasonal_theil_sen([1, 9, 2, 8, 3, 9], period=2).slope == 1.0


def test_a_rise_under_a_wave_is_found_where_the_plain_test_sees_none():
    values = monthly(3, step=1.0)
    assert trend(values).direction is Direction.NOT_SHOWN
    found = seasonal_trend(values)
    assert found.direction is Direction.INCREASING
    assert found.slope is not None
    assert found.slope.slope == pytest.approx(1.0)
    assert found.note == "each of 12 seasons compared with its like (Hirsch-Slack)"


def test_a_wave_alone_shows_nothing():
    found = seasonal_trend(monthly(4, step=0.0))
    assert (found.direction, found.test.s, found.test.p) == (Direction.NOT_SHOWN, 0, 1.0)


def test_two_years_are_few_and_it_is_said():
    assert "24 points are few; 36 are recommended" in seasonal_trend(monthly(LEAST_YEARS, step=1.0)).note


@given(SEASONS, st.sampled_from([2, 3, 4]))
@settings(max_examples=60, deadline=None)
def test_as_pymannkendall_has_it(values: list[int], period: int):
    found = seasonal_mann_kendall(values, period=period)
    peer = pymannkendall.seasonal_test(np.array([float(one) for one in values]), period=period)
    assert found.s == peer.s
    assert found.variance == pytest.approx(peer.var_s)
    assert found.p == pytest.approx(peer.p)
    assert seasonal_theil_sen(values, period=period).slope == pytest.approx(peer.slope)


@given(st.lists(st.integers(0, 9), min_size=5, max_size=12))
@settings(max_examples=30, deadline=None)
def test_two_seasons_alike_have_twice_the_s_and_variance_of_one(values: list[int]):
    both = [value for value in values for _ in range(2)]
    found, one = seasonal_mann_kendall(both, period=2), mann_kendall(values)
    assert (found.s, found.variance) == (2 * one.s, pytest.approx(2 * one.variance))


@pytest.mark.parametrize(("values", "period"), [([1] * 23, 12), ([1, 2, 3], 2), ([1, 2, 3, 4], 1)])
def test_what_has_no_season_is_refused(values: list[float], period: int):
    with pytest.raises(ValueError, match="too few"):
        seasonal_mann_kendall(values, period=period)


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError, match="nothing but numbers"):
        seasonal_mann_kendall([*[1.0] * 23, float("nan")])
