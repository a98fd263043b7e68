"""What one clause adds to the rates of its pack: over which table, on which days, under which conditions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING

import ibis

from closeout.duties.calendar import moved
from closeout.duties.clauses import Shape
from closeout.duties.compile.done import is_own_row
from closeout.duties.compile.rate_about import (
    CASE_NO,
    CASES,
    OF_CASES,
    About,
    count_events,
    is_own,
    source_of,
    when,
)
from closeout.duties.compile.rate_days import (
    clipped,
    cycle_of,
    day_of,
    event_column,
    is_in_force,
    month_of,
    numbered,
)
from closeout.duties.compile.rate_done import add_joined, done_conditions, of_no_plan
from closeout.duties.compile.rate_reads import ONE_DAY, Count, How, Side, interval_days, period_days
from closeout.duties.compile.scope import as_day, value
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause, Text
    from closeout.duties.compile.rate_reads import Reads
    from closeout.duties.compile.rates import Rates

STOCK = "case_month"
"""The name under which open case-months are counted."""
HIDDEN = ("intake", "transfer_pending", "closure_proposed", "untyped", "held")
"""Marks of cases that a status rule may take out of the load."""


def add_cases(made: Rates) -> None:
    """Add the marks of cases, and the open case-months: the days from the last opening to closing."""
    cases = made.tables[CASES]
    for state in HIDDEN[:3]:
        made.marks[state] = cases.state == state
    made.marks[HIDDEN[3]] = cases.status_code.isnull()
    if "holds" in made.tables:
        holds = made.tables["holds"]
        last = ibis.literal(made.months.end - ONE_DAY, type="date")
        now = holds.filter((holds.from_on <= last) & (holds.to_on.isnull() | (holds.to_on > last)))
        made.marks[HIDDEN[4]] = cases.case_no.isin(now.case_no)
    reads = made.reads(OF_CASES)
    opened = ibis.coalesce(cases.reopened_on, cases.opened_on)
    columns = span(reads, made, opened, cases.closed_on, made.months.first, made.months.end)
    reads.counts.append(Count(STOCK, Side.OWED, How.STOCK, columns))


def add_clause(made: Rates, clause: Clause) -> None:
    """Add what a clause calls for, and what discharges it."""
    about = about_of(made, clause)
    reads = made.reads(about)
    bit = mark(made, [clause], reads.rows) if about.is_cases else None
    if clause.shape is not Shape.EVERY:
        _add_days(made, clause, about, bit)
    elif clause.cycle is None:
        _add_rolling(made, clause, about, bit)
    else:
        _add_fixed(made, clause, about, bit)
    if is_own_row(clause):
        column = _own_done(made, clause, reads, is_filtered=not about.is_cases)
        count_events(reads, clause, bit, Side.DONE, column)
    else:
        _add_done(made, clause, about, bit)


def about_of(made: Rates, clause: Clause) -> About:
    """Return the rows a clause is counted over; one table is read once for all clauses that it fits."""
    if not clause.case:
        return About(clause.owes, "", clause.office, clause.officer)
    plain = About(clause.owes, clause.case)
    if not is_own(clause):
        return plain if plain.is_cases else made.opened(plain)
    return About(clause.owes, clause.case, clause.office, clause.officer)


def mark(made: Rates, clauses: Sequence[Clause], cases: ir.Table) -> int | None:
    """Return the bit of the cases that all of some clauses are about; None where they are about all."""
    conditions = {one.when.sql: value(one.when, cases, one.owes) for one in clauses if one.when is not None}
    if not conditions:
        return None
    name = next(iter(conditions)) if len(conditions) == 1 else f"({') and ('.join(conditions)})"
    made.marks.setdefault(name, reduce(and_, conditions.values()))
    return list(made.marks).index(name)


def _own_done(made: Rates, clause: Clause, reads: Reads, *, is_filtered: bool) -> str:
    """Return the column with the month in which a row's own done date lies."""
    rows = reads.rows
    day = as_day(rows[clause.done.column])
    conditions = when(clause, rows) if is_filtered else []
    if clause.done.where is not None:
        conditions.append(value(clause.done.where, rows, clause.done.table))
    force = is_in_force(day, clause, made.months, is_within=True)
    return event_column(reads, day, made.months, force, *conditions)


# -- rows with their own day, and triggers


@dataclass(frozen=True, slots=True)
class Called:
    """The rows of a clause of shape `on` or `within`, and when each calls for its duty."""

    about: About
    rows: ir.Table
    day: ir.DateValue
    """The day it falls in; null where it calls for nothing."""
    conditions: list[ir.BooleanValue]
    """In force, neither excused nor ended; not whether the clause is about the row."""


def called(made: Rates, clause: Clause, about: About, *, is_within: bool = True) -> Called:
    """Return the rows of a clause of shape `on` or `within`, and when each calls for its duty.

    Args:
        made: The rates, for whose table rows with moved due dates are opened.
        clause: The clause.
        about: Its rows.
        is_within: Whether only days within the months are looked at.

    Raises:
        ValueError: The clause has no due date and no trigger.

    """
    text = clause.due if clause.shape is Shape.ON else clause.starts
    if text is None:
        msg = f"{clause.duty}: a clause of shape {clause.shape} needs a due date or a trigger"
        raise ValueError(msg)
    rows = made.reads(about).rows
    if clause.shape is Shape.ON and any(one.period.months or one.period.days for one in clause.versions):
        about = About(about.table, about.case, about.office, about.officer, apart=clause.duty)
        rows = _with_due(made, clause, text, rows)
        rows = made.reads(about, rows).rows
        day, opened = rows.moved_due, rows.came_on
    else:
        day = as_day(value(text, rows, clause.owes))
        opened = _opened(clause, rows, day)
    conditions = [is_in_force(opened, clause, made.months, is_within=is_within and opened is day)]
    conditions += [~gone for gone in _gone(clause, rows, day)]
    return Called(about, rows, day, conditions)


def _add_days(made: Rates, clause: Clause, about: About, bit: int | None) -> None:
    found = called(made, clause, about)
    conditions = [] if about.is_cases else when(clause, found.rows)
    reads = made.reads(found.about)
    column = event_column(reads, found.day, made.months, *conditions, *found.conditions)
    count_events(reads, clause, bit, Side.OWED, column)


def _opened(clause: Clause, rows: ir.Table, day: ir.DateValue) -> ir.DateValue:
    if clause.shape is not Shape.ON or clause.opened is None:
        return day
    return as_day(value(clause.opened, rows, clause.owes)).fill_null(day)


def _with_due(made: Rates, clause: Clause, text: Text, rows: ir.Table) -> ir.Table:
    """Return the rows with the due date moved by the period of the version that governs each."""
    day = as_day(value(text, rows, clause.owes))
    rows = rows.mutate(plain_due=day, came_on=_opened(clause, rows, day))
    moves = []
    for place, version in enumerate(clause.versions):
        rows = moved(rows, "plain_due", version.period, into=f"due_{place}", country=made.country)
        last = version.in_force_to
        governs = rows.came_on >= ibis.literal(version.in_force_from, type="date")
        if last is not None:
            governs &= rows.came_on <= ibis.literal(last, type="date")
        moves.append((governs, f"due_{place}"))
    return rows.mutate(
        moved_due=ibis.cases(*[(test, rows[name]) for test, name in moves], else_=ibis.null("date"))
    )


def _gone(clause: Clause, rows: ir.Table, day: ir.DateValue) -> list[ir.BooleanValue]:
    """Return whether a row was excused, or its subject ended, by the day the duty falls on."""
    made = []
    if clause.excused is not None:
        excused = value(clause.excused, rows, clause.owes)
        own = rows[clause.done.column] if is_own_row(clause) else None
        if clause.excused_on is not None:
            on = as_day(value(clause.excused_on, rows, clause.owes))
            excused &= on.fill_null(day) <= day
        elif own is not None:
            excused &= as_day(own).fill_null(day) <= day
        if own is not None:
            done = own.notnull()
            if clause.done.where is not None:
                done &= value(clause.done.where, rows, clause.owes)
            excused &= ~done.fill_null(False)
        made.append(excused.fill_null(False))
    if clause.ends is not None:
        made.append((as_day(value(clause.ends, rows, clause.owes)) <= day).fill_null(False))
    return made


# -- intervals


def bounds(clause: Clause, rows: ir.Table) -> tuple[ir.DateValue, ir.DateValue | None]:
    """Return the days on which a subject's intervals begin and end; None where they have no end."""
    if clause.starts is None:
        msg = f"{clause.duty}: a clause of shape every needs `starts`"
        raise ValueError(msg)
    ends = None if clause.ends is None else as_day(value(clause.ends, rows, clause.owes))
    return as_day(value(clause.starts, rows, clause.owes)), ends


def _in_scope(
    start: ir.DateValue, end: ir.DateValue | None, conditions: list[ir.BooleanValue]
) -> ir.BooleanValue:
    found = start.notnull()
    if end is not None:
        found &= end.isnull() | (end > start)
    for condition in conditions:
        found &= condition
    return found


def span(  # a stretch of days and where it is kept
    reads: Reads,
    made: Rates,
    start: ir.DateValue,
    end: ir.DateValue | None,
    since: date,
    to: date,
    conditions: list[ir.BooleanValue] | None = None,
) -> tuple[str, ...]:
    """Keep the stretch from start to end, cut to the days between, and return its four columns.

    Where all months are counted together its days are enough: one column.
    """
    counts = _in_scope(start, end, conditions or [])
    first = clipped(start, since, to)
    last = (
        ibis.literal(to, type="date") if end is None else clipped(end.fill_null(ibis.literal(to)), since, to)
    )
    reads.has_spans = True
    if made.months.is_whole:
        return (reads.measure(numbered(counts, last.delta(first, unit="day"))),)
    names = []
    for day in (first, last):
        names.append(reads.column(numbered(counts, month_of(day, made.months))))
        names.append(reads.measure(numbered(counts, day_of(day))))
    return tuple(names)


def _add_rolling(made: Rates, clause: Clause, about: About, bit: int | None) -> None:
    reads = made.reads(about)
    start, end = bounds(clause, reads.rows)
    conditions = [] if about.is_cases else when(clause, reads.rows)
    for version, since, to in made.months.in_force(clause):
        columns = span(reads, made, start, end, since, to, conditions)
        days = interval_days(version.period, made.country, made.months)
        reads.counts.append(Count(clause.duty, Side.OWED, How.SPAN, columns, bit, is_own(clause), days))


def _add_fixed(made: Rates, clause: Clause, about: About, bit: int | None) -> None:
    reads = made.reads(about)
    start, end = bounds(clause, reads.rows)
    conditions = [] if about.is_cases else when(clause, reads.rows)
    names = periods_in_scope(reads, made, clause, start, end, conditions)
    if names:
        ends = made.months.period_ends(clause, made.months.periods(clause))
        reads.counts.append(Count(clause.duty, Side.OWED, How.CYCLE, names, bit, is_own(clause), ends=ends))


def periods_in_scope(
    reads: Reads,
    made: Rates,
    clause: Clause,
    start: ir.DateValue,
    end: ir.DateValue | None,
    conditions: list[ir.BooleanValue],
) -> tuple[str, ...]:
    """Keep the first and last period in scope, of those that end within the months; return the columns.

    Returns:
        None where no period ends within the months.

    """
    cycle = clause.cycle
    periods = made.months.periods(clause)
    if cycle is None or not periods:
        return ()
    counts = _in_scope(start, end, conditions)
    since, to = period_days(cycle, periods[0])[0], period_days(cycle, periods[-1])[1]
    first = cycle_of(clipped(start, since, to + ONE_DAY), cycle) - (periods[0] - 1)
    last = ibis.literal(len(periods), type="int64")
    if end is not None:
        before = (clipped(end.fill_null(to + ONE_DAY), since, to + ONE_DAY) - ibis.interval(days=1)).cast(
            "date"
        )
        last = cycle_of(before, cycle) - (periods[0] - 1)
    reads.has_spans = True
    return tuple(reads.column(numbered(counts, place.cast("int64"))) for place in (first, last))


# -- events of another table


def _add_done(made: Rates, clause: Clause, about: About, bit: int | None) -> None:
    done = clause.done
    of_case = about.is_cases and done.subject in {"", CASE_NO}
    if clause.case and (of_case or CASE_NO in made.tables[done.table].columns):
        match = done.match or TABLES[done.table].key()
        reads = made.reads(made.opened(About(done.table, match if of_case else CASE_NO)))
        day = as_day(reads.rows[done.column])
        force = is_in_force(day, clause, made.months, is_within=True)
        tests = [*done_conditions(clause, reads.rows), *of_no_plan(made, clause, reads.rows)]
        column = event_column(reads, day, made.months, force, *tests)
        source = source_of(clause, Side.DONE)
        reads.counts.append(Count(clause.duty, Side.DONE, How.EVENT, (column,), bit, source=source))
        return
    add_joined(made, clause)
