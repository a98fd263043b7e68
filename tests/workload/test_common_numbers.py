"""Scenarios share their numbers, so that their difference is one of inputs and not of luck."""

from __future__ import annotations

import numpy as np
import pytest

from closeout.workload.chances import Share, hour_draws, volume_draws
from closeout.workload.draws import weight_draws
from closeout.workload.intake import ClassStart, Flow, monthly_leaving, seats
from closeout.workload.need_draws import Posts, Work, demand_draws, need_draws
from closeout.workload.weights import Grade, Unit, Weight
from tests.workload.studies import diary_of, study
from tests.workload.test_chances import volumes, year

ACTIVITY, OFFICES = "check-in", ("O00", "O01")
MADE = study(np.random.default_rng(2), offices=2, officers=25)
WEIGHT = Weight(ACTIVITY, Unit.DUTY, 30.0, 25.0, 35.0, Grade.A)
MONTHS = volumes(year([90, 110, 100] * 4, "O00", ACTIVITY) + year([45, 55, 50] * 4, "O01", ACTIVITY))


def needs(owed, *, seed=7, staff=25.0, n=500):
    weights = weight_draws(diary_of(MADE), [ACTIVITY], OFFICES, [WEIGHT], n=n, seed=seed)
    came = volume_draws(MONTHS, [ACTIVITY], OFFICES, n=n, seed=seed)
    hours = hour_draws(OFFICES, [25, 25], n=n, seed=seed)
    work = Work(np.arange(2), np.arange(2), np.zeros(2, int), np.asarray(owed, dtype=float), 2)
    posts = Posts(np.arange(2), np.full(2, 130.0), np.full(2, 1.3), np.zeros(2), np.full(2, staff))
    return need_draws(demand_draws(work, weights, came), posts, hours)


def test_a_difference_of_scenarios_is_far_surer_than_either():
    base, more = needs([5000, 2500]), needs([5500, 2500])
    together = (more.added().need_fte - base.added().need_fte).std()
    apart = (needs([5500, 2500], seed=8).added().need_fte - base.added().need_fte).std()
    assert together < apart / 5


def test_what_a_scenario_leaves_alone_does_not_change_by_a_digit():
    base, more = needs([5000, 2500]), needs([5500, 2500])
    assert (base.need_fte[:, 1] == more.need_fte[:, 1]).all()


def test_a_tenth_more_work_is_a_tenth_more_need_in_every_draw():
    base, more = needs([5000, 2500]), needs([5500, 2750])
    assert more.need_fte == pytest.approx(base.need_fte * 1.1)


def test_more_staff_lower_the_gap_in_every_draw():
    assert (needs([5000, 2500], staff=26).gap_fte < needs([5000, 2500]).gap_fte).all()


def test_more_draws_begin_with_those_of_fewer_where_officers_are_there():
    few, many = (hour_draws(["NOR"], [40], n=n, sick=Share(0.04, 0.0)).present for n in (50, 100))
    assert few.shape == (50, 1)
    assert many.mean() == pytest.approx(few.mean(), abs=0.01)


def test_a_class_brings_the_same_whatever_other_classes_there_are():
    flow = Flow(((4, 0.5), (6, 0.5)), 0.9, (0.5,), Share(0.06, 0.02))
    leaving = monthly_leaving(flow, 100, "NOR", 7)
    alone = seats(ClassStart(3, 4), flow, leaving, 18, "NOR", 7)
    seats(ClassStart(0, 9), flow, leaving, 18, "NOR", 7)
    again = seats(ClassStart(3, 4), flow, leaving, 18, "NOR", 7)
    assert (alone.effective == again.effective).all()


def test_other_classes_have_their_own_luck():
    flow = Flow(((4, 0.5), (6, 0.5)), 0.5, (), Share(0.0, 0.0))
    leaving = monthly_leaving(flow, 4000, "NOR", 7)
    one, two = (seats(ClassStart(month, 1), flow, leaving, 30, "NOR", 7).effective[0] for month in (0, 3))
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.06
