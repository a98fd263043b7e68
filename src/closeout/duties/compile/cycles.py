"""The periods of a fixed `every`: months, quarters and years, by the calendar or the fiscal year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import ibis
import numpy as np
import pyarrow as pa
from dateutil.relativedelta import relativedelta

from closeout.duties.calendar import move_day
from closeout.duties.clauses import Cycle

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause

FIRST_DAY = date(1979, 10, 1)
"""Fixed cycles are listed from fiscal year 1980 on."""
_FISCAL_YEAR_STARTS = 10
_MONTHS = {
    Cycle.MONTH: 1,
    Cycle.QUARTER: 3,
    Cycle.FISCAL_QUARTER: 3,
    Cycle.CALENDAR_YEAR: 12,
    Cycle.FISCAL_YEAR: 12,
}


@dataclass(frozen=True, slots=True)
class CyclePeriod:
    """One period: its first and last day, its (fiscal) year, and the last day an event can discharge it."""

    first: date
    last: date
    year: int
    gives_up_on: date


def fiscal_year(day: date) -> int:
    """Return the federal fiscal year of a day: October opens the next."""
    return day.year + (day.month >= _FISCAL_YEAR_STARTS)


def last_day_of(clause: Clause, first: date) -> date:
    """Return the last day of the cycle's period that begins on a day."""
    if clause.cycle is None:
        msg = f"{clause.duty} has no cycle"
        raise ValueError(msg)
    return first + relativedelta(months=_MONTHS[clause.cycle]) - timedelta(days=1)


def cycle_periods(clause: Clause, *, until: date, country: str) -> list[CyclePeriod]:
    """Return the periods of a clause's cycle that begin by a day, oldest first.

    A period can be discharged until the next one's due date: its last day plus the period of the rule
    in force on its first day, and never earlier than for the period before.
    """
    cycle = clause.cycle
    if cycle is None:
        msg = f"{clause.duty} has no cycle"
        raise ValueError(msg)
    first = FIRST_DAY if cycle is not Cycle.CALENDAR_YEAR else FIRST_DAY.replace(year=1980, month=1)
    step = relativedelta(months=_MONTHS[cycle])
    is_fiscal = cycle in {Cycle.FISCAL_QUARTER, Cycle.FISCAL_YEAR}
    made: list[CyclePeriod] = []
    gives_up_on = first
    while first <= until:
        following = first + step
        gives_up_on = max(gives_up_on, _due(clause, following, following + step, country))
        year = fiscal_year(first) if is_fiscal else first.year
        made.append(CyclePeriod(first, following - timedelta(days=1), year, gives_up_on))
        first = following
    return made


def _due(clause: Clause, first: date, next_first: date, country: str) -> date:
    last = next_first - timedelta(days=1)
    for version in clause.versions:
        if version.in_force_from <= first and (version.in_force_to is None or first <= version.in_force_to):
            return move_day(last, version.period, country=country)
    return last


def period_table(periods: list[CyclePeriod]) -> ir.Table:
    """Return the periods as rows: `period`, `period_first`, `period_last`, `period_year`."""
    return ibis.memtable(
        pa.table(
            {
                "period": pa.array(range(len(periods)), pa.int64()),
                "period_first": pa.array([one.first for one in periods], pa.date32()),
                "period_last": pa.array([one.last for one in periods], pa.date32()),
                "period_year": pa.array([one.year for one in periods], pa.int64()),
            }
        )
    )


def day_table(periods: list[CyclePeriod], *, until: date) -> ir.Table:
    """Return, for each day, the latest period begun and the earliest that can still be discharged."""
    days = np.arange(np.datetime64(periods[0].first), np.datetime64(until + timedelta(days=1)))
    begun = np.array([one.first for one in periods], dtype="datetime64[D]")
    given_up = np.array([one.gives_up_on for one in periods], dtype="datetime64[D]")
    columns = {"cycle_day": pa.array(days)}
    columns["latest"] = pa.array(np.searchsorted(begun, days, side="right") - 1, pa.int64())
    columns["earliest"] = pa.array(np.searchsorted(given_up, days, side="left"), pa.int64())
    return ibis.memtable(pa.table(columns))
