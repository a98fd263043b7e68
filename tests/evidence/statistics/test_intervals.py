"""Intervals: values worked by hand or printed in the field, properties, and other people's libraries."""

from __future__ import annotations

from math import ceil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from closeout.evidence.statistics.intervals import (
    Interval,
    clopper_pearson,
    cluster_bootstrap,
    poisson_exact,
    quantile_interval,
    wilson,
)

LEVELS = [0.8, 0.9, 0.95, 0.998]
SHARES = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def ends(interval: Interval) -> tuple[float, float]:
    assert interval.low is not None
    assert interval.high is not None
    return interval.low, interval.high


# Clopper-Pearson.


def test_five_of_fifty_is_the_vector_of_systems_g4():
    assert ends(clopper_pearson(5, 50)) == pytest.approx((0.0333, 0.2181), abs=5e-5)


def test_none_of_twenty_reaches_up_to_16_8_percent_as_systems_g4_says():
    # 1 - 0.025 ** (1 / 20) = 0.16843.
    assert ends(clopper_pearson(0, 20)) == pytest.approx((0.0, 1 - 0.025 ** (1 / 20)))


def test_all_of_ten_reaches_down_to_the_tenth_root():
    assert ends(clopper_pearson(10, 10)) == pytest.approx((0.025**0.1, 1.0))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("d", "n"), [(0, 1), (1, 1), (3, 7), (17, 40), (500, 1000), (999, 1000)])
def test_exact_share_equals_statsmodels(d: int, n: int, level: float):
    assert ends(clopper_pearson(d, n, level=level)) == pytest.approx(
        proportion_confint(d, n, alpha=1 - level, method="beta"), abs=1e-12
    )


@given(SHARES, st.sampled_from(LEVELS))
@settings(max_examples=60, deadline=None)
def test_exact_ends_leave_at_most_half_of_the_rest_beyond_them(share: tuple[int, int], level: float):
    d, n = share
    low, high = ends(clopper_pearson(d, n, level=level))
    assert d == 0 or stats.binom.sf(d - 1, n, low) <= (1 - level) / 2 + 1e-9
    assert d == n or stats.binom.cdf(d, n, high) <= (1 - level) / 2 + 1e-9


# Wilson.


def test_wilson_of_half_of_four_by_hand():
    # z = 1.96: middle (0.5 + 0.4802) / 1.9604 = 0.5; half sqrt(0.0625 + 0.060025) * 1.96 / 1.9604 = 0.34996.
    assert ends(wilson(2, 4)) == pytest.approx((0.15004, 0.84996), abs=1e-4)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("d", "n"), [(0, 1), (1, 1), (3, 7), (17, 40), (500, 1000), (999, 1000)])
def test_wilson_equals_statsmodels(d: int, n: int, level: float):
    assert ends(wilson(d, n, level=level)) == pytest.approx(
        proportion_confint(d, n, alpha=1 - level, method="wilson"), abs=1e-12
    )


@given(SHARES)
@settings(max_examples=60, deadline=None)
def test_wilson_turns_over_with_the_share(share: tuple[int, int]):
    d, n = share
    low, high = ends(wilson(d, n))
    other = ends(wilson(n - d, n))
    assert (low, high) == pytest.approx((1 - other[1], 1 - other[0]), abs=1e-12)
    assert 0 <= low <= d / n <= high <= 1


@pytest.mark.parametrize(("d", "n"), [(-1, 5), (6, 5), (0, 0)])
@pytest.mark.parametrize("interval", [wilson, clopper_pearson])
def test_counts_that_make_no_share_are_refused(interval, d: int, n: int):
    with pytest.raises(ValueError, match=f"{d} of {n} is no share"):
        interval(d, n)


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0])
def test_a_level_in_percent_is_refused(level: float):
    with pytest.raises(ValueError, match="between 0 and 1"):
        wilson(1, 2, level=level)


# Poisson.


def test_ten_events_have_the_textbook_interval():
    # Printed in tables of exact Poisson limits: 10 -> 4.795 to 18.390; 0 -> 0 to 3.689.
    assert ends(poisson_exact(10)) == pytest.approx((4.795, 18.390), abs=5e-4)
    assert ends(poisson_exact(0)) == pytest.approx((0.0, 3.689), abs=5e-4)


def test_a_rate_divides_the_ends_by_the_exposure():
    low, high = ends(poisson_exact(10, exposure=4))
    assert (low, high) == pytest.approx(tuple(end / 4 for end in ends(poisson_exact(10))))


@given(st.integers(0, 300), st.sampled_from(LEVELS))
@settings(max_examples=60, deadline=None)
def test_poisson_ends_leave_half_of_the_rest_beyond_them(count: int, level: float):
    low, high = ends(poisson_exact(count, level=level))
    assert stats.poisson.cdf(count, high) == pytest.approx((1 - level) / 2)
    assert count == 0 or stats.poisson.sf(count - 1, low) == pytest.approx((1 - level) / 2)


@pytest.mark.parametrize(("count", "exposure"), [(-1, 1.0), (3, 0.0), (3, -2.0)])
def test_counts_that_make_no_rate_are_refused(count: int, exposure: float):
    with pytest.raises(ValueError, match="make no rate"):
        poisson_exact(count, exposure=exposure)


# Quantiles.


def test_median_of_ten_runs_from_the_second_to_the_ninth():
    # P(B <= 1) = 11/1024 = 0.0107 <= 0.025 < P(B <= 2) = 56/1024 (Conover 1999, table A3).
    found = quantile_interval(dict.fromkeys(range(1, 11), 1))
    assert (found.value, found.at_or_under, found.n) == (5, 5, 10)
    assert ends(found.interval) == (2, 9)


def test_five_rows_set_no_end_at_95_percent_and_six_do():
    # 2 / 2**5 = 0.0625 > 0.05; 2 / 2**6 = 0.031.
    assert quantile_interval({3: 5}).interval.low is None
    assert quantile_interval({3: 5}).interval.high is None
    assert ends(quantile_interval({3: 6}).interval) == (3, 3)


def test_a_ninetieth_percentile_of_twenty_has_a_lower_end_only():
    # P(B = 20) = 0.9**20 = 0.12 > 0.025: no 21st row, hence no upper end.
    found = quantile_interval(dict.fromkeys(range(20), 1), quantile=0.9)
    assert found.value == 17
    assert found.interval.low is not None
    assert found.interval.high is None


def test_rows_of_the_value_all_count_as_at_or_under():
    assert quantile_interval({0: 2, 1: 7, 9: 1}).at_or_under == 9


def test_lengths_with_a_zero_count_do_not_matter():
    assert quantile_interval({0: 0, 4: 3, 9: 0}) == quantile_interval({4: 3})


def test_seventy_percent_of_ten_is_the_seventh_in_spite_of_rounding():
    # 0.7 * 10 is 7.000000000000001 in floating point.
    assert quantile_interval(dict.fromkeys(range(1, 11), 1), quantile=0.7).value == 7


@given(
    st.dictionaries(st.integers(0, 30), st.integers(1, 4), min_size=1, max_size=12),
    st.sampled_from([0.1, 0.5, 0.75, 0.9]),
)
@settings(max_examples=80, deadline=None)
def test_quantiles_and_ends_equal_those_of_the_rows_written_out(lengths: dict[int, int], quantile: float):
    rows = sorted(value for value, count in lengths.items() for _ in range(count))
    found = quantile_interval(lengths, quantile=quantile)
    n = len(rows)
    assert found.value == rows[max(1, ceil(quantile * n - 1e-9)) - 1]
    held = [rank for rank in range(1, n + 1) if stats.binom.cdf(rank - 1, n, quantile) <= 0.025]
    over = [rank for rank in range(1, n + 1) if stats.binom.sf(rank - 1, n, quantile) <= 0.025]
    assert found.interval.low == (rows[held[-1] - 1] if held else None)
    assert found.interval.high == (rows[over[0] - 1] if over else None)


@pytest.mark.parametrize("lengths", [{}, {3: 0}, {3: 2, 4: -1}])
def test_no_lengths_have_no_quantile(lengths: dict[int, int]):
    with pytest.raises(ValueError, match="no lengths"):
        quantile_interval(lengths)


@pytest.mark.parametrize("quantile", [0.0, 1.0, 50.0])
def test_a_quantile_outside_0_to_1_is_refused(quantile: float):
    with pytest.raises(ValueError, match="a quantile lies between"):
        quantile_interval({1: 1}, quantile=quantile)


# Bootstrap over groups.

GROUPS = [(3, 40), (9, 38), (1, 52), (14, 60), (6, 41), (0, 12), (8, 47), (2, 33)]


def test_the_same_groups_and_seed_give_the_same_ends_for_ever():
    # Made once and printed here: the raw stream of PCG64 is promised not to change.
    assert ends(cluster_bootstrap(GROUPS, seed=7)) == pytest.approx((0.06809533896, 0.18994413408), abs=1e-10)


def test_the_order_of_the_groups_does_not_matter():
    assert cluster_bootstrap(GROUPS[::-1], seed=7) == cluster_bootstrap(GROUPS, seed=7)


def test_another_seed_moves_the_ends_a_little():
    one, other = ends(cluster_bootstrap(GROUPS, seed=7)), ends(cluster_bootstrap(GROUPS, seed=8))
    assert one != other
    assert one == pytest.approx(other, abs=0.02)


def test_few_groups_are_said():
    assert cluster_bootstrap(GROUPS, seed=1).note == "only 8 groups: the interval may be too narrow"
    assert not cluster_bootstrap(GROUPS * 4, seed=1).note


def test_one_group_has_no_interval():
    interval = cluster_bootstrap([(3, 10)], seed=1)
    assert (interval.low, interval.high) == (None, None)
    assert interval.note == "one group only: no interval"


def test_equal_groups_have_an_interval_of_no_width():
    assert ends(cluster_bootstrap([(1, 4)] * 40, seed=1)) == (0.25, 0.25)


def test_groups_without_any_denominator_are_refused():
    with pytest.raises(ValueError, match="no group has a denominator"):
        cluster_bootstrap([(0, 0), (0, 0)], seed=1)


def test_clusters_of_one_row_come_near_the_plain_interval():
    # 60 of 400 rows, none depending on another: Wilson runs from 0.118 to 0.188.
    rows = [(1, 1)] * 60 + [(0, 1)] * 340
    assert ends(cluster_bootstrap(rows, seed=3)) == pytest.approx(ends(wilson(60, 400)), abs=0.01)


def test_rows_that_depend_widen_the_interval():
    # The same 60 of 400, but six offices of forty groups of ten do all of it.
    groups = [(10, 10)] * 6 + [(0, 10)] * 34
    low, high = ends(cluster_bootstrap(groups, seed=3))
    plain = ends(wilson(60, 400))
    assert high - low > 2 * (plain[1] - plain[0])


def test_the_spread_is_that_of_numpys_own_draws():
    sums = np.array(GROUPS, dtype=float)
    drawn = sums[np.random.default_rng(5).integers(0, len(sums), (4000, len(sums)))].sum(axis=1)
    peer = np.quantile(drawn[:, 0] / drawn[:, 1], [0.025, 0.975])
    assert ends(cluster_bootstrap(GROUPS, seed=5, resamples=4000)) == pytest.approx(tuple(peer), abs=0.01)


def test_many_groups_are_drawn_in_parts_with_the_same_result(monkeypatch: pytest.MonkeyPatch):
    whole = cluster_bootstrap(GROUPS, seed=9, resamples=500)
    monkeypatch.setattr("closeout.evidence.statistics.intervals._CHUNK", 100)
    assert cluster_bootstrap(GROUPS, seed=9, resamples=500) == whole
