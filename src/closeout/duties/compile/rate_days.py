"""Days as expressions: cut to a stretch, and turned into the number of their month or period."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

import ibis
import ibis.expr.operations as ops

from closeout.duties.compile.rate_reads import CYCLE_MONTHS, ONE_DAY

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause, Cycle
    from closeout.duties.compile.rate_reads import Months, Reads

FOREVER = date(9999, 12, 31)


def spans_in_force(clause: Clause) -> list[tuple[date, date]]:
    """Return the days, first and last, on which some version was in force; touching ones joined."""
    made: list[tuple[date, date]] = []
    for version in sorted(clause.versions, key=lambda one: one.in_force_from):
        last = version.in_force_to or FOREVER
        if made and version.in_force_from <= _after(made[-1][1]):
            made[-1] = (made[-1][0], max(made[-1][1], last))
        else:
            made.append((version.in_force_from, last))
    return made


def _after(day: date) -> date:
    return day if day == FOREVER else day + ONE_DAY


def is_in_force(day: ir.DateValue, clause: Clause, months: Months, *, is_within: bool) -> ir.BooleanValue:
    """Return whether a day lies in some version; `is_within`: it is known to lie in the months."""
    parts = []
    for since, last in spans_in_force(clause):
        if is_within and since <= months.first and last >= months.end - ONE_DAY:
            return ibis.literal(True)
        part = day >= ibis.literal(since, type="date")
        parts.append(part if last == FOREVER else part & (day <= ibis.literal(last, type="date")))
    return reduce(or_, parts, ibis.literal(False)) if len(parts) != 1 else parts[0]


def month_of(day: ir.DateValue, months: Months) -> ir.IntegerValue:
    """Return the number, from 1, of the month of a day that lies in one or just after the last."""
    base = months.first.year * 12 + months.first.month
    return (day.year() * 12 + day.month() - (base - 1)).cast("int64")


def day_of(day: ir.DateValue) -> ir.IntegerValue:
    """Return how many days of its month lie before a day."""
    return day.day().cast("int64") - 1


def is_inside(day: ir.DateValue, months: Months) -> ir.BooleanValue:
    """Return whether a day lies in the months."""
    moment = _moment_of(day)
    if moment is not None:
        first, end = (ibis.literal(datetime.combine(one, time())) for one in (months.first, months.end))
        return (moment >= first) & (moment < end)
    counted, ahead = _counted_from(day)
    first, end = months.first - ahead, months.end - ahead
    return (counted >= ibis.literal(first, type="date")) & (counted < ibis.literal(end, type="date"))


def _moment_of(day: ir.DateValue) -> ir.TimestampValue | None:
    """Return the column of moments, without a time zone, whose day it is; None where it is of none.

    A moment lies in the months where its day does, and need not be made a day row by row.
    """
    op = day.op()
    if not isinstance(op, ops.Date) and not (isinstance(op, ops.Cast) and op.to.is_date()):
        return None
    of = op.arg
    is_moment = isinstance(of, ops.Field) and of.dtype.is_timestamp() and of.dtype.timezone is None
    return of.to_expr() if is_moment else None


def _counted_from(day: ir.DateValue) -> tuple[ir.DateValue, timedelta]:
    """Return the day that a day is counted from, and how far ahead of it that lies.

    To compare a column with a day moved once is much less work than to move the column row by row.
    """
    op = day.op()
    while isinstance(op, ops.Date) or (isinstance(op, ops.Cast) and op.to.is_timestamp()):
        op = op.arg
    if not isinstance(op, ops.DateAdd | ops.DateSub) or not op.left.dtype.is_date():
        return day, timedelta()
    length = op.right
    if not isinstance(length, ops.Literal) or length.dtype.unit.short != "D":
        return day, timedelta()
    ahead = timedelta(days=int(length.value))
    return op.left.to_expr(), ahead if isinstance(op, ops.DateAdd) else -ahead


def counted_month(day: ir.DateValue, months: Months, *conditions: ir.BooleanValue) -> ir.IntegerValue:
    """Return the number of the stretch of a day that meets the conditions; 0 otherwise, or outside."""
    inside = is_inside(day, months)
    for condition in conditions:
        if not _is_true(condition):
            inside &= condition
    # A narrow number, because whole columns of it are gone through.
    return numbered(inside, ibis.literal(1, type="int8") if months.is_whole else month_of(day, months))


def event_column(reads: Reads, day: ir.DateValue, months: Months, *conditions: ir.BooleanValue) -> str:
    """Keep the number of the stretch in which a day lies, and return its column."""
    inside = is_inside(day, months)
    reads.days.setdefault(day.op(), inside)
    return reads.column(counted_month(day, months, *conditions))


def numbered(condition: ir.BooleanValue, number: ir.IntegerValue) -> ir.IntegerValue:
    """Return a number where a condition holds, 0 where it does not or is not known."""
    return condition.ifelse(number, ibis.literal(0, type=number.type()))


def _is_true(condition: ir.BooleanValue) -> bool:
    op = condition.op()
    return isinstance(op, ops.Literal) and op.value is True


def clipped(day: ir.DateValue, since: date, to: date) -> ir.DateValue:
    """Return a day, moved to the nearest of two days where it lies outside of them."""
    first, last = ibis.literal(since, type="date"), ibis.literal(to, type="date")
    return ibis.cases((day < first, first), (day > last, last), else_=day)


def cycle_of(day: ir.DateValue, cycle: Cycle) -> ir.IntegerValue:
    """Return the number of the cycle's period in which a day lies, counted on through the years."""
    size, before = CYCLE_MONTHS[cycle]
    number = day.year() * 12 + day.month() - 1 + before
    return (number // size).cast("int32") if size > 1 else number.cast("int32")
