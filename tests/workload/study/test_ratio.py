"""Minutes per unit with officers as clusters, worked by hand and held to a simulation."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest
from scipy.stats import t as student

from closeout.workload.study.ratio import between_offices, ratios


def _sums(rows):
    kinds = {"activity": pl.String, "officer_no": pl.String, "minutes": pl.Float64, "tasks": pl.Float64}
    return pl.DataFrame(
        [("a", f"S-{place}", *row) for place, row in enumerate(rows)], schema=kinds, orient="row"
    )


def _ratio(rows, **more):
    return ratios(_sums(rows), ["activity"], **more).row(0, named=True)


def test_the_ratio_is_the_sum_of_minutes_over_the_sum_of_tasks_not_a_mean_of_ratios():
    # Officers at 10 and at 30 minutes a task: (10 + 90) / (1 + 3) = 25, the mean of ratios would be 20.
    assert _ratio([(10, 1), (90, 3)])["minutes"] == 25


def test_the_interval_is_the_jackknifes_worked_by_hand():
    # R = 60 / 4 = 15. Without each officer: 50 / 3, 30 / 2, 40 / 3; deviations 5/3, 0, -5/3.
    # Squares 2 x (5/3)^2 = 50/9; variance 2/3 x 50/9 = 100/27; error of ln R = sqrt(100/27) / 15 = 0.1283.
    # t with 2 degrees at 95 % is 2.92: 15 x exp(-+0.3747).
    made = _ratio([(10, 1), (30, 2), (20, 1)])
    assert made["minutes"] == 15
    assert made["error"] == pytest.approx(math.sqrt(100 / 27) / 15)
    half = student.ppf(0.95, 2) * math.sqrt(100 / 27) / 15
    assert (made["low"], made["high"]) == (
        pytest.approx(15 * math.exp(-half)),
        pytest.approx(15 * math.exp(half)),
    )
    assert (made["officers"], made["tasks"]) == (3, 4)


def test_officers_who_all_take_as_long_leave_no_doubt():
    made = _ratio([(10, 1), (20, 2), (50, 5)])
    assert (made["low"], made["minutes"], made["high"]) == (10, 10, 10)


def test_untouched_units_bring_the_minutes_down():
    # Two officers touched 2 of 10 and 0 of 10 cases: 60 minutes over 20 case-months, not over 10.
    assert _ratio([(60, 10), (0, 10)])["minutes"] == 3


def test_an_officer_with_neither_minutes_nor_tasks_is_none_of_them():
    assert _ratio([(10, 1), (30, 2), (20, 1), (0, 0)]) == _ratio([(10, 1), (30, 2), (20, 1)])


def test_one_officer_gives_a_figure_and_no_interval():
    made = _ratio([(30, 3)])
    assert made["minutes"] == 10
    assert made["low"] is made["high"] is made["error"] is None


def test_tasks_all_with_one_officer_give_no_interval():
    made = _ratio([(30, 3), (5, 0)])
    assert made["minutes"] == pytest.approx(35 / 3)
    assert made["low"] is None


def test_without_tasks_there_is_no_figure():
    made = _ratio([(30, 0), (10, 0)])
    assert made["minutes"] is made["low"] is None


def test_a_hundred_entries_of_one_officer_are_one_officer():
    once = _ratio([(100, 10), (300, 20)])
    assert once["officers"] == 2
    assert once["high"] > 3 * once["minutes"]


def test_a_higher_level_gives_a_wider_interval():
    rows = [(10, 1), (30, 2), (20, 1)]
    assert _ratio(rows, level=0.95)["high"] > _ratio(rows)["high"] > _ratio(rows, level=0.8)["high"]


def test_relabeling_and_reordering_officers_changes_nothing():
    rows = [(10, 1), (30, 2), (20, 1), (70, 3)]
    assert _ratio(rows) == pytest.approx(_ratio(rows[::-1]))


def test_groups_are_apart():
    both = pl.concat(
        [_sums([(10, 1), (20, 2)]), _sums([(99, 1), (99, 2)]).with_columns(activity=pl.lit("b"))]
    )
    assert ratios(both, ["activity"])["minutes"].to_list() == [10, 66]


@pytest.mark.parametrize("officers", [5, 10, 20, 40])
def test_a_90_percent_interval_holds_the_truth_about_90_times_in_100(officers):
    """Officers differ by 0.35 in logarithms, as in the method; entries alone covered 52 to 56 %."""
    generator = np.random.default_rng(20260930)
    rounds = 600
    own = 12 * np.exp(generator.normal(-0.06125, 0.35, (rounds, officers)))
    tasks = generator.poisson(60, (rounds, officers)) + 1
    minutes = own * tasks * np.exp(generator.normal(0, 0.1, (rounds, officers)) - 0.005)
    frame = pl.DataFrame(
        {
            "activity": np.repeat(np.arange(rounds), officers),
            "officer_no": np.tile(np.arange(officers), rounds),
            "minutes": minutes.ravel(),
            "tasks": tasks.ravel().astype(float),
        }
    )
    made = ratios(frame, ["activity"])
    covered = made.select(((pl.col("low") <= 12) & (pl.col("high") >= 12)).mean()).item()
    assert 0.85 <= covered <= 0.95


def test_offices_that_are_alike_do_not_differ_beyond_chance():
    assert between_offices(np.array([1.0, 1.0, 1.0]), np.array([0.1, 0.1, 0.1])) == 0


def test_how_far_offices_differ_is_der_simonian_and_lairds_worked_by_hand():
    # Equal errors e = 0.1, logs 0, 0.3, 0.6: w = 100, Q = 100 x (0.09 + 0 + 0.09) = 18, k - 1 = 2.
    # Scale 300 - 100 = 200; tau^2 = (18 - 2) / 200 = 0.08.
    found = between_offices(np.array([0.0, 0.3, 0.6]), np.array([0.1, 0.1, 0.1]))
    assert found == pytest.approx(math.sqrt(0.08))


@pytest.mark.parametrize("logs", [[], [1.0]])
def test_fewer_than_two_offices_do_not_differ(logs):
    assert between_offices(np.array(logs), np.full(len(logs), 0.1)) == 0
