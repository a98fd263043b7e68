"""What the rates of a pack read from which table: each clause's counted days, by side.

A clause is counted from columns of small whole numbers over the rows of one table: the month in which a
day lies, or the months in which a stretch of days begins and ends. Clauses over one table share its scan,
and clauses that read the same day share its column.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

import numpy as np
from dateutil.relativedelta import relativedelta

from closeout.duties.calendar import counted_days
from closeout.duties.clauses import Cycle, DayKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause, Period, Version

ONE_DAY = timedelta(days=1)
BITS, A_WORD = 6, 10
"""Columns are packed into whole numbers of 64 bits, ten of six bits each; 0 stands for none."""
_MOST_MONTHS = 2**BITS - 3
DAYS_A_MONTH = 365.2425 / 12
"""30.437: the mean month of the Gregorian calendar."""
CYCLE_MONTHS = {
    Cycle.MONTH: (1, 0),
    Cycle.QUARTER: (3, 0),
    Cycle.FISCAL_QUARTER: (3, 0),
    Cycle.CALENDAR_YEAR: (12, 0),
    Cycle.FISCAL_YEAR: (12, 3),
}
"""Months of a period, and how many months before January its year begins."""


class Side(StrEnum):
    """Which of the two volumes a count goes to."""

    OWED = "owed"
    DONE = "done"


class How(StrEnum):
    """How a count is read from its columns."""

    EVENT = "event"
    """One column: the month of a day; each row counts once."""
    SPAN = "span"
    """Two columns and their days: the stretch in scope; days in scope over the interval are owed. All months
    together, one column of days."""
    CYCLE = "cycle"
    """Two columns: the first and last period in scope; each period owes once, in the month it ends."""
    STOCK = "stock"
    """As a span; days open over the days of the month are case-months."""


@dataclass(frozen=True, slots=True)
class Months:
    """A run of whole months, by the first day of the first and of the last."""

    first: date
    last: date
    is_whole: bool = False
    """Count all months together, as one stretch: quicker where no series is asked for."""

    def __post_init__(self) -> None:
        """Raise ValueError where a day is not a month's first, the last is before the first, or too many."""
        if self.first.day != 1 or self.last.day != 1 or self.last < self.first:
            msg = (
                f"{self.first} to {self.last} is no run of months; give the first days of two months in order"
            )
            raise ValueError(msg)
        if self.count > _MOST_MONTHS:
            msg = (
                f"{self.first} to {self.last} are {self.count} months; count at most {_MOST_MONTHS} at a time"
            )
            raise ValueError(msg)

    @property
    def length(self) -> int:
        """Return how many months there are."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def count(self) -> int:
        """Return how many stretches are counted apart: the months, or 1."""
        return 1 if self.is_whole else self.length

    @property
    def end(self) -> date:
        """Return the day after the last day."""
        return self.last + relativedelta(months=1)

    @property
    def firsts(self) -> list[date]:
        """Return the first day of each stretch, and the day after the last."""
        if self.is_whole:
            return [self.first, self.end]
        return [self.first + relativedelta(months=number) for number in range(self.length + 1)]

    def place(self, day: date) -> int:
        """Return the place of the stretch in which a day lies, from 0."""
        return 0 if self.is_whole else day.year * 12 + day.month - self.first.year * 12 - self.first.month

    def in_force(self, clause: Clause) -> Iterator[tuple[Version, date, date]]:
        """Yield the versions in force within the months: first day, and the day after the last."""
        for version in clause.versions:
            since = max(self.first, version.in_force_from)
            to = min(self.end, version.in_force_to + ONE_DAY if version.in_force_to else self.end)
            if since < to:
                yield version, since, to

    def periods(self, clause: Clause) -> list[int]:
        """Return the numbers of the periods of a clause's cycle that end within the months."""
        cycle = clause.cycle
        if cycle is None:
            return []
        numbers = range(period_number(cycle, self.first), period_number(cycle, self.end))
        return [number for number in numbers if self.first <= period_days(cycle, number)[1] < self.end]

    def period_ends(self, clause: Clause, periods: list[int]) -> tuple[int | None, ...]:
        """Return the month in which each period ends; None where no rule was in force on its first day."""
        made: list[int | None] = []
        for number in periods:
            first, last = period_days(clause.cycle or Cycle.MONTH, number)
            has_rule = any(
                one.in_force_from <= first and (one.in_force_to is None or first <= one.in_force_to)
                for one in clause.versions
            )
            made.append(self.place(last) if has_rule else None)
        return tuple(made)


@dataclass(frozen=True, slots=True)
class Count:
    """One thing that is counted of a clause: on which side, how, and from which columns."""

    duty: str
    side: Side
    how: How
    columns: tuple[str, ...]
    bit: int | None = None
    """The bit of the case's `marks` that says the clause is about it; None: every row counts."""
    own: bool = False
    """Whether office and officer are those of the row, not of the case."""
    days: float = 1.0
    """Spans: days of the interval."""
    source: tuple[str, ...] = ()
    """Of work done: activity, table, column; a row that counts for two duties of one source is one act."""
    ends: tuple[int | None, ...] = ()
    """Cycles: the month in which each period ends; None where no rule was in force on its first day."""
    sign: float = 1.0
    """-1 where what is called for by a tighter duty too is taken off again."""


@dataclass(slots=True)
class Reads:
    """The columns counted over one table, while they are being put together."""

    rows: ir.Table
    columns: dict[str, ir.Value] = field(default_factory=dict)
    measures: dict[str, ir.Value] = field(default_factory=dict)
    counts: list[Count] = field(default_factory=list)
    days: dict[object, ir.BooleanValue] = field(default_factory=dict)
    """Whether each counted day lies in the months; a row with none of them counts for nothing."""
    has_spans: bool = False
    """Whether stretches are counted too, so that any row may count."""
    _known: dict[object, str] = field(default_factory=dict)

    def column(self, made: ir.Value) -> str:
        """Return the name of a column of small numbers to count by; the same expression is kept once."""
        return self._kept(made, self.columns, "k")

    def measure(self, made: ir.Value) -> str:
        """Return the name of a column that is summed over the rows counted together."""
        return self._kept(made, self.measures, "o")

    def counted(self, rows: ir.Table) -> ir.Table:
        """Return rows less those that cannot count, as far as a look at their days tells."""
        return rows if self.has_spans or not self.days else rows.filter(reduce(or_, self.days.values()))

    def packed(self) -> dict[str, ir.Value]:
        """Return the columns packed into `p0`, `p1` and so on."""
        made = list(self.columns.values())
        words = [made[at : at + A_WORD] for at in range(0, len(made), A_WORD)]
        return {f"p{number}": _word(word) for number, word in enumerate(words)}

    def _kept(self, made: ir.Value, into: dict[str, ir.Value], letter: str) -> str:
        known = self._known.get((letter, made.op()))
        if known is None:
            known = self._known[letter, made.op()] = f"{letter}{len(into)}"
            into[known] = made
        return known


def _word(columns: list[ir.Value]) -> ir.Value:
    # Through 16 bits, because an engine may hold small numbers in 32 and a cast to what Ibis takes them for
    # is left out.
    word = columns[0].cast("int16").cast("int64")
    for place, column in enumerate(columns[1:], 1):
        word = word + column.cast("int16").cast("int64") * (1 << (BITS * place))
    return word


def period_days(cycle: Cycle, number: int) -> tuple[date, date]:
    """Return the first and last day of a cycle's period by its number."""
    size, before = CYCLE_MONTHS[cycle]
    month = number * size - before
    first = date(month // 12, month % 12 + 1, 1)
    return first, first + relativedelta(months=size) - ONE_DAY


def period_number(cycle: Cycle, day: date) -> int:
    """Return the number of the cycle's period in which a day lies."""
    size, before = CYCLE_MONTHS[cycle]
    return (day.year * 12 + day.month - 1 + before) // size


def interval_days(period: Period, country: str, months: Months) -> float:
    """Return the calendar days of an interval; a month has its mean, counted days their share."""
    if period.counts is DayKind.CALENDAR:
        return max(period.months * DAYS_A_MONTH + period.days + period.hours / 24, 1.0)
    first, end = np.datetime64(months.first), np.datetime64(months.end)
    counted = np.busday_count(first, end, busdaycal=counted_days(period.counts, country))
    return max(
        (period.days + period.hours / 24) * (months.end - months.first).days / max(int(counted), 1), 1.0
    )
