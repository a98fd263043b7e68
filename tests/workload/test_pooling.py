"""Offices with few officers lean on the others."""

from __future__ import annotations

import numpy as np
import pytest

from closeout.workload.pooling import Numbers, Seen, pooled, seen
from tests.workload.studies import study


def numbers(n, offices, seed=1):
    generator = np.random.default_rng(seed)
    return Numbers(generator.random(n), generator.standard_normal(n), generator.standard_normal((n, offices)))


def of(ratios, officers, spread, weight=None):
    known = officers if weight is None else weight
    return Seen(*(np.array(each, dtype=float) for each in (np.log(ratios), officers, spread, known)))


def test_officers_are_summed_by_office():
    found = seen(np.array([30.0, 90, 50]), np.array([1.0, 2, 0]), np.array([0, 0, 1]), 2)
    # 120 minutes / 3 tasks = 40. Deviations: 30 - 40 and 90 - 80, over the mean 60: 1/36 + 1/36. With a third
    # and two thirds of the tasks, not a half each, they are (1/2) / (2/3) and (1/2) / (1/3) times as large.
    assert found.log_ratio[0] == pytest.approx(np.log(40))
    assert found.spread.tolist() == pytest.approx([(0.75 + 1.5) / 36, 0])
    assert found.officers.tolist() == [2, 0]


def test_an_officer_with_less_than_a_whole_task_counts_for_that_part_of_one():
    # Four officers of a task in the first office; in the second a case led for one day of thirty.
    minutes, tasks = np.array([30.0, 30, 30, 30, 200]), np.array([1.0, 1, 1, 1, 1 / 30])
    found = seen(minutes, tasks, np.array([0, 0, 0, 0, 1]), 2)
    assert found.officers.tolist() == [4, 1]
    assert found.weight.tolist() == pytest.approx([4, 1 / 30])


def test_an_officer_with_fewer_tasks_than_the_others_counts_for_less():
    # 10, 20 and 60 tasks: 30 on average, so that they count for a third, two thirds and one.
    found = seen(np.array([100.0, 200, 600]), np.array([10.0, 20, 60]), np.array([0, 1, 1]), 2)
    assert found.weight.tolist() == pytest.approx([1 / 3, 2 / 3 + 1])


def test_the_middle_follows_where_most_tasks_are():
    # Four offices of 100 tasks at 10 minutes, four of 10 tasks at 40: 12.7 minutes a task in all, and 25 of a
    # mean of offices.
    tasks, minutes = np.repeat([100.0, 10.0], 4), np.repeat([1000.0, 400.0], 4)
    found = seen(minutes, tasks, np.arange(8), 8)
    middle = np.median(pooled(found, numbers(4000, 8)), axis=0)
    by_task = (middle * tasks).sum() / tasks.sum()
    assert 11 < by_task < 17


def test_a_ratio_of_next_to_nothing_is_drawn_to_the_nation_and_does_not_draw_it():
    # Three offices at 30 minutes with 16 officers each, and one where an hour stands against a few days.
    spread = [15 * 0.16] * 3 + [0]
    sure = pooled(of([30.0] * 3 + [6000], [16] * 3 + [1], spread), numbers(4000, 4))
    little = pooled(of([30.0] * 3 + [6000], [16] * 3 + [1], spread, [16] * 3 + [1 / 30]), numbers(4000, 4))
    assert np.median(little[:, 3]) < 60 < np.median(sure[:, 3])
    assert np.median(little[:, 0]) == pytest.approx(30, rel=0.03)


def test_an_officer_who_left_his_cases_untouched_counts():
    found = seen(np.array([0.0, 60]), np.array([2.0, 2]), np.array([0, 0]), 1)
    assert np.exp(found.log_ratio[0]) == pytest.approx(15)
    assert found.officers[0] == 2


def test_an_office_whose_officers_all_recorded_nothing_has_no_ratio_of_its_own():
    found = seen(np.array([0.0]), np.array([2.0]), np.array([0]), 1)
    assert np.isnan(found.log_ratio[0])
    assert found.officers[0] == 0


def test_an_office_alone_keeps_its_own_figure():
    # 16 officers with a relative sd of 0.4: a standard error of 0.1.
    drawn = np.log(pooled(of([30.0], [16], [15 * 0.16]), numbers(4000, 1)))
    assert np.median(drawn) == pytest.approx(np.log(30), abs=0.01)
    assert drawn.std() == pytest.approx(0.105, abs=0.02)


def test_few_officers_are_drawn_towards_the_nation_and_many_are_not():
    found = of([60.0, 60.0, *[30.0] * 8], [2, 200, *[100] * 8], [0.16, 199 * 0.16, *[99 * 0.16] * 8])
    middle = np.median(pooled(found, numbers(3000, 10)), axis=0)
    assert middle[0] < middle[1]
    assert middle[1] == pytest.approx(60, rel=0.05)
    assert middle[5] == pytest.approx(30, rel=0.05)


def test_an_office_without_diaries_gets_the_nation_and_the_spread_of_offices():
    found = of([28.0, 30, 32, np.nan], [50, 50, 50, 0], [8, 8, 8, 0])
    drawn = pooled(found, numbers(3000, 4))
    assert np.median(drawn[:, 3]) == pytest.approx(30, rel=0.05)
    assert np.log(drawn[:, 3]).std() > 1.5 * np.log(drawn[:, 1]).std()


def test_experts_alone_give_their_range_taken_twice_as_wide():
    drawn = pooled(of([np.nan], [0], [0]), numbers(20_000, 1), (20.0, 45.0))
    assert np.median(drawn) == pytest.approx(30, rel=0.02)
    # At the least twice the 90 % range in logarithms, and more for the spread of offices.
    assert np.quantile(drawn, 0.05) < 20 * 20 / 30
    assert np.quantile(drawn, 0.95) > 45 * 45 / 30


def test_experts_hardly_move_what_many_officers_recorded():
    found = of([60.0], [15], [14 * 0.12])
    free = np.median(pooled(found, numbers(2000, 1)))
    led = np.median(pooled(found, numbers(2000, 1), (20.0, 45.0)))
    assert free * 0.9 < led <= free


def test_one_officer_is_a_wide_interval_and_not_an_error():
    drawn = pooled(of([30.0], [1], [0.0]), numbers(2000, 1))
    assert np.isfinite(drawn).all()
    assert np.quantile(drawn, 0.95) / np.quantile(drawn, 0.05) > 1.5


def test_nothing_known_gives_no_figure():
    assert np.isnan(pooled(of([np.nan], [0], [0]), numbers(5, 1))).all()


def test_the_names_of_offices_do_not_matter():
    made = study(np.random.default_rng(5), offices=4, officers=6, office_sd=0.2).sums
    minutes, tasks = (each[:, 0] for each in made.by_officer())
    straight = seen(minutes, tasks, made.office_of, 4)
    turned = seen(minutes, tasks, 3 - made.office_of, 4)
    of_straight, drawn = numbers(500, 4), pooled(straight, numbers(500, 4))
    swapped = Numbers(of_straight.even, of_straight.nation, of_straight.offices[:, ::-1])
    assert pooled(turned, swapped)[:, ::-1] == pytest.approx(drawn)
