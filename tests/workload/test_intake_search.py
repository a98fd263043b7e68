"""The cheapest seats, against trying every one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from closeout.workload.chances import Share
from closeout.workload.hiring import CHOSEN_LOOKS
from closeout.workload.intake import ClassStart, Flow, monthly_leaving, seats
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


# -- as large as an office of 240 officers


def office_classes(months, most, *, n, horizon=24):
    """Return classes of an academy as a plan sees them: real leads, washouts and leavers, costs by pay."""
    flow = Flow(((5, 0.3), (6, 0.4), (8, 0.3)), 0.92, (0.25, 0.4, 0.55, 0.7, 0.85), Share(0.06, 0.02))
    leaving = monthly_leaving(flow, n, "F01", 7)
    made = []
    for month in months:
        each = seats(ClassStart(month, most), flow, leaving, horizon, "F01", 7)
        supply = np.vstack([np.zeros((1, n)), np.cumsum(each.effective, axis=0)])
        heads = np.vstack([np.zeros((1, horizon + 1)), np.cumsum(each.heads, axis=0)])
        paid = np.concatenate([[0.0], np.cumsum(each.heads.sum(axis=1))])
        made.append(Choice(supply, 3.0 * np.arange(most + 1) + paid, heads))
    return made


def lacking_in_large_office(n, mean=24.0, deviation=6.0):
    """Return what 240 officers lack of a need of near 264, by draw."""
    return np.random.default_rng(11).normal(mean, deviation, n)


@pytest.mark.parametrize("probability", [0.5, 0.8, 0.9])
def test_for_a_large_office_no_path_of_two_full_classes_is_cheaper(probability):
    choices, lacking = office_classes((0, 9), 40, n=300), lacking_in_large_office(300)
    found = cheapest(choices, lacking, probability, np.full(25, np.inf))
    # All 41 x 41 paths, each counted.
    met = [
        (first.item() + second.item())
        for one, first in enumerate(choices[0].cost)
        for two, second in enumerate(choices[1].cost)
        if covered(choices, lacking, (one, two)) >= probability - 1e-9
    ]
    assert found.cost == pytest.approx(min(met))


def test_for_a_large_office_under_a_ceiling_no_path_is_cheaper():
    choices, lacking = office_classes((0, 6, 12), 14, n=200), lacking_in_large_office(200, mean=16.0)
    room = np.full(25, 26.0)
    found = cheapest(choices, lacking, 0.8, room)
    met = [
        sum(one.cost[count] for one, count in zip(choices, taken, strict=True))
        for taken in product(range(15), repeat=3)
        if (sum(one.heads[count] for one, count in zip(choices, taken, strict=True)) <= room + 1e-9).all()
        and covered(choices, lacking, taken) >= 0.8 - 1e-9
    ]
    assert found.is_proven
    assert found.cost == pytest.approx(min(met))


def test_with_eight_classes_the_path_is_proven_and_no_shift_of_seats_is_cheaper():
    """Eight classes of twelve are 800 million paths: with as many looks as a plan takes the bounds decide."""
    choices, lacking = office_classes(range(0, 24, 3), 12, n=500, horizon=30), lacking_in_large_office(500)
    found = cheapest(choices, lacking, 0.8, np.full(31, np.inf), looks=CHOSEN_LOOKS)
    assert covered(choices, lacking, found.seats) >= 0.8
    assert found.is_proven
    early = cheapest(choices, lacking, 0.8, np.full(31, np.inf), looks=2_000)
    assert not early.is_proven
    assert early.bound <= found.cost <= early.cost
    for one, other in product(range(8), repeat=2):
        for by in (1, 2, 3):
            taken = list(found.seats)
            taken[one], taken[other] = taken[one] - by, taken[other] + by - 1
            if one == other or min(taken) < 0 or max(taken) > 12 or taken[one] + by != found.seats[one]:
                continue
            if covered(choices, lacking, taken) >= 0.8 - 1e-9:
                cost = sum(choice.cost[count] for choice, count in zip(choices, taken, strict=True))
                assert cost >= found.cost - 1e-9
