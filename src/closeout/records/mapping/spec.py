"""What a mapping file says, once read: sources, the tables each becomes, and the columns of those."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from closeout.records.mapping.codes import CodeList
    from closeout.records.mapping.lines import Place
    from closeout.records.mapping.values import Rule


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Where a column's values come from.

    Attributes:
        name: The declared column, or the derived one.
        inputs: The source's columns it is made of.
        rule: Makes the value; None where the source's is taken as it is.
        place: Where the mapping file says so.
        codes: The code list it is brought to, if any.
        weigh_by: The column to weigh the share of resolved values by, if any.
        as_is: The form of values that the rule would leave as they are; empty where there is none.
        among: `least` or `most`: where one row is kept for each key, the least or most of all of them.

    """

    name: str
    inputs: tuple[str, ...]
    rule: Rule | None
    place: Place
    codes: CodeList | None = None
    weigh_by: str = ""
    among: str = ""
    as_is: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that are left out on purpose, with the reason. All the columns' conditions must hold."""

    reason: str
    where: tuple[tuple[str, tuple[str, ...]], ...]
    is_unless: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Unpivot:
    """Columns that are values of one column: years side by side become rows."""

    columns: tuple[str, ...]
    into: str
    values: str
    place: Place


@dataclass(frozen=True, slots=True)
class OneEach:
    """One row for each key: the first, or the last by another column."""

    order: str
    reason: str


@dataclass(frozen=True, slots=True)
class TableMap:
    """What a source says of one declared table."""

    table: str
    columns: tuple[ColumnMap, ...]
    left_out: tuple[LeftOut, ...]
    one_each: OneEach | None
    unpivot: Unpivot | None
    place: Place


@dataclass(frozen=True, slots=True)
class Form:
    """How a source's file is written."""

    delimiter: str = ","
    encoding: str = "utf-8"
    skip_lines: int = 0
    skip_initial_space: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or files of one form, and what becomes of it."""

    pattern: str
    form: Form
    derived: tuple[ColumnMap, ...]
    dropped: tuple[tuple[str, str], ...]
    tables: tuple[TableMap, ...]
    place: Place
