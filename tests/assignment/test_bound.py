"""The bound on moves: worked by hand, and below every plan there is, whatever the prices."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.assignment.bound import fewest_moves
from closeout.assignment.flow import Group, cheapest
from tests.assignment.groups import group

ANYONE = [[True], [True]]
FREE = np.zeros(1)


def test_as_many_of_the_heaviest_as_cover_what_is_over() -> None:
    # 10 + 5 + 5 + 2 = 22 with a cap of 8: 14 must go; 10 and 5 cover it, one case does not.
    made = group([(0, 0, 10), (0, 0, 5), (0, 0, 5), (0, 0, 2)], ANYONE, [8, 20])
    assert fewest_moves(made, FREE) == 2


def test_nothing_over_needs_no_move() -> None:
    assert fewest_moves(group([(0, 0, 10)], ANYONE, [10, 0]), FREE) == 0


def test_what_an_officer_may_not_have_must_go() -> None:
    made = group([(0, 0, 1), (0, 0, 1), (1, 0, 1)], [[False], [True]], [9, 9])
    assert fewest_moves(made, FREE) == 2


def test_a_case_nobody_leads_counts() -> None:
    assert fewest_moves(group([(-1, 0, 3), (0, 0, 3)], ANYONE, [9, 9]), FREE) == 1


def test_prices_see_that_room_must_be_made() -> None:
    # Officer 0 alone may do class 1, 6 of it held by 1, and is full with 6 cases of class 0, one unit each:
    # 1 moves in, 6 move out. Without prices only the one that may not stay is seen.
    may = [[True, True], [True, False]]
    cases = [*[(0, 0, 1)] * 6, (1, 1, 6)]
    made = group(cases, may, [6, 6])
    flow = cheapest(made)
    assert flow is not None
    assert fewest_moves(made, np.zeros(2)) == 1
    assert fewest_moves(made, flow.price) == 7


def test_negative_prices_are_taken_as_none() -> None:
    made = group([(0, 0, 10), (0, 0, 5)], ANYONE, [8, 20])
    assert fewest_moves(made, np.array([-3.0])) == fewest_moves(made, FREE)


def test_caps_without_room_give_no_flow() -> None:
    assert cheapest(group([(0, 0, 10)], ANYONE, [4, 4])) is None


def test_the_flow_sheds_heavy_cases_before_light_ones() -> None:
    # 8 over: of 10, 5 and 1, the 10 costs least a unit.
    made = group([(0, 0, 10), (0, 0, 5), (0, 0, 1)], ANYONE, [8, 20])
    flow = cheapest(made)
    assert flow is not None
    assert flow.moved.tolist() == [8, 0, 0]
    assert flow.sent.tolist() == [[0, 8]]
    assert flow.price.tolist() == [0.0]


@st.composite
def _groups(draw: st.DrawFn) -> Group:
    officers = draw(st.integers(2, 3))
    may = [[draw(st.booleans()), True] for _ in range(officers)]
    cases = [
        (
            draw(st.integers(-1, officers - 1)),
            0 if any(row[0] for row in may) and draw(st.booleans()) else 1,
            w,
        )
        for w in draw(st.lists(st.integers(1, 9), min_size=1, max_size=6))
    ]
    cap = draw(st.lists(st.integers(4, 30), min_size=officers, max_size=officers))
    return group(cases, may, cap)


@given(_groups(), st.lists(st.floats(0, 1), min_size=2, max_size=2))
@settings(max_examples=120, deadline=None)
def test_no_plan_is_below_the_bound_whatever_the_prices(made: Group, prices: list[float]) -> None:
    flow = cheapest(made)
    bounds = [fewest_moves(made, np.array(prices))]
    bounds += [fewest_moves(made, flow.price)] if flow else []
    choices = [np.flatnonzero(made.may[:, k]).tolist() for k in made.kind]
    for plan in product(*choices):
        to = np.array(plan)
        on = np.bincount(to, weights=made.work, minlength=made.officers)
        if (on <= made.cap).all():
            assert max(bounds) <= int((to != made.holder).sum())
