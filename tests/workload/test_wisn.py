"""From hours of work to full-time equivalents."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.workload.wisn import (
    StaffRates,
    available_time,
    category_factor,
    individual_factor,
    needed,
    required,
)


def test_time_at_work_by_hand():
    assert available_time(52, 5, less=[10, 30, 15]) == 205


def test_no_time_left_is_refused_with_both_figures():
    with pytest.raises(ValueError, match="270 of 260 are lost"):
        available_time(52, 5, less=[200, 70])


@pytest.mark.parametrize("share", [1.0, 1.4, -0.1])
def test_support_that_leaves_no_time_for_cases_is_refused(share):
    with pytest.raises(ValueError, match="below 1"):
        category_factor(share)


def test_no_support_changes_nothing():
    assert category_factor(0) == 1


def test_a_named_duty_counts_its_hours_once_and_not_for_every_officer():
    # 600 hours a year of one instructor among 20 officers are half an officer, not ten.
    assert individual_factor(600, 1200) == 0.5


@pytest.mark.parametrize(("hours", "available"), [(600, 0), (-1, 1200)])
def test_named_duties_without_time_are_refused(hours, available):
    with pytest.raises(ValueError, match="above 0"):
        individual_factor(hours, available)


def test_need_by_hand():
    # 3,600 h over 150 h = 24; x 1.25 / 0.9 = 33.33; + 0.5.
    assert needed(required(3600, 150), category_factor(0.2), 0.5, 0.9) == pytest.approx(33.8333, abs=1e-4)


def test_rates_name_their_base():
    rates = StaffRates(295, 897)
    assert rates.difference == -602
    assert rates.staff_over_need == pytest.approx(0.3289, abs=1e-4)
    assert rates.short_over_need == pytest.approx(0.6711, abs=1e-4)
    assert rates.more_over_staff == pytest.approx(2.0407, abs=1e-4)


def test_staff_to_spare_is_the_other_sign():
    rates = StaffRates(258, 203)
    assert rates.difference == 55
    assert rates.short_over_need < 0


@settings(max_examples=40, deadline=None)
@given(st.floats(1, 1e6), st.floats(0, 1e6), st.floats(0, 0.9), st.floats(0.5, 1))
def test_more_work_never_needs_fewer_officers(demand, more, support, occupancy):
    factor = category_factor(support)
    base = needed(required(demand, 150), factor, 0.2, occupancy)
    assert needed(required(demand + more, 150), factor, 0.2, occupancy) >= base
