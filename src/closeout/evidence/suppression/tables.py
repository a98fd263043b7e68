"""Tables for export: small counts withheld in rows and columns, with their totals and shares."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from closeout.evidence.suppression.cells import THRESHOLD, Counts, Sum, SuppressionError
from closeout.evidence.suppression.search import withhold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from closeout.evidence.suppression.cells import Withheld
    from closeout.followup.tables import Cell, Table

NOT_SHOWN = "not shown"
"""What stands in a cell that is withheld."""


class Place(NamedTuple):
    """A cell of a table. `row` is what names the row; `column` the column's short name, or `rest of …`."""

    row: tuple[str, ...]
    column: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns of a table are counts, and how they add up.

    Attributes:
        keys: The columns that name a row. Two tables with the same keys share the counts of their rows.
        counts: The columns that hold counts of persons, cases or events.
        column_sums: A column that is the sum of others, by its name.
        row_sums: A row that is the sum of others, by the words in its key columns; the totals of totals too.
        shares: A column that is a share, 0-1 or in percent, by its name: of which count in which.

    """

    keys: tuple[str, ...]
    counts: tuple[str, ...]
    column_sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    row_sums: Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    shares: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def suppress_table(table: Table, layout: Layout, *, threshold: int = THRESHOLD) -> Table:
    """Return a table as it may be exported.

    Args:
        table: The table.
        layout: Which columns are counts, and how they add up.
        threshold: Counts from 1 to one below it are small.

    Returns:
        The table with `NOT_SHOWN` in place of small counts, of those that would give them away, and of shares
        that rest on either. Its figures are left out where anything is withheld: they may be totals.

    Raises:
        SuppressionError: A count is none, rows are named alike, or sums do not add up.

    """
    return shown(table, layout, withhold(counts_of(table, layout, threshold)))


def shown(table: Table, layout: Layout, withheld: Withheld[Place]) -> Table:
    """Return a table with `NOT_SHOWN` in the cells that are withheld, and in shares that rest on them."""
    names = [column.name for column in table.columns]

    def cell(row: tuple[Cell, ...], column: str, value: Cell) -> Cell:
        named = _key(layout, names, row)
        rests_on = layout.shares.get(column, (column,))
        return NOT_SHOWN if any(Place(named, one) in withheld for one in rests_on) else value

    rows = tuple(tuple(cell(row, *one) for one in zip(names, row, strict=True)) for row in table.rows)
    return replace(table, rows=rows, figures=() if withheld.cells else table.figures)


def counts_of(table: Table, layout: Layout, threshold: int = THRESHOLD) -> Counts[Place]:
    """Return the counts of a table, with how they add up; an empty cell is a count that nobody knows.

    Raises:
        SuppressionError: A count is none, rows are named alike, or sums do not add up.

    """
    names = [column.name for column in table.columns]
    cells: dict[Place, int | None] = {}
    for row in table.rows:
        named = _key(layout, names, row)
        for column in layout.counts:
            place = Place(named, column)
            if place in cells:
                msg = f"{table.code}: two rows are named {', '.join(named)}"
                raise SuppressionError(msg)
            cells[place] = _count(table, place, row[names.index(column)])
    sums = [
        Sum(Place(named, total), tuple(Place(named, part) for part in parts))
        for total, parts in layout.column_sums.items()
        for named in dict.fromkeys(place.row for place in cells)
    ]
    sums += [
        Sum(Place(total, column), tuple(Place(part, column) for part in parts))
        for total, parts in layout.row_sums.items()
        for column in layout.counts
    ]
    rests = _rests(layout, cells)
    sums += [
        Sum(Place(rest.row, whole), (Place(rest.row, part), rest)) for rest, (part, whole) in rests.items()
    ]
    for rest, (part, whole) in rests.items():
        some, every = cells[Place(rest.row, part)], cells[Place(rest.row, whole)]
        cells[rest] = None if some is None or every is None else every - some
    return Counts(cells, tuple(sums), frozenset(rests), threshold=threshold)


def _rests(layout: Layout, cells: Mapping[Place, int | None]) -> dict[Place, tuple[str, str]]:
    """Return for each share the count that is left when its part is taken from the whole."""
    rows = dict.fromkeys(place.row for place in cells)
    return {
        Place(row, f"rest of {share}"): (part, whole)
        for row in rows
        for share, (part, whole) in layout.shares.items()
    }


def _key(layout: Layout, names: list[str], row: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(str(row[names.index(key)]) for key in layout.keys)


def _count(table: Table, place: Place, value: Cell) -> int | None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        msg = f"{table.code}, {', '.join(place.row)}: {value!r} in {place.column} is no count"
        raise SuppressionError(msg)
    return value
