"""Charts: positions in percent, nothing outside the plot, a missing value in words."""

from __future__ import annotations

import re

import pytest

from closeout.evidence.report.drawing import Marked, Point, Row, Scale, dots, plot, scale_of

UNIT = Scale(0.0, 1.0)
TICKS = ["0 %", "25 %", "50 %", "75 %", "100 %"]


@pytest.mark.parametrize(
    ("values", "high"), [([0.3], 0.4), ([7], 8), ([120], 200), ([40], 40), ([41], 50), ([0], 1.0), ([], 1.0)]
)
def test_a_scale_ends_at_a_round_number(values, high):
    assert scale_of(values) == Scale(0.0, pytest.approx(high))


def test_a_scale_may_have_a_fixed_end():
    assert scale_of([0.2, None], most=1.0) == UNIT


def test_what_lies_beyond_an_end_lies_at_it():
    assert (UNIT.share(-1), UNIT.share(0.25), UNIT.share(7)) == (0.0, 0.25, 1.0)


def test_a_scale_without_length_puts_all_in_the_middle():
    assert Scale(3.0, 3.0).share(3.0) == 0.5


def test_a_row_has_a_dot_and_its_interval():
    # The plot is 17-96 %: half of it is 56.5 %.
    svg = dots("Title", [Row("F01", 0.5, 0.0, 1.0)], UNIT, TICKS)
    assert 'cx="56.50%"' in svg
    assert 'x1="17.00%" x2="96.00%"' in svg


def test_a_row_without_a_value_says_so_and_has_no_dot():
    svg = dots("Title", [Row("F01", said="no data")], UNIT, TICKS)
    assert ">no data</text>" in svg
    assert "<circle" not in svg


def test_an_open_interval_reaches_the_end():
    svg = dots("Title", [Row("F01", 0.5, 0.25)], UNIT, TICKS)
    assert re.search(r'x1="36.75%" x2="96.00%"[^>]*class="interval"', svg)


def test_a_target_is_marked_and_named():
    svg = dots("Title", [Row("F01", 0.5)], UNIT, TICKS, Marked(0.95, "target 95 %"))
    assert ">target 95 %</text>" in svg
    assert 'class="target"' in svg


def test_names_are_escaped():
    assert "<b>" not in dots("<b>", [Row("<b>", 0.5)], UNIT, TICKS, Marked(0.5, "<b>"))


def test_points_lie_on_both_axes():
    # Upwards the plot is 190 high from 26: half of it is 121.
    svg = plot("Title", [Point(0.5, 0.5, "F07")], (UNIT, TICKS), (UNIT, TICKS))
    assert '<circle cx="56.50%" cy="121"' in svg
    assert ">F07</text>" in svg


def test_a_name_at_the_right_edge_stands_left_of_its_point():
    svg = plot("Title", [Point(1.0, 0.5, "F07")], (UNIT, TICKS), (UNIT, TICKS))
    assert 'text-anchor="end">F07' in svg


def test_lines_are_stretched_without_their_strokes():
    svg = plot("Title", [], (UNIT, TICKS), (UNIT, TICKS), lines=[("limit", [(0.0, 0.0), (1.0, 1.0)])])
    assert 'points="0.00,100.00 100.00,0.00"' in svg
    assert 'vector-effect="non-scaling-stroke"' in svg


def test_a_joined_series_has_a_line():
    points = [Point(0.0, 0.2), Point(1.0, 0.4)]
    assert 'class="series"' in plot("Title", points, (UNIT, TICKS), (UNIT, TICKS), is_joined=True)
