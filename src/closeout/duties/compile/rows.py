"""The shapes with one instance a row: `on` (rows with their own due date) and `within` (triggers).

Both end in the columns that every shape hands on: `key`, `sequence`, `opened_on`, `start_on` (what the
period counts from), `start_at` for clocks in hours, `case_no` for duties about a case, `office`,
`officer`, `done_on`, and where the clause knows them `done_at`, `excused_on`, `ended_on`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from closeout.duties.clauses import Shape
from closeout.duties.compile.done import done_events, first_done, is_own_row, own_done
from closeout.duties.compile.scope import as_day, carried, is_owed, owing, value
from closeout.duties.joins import projected, where
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause
    from closeout.duties.compile.scope import Scope


def counts_hours(clause: Clause) -> bool:
    """Say whether any version of the clause is a clock in hours."""
    return any(version.period.hours for version in clause.versions)


def one_a_row(clause: Clause, scope: Scope) -> ir.Table:
    """Return the instances of an `on` or `within` clause, before any rule is applied to them."""
    rows = owing(clause, scope)
    is_on = clause.shape is Shape.ON
    text = clause.due if is_on else clause.starts
    if text is None:
        msg = (
            f"{clause.duty}: a clause of shape {clause.shape} needs {'a due date' if is_on else 'a trigger'}"
        )
        raise ValueError(msg)
    start = value(text, rows, clause.owes)
    columns = carried(clause, rows, scope)
    columns["start_on"] = as_day(start)
    if counts_hours(clause):
        columns["start_at"] = start.cast("timestamp(6)")
    columns["opened_on"] = as_day(start)
    if is_on and clause.opened is not None:
        columns["came_on"] = as_day(value(clause.opened, rows, clause.owes))
        columns["opened_on"] = columns["came_on"].fill_null(as_day(start))
    columns["sequence"] = ibis.literal(1, type="int64")
    columns |= _excused(clause, rows, scope)
    return _with_done(clause, rows, columns, scope)


def _with_done(clause: Clause, rows: ir.Table, columns: dict[str, ir.Value], scope: Scope) -> ir.Table:
    if is_own_row(clause):
        columns |= own_done(clause, rows, scope)
    else:
        columns["subject"] = rows[clause.done.subject or TABLES[clause.owes].key()]
    made = projected(rows, columns)
    made = where(made, *_known(clause, made, scope))
    if is_own_row(clause):
        return made
    return first_done(made, done_events(clause, scope), is_after_trigger=clause.shape is Shape.WITHIN)


def _known(clause: Clause, made: ir.Table, scope: Scope) -> Iterator[ir.BooleanValue]:
    """Yield what must hold of a row for it to owe anything that was known of by the as-of date."""
    yield from is_owed(made)
    if clause.shape is Shape.WITHIN:
        yield made.start_on <= scope.today
        return
    yield made.start_on.notnull()
    if "came_on" in made.columns:
        yield made.came_on.isnull() | (made.came_on <= scope.today)


def _excused(clause: Clause, rows: ir.Table, scope: Scope) -> dict[str, ir.Value]:
    if clause.excused is None:
        return {}
    days = []
    if clause.excused_on is not None:
        days.append(as_day(value(clause.excused_on, rows, clause.owes)))
    if is_own_row(clause):
        days.append(as_day(rows[clause.done.column]))
    text = clause.due or clause.starts
    if text is not None:
        days.append(as_day(value(text, rows, clause.owes)))
    is_excused = value(clause.excused, rows, clause.owes)
    return {"excused_on": is_excused.ifelse(scope.known(ibis.coalesce(*days)), ibis.null("date"))}
