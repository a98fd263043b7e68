"""What one clause adds to the rates of its pack: over which table, on which days, under which conditions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis

from closeout.duties.calendar import moved
from closeout.duties.clauses import Shape
from closeout.duties.compile.done import is_own_row
from closeout.duties.compile.rate_days import (
    clipped,
    counted_month,
    cycle_of,
    day_of,
    event_column,
    is_in_force,
    month_of,
    numbered,
)
from closeout.duties.compile.rate_reads import ONE_DAY, Count, How, Side, interval_days, period_days
from closeout.duties.compile.scope import as_day, value
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause, Text
    from closeout.duties.compile.rate_reads import Reads
    from closeout.duties.compile.rates import Rates

CASES, CASE_NO = "cases", "case_no"
STOCK = "case_month"
"""The name under which open case-months are counted."""
HIDDEN = ("intake", "transfer_pending", "closure_proposed", "untyped", "held")
"""Marks of cases that a status rule may take out of the load."""


@dataclass(frozen=True, slots=True)
class About:
    """Which rows are counted together, and whose they are.

    `case` is the column with the case number. `office` and `officer` are expressions over the table, or
    names of columns; None where a case's duty is its holder's.
    """

    table: str
    case: str = ""
    office: Text | str | None = None
    officer: Text | str | None = None
    apart: str = ""
    """The duty that the rows are made for alone."""

    @property
    def is_cases(self) -> bool:
        """Return whether these are the cases themselves, counted with their holders."""
        return self == OF_CASES


OF_CASES = About(CASES, CASE_NO)


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
    columns = _span(reads, made, opened, cases.closed_on, made.months.first, made.months.end)
    reads.counts.append(Count(STOCK, Side.OWED, How.STOCK, columns))


def add_clause(made: Rates, clause: Clause) -> None:
    """Add what a clause calls for, and what discharges it."""
    about = _about(made, clause)
    reads = made.reads(about)
    bit = _mark(made, clause, reads.rows) if about.is_cases else None
    if clause.shape is not Shape.EVERY:
        _add_days(made, clause, about, bit)
    elif clause.cycle is None:
        _add_rolling(made, clause, about, bit)
    else:
        _add_fixed(made, clause, about, bit)
    if is_own_row(clause):
        column = _own_done(made, clause, reads, is_filtered=not about.is_cases)
        _count(reads, clause, bit, Side.DONE, column)
    else:
        _add_done(made, clause, about, bit)


def is_own(clause: Clause) -> bool:
    """Say whether the clause itself says whose duty it is, rather than the case's holder."""
    return not clause.case or clause.office is not None or clause.officer is not None


def _about(made: Rates, clause: Clause) -> About:
    """Return the rows a clause is counted over; one table is read once for all clauses that it fits."""
    if not clause.case:
        return About(clause.owes, "", clause.office, clause.officer)
    plain = About(clause.owes, clause.case)
    if not is_own(clause):
        return plain if plain.is_cases else made.opened(plain)
    return About(clause.owes, clause.case, clause.office, clause.officer)


def _mark(made: Rates, clause: Clause, cases: ir.Table) -> int | None:
    """Return the bit of the cases that a clause is about; None where it is about all."""
    if clause.when is None:
        return None
    made.marks.setdefault(clause.when.sql, value(clause.when, cases, clause.owes))
    return list(made.marks).index(clause.when.sql)


def _when(clause: Clause, rows: ir.Table) -> list[ir.BooleanValue]:
    return [] if clause.when is None else [value(clause.when, rows, clause.owes)]


def _count(reads: Reads, clause: Clause, bit: int | None, side: Side, column: str) -> None:
    own, source = is_own(clause), _source(clause, side)
    reads.counts.append(Count(clause.duty, side, How.EVENT, (column,), bit, own, source=source))


def _source(clause: Clause, side: Side) -> tuple[str, ...]:
    done = clause.done
    return () if side is Side.OWED else (done.table, done.column, done.where.sql if done.where else "")


def _own_done(made: Rates, clause: Clause, reads: Reads, *, is_filtered: bool) -> str:
    """Return the column with the month in which a row's own done date lies."""
    rows = reads.rows
    day = as_day(rows[clause.done.column])
    conditions = _when(clause, rows) if is_filtered else []
    if clause.done.where is not None:
        conditions.append(value(clause.done.where, rows, clause.done.table))
    force = is_in_force(day, clause, made.months, is_within=True)
    return event_column(reads, day, made.months, force, *conditions)


# -- rows with their own day, and triggers


def _add_days(made: Rates, clause: Clause, about: About, bit: int | None) -> None:
    text = clause.due if clause.shape is Shape.ON else clause.starts
    if text is None:
        msg = f"{clause.duty}: a clause of shape {clause.shape} needs a due date or a trigger"
        raise ValueError(msg)
    rows = made.reads(about).rows
    if clause.shape is Shape.ON and any(one.period.months or one.period.days for one in clause.versions):
        about = About(about.table, about.case, about.office, about.officer, apart=clause.duty)
        rows = _with_due(made, clause, text, rows)
        made.reads(about, rows)
        day, opened = rows.moved_due, rows.came_on
    else:
        day = as_day(value(text, rows, clause.owes))
        opened = _opened(clause, rows, day)
    conditions = [] if about.is_cases else _when(clause, rows)
    conditions += [is_in_force(opened, clause, made.months, is_within=opened is day)]
    conditions += [~gone for gone in _gone(clause, rows, day)]
    reads = made.reads(about)
    _count(reads, clause, bit, Side.OWED, event_column(reads, day, made.months, *conditions))


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


def _bounds(clause: Clause, rows: ir.Table) -> tuple[ir.DateValue, ir.DateValue | None]:
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


def _span(  # a stretch of days and where it is kept
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
    start, end = _bounds(clause, reads.rows)
    conditions = [] if about.is_cases else _when(clause, reads.rows)
    for version, since, to in made.months.in_force(clause):
        columns = _span(reads, made, start, end, since, to, conditions)
        days = interval_days(version.period, made.country, made.months)
        reads.counts.append(Count(clause.duty, Side.OWED, How.SPAN, columns, bit, is_own(clause), days))


def _add_fixed(made: Rates, clause: Clause, about: About, bit: int | None) -> None:
    """Add the first and last period in scope, of the periods that end within the months."""
    cycle = clause.cycle
    periods = made.months.periods(clause)
    if cycle is None or not periods:
        return
    reads = made.reads(about)
    start, end = _bounds(clause, reads.rows)
    counts = _in_scope(start, end, [] if about.is_cases else _when(clause, reads.rows))
    since, to = period_days(cycle, periods[0])[0], period_days(cycle, periods[-1])[1]
    first = cycle_of(clipped(start, since, to + ONE_DAY), cycle) - (periods[0] - 1)
    last = ibis.literal(len(periods), type="int64")
    if end is not None:
        before = (clipped(end.fill_null(to + ONE_DAY), since, to + ONE_DAY) - ibis.interval(days=1)).cast(
            "date"
        )
        last = cycle_of(before, cycle) - (periods[0] - 1)
    reads.has_spans = True
    names = tuple(reads.column(numbered(counts, place.cast("int64"))) for place in (first, last))
    ends = made.months.period_ends(clause, periods)
    reads.counts.append(Count(clause.duty, Side.OWED, How.CYCLE, names, bit, is_own(clause), ends=ends))


# -- events of another table


def _add_done(made: Rates, clause: Clause, about: About, bit: int | None) -> None:
    done = clause.done
    events = made.tables[done.table]
    day = as_day(events[done.column])
    match = done.match or TABLES[done.table].key()
    conditions = [events[match].notnull()] if TABLES[done.table].columns()[match].nullable else []
    if done.where is not None:
        conditions.append(value(done.where, events, done.table))
    force = is_in_force(day, clause, made.months, is_within=True)
    of_case = about.is_cases and done.subject in {"", CASE_NO}
    if clause.case and (of_case or CASE_NO in events.columns):
        reads = made.reads(made.opened(About(done.table, match if of_case else CASE_NO)))
        column = event_column(reads, day, made.months, force, *conditions)
        reads.counts.append(
            Count(clause.duty, Side.DONE, How.EVENT, (column,), bit, source=_source(clause, Side.DONE))
        )
        return
    where = About(done.table, "its_case" if clause.case else "", "its_office", "its_officer", clause.duty)
    month = counted_month(day, made.months, force, *conditions)
    rows = _joined(clause, made.reads(about).rows, events.mutate(done_month=month), match)
    reads = made.reads(where, rows)
    _count(reads, clause, None, Side.DONE, reads.column(rows.done_month))


def _joined(clause: Clause, owing: ir.Table, events: ir.Table, match: str) -> ir.Table:
    """Return the events with the case, office and officer of the row that owes."""
    if clause.when is not None:
        owing = owing.filter(value(clause.when, owing, clause.owes))
    nothing = ibis.null("string")
    said = {
        "its_office": clause.office,
        "its_officer": clause.officer,
    }
    columns = {
        name: nothing if text is None else value(text, owing, clause.owes).cast("string")
        for name, text in said.items()
    }
    if clause.case:
        columns["its_case"] = owing[clause.case]
    subject = clause.done.subject or TABLES[clause.owes].key()
    few = owing.select(its_subject=owing[subject], **columns)
    return events.filter(events.done_month > 0).inner_join(few, events[match] == few.its_subject)
