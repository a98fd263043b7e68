"""Days as expressions: cut to a stretch, and turned into the number of their month or period."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

import ibis
import ibis.expr.operations as ops

from closeout.duties.compile.rate_reads import CYCLE_MONTHS, ONE_DAY

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause, Cycle
    from closeout.duties.compile.rate_reads import Months

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
    """Return the number of a day's month, 0 for the first of the months."""
    return (day.year() * 12 + day.month() - months.base).cast("int16")


def counted_month(day: ir.DateValue, months: Months, *conditions: ir.BooleanValue) -> ir.IntegerValue:
    """Return the month of a day that lies in the months and meets the conditions; null otherwise."""
    inside = (day >= ibis.literal(months.first, type="date")) & (day < ibis.literal(months.end, type="date"))
    for condition in conditions:
        if not _is_true(condition):
            inside &= condition
    return inside.ifelse(month_of(day, months), ibis.null("int16"))


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
