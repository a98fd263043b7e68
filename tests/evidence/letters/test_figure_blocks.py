"""Figures by office: those shown in a table, those withheld named and never as a zero."""

from __future__ import annotations

from closeout.evidence.figures import Outcome, without
from closeout.evidence.letters.figure_blocks import figure_blocks, figure_grid, office_names
from closeout.evidence.letters.paper import Grid, Words
from tests.evidence.letters.making import NO_DATA, make_measured, share

HIDDEN = without(Outcome.SUPPRESSED, "small numbers")


def blocks(*offices):
    made = make_measured(offices=offices)
    return list(figure_blocks("By office", "Office", made.measure, office_names(made)))


def test_figures_that_are_shown_are_rows_in_their_order():
    (grid,) = blocks(("F02", share(400, 500)), ("F01", NO_DATA))
    assert isinstance(grid, Grid)
    assert grid.columns == ("Office", "Figure (interval), of how many", "Result")
    assert [row[0] for row in grid.rows] == ["F02", "F01"]
    assert grid.rows[0][1].startswith("80.0 % (")
    assert grid.rows[1][1].startswith("no data")


def test_those_withheld_are_named_under_the_table():
    grid, line = blocks(("F01", HIDDEN), ("F02", share(400, 500)), (None, HIDDEN))
    assert [row[0] for row in grid.rows] == ["F02"]
    assert line == Words("Not shown, for small numbers: F01, no office recorded.")


def test_where_nothing_is_shown_one_line_is_left():
    assert blocks(("F01", HIDDEN), ("F02", HIDDEN)) == [
        Words("By office. Not shown, for small numbers: F01, F02.")
    ]


def test_no_office_gives_no_block():
    assert blocks() == []


def test_past_periods_stay_a_row_each_withheld_or_not():
    made = make_measured(offices=[("F01", HIDDEN)])
    grid = figure_grid("Past", "Period", made.measure, [("2025", made.offices[0])])
    assert grid.rows == (("2025", "not shown: small numbers", "not shown"),)
