"""The duties of an office that are not about a case: inspections, policies, agreements, trainings.

Those that name an officer are each officer's own. All others are the office's: whoever is free does them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.duties.clauses import Cycle, DayKind, Shape
from closeout.simulation.model import Comes

if TYPE_CHECKING:
    from closeout.duties.clauses import Clause, Period, Version
    from closeout.simulation.model import Duty

_MONTH_DAYS = 365.25 / 12
_YEAR = 365.0
_LONGEST = 3_650.0
_CYCLE_DAYS = {
    Cycle.MONTH: _YEAR / 12,
    Cycle.QUARTER: _YEAR / 4,
    Cycle.FISCAL_QUARTER: _YEAR / 4,
    Cycle.CALENDAR_YEAR: _YEAR,
    Cycle.FISCAL_YEAR: _YEAR,
}


def days_in(period: Period) -> float:
    """Return the days of a period; a month has 30.4."""
    return period.months * _MONTH_DAYS + period.days + period.hours / 24


def with_window(base: Duty, clause: Clause, version: Version) -> Duty:
    """Return a duty that arises, with the time there is for it."""
    if clause.shape is Shape.WITHIN:
        days, counts = days_in(version.period) + days_in(version.grace), version.period.counts
        return replace(base, window_days=round(days), is_business=counts is not DayKind.CALENDAR)
    return replace(base, window_days=round(days_in(version.grace) + days_in(version.lead)))


def of_office(base: Duty, clause: Clause, version: Version, a_year: float) -> Duty:
    """Return a duty that is the office's, at the rate of the year before.

    What recurs has as many subjects as give the rate at the rule's interval, at least one; the interval is
    then fitted so that the rate is kept. What comes less often than in ten years arises at random.

    Args:
        base: The duty, with its minutes.
        clause: Its clause.
        version: The version in force.
        a_year: How often the rules called for it in the year before, above 0.

    """
    owned = replace(base, per_case={}, is_office=True, a_year=a_year)
    if clause.shape is not Shape.EVERY:
        return with_window(owned, clause, version)
    interval = days_in(version.period) if clause.cycle is None else _CYCLE_DAYS[clause.cycle]
    subjects = max(1, round(a_year * max(interval, 1.0) / _YEAR))
    fitted = subjects * _YEAR / a_year
    if not 1 <= fitted <= _LONGEST:
        return with_window(owned, clause, version)
    return replace(
        owned,
        comes=Comes.ROLLING if clause.cycle is None else Comes.FIXED,
        a_year=float(subjects),
        interval_days=fitted,
        lead_days=round(days_in(version.lead)),
        window_days=round(days_in(version.grace)),
    )


def of_each(base: Duty, clause: Clause, version: Version, a_year: float) -> Duty:
    """Return a duty that is each officer's own, at its rate in the year before.

    Args:
        base: The duty, with its minutes.
        clause: Its clause.
        version: The version in force.
        a_year: Tasks an officer-year, above 0.

    """
    return with_window(replace(base, per_case={}, per_officer=a_year), clause, version)
