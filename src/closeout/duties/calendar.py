"""Days that count: weekdays, business days, and how a length of time moves a day.

Business days are weekdays that are no public holiday of the pack's country, observed days included. The
calendar reaches from 1980 to 2060; outside it every day counts.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import ibis
import numpy as np
import pyarrow as pa
from dateutil.relativedelta import relativedelta

from closeout.duties.clauses import DayKind
from closeout.duties.joins import joined, sides, with_columns
from closeout.duties.public_holidays import FIRST_YEAR, LAST_YEAR, days_off

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from closeout.duties.clauses import Period

HOURS_A_DAY = 24
_SECONDS_AN_HOUR = 3600


@lru_cache
def counted_days(kind: DayKind, country: str) -> np.busdaycalendar:
    """Return the days of a kind that count in a country.

    Args:
        kind: `weekday` or `business`.
        country: The ISO 3166 alpha-2 code whose public holidays are left out, for `business`.

    """
    off = sorted(days_off(country)) if kind is DayKind.BUSINESS else []
    return np.busdaycalendar(holidays=np.array(off, dtype="datetime64[D]"))


@lru_cache
def _all_days() -> np.ndarray:
    return np.arange(f"{FIRST_YEAR}-01-01", f"{LAST_YEAR + 1}-01-01", dtype="datetime64[D]")


def nth_after(days: np.ndarray, number: int, counted: np.busdaycalendar) -> np.ndarray:
    """Return the n-th counted day after each day (before it, if negative); the day itself for none."""
    if number == 0:
        return days
    roll: Literal["backward", "forward"] = "backward" if number > 0 else "forward"
    there: np.ndarray = np.busday_offset(days, number, roll=roll, busdaycal=counted)
    return there


@lru_cache
def _steps(number: int, kind: DayKind, country: str) -> ir.Table:
    days = _all_days()
    to_day = nth_after(days, number, counted_days(kind, country))
    return ibis.memtable(pa.table({"calendar_day": pa.array(days), "to_day": pa.array(to_day)}))


@lru_cache
def _clock(whole_days: int, kind: DayKind, country: str) -> ir.Table:
    """Return, for each day a clock may be set off on, where it starts and by how many days it moves.

    `days_on` is for a clock that stops on the day so many counted days later, `days_on_carry` for one
    that its hours of the day push over midnight, `days_on_zero` for one of whole days from a midnight:
    it stops at the end of a counted day.
    """
    days, counted = _all_days(), counted_days(kind, country)
    start = np.busday_offset(days, 0, roll="forward", busdaycal=counted)
    plain, carry, zero = (
        (np.busday_offset(start, whole_days + more, busdaycal=counted) - start).astype("int64")
        for more in (0, 1, -1)
    )
    columns = {
        "calendar_day": pa.array(days),
        "start_day": pa.array(start),
        "days_on": pa.array(plain),
        "days_on_carry": pa.array(carry - 1),
        "days_on_zero": pa.array(zero + 1),
    }
    return ibis.memtable(pa.table(columns))


def move_day(day: date, period: Period, *, country: str, sign: int = 1) -> date:
    """Return one day moved by a period, as `moved` moves a column; hours move nothing."""
    if period.counts is not DayKind.CALENDAR and period.days:
        counted = counted_days(period.counts, country)
        found = nth_after(np.array([day], dtype="datetime64[D]"), sign * period.days, counted)
        there: date = found[0].item()
        return there
    return day + relativedelta(months=sign * period.months) + timedelta(days=sign * period.days)


def moved(rows: ir.Table, column: str, period: Period, *, into: str, country: str, sign: int = 1) -> ir.Table:
    """Return the rows with a day moved by a period.

    Months come first and end on the month's last day where it is shorter; days follow. Hours are left to
    `clock`.

    Args:
        rows: The rows.
        column: The day to move.
        period: By how much; calendar days, or n weekdays or business days, the n-th after the day.
        into: The new column.
        country: Whose holidays.
        sign: -1 to move back.

    """
    if is_plain(period):
        return with_columns(rows, {into: plainly_moved(rows[column], period, sign)})
    one, steps = sides(rows, _steps(sign * period.days, period.counts, country))
    away = plainly_moved(one[column], period, sign)
    day = steps["to_day"].fill_null(away)
    return joined("left", one, steps, [one[column] == steps["calendar_day"]], one.columns() | {into: day})


def is_plain(period: Period) -> bool:
    """Say whether a period moves a day without looking at which days count."""
    return period.counts is DayKind.CALENDAR or period.days == 0


def plainly_moved(day: ir.DateValue, period: Period, sign: int = 1) -> ir.DateValue:
    """Return a day moved by months, then by calendar days."""
    made = day
    if period.months:
        made = made + ibis.interval(months=sign * period.months)
    if period.days:
        made = made + ibis.interval(days=sign * period.days)
    return made.cast("date") if made is not day else day


def later_by(day: ir.DateValue, days: ir.IntegerValue) -> ir.DateValue:
    """Return a day moved by a number of calendar days that differs from row to row."""
    return (day + days.cast("int32").as_interval("D")).cast("date")


def clock(rows: ir.Table, column: str, period: Period, *, into: str, country: str) -> ir.Table:
    """Return the rows with the instant at which a clock of so many hours stops.

    Only hours of counted days pass. A clock set off on a day that does not count starts at midnight of
    the next that does; one that runs out at the end of a counted day stops at that midnight.
    """
    hours = period.hours + HOURS_A_DAY * period.days
    if period.counts is DayKind.CALENDAR:
        at = rows[column] + ibis.interval(hours=hours)
        return with_columns(rows, {into: at.cast("timestamp(6)")})
    whole, rest = divmod(hours, HOURS_A_DAY)
    days = _clock(whole, period.counts, country)
    dated = with_columns(rows, {"set_off_on": rows[column].date()})
    one, its = sides(dated, days)
    midnight = its["start_day"].cast("timestamp(6)")
    started = (its["start_day"] == one["set_off_on"]).ifelse(one[column], midnight)
    in_day = started + ibis.interval(hours=rest)
    has_carry = in_day > midnight + ibis.interval(days=1)
    days_on = has_carry.ifelse(its["days_on_carry"], its["days_on"])
    if rest == 0:
        days_on = (started == midnight).ifelse(its["days_on_zero"], days_on)
    stops = (in_day + days_on.as_interval("D")).cast("timestamp(6)")
    late = one[column] + ibis.interval(hours=hours)
    at = its["start_day"].isnull().ifelse(late.cast("timestamp(6)"), stops)
    columns = one.columns(but=["set_off_on"]) | {into: at}
    return joined("left", one, its, [one["set_off_on"] == its["calendar_day"]], columns)
