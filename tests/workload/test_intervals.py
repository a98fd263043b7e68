"""Intervals at the levels that are published."""

import numpy as np
import pytest

from closeout.workload.intervals import LEVELS, Interval, interval, intervals, name_at


def test_each_level_leaves_out_an_equal_share_at_each_end():
    # 0 to 1000: a tenth, a twentieth and a fortieth from each end.
    found = intervals(np.arange(1001))
    assert [(one.low, one.high, one.level) for one in found] == [
        (pytest.approx(100), pytest.approx(900), 0.8),
        (pytest.approx(50), pytest.approx(950), 0.9),
        (pytest.approx(25), pytest.approx(975), 0.95),
    ]
    assert {one.middle for one in found} == {500}


def test_one_level_is_the_same_by_itself():
    draws = np.random.default_rng(3).normal(size=501)
    assert tuple(interval(draws, level=level) for level in LEVELS) == intervals(draws)
    assert interval(draws) == intervals(draws)[1]


@pytest.mark.parametrize("draws", [[], [1.0, float("nan")]])
def test_draws_that_are_none_give_no_interval(draws):
    with pytest.raises(ValueError, match="at least one draw"):
        intervals(draws)


def test_the_usual_level_has_the_plain_name():
    assert [name_at("gap_fte", level) for level in LEVELS] == ["gap_fte_80", "gap_fte", "gap_fte_95"]
    assert Interval(1, 2, 3).level == 0.9
