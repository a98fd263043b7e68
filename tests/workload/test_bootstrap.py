"""Officers are resampled, then their weeks."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t as student

from closeout.workload.bootstrap import cluster_ratios, ratio, week_counts, widened
from closeout.workload.officer_sums import OfficerSums
from closeout.workload.streams import stream

WEEKS_OF = np.array([2, 1, 3])


def sums_of(minutes, tasks, officer_of, office_of=None):
    officers = max(officer_of) + 1
    return OfficerSums(
        ("review",),
        ("NOR", "SOU"),
        np.array(office_of or [0] * officers),
        np.array(officer_of),
        np.array(minutes, dtype=float)[:, None],
        np.array(tasks, dtype=float)[:, None],
    )


def test_as_many_officers_are_drawn_as_there_are_each_with_all_his_weeks():
    counts = week_counts(WEEKS_OF, 500, stream(1, "t"))
    # Weeks of each officer over how many he has: how often he was drawn; the three add up to three.
    times = np.stack([counts[:, :2].sum(1) / 2, counts[:, 2], counts[:, 3:].sum(1) / 3], axis=1)
    assert (times == np.round(times)).all()
    assert (times.sum(axis=1) == 3).all()


def test_every_week_is_drawn_once_on_average():
    counts = week_counts(WEEKS_OF, 4000, stream(1, "t"))
    assert counts.mean(axis=0) == pytest.approx(np.ones(6), abs=0.1)


def test_weeks_of_an_officer_drawn_once_are_themselves_resampled():
    counts = week_counts(np.array([2]), 4000, stream(1, "t"))
    # One officer with two weeks: (2, 0), (1, 1), (0, 2) with chances 1/4, 1/2, 1/4.
    assert (counts[:, 0] == 1).mean() == pytest.approx(0.5, abs=0.04)


def test_the_ratio_is_of_sums_and_not_a_mean_of_ratios():
    # 100 minutes for 1 task, 10 for 10: 110 / 11 = 10, not (100 + 1) / 2.
    drawn = cluster_ratios(sums_of([100, 10], [1, 10], [0, 0]), 0, 2000, stream(1, "t"))
    assert np.median(drawn) == pytest.approx(10.0)


def test_officers_alike_leave_no_uncertainty():
    drawn = cluster_ratios(sums_of([30, 60, 90], [1, 2, 3], [0, 1, 2]), 0, 50, stream(1, "t"))
    assert (drawn == 30).all()


def test_another_office_s_diaries_are_left_alone():
    sums = sums_of([30, 99], [1, 1], [0, 1], office_of=[0, 1])
    assert (cluster_ratios(sums, 0, 20, stream(1, "t")) == 30).all()


def test_an_office_without_diaries_has_no_ratio():
    assert np.isnan(cluster_ratios(sums_of([30], [1], [0]), 1, 5, stream(1, "t"))).all()


def test_a_resample_without_a_task_has_no_ratio():
    assert np.isnan(ratio(np.array([5.0]), np.array([0.0]))).all()


@pytest.mark.parametrize("officers", [10, 60])
def test_widening_makes_deviations_student_s(officers):
    generator = np.random.default_rng(3)
    estimate = np.array([30.0])
    draws = estimate * np.exp(0.1 * generator.standard_normal((40_000, 1)))
    got = widened(draws, estimate, np.array([officers]), stream(1, "t"))
    # Normal deviations with sd s become t with n - 1 degrees times s * sqrt(n / (n - 1)).
    high = 0.1 * np.sqrt(officers / (officers - 1)) * student.ppf(0.95, officers - 1)
    assert np.log(np.quantile(got, 0.95) / 30) == pytest.approx(high, rel=0.04)
    assert np.median(got) == pytest.approx(30.0, rel=0.01)
