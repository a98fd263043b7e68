"""Periods: written in ISO 8601, counted in calendar days, weekdays or business days.

The engine compiles the same rules; this is the plain form, for the site and for checking the engine.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from closeout.duties.clauses import DayKind, Period
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Container

_PERIOD = re.compile(
    r"P(?=[0-9]|T[0-9])(?:(?P<years>[0-9]+)Y)?(?:(?P<months>[0-9]+)M)?(?:(?P<weeks>[0-9]+)W)?"
    r"(?:(?P<days>[0-9]+)D)?(?:T(?P<hours>[0-9]+)H)?"
)
_MOST_MONTHS, _MOST_DAYS, _MOST_HOURS = 600, 20_000, 20_000
_NOUNS = {DayKind.CALENDAR: "day", DayKind.WEEKDAY: "weekday", DayKind.BUSINESS: "business day"}
_SATURDAY = 5
_NO_HOLIDAYS: frozenset[date] = frozenset()


class PeriodError(ValueError):
    """A period cannot be read or cannot be counted; the message says what is right."""


def parse_period(said: str, counts: DayKind = DayKind.CALENDAR) -> Period:
    """Read a period.

    Args:
        said: ISO 8601 in whole years, months, weeks, days and hours: `P1Y2M3D`, `P2W`, `PT48H`.
        counts: Which days count.

    Returns:
        The period: years as 12 months, weeks as 7 days.

    Raises:
        PeriodError: It is no such period, is longer than 50 years, or counts weekdays or business days in
            months or years.

    """
    found = _PERIOD.fullmatch(said)
    if found is None:
        msg = f"{said} is no period; write it like P24M, P2W, P30D, P1Y6M or PT48H"
        raise PeriodError(msg)
    part = {name: int(value or 0) for name, value in found.groupdict().items()}
    months = part["years"] * 12 + part["months"]
    period = Period(months, part["weeks"] * 7 + part["days"], part["hours"], counts)
    if months > _MOST_MONTHS or period.days > _MOST_DAYS or period.hours > _MOST_HOURS:
        msg = f"{said} is longer than 50 years"
        raise PeriodError(msg)
    if counts is not DayKind.CALENDAR and months:
        msg = f"{said} holds months or years, which cannot count {_NOUNS[counts]}s; write days or hours"
        raise PeriodError(msg)
    if period.hours and (months or period.days):
        msg = f"{said} mixes hours with days; write either"
        raise PeriodError(msg)
    return period


def iso(period: Period) -> str:
    """Return a period in ISO 8601; `P0D` for none."""
    if period.hours:
        return f"PT{period.hours}H"
    months = f"{period.months}M" if period.months else ""
    days = f"{period.days}D" if period.days or not months else ""
    return f"P{months}{days}"


def in_words(period: Period) -> str:
    """Return a period as one says it: `24 months`, `1 business day`, `48 hours of weekdays`."""
    noun = _NOUNS[period.counts]
    parts = [counted(period.months, "month")] if period.months else []
    if period.days or not (period.months or period.hours):
        parts.append(counted(period.days, noun))
    if period.hours:
        parts.append(counted(period.hours, "hour") + ("" if noun == "day" else f" of {noun}s"))
    return " and ".join(parts)


def is_counted(day: date, counts: DayKind, holidays: Container[date] = _NO_HOLIDAYS) -> bool:
    """Tell whether a day counts: every day, Monday to Friday, or Monday to Friday but for holidays."""
    if counts is DayKind.CALENDAR:
        return True
    return day.weekday() < _SATURDAY and (counts is DayKind.WEEKDAY or day not in holidays)


def add(period: Period, day: date, holidays: Container[date] = _NO_HOLIDAYS) -> date:
    """Return the day a period after another.

    Months come first and end on the last day of a shorter month (31 January + P1M = 28 or 29 February, 29
    February + P1Y = 28 February); then days. N weekdays or business days after a day is the n-th such day
    after it, whatever the day itself is.

    Args:
        period: Without hours.
        day: Where it starts.
        holidays: Days that are no business days.

    Returns:
        The day.

    Raises:
        PeriodError: The period holds hours: those count from an instant.

    """
    return _move(period, day, holidays, forward=True)


def subtract(period: Period, day: date, holidays: Container[date] = _NO_HOLIDAYS) -> date:
    """Return the day a period before another; otherwise as `add`."""
    return _move(period, day, holidays, forward=False)


def _move(period: Period, day: date, holidays: Container[date], *, forward: bool) -> date:
    if period.hours:
        msg = f"{iso(period)} holds hours, which count from an instant and not from a day"
        raise PeriodError(msg)
    sign = 1 if forward else -1
    if period.counts is DayKind.CALENDAR:
        return day + relativedelta(months=sign * period.months) + timedelta(days=sign * period.days)
    left = period.days
    while left:
        day += timedelta(days=sign)
        left -= is_counted(day, period.counts, holidays)
    return day


def add_hours(period: Period, moment: datetime, holidays: Container[date] = _NO_HOLIDAYS) -> datetime:
    """Return the instant a period of hours after another, where only hours of counted days run.

    A clock started on a day that does not count starts at midnight of the next day that does. So 48
    hours of weekdays from Friday 15:00 end on Tuesday 15:00, and from Saturday 10:00 at Wednesday 00:00.

    Args:
        period: Of hours alone.
        moment: Where it starts, in the office's own time.
        holidays: Days that are no business days.

    Returns:
        The instant.

    Raises:
        PeriodError: The period holds days or months.

    """
    if period.months or period.days:
        msg = f"{iso(period)} holds days, which count from a day and not from an instant"
        raise PeriodError(msg)
    if period.counts is DayKind.CALENDAR:
        return moment + timedelta(hours=period.hours)
    moment = _started(moment, period.counts, holidays)
    left = timedelta(hours=period.hours)
    while left > (until_midnight := _midnight_after(moment) - moment):
        left -= until_midnight
        moment = _started(_midnight_after(moment), period.counts, holidays)
    return moment + left


def _started(moment: datetime, counts: DayKind, holidays: Container[date]) -> datetime:
    while not is_counted(moment.date(), counts, holidays):
        moment = _midnight_after(moment)
    return moment


def _midnight_after(moment: datetime) -> datetime:
    return datetime.combine(moment.date() + timedelta(days=1), time.min)
