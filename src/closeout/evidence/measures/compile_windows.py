"""The periods a measure is given for, and the cuts that part time so that each is a run of spans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import gcd
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from closeout.duties.clauses import Period
from closeout.duties.compile import Cut
from closeout.duties.periods import subtract
from closeout.evidence.measures.declared import Series

if TYPE_CHECKING:
    from collections.abc import Iterable

    from closeout.evidence.measures.measure import Measure

_DAY = timedelta(days=1)
_FIRST = date(1900, 1, 1)
_QUARTERS = 20
_EVERY_MONTH_HAS = 28


@dataclass(frozen=True, slots=True)
class Window:
    """A period from its first to its last day, both included; `since` None: as of the last day."""

    since: date | None
    until: date


def windows(measure: Measure, as_of: date) -> tuple[Window, ...]:
    """Return the periods of a measure, oldest first; the last ends on the as-of date.

    Months are counted back from the day after the as-of date: twelve that end on 30 September begin on 1
    October, and the twelve a quarter before end on 30 June and those before that on 31 March.
    """
    if measure.period is None:
        return (Window(None, as_of),)
    series = measure.series or Series(Period(months=1), 1)
    made = []
    for number in reversed(range(series.points)):
        back = Period(months=series.step.months * number, days=series.step.days * number)
        whole = Period(months=back.months + measure.period.months, days=back.days + measure.period.days)
        made.append(Window(_before(as_of, whole), _before(as_of, back) - _DAY))
    return tuple(made)


def quarters(as_of: date) -> tuple[Window, ...]:
    """Return the quarters of the five years that end on a day, oldest first.

    Duties are always counted by these at least, so that a measure's statement does not depend on which other
    measures are worked out beside it.
    """
    steps = range(_QUARTERS, 0, -1)
    return tuple(
        Window(_before(as_of, Period(months=3 * step)), _before(as_of, Period(months=3 * step - 3)) - _DAY)
        for step in steps
    )


def cut_for(parts: Iterable[Window]) -> Cut:
    """Return the cut in which each of some periods is a run of spans.

    Where all periods begin and end whole months from the last day, the cut has every step between them:
    then months can be counted instead of days compared.
    """
    days = sorted({day for part in parts for day in (part.since, part.until + _DAY) if day is not None})
    last = days[-1]
    back = [(last.year - day.year) * 12 + last.month - day.month for day in days]
    step = gcd(*back)
    if step == 0 or last.day > _EVERY_MONTH_HAS or any(day.day != last.day for day in days):
        return Cut(tuple(days))
    steps = range(max(back) // step, -1, -1)
    return Cut(tuple(last - relativedelta(months=number * step) for number in steps), step)


def _before(as_of: date, period: Period) -> date:
    try:
        return subtract(period, as_of + _DAY)
    except (OverflowError, ValueError):
        return _FIRST
