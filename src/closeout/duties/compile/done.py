"""The events that discharge a duty, and how an owing row finds its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from closeout.duties.clauses import Shape
from closeout.duties.compile.scope import as_day, value
from closeout.duties.joins import joined, projected, sides, where
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause
    from closeout.duties.compile.scope import Scope


def is_own_row(clause: Clause) -> bool:
    """Say whether the owing row's own column discharges it."""
    return clause.done.table == clause.owes and not clause.done.match


def own_done(clause: Clause, rows: ir.Table, scope: Scope) -> dict[str, ir.Value]:
    """Return the done columns of rows that carry their own done date, unknown where it is yet to come."""
    found = rows[clause.done.column]
    is_known = as_day(found) <= scope.today
    if clause.done.where is not None:
        is_known &= value(clause.done.where, rows, clause.owes)
    columns = {"done_on": is_known.ifelse(as_day(found), ibis.null("date"))}
    if found.type().is_timestamp():
        columns["done_at"] = is_known.ifelse(found, ibis.null(found.type()))
    return columns


def done_events(clause: Clause, scope: Scope) -> ir.Table:
    """Return the events up to the as-of date: `event_key`, `event_on`, and where they say so `event_at`.

    For `every` the events that excuse are among them, marked `is_excuse`; their day is the day of the
    excuse. `event_year` says which year an event is for and `event_period` a day of the period it
    is for, where the clause names a column for them.
    """
    done = clause.done
    rows = scope.tables[done.table]
    found = rows[done.column]
    day = as_day(found)
    columns: dict[str, ir.Value] = {"event_key": rows[done.match or TABLES[done.table].key()]}
    counts = None if done.where is None else value(done.where, rows, done.table)
    if clause.shape is Shape.EVERY:
        if clause.excused is not None:
            excuses = value(clause.excused, rows, done.table).fill_null(False)
            counts = None if counts is None else counts | excuses
            if clause.excused_on is not None:
                own = as_day(value(clause.excused_on, rows, done.table))
                day = excuses.ifelse(own.fill_null(day), day)
            columns["is_excuse"] = excuses.cast("int64")
        if done.year:
            columns["event_year"] = rows[done.year].cast("int64")
        if done.period:
            columns["event_period"] = as_day(rows[done.period])
    columns["event_on"] = day
    if found.type().is_timestamp():
        columns["event_at"] = found
    if counts is None:
        made = projected(rows, columns)
        return where(made, made.event_on <= scope.today)
    made = projected(rows, columns | {"counts": counts})
    return where(made, made.event_on <= scope.today, made.counts)


def first_done(rows: ir.Table, events: ir.Table, *, is_after_trigger: bool) -> ir.Table:
    """Return the rows, each with the first of its events that discharges it.

    Args:
        rows: Rows with `key`, unique, `subject`, what the events are matched on, and `opened_on`.
        events: The events.
        is_after_trigger: Whether events before `opened_on` do not count.

    Returns:
        The rows without `subject`, with `done_on`, and with `done_at` where the events have instants.

    """
    found = {"done_on": events.event_on.min()}
    if "event_at" in events.columns:
        found["done_at"] = events.event_at.min()
    if not is_after_trigger:
        return _with_first(rows, "subject", events.group_by("event_key").agg(**found))
    few = projected(rows, {name: rows[name] for name in ("key", "subject", "opened_on")})
    one, its = sides(few, events)
    on = [one["subject"] == its["event_key"], its["event_on"] >= one["opened_on"]]
    columns = {"key": one["key"]} | {
        name: its[name] for name in ("event_on", "event_at") if name in its.names
    }
    both = joined("inner", one, its, on, columns)
    found = {"done_on": both.event_on.min()}
    if "event_at" in events.columns:
        found["done_at"] = both.event_at.min()
    return _with_first(rows, "key", both.group_by(done_key=both.key).agg(**found))


def _with_first(rows: ir.Table, match: str, first: ir.Table) -> ir.Table:
    """Return the rows without `subject`, with what the first events say; their first column is matched."""
    one, its = sides(rows, first)
    key, *found = its.names
    columns = one.columns(but=["subject"]) | {name: its[name] for name in found}
    return joined("left", one, its, [one[match] == its[key]], columns)
