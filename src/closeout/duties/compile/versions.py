"""Which version of the rule governs an instance, and when the instance is due by it."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

import ibis

from closeout.duties.calendar import clock, is_plain, moved, plainly_moved
from closeout.duties.clauses import Period
from closeout.duties.joins import projected

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause, Version
    from closeout.duties.compile.scope import Scope

CLOSING = ("done_on", "excused_on", "ended_on")
_READ = ("start_on", "start_at", "sequence", "opened_on", *CLOSING)
"""What a due date may be found from."""
_PASSING = ("start_at", "came_on", "is_owed", "turn")
"""What nobody asks for once it is known when an instance is due."""


def closed_first_on(rows: ir.Table) -> ir.DateValue:
    """Return the first day on which an instance was done, excused or ended; null while open."""
    days = [rows[name] for name in CLOSING if name in rows.columns]
    never = ibis.date("9999-12-31")
    first = ibis.least(*[day.fill_null(never) for day in days]) if len(days) > 1 else days[0]
    return first.nullif(never) if len(days) > 1 else first


def due(rows: ir.Table, clause: Clause, scope: Scope, *, wanted: Container[str] | None = None) -> ir.Table:
    """Return the instances with the version that governs each, and when it is due by that, before any hold.

    Each step is compiled with every column that it carries: a single version that counts no days takes one.

    Args:
        rows: The instances of the clause, as its shape gives them.
        clause: The clause.
        scope: The tables and the day.
        wanted: The columns that are carried on; all that mean anything later on if None.

    Returns:
        The instances with `version`, the place of the governing version in the clause, or null; `due_on`; and
        for clocks in hours `due_at`.

    """
    kept = [name for name in rows.columns if name not in _PASSING and (wanted is None or name in wanted)]
    governing = _governing(rows, clause, scope)
    if len(clause.versions) == 1 and _is_plainly_due(clause, clause.versions[0]):
        return _with_due(rows, kept, governing, clause)
    read = [name for name in _READ if name in rows.columns]
    rows = projected(
        rows, {name: rows[name] for name in dict.fromkeys((*kept, *read))} | {"version": governing}
    )
    for place, version in enumerate(clause.versions):
        rows = _counted(rows, clause, version, place, scope)
    return _with_due(rows, kept, rows.version, clause)


def _governing(rows: ir.Table, clause: Clause, scope: Scope) -> ir.IntegerValue:
    """Return the place of the version that governs an instance; null where none was in force.

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
    return ibis.cases(
        *[(condition, ibis.literal(number, type="int64")) for condition, number in found],
        else_=ibis.null("int64"),
    )


def _is_in_force(day: ir.DateValue, version: Version) -> ir.BooleanValue:
    found = day >= ibis.literal(version.in_force_from, type="date")
    if version.in_force_to is not None:
        found &= day <= ibis.literal(version.in_force_to, type="date")
    return found


def _is_plainly_due(clause: Clause, version: Version) -> bool:
    """Say whether a version's due dates are found without counting days or hours."""
    first = _first(clause, version)
    return not version.period.hours and is_plain(version.period) and (first is None or is_plain(first))


def _with_due(rows: ir.Table, kept: Iterable[str], governing: ir.IntegerValue, clause: Clause) -> ir.Table:
    """Return the columns kept, `version`, `due_on` and, for clocks in hours, `due_at`."""
    days, instants = [], []
    for place, version in enumerate(clause.versions):
        if version.period.hours:
            at = _stops_at(rows[f"clock_{place}"], rows, version)
            instants.append((place, at))
            days.append((place, at.cast("date")))
        else:
            days.append((place, _due_on(rows, clause, version, place)))
    found = {"version": governing, "due_on": _by_version(governing, days)}
    if instants:
        found["due_at"] = _by_version(governing, instants)
    return projected(rows, {name: rows[name] for name in kept} | found)


def _by_version(governing: ir.IntegerValue, there: list[tuple[int, ir.Value]]) -> ir.Value:
    """Return for each instance what its version gives."""
    kind = there[0][1].type()
    return ibis.cases(*[(governing == place, found) for place, found in there], else_=ibis.null(kind))


def _counted(rows: ir.Table, clause: Clause, version: Version, place: int, scope: Scope) -> ir.Table:
    """Return the instances with what a version's periods come to where days or hours have to be counted.

    Calendar days need no column of their own: fewer columns are fewer selects for DuckDB to plan.
    """
    country = scope.holidays
    if version.period.hours:
        return clock(rows, "start_at", version.period, into=f"clock_{place}", country=country)
    if not is_plain(version.period):
        rows = moved(rows, "start_on", version.period, into=f"moved_{place}", country=country)
    first = _first(clause, version)
    if first is not None and not is_plain(first):
        rows = moved(rows, "start_on", first, into=f"first_{place}", country=country)
    return rows


def _first(clause: Clause, version: Version) -> Period | None:
    """Return the period up to the first due date, where that is one of its own."""
    return version.first if clause.cycle is None and clause.shape == "every" else None


def _due_on(rows: ir.Table, clause: Clause, version: Version, place: int) -> ir.DateValue:
    """Return when an instance is due by a version: not before the day on which that took it over."""
    day = _end_of(rows, version.period, f"moved_{place}")
    first = _first(clause, version)
    if first is not None:
        day = (rows.sequence == 1).ifelse(_end_of(rows, first, f"first_{place}"), day)
    if version.takes_over_open:
        begins = ibis.literal(version.in_force_from, type="date")
        day = (rows.opened_on < begins).ifelse(ibis.greatest(day, begins), day)
    return day


def _end_of(rows: ir.Table, period: Period, counted: str) -> ir.DateValue:
    return plainly_moved(rows.start_on, period) if is_plain(period) else rows[counted]


def _stops_at(at: ir.TimestampValue, rows: ir.Table, version: Version) -> ir.TimestampValue:
    """Return when a clock stops: not before the end of the day on which its version took it over."""
    if version.takes_over_open:
        last = ibis.literal(datetime.combine(version.in_force_from, time.max), type="timestamp(6)")
        is_taken_over = rows.opened_on < ibis.literal(version.in_force_from, type="date")
        at = (is_taken_over & (at < last)).ifelse(last, at)
    return at.cast("timestamp(6)")


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
    sign = -1 if lead else 1
    periods = [version.lead if lead else _grace(version) for version in clause.versions]
    for place, period in enumerate(periods):
        if not is_plain(period):
            name = f"moved_{place}"
            rows = moved(rows, column, period, into=name, country=scope.holidays, sign=sign)
    days = [
        (place, plainly_moved(rows[column], period, sign) if is_plain(period) else rows[f"moved_{place}"])
        for place, period in enumerate(periods)
    ]
    return projected(rows, {name: rows[name] for name in kept} | {into: _by_version(rows.version, days)})


def has_grace(clause: Clause) -> bool:
    """Say whether the last day of any instance is another than its due date."""
    return any(_grace(version) != Period() for version in clause.versions)


def _grace(version: Version) -> Period:
    return Period() if version.period.hours else version.grace
