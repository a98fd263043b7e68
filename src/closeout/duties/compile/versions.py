"""Which version of the rule governs an instance, and when the instance is due by it."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

import ibis

from closeout.duties.calendar import clock, moved

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause, Version
    from closeout.duties.compile.scope import Scope

CLOSING = ("done_on", "excused_on", "ended_on")


def closed_first_on(rows: ir.Table) -> ir.DateValue:
    """Return the first day on which an instance was done, excused or ended; null while open."""
    days = [rows[name] for name in CLOSING if name in rows.columns]
    never = ibis.date("9999-12-31")
    first = ibis.least(*[day.fill_null(never) for day in days]) if len(days) > 1 else days[0]
    return first.nullif(never) if len(days) > 1 else first


def governed(rows: ir.Table, clause: Clause, scope: Scope) -> ir.Table:
    """Return the instances with `version`, the place of the governing version in the clause, or null.

    The version in force on the day the instance opened governs it. A later one takes over, if it says
    so, an instance that is still open on the day it comes into force, once that day has come.
    """
    found = []
    for place, version in reversed(list(enumerate(clause.versions))):
        if version.takes_over_open and version.in_force_from <= scope.as_of:
            begins = ibis.literal(version.in_force_from, type="date")
            closed = closed_first_on(rows)
            is_open = closed.isnull() | (closed >= begins)
            found.append(((rows.opened_on < begins) & is_open, place))
    found += [(_is_in_force(rows.opened_on, version), place) for place, version in enumerate(clause.versions)]
    place = ibis.cases(
        *[(condition, ibis.literal(number, type="int64")) for condition, number in found],
        else_=ibis.null("int64"),
    )
    return rows.mutate(version=place)


def _is_in_force(day: ir.DateValue, version: Version) -> ir.BooleanValue:
    found = day >= ibis.literal(version.in_force_from, type="date")
    if version.in_force_to is not None:
        found &= day <= ibis.literal(version.in_force_to, type="date")
    return found


def due(rows: ir.Table, clause: Clause, scope: Scope) -> ir.Table:
    """Return governed instances with `due_on` and, for clocks in hours, `due_at`, before any hold."""
    names, instants = [], []
    for place, version in enumerate(clause.versions):
        names.append(f"due_{place}")
        instants.append(f"due_at_{place}")
        rows = _due_by(rows, clause, version, names[-1], instants[-1], scope)
    due_on = _by_version(rows, names)
    rows = rows.mutate(due_on=due_on)
    if any(name in rows.columns for name in instants):
        rows = rows.mutate(due_at=_by_version(rows, instants))
    return rows.drop(*[name for name in (*names, *instants, "start_at") if name in rows.columns])


def _by_version(rows: ir.Table, names: list[str]) -> ir.Value:
    """Return for each instance the column of its version."""
    there = [(place, rows[name]) for place, name in enumerate(names) if name in rows.columns]
    kind = there[0][1].type()
    return ibis.cases(*[(rows.version == place, found) for place, found in there], else_=ibis.null(kind))


def _due_by(
    rows: ir.Table, clause: Clause, version: Version, name: str, instant: str, scope: Scope
) -> ir.Table:
    begins = version.in_force_from
    is_taken_over = rows.opened_on < ibis.literal(begins, type="date")
    if version.period.hours:
        rows = clock(rows, "start_at", version.period, into=instant, country=scope.holidays)
        last = ibis.literal(datetime.combine(begins, time.max), type="timestamp(6)")
        late = is_taken_over & (rows[instant] < last)
        at = late.ifelse(last, rows[instant]) if version.takes_over_open else rows[instant]
        return rows.mutate(**{instant: at.cast("timestamp(6)"), name: at.cast("date")})
    rows = moved(rows, "start_on", version.period, into=name, country=scope.holidays)
    if version.first is not None and clause.cycle is None and clause.shape == "every":
        rows = moved(rows, "start_on", version.first, into="first_due", country=scope.holidays)
        first = (rows.sequence == 1).ifelse(rows.first_due, rows[name])
        rows = rows.mutate(**{name: first}).drop("first_due")
    if version.takes_over_open:
        least = ibis.literal(begins, type="date")
        rows = rows.mutate(**{name: is_taken_over.ifelse(ibis.greatest(rows[name], least), rows[name])})
    return rows


def last_day(rows: ir.Table, clause: Clause, scope: Scope, *, column: str, into: str) -> ir.Table:
    """Return the instances with the day that is a due date plus its version's grace.

    A clock in hours has no grace.
    """
    return _moved_by_version(rows, clause, scope, column=column, into=into, lead=False)


def opens_on(rows: ir.Table, clause: Clause, scope: Scope) -> ir.Table:
    """Return the instances with `opens_on`: the due date less its version's lead."""
    return _moved_by_version(rows, clause, scope, column="due_on", into="opens_on", lead=True)


def _moved_by_version(
    rows: ir.Table, clause: Clause, scope: Scope, *, column: str, into: str, lead: bool
) -> ir.Table:
    kept = rows.columns
    names = []
    for place, version in enumerate(clause.versions):
        period = version.lead if lead else version.grace
        names.append(f"moved_{place}")
        if not lead and version.period.hours:
            rows = rows.mutate(**{names[-1]: rows[column]})
            continue
        rows = moved(rows, column, period, into=names[-1], country=scope.holidays, sign=-1 if lead else 1)
    return rows.select(*kept, **{into: _by_version(rows, names)})
