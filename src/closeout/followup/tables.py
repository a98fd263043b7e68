"""Plain tables with what a reader must know of each column and figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import date

Cell: TypeAlias = "str | int | float | date | None"
"""A value of a table; None is "not known" and never zero."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its short name, heading, unit (empty for words) and the rule that asks for it."""

    name: str
    title: str
    unit: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A count out of a count, as of a day.

    `note` says what is left out of both, in words.
    """

    title: str
    numerator: int
    denominator: int
    as_of: date
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a figure that counts more than there is."""
        if not 0 <= self.numerator <= self.denominator:
            msg = f"{self.title}: {self.numerator} of {self.denominator} cannot be"
            raise ValueError(msg)

    @property
    def share(self) -> float | None:
        """Return the share, 0-1; None of nothing."""
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as of a day, with its columns, rows and figures, and the rule that asks for it."""

    code: str
    title: str
    source: str
    as_of: date
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    figures: tuple[Figure, ...] = ()

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the columns."""
        if any(len(row) != len(self.columns) for row in self.rows):
            msg = f"{self.code}: every row must have {len(self.columns)} cells"
            raise ValueError(msg)

    def column(self, name: str) -> tuple[Cell, ...]:
        """Return the cells of one column, from top to bottom."""
        place = [column.name for column in self.columns].index(name)
        return tuple(row[place] for row in self.rows)

    def records(self) -> list[dict[str, Cell]]:
        """Return the rows as mappings from the columns' short names."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]
