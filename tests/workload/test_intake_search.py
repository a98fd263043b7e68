"""The cheapest seats, against trying every one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from closeout.workload.intake_bound import Choice, least_cost, views
from closeout.workload.intake_search import cheapest

DRAWS = 150
FREE = np.array([np.inf])


def choice(generator, most, price, chance, fixed=0.0):
    each = (generator.random((most, DRAWS)) < chance) * generator.choice([0.5, 1.0], DRAWS)
    supply = np.vstack([np.zeros((1, DRAWS)), np.cumsum(each, axis=0)])
    some = np.arange(most + 1)
    return Choice(supply, some * price + (some > 0) * fixed, some[:, None].astype(float))


def question(seed, fixed=0.0):
    generator = np.random.default_rng(seed)
    choices = [
        choice(
            generator,
            int(generator.integers(3, 7)),
            generator.uniform(1, 3),
            generator.uniform(0.6, 1),
            fixed,
        )
        for _ in range(3)
    ]
    return choices, generator.normal(4, 1.5, DRAWS)


def covered(choices, lacking, taken):
    supply = sum(one.supply[count] for one, count in zip(choices, taken, strict=True))
    return (lacking - supply <= 1e-9).mean()


def by_trying(choices, lacking, probability, room=np.inf):
    costs = [
        sum(one.cost[count] for one, count in zip(choices, taken, strict=True))
        for taken in product(*(range(one.most + 1) for one in choices))
        if covered(choices, lacking, taken) >= probability - 1e-9 and sum(taken) <= room
    ]
    return min(costs, default=np.inf)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("probability", [0.5, 0.8, 0.95])
def test_no_path_is_cheaper(seed, probability):
    choices, lacking = question(seed)
    found = cheapest(choices, lacking, probability, FREE)
    assert found.is_proven
    assert found.cost == pytest.approx(by_trying(choices, lacking, probability))
    if found.seats:
        assert covered(choices, lacking, found.seats) >= probability
        assert found.bound == found.cost


@pytest.mark.parametrize("seed", range(5))
def test_a_class_that_costs_to_start_is_started_only_if_it_pays(seed):
    choices, lacking = question(seed, fixed=4.0)
    found = cheapest(choices, lacking, 0.8, FREE)
    assert found.cost == pytest.approx(by_trying(choices, lacking, 0.8))


@pytest.mark.parametrize("seed", range(5))
def test_a_ceiling_is_kept(seed):
    choices, lacking = question(seed)
    found = cheapest(choices, lacking, 0.7, np.array([6.0]))
    assert found.cost == pytest.approx(by_trying(choices, lacking, 0.7, 6))
    assert found.seats is None or sum(found.seats) <= 6


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("probability", [0.5, 0.8])
def test_the_bound_lies_under_the_cheapest(seed, probability):
    choices, lacking = question(seed)
    best = by_trying(choices, lacking, probability)
    for view in views(choices, lacking, probability):
        assert least_cost(view.offers[0], view.wanted) <= best + 1e-9


def test_a_search_that_ends_early_says_so_and_gives_a_bound():
    choices, lacking = question(1)
    best = by_trying(choices, lacking, 0.8)
    found = cheapest(choices, lacking, 0.8, FREE, looks=1)
    assert not found.is_proven
    assert found.bound <= best <= found.cost


def test_what_no_seats_can_cover_is_proven_impossible():
    choices, lacking = question(2)
    found = cheapest(choices, lacking + 100, 0.8, FREE)
    assert found.seats is None
    assert found.is_proven
    assert found.cost == np.inf


def test_where_nothing_lacks_nobody_is_hired():
    choices, _ = question(3)
    found = cheapest(choices, np.full(DRAWS, -1.0), 0.99, FREE)
    assert found.seats == (0, 0, 0)
    assert found.cost == 0


def test_without_classes_only_what_is_there_counts():
    assert cheapest([], np.array([-1.0, 1.0]), 0.5, FREE).seats == ()
    assert cheapest([], np.array([-1.0, 1.0]), 0.6, FREE).seats is None


def test_staff_over_the_ceiling_leave_no_room():
    choices, lacking = question(4)
    assert cheapest(choices, lacking, 0.8, np.array([-2.0])).seats is None


def test_the_order_of_the_classes_changes_no_cost():
    choices, lacking = question(5)
    straight, turned = (cheapest(each, lacking, 0.8, FREE) for each in (choices, choices[::-1]))
    assert straight.cost == pytest.approx(turned.cost)


def test_a_search_with_many_classes_still_finds_the_cheapest():
    generator = np.random.default_rng(9)
    choices = [choice(generator, 3, generator.uniform(1, 3), 0.9) for _ in range(5)]
    lacking = generator.normal(5, 1, DRAWS)
    found = cheapest(choices, lacking, 0.8, FREE)
    assert found.is_proven
    assert found.cost == pytest.approx(by_trying(choices, lacking, 0.8))


def test_classes_without_seats_are_passed_over():
    none = Choice(np.zeros((1, DRAWS)), np.zeros(1), np.zeros((1, 1)))
    choices, lacking = question(6)
    with_none = cheapest([none, *choices], lacking, 0.8, FREE)
    assert with_none.cost == pytest.approx(cheapest(choices, lacking, 0.8, FREE).cost)
    assert with_none.seats[0] == 0
