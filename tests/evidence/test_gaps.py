"""The largest gaps, in rows against the target."""

from __future__ import annotations

import pytest

from closeout.evidence.gaps import largest_gaps, shortfall
from closeout.evidence.measures.measure import Direction, Shape, Target, Verdict
from tests.evidence.made import count, measure, measured, off_target, on_target, share, unassessed


def test_a_share_is_short_of_the_rows_its_target_asks_for():
    assert shortfall(off_target()) == pytest.approx(35)  # 0.95 x 100 - 60


def test_a_share_that_should_be_low_is_over():
    of = measure(direction=Direction.DOWN, target=Target(0.1, is_made_up=True))
    assert shortfall(measured(of, share(25, 100, 0.2, 0.3), Verdict.NOT_MET)) == pytest.approx(15)


def test_a_count_is_over_its_target():
    of = measure(
        shape=Shape.COUNT, unit="count", direction=Direction.DOWN, target=Target(10, is_made_up=True)
    )
    assert shortfall(measured(of, count(42), Verdict.NOT_MET)) == 32


@pytest.mark.parametrize("each", [on_target(), unassessed()], ids=["on target", "no data"])
def test_what_is_not_off_target_has_no_gap(each):
    assert shortfall(each) is None
    assert largest_gaps([each]) == ()


def test_a_length_of_time_has_no_rows():
    of = measure(
        shape=Shape.MEDIAN, unit="days", direction=Direction.DOWN, target=Target(10, is_made_up=True)
    )
    assert shortfall(measured(of, share(25, 100, 0.2, 0.3), Verdict.NOT_MET)) is None


def test_gaps_stand_largest_first_and_equal_ones_by_code():
    small = measured(measure("small"), share(90, 100, 0.8, 0.94), Verdict.NOT_MET)
    gaps = largest_gaps([off_target("b"), small, off_target("a")])
    assert [gap.measure for gap in gaps] == ["a", "b", "small"]


def test_only_five_are_named():
    assert len(largest_gaps([off_target(f"m-{number}") for number in range(9)])) == 5


def test_a_whole_is_left_out_for_its_parts():
    gaps = largest_gaps([off_target("whole"), off_target("part", part_of="whole")])
    assert [gap.measure for gap in gaps] == ["part"]


def test_a_whole_stays_where_its_parts_are_on_target():
    gaps = largest_gaps([off_target("whole"), on_target("part", part_of="whole")])
    assert [gap.measure for gap in gaps] == ["whole"]


def test_a_gap_says_target_value_and_rows():
    (gap,) = largest_gaps([off_target()])
    assert gap.sentence == (
        "Reviews on time: target 95 % or more, is 60.0 % (50.0–69.0) of 100; 35 more are asked for"
    )
