"""The few columns of small tables that a verdict needs, as rows; and what must be known to judge at all."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir

    from closeout.engines import Engine

_FISCAL_MONTH = 10
_YEAR = 12


class LacksTablesError(LookupError):
    """The records lack a table without which nothing can be said; the message names it."""


def need(tables: Mapping[str, ir.Table], names: Sequence[str]) -> None:
    """Raise LacksTablesError unless all tables are there."""
    if lacking := [name for name in names if name not in tables]:
        msg = f"the records have no table {', '.join(lacking)}: nothing can be said"
        raise LacksTablesError(msg)


def rows_of(
    engine: Engine, tables: Mapping[str, ir.Table], name: str, columns: Sequence[str]
) -> list[dict[str, Any]]:
    """Return columns of a table as rows, in the order of all of them; none where the table is missing.

    Args:
        engine: Where the tables are.
        tables: The tables by name.
        name: Which table.
        columns: Which of its columns; the key first.

    """
    if name not in tables:
        return []
    found: list[dict[str, Any]] = engine.to_arrow(tables[name].select(*columns)).to_pylist()
    return sorted(found, key=lambda row: tuple((row[column] is None, row[column]) for column in columns))


def known(day: date | None, as_of: date) -> date | None:
    """Return a day on or before the as-of date; None for one that nobody could know then."""
    return day if day is not None and day <= as_of else None


def period_starts(as_of: date, months: int, back: int) -> list[date]:
    """Return the first days of the last whole fiscal periods before a day, oldest first, and the next one's.

    Args:
        as_of: The day to stand on.
        months: 1, 3 or 12; counted from October.
        back: How many periods.

    Returns:
        One day more than there are periods: the last is the first day after the newest whole period.

    """
    at = as_of.year * _YEAR + as_of.month - 1
    end = at - (as_of.month - _FISCAL_MONTH) % months
    return [date(n // _YEAR, n % _YEAR + 1, 1) for n in range(end - months * back, end + 1, months)]


def fiscal_year(day: date) -> int:
    """Return the fiscal year of a day: October begins the next."""
    return day.year + (day.month >= _FISCAL_MONTH)


def fiscal_quarter(day: date) -> str:
    """Return the fiscal quarter of a day, such as `FY2026 Q1`."""
    return f"FY{fiscal_year(day)} Q{(day.month - _FISCAL_MONTH) % _YEAR // 3 + 1}"
