"""Draws of the weights: what each rests on, and which numbers they share."""

from __future__ import annotations

import numpy as np
import pytest

from closeout.workload.draws import Basis, weight_draws
from closeout.workload.weights import Grade, Kind, Unit, Weight
from tests.workload.studies import diary, diary_of, study


def weight(activity="check-in", minutes=30.0, grade=Grade.A, low=None, high=None, **more):
    return Weight(activity, Unit.DUTY, minutes, low, high, grade, **more)


def drawn(made, weights=(), offices=None, n=200, **more):
    table = made if not hasattr(made, "sums") else diary_of(made)
    names = offices or ["O00"]
    return weight_draws(table, ["check-in"], names, weights or [weight()], n=n, **more)


@pytest.fixture(scope="module")
def large():
    return study(np.random.default_rng(2), offices=2, officers=25)


@pytest.fixture(scope="module")
def small():
    return study(np.random.default_rng(2), offices=3, officers=5)


def test_an_office_of_many_officers_rests_on_its_own(large):
    found = drawn(large, offices=["O00", "O01"])
    assert found.basis == ((Basis.OFFICERS, Basis.OFFICERS),)
    assert found.officers.tolist() == [[25, 25]]
    own = large.sums.minutes[:50].sum() / large.sums.tasks[:50].sum()
    assert np.median(found.minutes[:, 0, 0]) == pytest.approx(own, rel=0.04)


def test_an_office_of_few_officers_leans_on_the_others(small):
    found = drawn(small, offices=["O00", "O01", "O02"])
    assert set(found.basis[0]) == {Basis.POOLED}
    assert np.isfinite(found.minutes).all()


def test_an_office_without_diaries_has_draws_from_the_others(large):
    found = drawn(large, offices=["O00", "O01", "O99"])
    assert found.basis[0][2] is Basis.POOLED
    assert found.minutes[:, 0, 2].std() > found.minutes[:, 0, 0].std()


def test_another_office_in_the_run_changes_no_number_of_a_large_one(large):
    alone = drawn(large, offices=["O01"]).minutes[:, 0, 0]
    beside = drawn(large, offices=["O00", "O01"]).minutes[:, 0, 1]
    assert alone == pytest.approx(beside)


def test_the_seed_decides(large):
    assert (drawn(large).minutes == drawn(large).minutes).all()
    assert (drawn(large).minutes != drawn(large, seed=8).minutes).any()


def test_a_weight_without_a_figure_gives_no_draw(large):
    expired = weight(minutes=None, grade=Grade.NONE, reason="expired")
    found = drawn(large, [expired])
    assert found.basis == ((Basis.NONE,),)
    assert np.isnan(found.minutes).all()


def test_an_activity_nobody_weighed_gives_no_draw(large):
    assert drawn(large, [weight("review")]).basis == ((Basis.NONE,),)


def test_an_expert_s_range_is_the_draws_interval(large):
    expert = weight(minutes=40.0, grade=Grade.D, low=20.0, high=60.0)
    found = drawn(diary([]), [expert], offices=["O00", "O01"], n=20_000)
    assert found.basis[0][0] is Basis.RANGE
    low, middle, high = np.quantile(found.minutes[:, 0, 0], [0.05, 0.5, 0.95])
    assert [low, middle, high] == pytest.approx([20, 40, 60], rel=0.03)


def test_a_nation_s_weight_is_off_by_as_much_in_every_office():
    found = drawn(diary([]), [weight(grade=Grade.D, low=20.0, high=60.0)], offices=["O00", "O01"])
    assert (found.minutes[:, 0, 0] == found.minutes[:, 0, 1]).all()


def test_an_office_s_own_weight_comes_before_the_nation_s():
    nation, own = weight(grade=Grade.D), weight(minutes=50.0, grade=Grade.D, office_id="O01")
    found = drawn(diary([]), [nation, own], offices=["O00", "O01"])
    assert found.minutes[0, 0].tolist() == [30, 50]


def test_an_adjusted_weight_is_not_drawn_from_what_was_observed(large):
    adjusted = weight(minutes=45.0, low=40.0, high=50.0, kind=Kind.ADJUSTED)
    found = drawn(large, [adjusted], n=2000)
    assert found.basis == ((Basis.RANGE,),)
    assert np.median(found.minutes) == pytest.approx(45, rel=0.02)


def test_a_range_that_starts_at_nothing_stays_above_nothing():
    found = drawn(diary([]), [weight(grade=Grade.D, low=0.0, high=60.0)])
    assert (found.minutes > 0).all()


def test_a_weight_of_nothing_is_nothing():
    assert (drawn(diary([]), [weight(minutes=0.0, grade=Grade.D)]).minutes == 0).all()


def test_experts_steady_an_activity_with_hardly_any_diary():
    rows = [("O00", "N1", 0, "check-in", 100, 1)]
    free = drawn(diary(rows), n=1000).minutes
    led = drawn(diary(rows), n=1000, experts={"check-in": (25.0, 36.0)}).minutes
    assert np.median(led) < np.median(free)


def test_weights_can_be_held_at_a_quantile(large):
    found = drawn(large)
    held = found.at_quantile(0.9)
    assert held.minutes.shape == found.minutes.shape
    assert (held.minutes == np.quantile(found.minutes, 0.9)).all()


def test_relabeling_officers_changes_nothing_that_matters(large):
    # The order of officers decides which number falls on whom, and so only the noise of the draws.
    turned = study(np.random.default_rng(2), offices=2, officers=25)
    turned.sums.minutes[:50] = turned.sums.minutes[:50][::-1]
    turned.sums.tasks[:50] = turned.sums.tasks[:50][::-1]
    one, two = drawn(large, n=3000).minutes, drawn(turned, n=3000).minutes
    assert np.quantile(one, [0.1, 0.9]) == pytest.approx(np.quantile(two, [0.1, 0.9]), rel=0.03)
