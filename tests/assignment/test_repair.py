"""Rounding, repair and exact answers of small groups, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from closeout.assignment.exact import exactly, is_small
from closeout.assignment.flow import cheapest
from closeout.assignment.repair import repaired
from closeout.assignment.rounding import rounded
from closeout.assignment.settling import settled
from tests.assignment.groups import group, load

ANYONE = [[True], [True]]
THREE = [[True], [True], [True]]


def test_rounding_sheds_whole_cases_until_enough_has_left() -> None:
    # 7 over: the flow takes 7 of the 10; the whole case goes.
    made = group([(0, 0, 10), (0, 0, 5)], ANYONE, [8, 20])
    flow = cheapest(made)
    assert flow is not None
    assert rounded(made, flow).tolist() == [1, 0]


def test_a_case_goes_back_where_there_is_room() -> None:
    made = group([(0, 0, 10), (0, 0, 5)], ANYONE, [15, 20])
    assert repaired(made, np.array([1, 1]), 0).tolist() == [0, 0]


def test_a_lighter_case_of_the_same_holder_goes_instead() -> None:
    # Officer 1 has 12 with a cap of 10; its 7 from officer 0 becomes officer 0's 5: still one move.
    made = group([(0, 0, 7), (0, 0, 5), (1, 0, 5)], ANYONE, [7, 10])
    after = repaired(made, np.array([1, 0, 1]), 0)
    assert load(made, after) == [7, 10]
    assert int((after != made.holder).sum()) == 1


def test_two_moving_cases_change_places() -> None:
    # Officers 1 and 2 got 9 and 4 with caps of 6 and 7: 6 + 3 and 4 become 3 + ... so that both fit.
    made = group([(0, 0, 6), (0, 0, 4), (0, 0, 3), (1, 0, 2)], THREE, [0, 6, 9])
    after = repaired(made, np.array([1, 2, 2, 1]), 0)
    assert load(made, after) == [0, 6, 9]


def test_a_moving_case_is_sent_on() -> None:
    made = group([(0, 0, 6), (0, 0, 4)], THREE, [0, 6, 4])
    assert load(made, repaired(made, np.array([1, 1]), 0)) == [0, 6, 4]


def test_one_more_case_is_shed_where_nothing_else_helps() -> None:
    made = group([(0, 0, 6), (0, 0, 4)], ANYONE, [6, 4])
    assert repaired(made, np.array([0, 0]), 0).tolist() == [0, 1]


def test_work_never_passes_up_to_a_tighter_level() -> None:
    made = group([(1, 0, 6), (1, 0, 4)], ANYONE, [10, 6], tier=[0, 1])
    assert load(made, repaired(made, np.array([1, 1]), 0)) == [0, 10]


def test_of_like_cases_the_first_ones_move() -> None:
    made = group([(0, 0, 5)] * 3, ANYONE, [10, 10])
    assert settled(made, np.array([0, 1, 0])).tolist() == [1, 0, 0]


def test_a_small_group_is_solved_exactly() -> None:
    # 20 over at officer 0: 11 and 9 go, to the officers they just fit. To start from, they are the wrong way.
    made = group([(0, 0, 12), (0, 0, 11), (0, 0, 9)], THREE, [12, 9, 11])
    answer = exactly(made, np.array([0, 1, 2]), np.array([12, 9, 11]), 0)
    assert load(made, answer.to) == [12, 9, 11]
    assert (answer.bound, answer.is_best_band) == (2, False)


def test_cases_too_large_widen_the_band_as_little_as_can_be() -> None:
    # Three of 10 on two officers at 15: 20 and 10; a third above.
    made = group([(0, 0, 10)] * 3, ANYONE, [15, 15])
    answer = exactly(made, np.array([0, 0, 0]), np.array([15, 15]), 0)
    assert sorted(load(made, answer.to)) == [10, 20]
    assert answer.is_best_band
    assert answer.bound == 1
    assert answer.cap.max() == pytest.approx(20, abs=4)


def test_large_groups_are_not_solved_exactly() -> None:
    assert is_small(group([(0, 0, 5)] * 30, ANYONE, [100, 100]))
    assert not is_small(group([(0, 0, 5)] * 20_001, ANYONE, [100, 100]))
    assert not is_small(group([(0, 0, n) for n in range(1, 2_002)], ANYONE, [100, 100]))
