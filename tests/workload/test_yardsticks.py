"""Arithmetic of the standards that others publish."""

from __future__ import annotations

import pytest

from closeout.workload import yardsticks


def test_cases_are_rounded_down_and_never_to_the_nearest():
    assert yardsticks.achievable(2080, 13.8) == 150


def test_a_quotient_that_is_whole_but_for_the_last_digit_is_whole():
    # 0.3 / 0.1 is 2.9999999999999996.
    assert yardsticks.achievable(0.3, 0.1) == 3


def test_a_case_that_takes_no_time_has_no_largest_number():
    with pytest.raises(ValueError, match="a case above 0"):
        yardsticks.achievable(2080, 0)


def test_no_hours_hold_no_case():
    assert yardsticks.achievable(0, 5) == 0


def test_implied_hours_give_the_cases_back():
    above, up_to = yardsticks.hours_implied(12, 2080)
    assert yardsticks.achievable(2080, up_to) == 12
    assert yardsticks.achievable(2080, above) == 13


def test_points_are_cut_off_and_never_below_nothing():
    assert yardsticks.available_points(2176, 37, 37, 1.8) == 2070
    assert yardsticks.available_points(2176, 37, 10, 20) == 0


def test_an_allowance_keeps_to_its_most():
    assert yardsticks.allowance_hours(40, 60, 50) == 20
    assert yardsticks.allowance_hours(40, 40, 50) == 16
    assert yardsticks.allowance_hours(40, None, 50) == 20


def test_an_allowance_needs_a_figure():
    with pytest.raises(ValueError, match="its percent"):
        yardsticks.allowance_hours(40, None)


def test_work_without_hours_is_not_nothing_in_percent():
    with pytest.raises(ValueError, match="orphaned"):
        yardsticks.utilization(12, 0)


def test_staff_are_shared_by_load():
    # 6 over loads 1 and 2: 2 and 4.
    assert yardsticks.shared_by_load(6, [1, 2]) == (2, 4)


def test_events_need_as_many_frequencies_as_minutes():
    with pytest.raises(ValueError, match="zip"):
        yardsticks.event_minutes([1, 2], [1])
