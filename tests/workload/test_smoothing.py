"""Ways to carry a monthly count forward."""

from __future__ import annotations

import numpy as np
import pytest

from closeout.workload.smoothing import (
    WAYS,
    mean_of_year,
    seasonal_naive,
    seasonally_smoothed,
    smoothed,
)


def column(*counts):
    return np.array(counts, dtype=float)[:, None]


def test_the_mean_is_of_the_last_twelve_months():
    found = mean_of_year(column(900, *[10, 20] * 6), 2)
    assert found.mean[:, 0].tolist() == [15, 15]
    # Variance 300 / 11, x 13/12 for the mean itself, x 11/9 for Student's t.
    assert found.variance[0, 0] == pytest.approx(300 / 11 * 13 / 12 * 11 / 9)


def test_one_month_is_as_uncertain_as_a_count():
    found = mean_of_year(column(9), 1)
    assert (found.mean[0, 0], found.variance[0, 0]) == (9, 9)


def test_smoothing_by_hand():
    # A level that jumps and stays: the fastest speed errs least. Level 0 -> 9 -> 9.9 -> 9.99.
    found = smoothed(column(0, 10, 10, 10), 2)
    assert found.mean[:, 0] == pytest.approx([9.99, 9.99])
    # Errors 10, 1, 0.1 squared over 2; a month later more by 0.9 squared.
    assert found.variance[:, 0] == pytest.approx([101.01 / 2, 101.01 / 2 * 1.81])


def test_noise_is_smoothed_slowly():
    noise = 100 + np.random.default_rng(1).standard_normal((60, 1))
    assert smoothed(noise, 1).mean[0, 0] == pytest.approx(100, abs=0.5)


def test_the_same_month_a_year_before():
    found = seasonal_naive(column(*range(24)), 14)
    assert found.mean[:, 0].tolist() == [*range(12, 24), 12, 13]
    # Always 12 off; in the second year twice the variance.
    assert found.variance[[0, 13], 0].tolist() == [144, 288]


def test_a_season_is_put_back():
    year = np.array([2.0, *[1.0] * 10, 0.0])
    found = seasonally_smoothed(np.tile(year * 12, 3)[:, None], 12)
    assert found.mean[:, 0] == pytest.approx(year * 12, abs=0.1)


def test_a_season_starts_in_the_month_after_the_last():
    # 30 months: the whole years are the last 24, and the next month is like the first of them.
    year = np.arange(1.0, 13)
    history = np.tile(year, 3)[6:]
    assert seasonally_smoothed(history[:, None], 3).mean[:, 0] == pytest.approx([1, 2, 3], abs=1e-6)


def test_months_without_anything_stay_without():
    assert seasonally_smoothed(np.zeros((24, 1)), 2).mean.tolist() == [[0], [0]]


@pytest.mark.parametrize("way", WAYS)
def test_each_way_works_with_the_months_it_says_it_needs(way):
    make, needs = WAYS[way]
    found = make(np.arange(1.0, needs + 1)[:, None], 3)
    assert found.mean.shape == found.variance.shape == (3, 1)
    assert np.isfinite(found.mean).all()
    assert np.isfinite(found.variance).all()
