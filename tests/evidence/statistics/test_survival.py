"""Survival curves: by hand, against lifelines, and against plain quantiles where nothing is open."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.utils import median_survival_times

from closeout.evidence.statistics.intervals import quantile_interval
from closeout.evidence.statistics.survival import kaplan_meier

COUNTS = st.dictionaries(st.integers(0, 25), st.integers(1, 4), max_size=10)
LATER = st.dictionaries(st.integers(1, 25), st.integers(1, 4), max_size=10)
"""Without day 0, where lifelines has a row of its own."""


def fitted(ended: dict[int, int], censored: dict[int, int]) -> KaplanMeierFitter:
    days = [day for day, n in ended.items() for _ in range(n)]
    days += [day for day, n in censored.items() for _ in range(n)]
    happened = [1] * sum(ended.values()) + [0] * sum(censored.values())
    return KaplanMeierFitter().fit(days, happened)


def test_a_curve_by_hand():
    # Five: ended after 2, 3, 5; still open after 3 and 6.
    # 2: 4/5; 3: 4/5 x 3/4 = 3/5 (the open one counts as at risk that day); 5: 3/5 x 1/2 = 3/10.
    curve = kaplan_meier({2: 1, 3: 1, 5: 1}, {3: 1, 6: 1})
    assert [moment.open_share for moment in curve.moments] == pytest.approx([0.8, 0.6, 0.3, 0.3])
    assert [moment.at_risk for moment in curve.moments] == [5, 4, 2, 1]
    assert (curve.n, curve.ended, curve.censored, curve.median) == (5, 3, 2, 5)


def test_greenwoods_interval_by_hand():
    # Ten, five ended after 4: share 0.5, sum d / (n (n - d)) = 5 / 50; sqrt = 0.31623.
    # half = 1.96 x 0.31623 / ln 0.5 = -0.89418:
    # 0.5 ** exp(0.89418) = 0.18362, 0.5 ** exp(-0.89418) = 0.75319.
    moment = kaplan_meier({4: 5}, {9: 5}).moments[0]
    assert moment.low == pytest.approx(0.18362, abs=2e-4)
    assert moment.high == pytest.approx(0.75319, abs=2e-4)


def test_while_more_than_half_are_open_there_is_no_median():
    curve = kaplan_meier({3: 4}, {10: 6})
    assert curve.median is None
    assert curve.open_after(10) == pytest.approx(0.6)


def test_at_a_half_the_median_is_reached():
    assert kaplan_meier({3: 5}, {10: 5}).median == 3


def test_open_ones_make_the_median_longer_than_that_of_the_ended():
    ended = {1: 5, 2: 5, 3: 5}
    assert kaplan_meier(ended, {}).median == 2
    assert kaplan_meier(ended, {4: 10}).median == 3


def test_before_the_first_end_all_are_open():
    curve = kaplan_meier({5: 1}, {9: 1})
    assert curve.open_after(4) == 1.0
    assert curve.open_after(5) == 0.5
    assert curve.open_after(400) == 0.5


def test_only_open_ones_have_a_flat_curve():
    curve = kaplan_meier({}, {5: 3})
    assert (curve.median, curve.low, curve.high) == (None, None, None)
    assert curve.moments[0].open_share == 1.0


def test_when_all_have_ended_the_last_share_has_no_interval():
    last = kaplan_meier({1: 1, 2: 1}, {}).moments[-1]
    assert (last.open_share, last.low, last.high) == (0.0, None, None)


@given(LATER, LATER)
@settings(max_examples=50, deadline=None)
def test_curve_interval_and_median_equal_those_of_lifelines(ended: dict[int, int], censored: dict[int, int]):
    if not ended:
        ended = {3: 2}
    ours, peer = kaplan_meier(ended, censored), fitted(ended, censored)
    for moment in ours.moments:
        assert moment.open_share == pytest.approx(
            float(peer.survival_function_at_times(moment.length).iloc[0]), abs=1e-9
        )
        row = peer.confidence_interval_.loc[moment.length]
        if moment.low is not None:
            assert [moment.low, moment.high] == pytest.approx(list(row), abs=1e-6)
    if any(moment.open_share == pytest.approx(0.5) for moment in ours.moments):
        return  # lifelines multiplies with rounding, and sometimes misses that a half is a half
    assert ours.median == (None if peer.median_survival_time_ == float("inf") else peer.median_survival_time_)


def test_the_medians_interval_equals_that_of_lifelines():
    ended = {2: 3, 4: 5, 7: 4, 9: 6, 12: 3, 20: 2}
    censored = {5: 2, 10: 3, 15: 4}
    ours = kaplan_meier(ended, censored)
    peer = median_survival_times(fitted(ended, censored).confidence_interval_)
    assert [ours.low, ours.high] == [float(end) for end in peer.iloc[0]]


@given(st.dictionaries(st.integers(0, 25), st.integers(1, 4), min_size=1, max_size=10))
@settings(max_examples=50, deadline=None)
def test_without_open_ones_the_median_is_the_plain_one(ended: dict[int, int]):
    assert kaplan_meier(ended, {}).median == quantile_interval(ended).value


@given(COUNTS, COUNTS)
@settings(max_examples=50, deadline=None)
def test_the_curve_never_rises_and_the_parts_add_up(ended: dict[int, int], censored: dict[int, int]):
    if not ended and not censored:
        censored = {1: 1}
    curve = kaplan_meier(ended, censored)
    shares = [moment.open_share for moment in curve.moments]
    assert shares == sorted(shares, reverse=True)
    assert sum(moment.ended + moment.censored for moment in curve.moments) == curve.n


@pytest.mark.parametrize(("ended", "censored"), [({}, {}), ({3: 0}, {})])
def test_nothing_to_follow_is_refused(ended: dict[int, int], censored: dict[int, int]):
    with pytest.raises(ValueError, match="nothing to follow"):
        kaplan_meier(ended, censored)


@pytest.mark.parametrize(("ended", "censored"), [({-1: 2}, {}), ({3: 2}, {4: -1})])
def test_negative_lengths_and_counts_are_refused(ended: dict[int, int], censored: dict[int, int]):
    with pytest.raises(ValueError, match="cannot be negative"):
        kaplan_meier(ended, censored)


def test_a_level_in_percent_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1, not at 95"):
        kaplan_meier({1: 1}, {}, level=95)
