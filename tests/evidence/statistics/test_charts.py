"""Control charts: the u-chart of systems.md G6, limits by hand, and each rule on and off."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.evidence.statistics.charts import (
    RULES,
    Chart,
    Observation,
    Signal,
    Step,
    p_chart,
    u_chart,
    xmr_chart,
)


def seen(counts: list[float], bases: list[float] | None = None) -> list[Observation]:
    return [
        Observation(f"M{place:02d}", count, base)
        for place, (count, base) in enumerate(zip(counts, bases or [100] * len(counts), strict=True))
    ]


def places(chart: Chart, signal: Signal) -> list[int]:
    return [place for place, point in enumerate(chart.points) if signal in point.signals]


# Golden vector: systems.md, method box of G6.


def test_the_u_chart_of_systems():
    chart = u_chart(seen([4, 6, 5, 9, 3, 14], [40, 52, 45, 60, 38, 50]))
    last = chart.points[-1]
    assert last.center == pytest.approx(0.14386, abs=5e-6)
    assert last.value == pytest.approx(0.28)
    assert last.high == pytest.approx(0.3048, abs=5e-5)
    assert Signal.OUTSIDE not in last.signals


# Limits by hand.


def test_u_limits_vary_with_the_exposure_and_stop_at_zero():
    # u = 20 / 200 = 0.1: at 100 +/- 3 sqrt(0.001) = 0.0949; at 25 +/- 0.1897, cut at 0.
    chart = u_chart(seen([10, 2, 8], [100, 25, 75]))
    assert (chart.points[0].low, chart.points[0].high) == pytest.approx((0.005132, 0.194868), abs=1e-6)
    assert (chart.points[1].low, chart.points[1].high) == pytest.approx((0.0, 0.289737), abs=1e-6)


def test_p_limits_stay_between_0_and_1():
    # p = 0.9, n = 20: 0.9 +/- 3 sqrt(0.0045) = 0.2012: 0.6988 and 1.
    chart = p_chart(seen([18, 18, 18], [20, 20, 20]))
    assert (chart.points[0].low, chart.points[0].high) == pytest.approx((0.698754, 1.0), abs=1e-6)


def test_xmr_limits_by_hand():
    # Mean 4; moving ranges 2, 4, 2, mean 8 / 3: 4 +/- 2.66 x 8 / 3 = 7.0933.
    chart = xmr_chart(seen([4, 6, 2, 4]))
    point = chart.points[0]
    assert point.center == 4
    assert (point.low, point.high) == pytest.approx((4 - 2.66 * 8 / 3, 4 + 2.66 * 8 / 3))


def test_one_value_has_no_width_and_no_signal():
    chart = xmr_chart(seen([4]))
    assert (chart.points[0].low, chart.points[0].high, chart.signals) == (4, 4, ())


@pytest.mark.parametrize("make", [u_chart, p_chart, xmr_chart])
def test_no_points_make_an_empty_chart(make):
    chart = make([])
    assert chart.points == ()
    assert chart.is_trial


# Trial, locked, made anew.


def test_limits_are_a_trial_below_twelve_points():
    assert u_chart(seen([5] * 11)).is_trial
    assert not u_chart(seen([5] * 12)).is_trial
    assert xmr_chart(seen([5] * 11)).is_trial
    assert not xmr_chart(seen([5] * 12)).is_trial


def test_from_twelve_points_on_the_limits_are_locked():
    first = [4, 6, 5, 5, 4, 6, 5, 5, 4, 6, 5, 5]
    chart = u_chart(seen([*first, 30, 30, 30]))
    assert chart.points[-1].center == pytest.approx(0.05)
    assert places(chart, Signal.OUTSIDE) == [12, 13, 14]


def test_a_named_step_makes_limits_anew():
    counts = [5] * 12 + [20] * 12
    chart = u_chart(seen(counts), steps=[Step(12, "The checklist doubled")])
    assert [chart.points[11].center, chart.points[12].center] == pytest.approx([0.05, 0.2])
    assert chart.signals == ()
    assert chart.steps[0].reason == "The checklist doubled"


def test_after_a_step_limits_are_a_trial_again():
    assert u_chart(seen([5] * 20), steps=[Step(12, "New contractor")]).is_trial


@pytest.mark.parametrize("make", [u_chart, p_chart, xmr_chart])
def test_a_step_without_a_reason_is_refused(make):
    with pytest.raises(ValueError, match="the step at point 2 has no reason"):
        make(seen([5] * 4), steps=[Step(2, "  ")])


@pytest.mark.parametrize("at", [0, 4, 9, -1])
def test_a_step_outside_the_points_is_refused(at: int):
    with pytest.raises(ValueError, match="lies outside the 4 points"):
        u_chart(seen([5] * 4), steps=[Step(at, "Reason")])


def test_a_run_does_not_go_on_over_a_step():
    counts = [5] * 6 + [9] * 5 + [9] * 5
    chart = u_chart(seen(counts), steps=[Step(11, "Reason")])
    assert places(chart, Signal.SHIFT) == []


# The rules, one by one.


def test_the_rules_are_printed():
    assert [rule.split(":")[0] for rule in RULES] == [signal.value for signal in Signal]


def test_outside_above_and_below():
    base = [4, 6, 5, 5, 4, 6, 5, 5, 4, 6, 5, 5]
    chart = xmr_chart(seen([*base, 12, 5, -3]))
    assert places(chart, Signal.OUTSIDE) == [12, 14]


def test_seven_on_one_side_are_a_shift_and_six_are_none():
    base = [6, 4] * 6
    assert places(xmr_chart(seen([*base, *[5.5] * 6, 4])), Signal.SHIFT) == []
    assert places(xmr_chart(seen([*base, *[5.5, 5.6] * 3, 5.5, 4])), Signal.SHIFT) == list(range(12, 19))


def test_a_point_on_the_line_ends_a_run():
    base = [4, 6] * 6
    assert places(xmr_chart(seen([*base, *[5.5] * 4, 5, *[5.5] * 4])), Signal.SHIFT) == []


def test_seven_rising_are_a_trend_and_six_are_none():
    flat = [5, 4] * 6
    assert places(xmr_chart(seen([*flat, 4.1, 4.2, 4.3, 4.4, 4.5, 4.0])), Signal.TREND) == []
    # From the 4 at place 11 on: seven points, each above the one before.
    assert places(xmr_chart(seen([*flat, 4.1, 4.2, 4.3, 4.4, 4.5, 4.6, 4.0])), Signal.TREND) == list(
        range(11, 18)
    )


def test_seven_falling_are_a_trend():
    chart = xmr_chart(seen([9, 8, 7, 6, 5, 4, 3]))
    assert places(chart, Signal.TREND) == list(range(7))


def test_equal_values_end_a_trend():
    assert places(xmr_chart(seen([1, 2, 3, 4, 4, 5, 6, 7])), Signal.TREND) == []


def test_two_of_three_near_a_limit():
    # Center 5, moving range 2: limits 5 +/- 5.32, the outer third beyond 5 +/- 3.547.
    base = [4, 6] * 6
    assert places(xmr_chart(seen([*base, 8.7, 5.5, 8.7, 5])), Signal.NEAR_LIMIT) == [12, 14]
    assert places(xmr_chart(seen([*base, 8.7, 4.5, 4.5, 8.7])), Signal.NEAR_LIMIT) == []


def test_near_both_limits_is_not_near_one():
    base = [4, 6] * 6
    assert places(xmr_chart(seen([*base, 8.7, 1.2, 5])), Signal.NEAR_LIMIT) == []


def test_signals_name_their_points():
    chart = xmr_chart(seen([9, 8, 7, 6, 5, 4, 3]))
    assert ("M00", Signal.TREND) in chart.signals


# Bad counts.


def test_points_without_exposure_have_no_value_and_are_named():
    chart = u_chart(seen([5, 0, 6], [100, 0, 100]))
    assert [point.label for point in chart.points] == ["M00", "M02"]
    assert chart.skipped == ("M01",)


def test_a_chart_of_nothing_but_skipped_points_is_empty():
    chart = u_chart(seen([0, 0], [0, 0]))
    assert chart.points == ()
    assert chart.skipped == ("M00", "M01")
    assert chart.is_trial


@pytest.mark.parametrize("count", [-1, 101])
def test_what_is_no_share_is_refused(count: int):
    with pytest.raises(ValueError, match="M00"):
        p_chart(seen([count]))


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="M00: -1 over 100 cannot be"):
        u_chart(seen([-1]))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 90)), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_the_line_lies_between_its_limits_and_outside_is_outside(rows: list[tuple[int, int]]):
    chart = u_chart(seen([count for count, _ in rows], [base for _, base in rows]))
    for point in chart.points:
        assert 0 <= point.low <= point.center <= point.high
        assert (Signal.OUTSIDE in point.signals) == (not point.low <= point.value <= point.high)


@given(st.lists(st.integers(0, 30), min_size=13, max_size=30))
@settings(max_examples=40, deadline=None)
def test_later_points_never_move_locked_limits(counts: list[int]):
    whole, first = u_chart(seen(counts)), u_chart(seen(counts[:12]))
    assert [(p.center, p.low, p.high) for p in whole.points[:12]] == [
        (p.center, p.low, p.high) for p in first.points
    ]
