"""The working days of a ledger, and rows of hours laid out over them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from closeout.duties.public_holidays import days_off
from closeout.workload.hour_rows import day_numbers

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

_LAST_DIGIT = 1e-9
_FAR = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Days:
    """The working days of the ledger, and one more at the end, on which nobody works."""

    first: np.datetime64
    before: NDArray[np.int64]
    """How many working days lie before each day of the calendar, from the first to the day after the last."""
    is_off: NDArray[np.bool_]
    """Whether each is a public holiday."""
    weeks: tuple[date, ...]
    """All Mondays, those of weeks without a working day among them."""
    starts: NDArray[np.int64]
    """The first working day of each week, or the next one after it."""

    @property
    def count(self) -> int:
        """Return how many there are, the one at the end among them."""
        return int(self.before[-1]) + 1

    def by_week(self, hours: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return hours by officer and day summed by week."""
        made: NDArray[np.float64] = np.add.reduceat(hours, self.starts, axis=1)
        made[:, np.diff(self.starts, append=self.count) == 0] = 0.0
        return made


@dataclass(frozen=True, slots=True)
class Stretches:
    """Hours a day from one working day up to another, a row each, in the order of the officers."""

    place: NDArray[np.int64]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    """The day after the last."""
    hours: NDArray[np.float64]

    def of(self, first: int, count: int) -> Stretches:
        """Return those of some officers, whose places are counted from the first."""
        here = slice(*np.searchsorted(self.place, (first, first + count)))
        return Stretches(self.place[here] - first, self.begins[here], self.ends[here], self.hours[here])

    def over_days(self, officers: int, days: int) -> NDArray[np.float64]:
        """Return hours by officer and day: each row adds its hours on each of its days."""
        made = np.zeros((officers, days))
        np.add.at(made, (self.place, self.begins), self.hours)
        np.add.at(made, (self.place, self.ends), -self.hours)
        # Adding and taking away leaves a last digit, which must not become hours.
        summed: NDArray[np.float64] = np.cumsum(made, axis=1, out=made)
        summed[summed <= _LAST_DIGIT] = 0.0
        return summed

    def share(
        self, named: NDArray[np.float64], kept: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return whose they are, and the part of the hours kept that they have of all hours named, by day."""
        there, place = np.unique(self.place, return_inverse=True)
        own = Stretches(place, self.begins, self.ends, self.hours)
        hours = own.over_days(len(there), named.shape[1])
        all_named = named[there]
        hours = np.divide(hours, all_named, out=np.zeros_like(hours), where=all_named > 0)
        return there, hours * kept[there]


def working_days(from_on: date, to_on: date, country: str, a_week: int) -> Days:
    """Return the working days from one day to another, both included.

    Args:
        from_on: The first day.
        to_on: The last day.
        country: Whose public holidays.
        a_week: Working days of a week, from Monday on, 1 to 7.

    """
    days = np.arange(np.datetime64(from_on), np.datetime64(to_on) + 1)
    weekday = (days.view("int64") - 4) % 7
    works = weekday < a_week
    is_off = np.isin(days[works], np.array(sorted(days_off(country)), dtype="datetime64[D]"))
    mondays, starts = np.unique(days - weekday, return_index=True)
    before = np.concatenate([[0], works.cumsum()])
    weeks = tuple(week.item() for week in mondays)
    return Days(days[0], before, np.append(is_off, False), weeks, before[starts])


def stretches(
    rows: pl.DataFrame,
    days: Days,
    hours: NDArray[np.float64],
    since: str = "from_on",
    until: str = "to_on",
) -> Stretches:
    """Return rows as stretches of working days, cut to those of the ledger.

    Args:
        rows: In the order of `place`.
        days: The working days.
        hours: A day, of each row.
        since: The column of the first day; null for ever.
        until: The column of the last day; null for ever.

    """
    if not rows.height:
        nowhere = np.zeros(0, dtype=np.int64)
        return Stretches(nowhere, nowhere, nowhere, np.zeros(0))
    whole = len(days.before) - 1
    begins = day_numbers(rows[since], days.first, whole)
    ends = day_numbers(rows[until].fill_null(_FAR), days.first - 1, whole)
    return Stretches(rows["place"].to_numpy(), days.before[begins], days.before[ends], hours)
