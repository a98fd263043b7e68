"""From hours of work to full-time equivalents."""

from __future__ import annotations

import pytest

from closeout.workload.wisn import (
    StaffRates,
    available_time,
    individual_factor,
    required,
)


def test_time_at_work_by_hand():
    assert available_time(52, 5, less=[10, 30, 15]) == 205


def test_no_time_left_is_refused_with_both_figures():
    with pytest.raises(ValueError, match="270 of 260 are lost"):
        available_time(52, 5, less=[200, 70])


def test_a_named_duty_counts_its_hours_once_and_not_for_every_officer():
    # 600 hours a year of one instructor among 20 officers are half an officer, not ten.
    assert individual_factor(600, 1200) == 0.5


@pytest.mark.parametrize(("hours", "available"), [(600, 0), (-1, 1200)])
def test_named_duties_without_time_are_refused(hours, available):
    with pytest.raises(ValueError, match="above 0"):
        individual_factor(hours, available)


def test_officers_for_the_work_itself():
    assert required(3600, 150) == 24


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
