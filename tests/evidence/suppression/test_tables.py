"""Tables for export: rows, columns, totals and shares."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from closeout.evidence.suppression import NOT_SHOWN, Layout, SuppressionError, suppress_table
from closeout.followup.tables import Column, Figure, Table

COLUMNS = tuple(Column(name, name.title()) for name in ("office", "done", "late", "all", "share"))
LAYOUT = Layout(
    keys=("office",),
    counts=("done", "late", "all"),
    column_sums={"all": ("done", "late")},
    row_sums={("Total",): (("A",), ("B",), ("C",))},
    shares={"share": ("done", "all")},
)


def table(*rows, **said):
    """Return a table of done and late by office, with a total row and a total column."""
    lines = [*rows, ("Total", sum(row[1] for row in rows), sum(row[2] for row in rows))]
    full = [(name, done, late, done + late, done / (done + late)) for name, done, late in lines]
    return Table("T-1", "Duties", "Rule 1", date(2026, 9, 30), COLUMNS, tuple(full), **said)


def test_a_table_without_small_counts_stays_as_it_is():
    given = table(("A", 30, 40), ("B", 20, 30), ("C", 50, 60))
    assert suppress_table(given, LAYOUT) == given


def test_a_small_count_takes_a_square_along():
    # A's 4 late is small. Its done, and both counts of the office with the least to lose, close the square.
    found = suppress_table(table(("A", 30, 4), ("B", 20, 30), ("C", 50, 60)), LAYOUT)
    records = {row["office"]: row for row in found.records()}
    assert (records["A"]["late"], records["A"]["done"]) == (NOT_SHOWN, NOT_SHOWN)
    assert (records["B"]["late"], records["B"]["done"]) == (NOT_SHOWN, NOT_SHOWN)
    assert (records["C"]["late"], records["Total"]["late"]) == (60, 94)
    assert records["A"]["all"] == 34


def test_a_share_that_rests_on_a_withheld_count_goes_too():
    found = suppress_table(table(("A", 30, 4), ("B", 20, 30), ("C", 50, 60)), LAYOUT)
    assert [value == NOT_SHOWN for value in found.column("share")] == [True, True, False, False]


def test_a_share_alone_gives_the_rest_away():
    # 57 of 60 done: 3 are not, though no column counts them.
    layout = Layout(keys=("office",), counts=("done", "all"), shares={"share": ("done", "all")})
    columns = tuple(column for column in COLUMNS if column.name != "late")
    given = Table("T-2", "", "", date(2026, 9, 30), columns, (("A", 57, 60, 0.95), ("B", 40, 90, 0.444)))
    found = suppress_table(given, layout)
    assert found.rows == (("A", NOT_SHOWN, 60, NOT_SHOWN), ("B", 40, 90, 0.444))


def test_figures_are_left_out_where_anything_is_withheld():
    figure = Figure("Late", 74, 174, date(2026, 9, 30))
    rows = (("A", 30, 4), ("B", 20, 30), ("C", 50, 40))
    assert suppress_table(table(*rows, figures=(figure,)), LAYOUT).figures == ()
    large = table(("A", 30, 14), ("B", 20, 30), ("C", 50, 40), figures=(figure,))
    assert suppress_table(large, LAYOUT).figures == (figure,)


def test_totals_of_totals():
    # Office 1 of region N has 3. Its neighbor goes with it; the region and all are shown.
    columns = (Column("place", "Place"), Column("cases", "Cases", "cases"))
    rows = (("1", 3), ("2", 20), ("N", 23), ("3", 30), ("4", 40), ("S", 70), ("all", 93))
    given = Table("T-3", "", "", date(2026, 9, 30), columns, rows)
    sums = {("N",): (("1",), ("2",)), ("S",): (("3",), ("4",)), ("all",): (("N",), ("S",))}
    found = suppress_table(given, Layout(("place",), ("cases",), row_sums=sums))
    assert found.column("cases") == (NOT_SHOWN, NOT_SHOWN, 23, 30, 40, 70, 93)


def test_an_empty_cell_stays_empty():
    columns = (Column("place", "Place"), Column("cases", "Cases", "cases"))
    given = Table("T-3", "", "", date(2026, 9, 30), columns, (("1", None), ("2", 20), ("3", 5)))
    assert suppress_table(given, Layout(("place",), ("cases",))).column("cases") == (None, 20, NOT_SHOWN)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((("A", 1.5, 2, 3, 0.5),), "T-1, A: 1.5 in done is no count"),
        ((("A", 1, 2, 3, 0.5), ("A", 1, 2, 3, 0.5)), "two rows are named A"),
        ((("A", 1, 2, 4, 0.5),), "is 4, and its parts add up to 3"),
    ],
)
def test_a_table_that_is_not_what_its_layout_says_is_refused(rows, said):
    given = replace(table(("A", 30, 40)), rows=rows)
    with pytest.raises(SuppressionError, match=said):
        suppress_table(given, replace(LAYOUT, row_sums={}))
