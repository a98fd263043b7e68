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
from closeout.duties.compile.scope import as_day, carried, owing, value
from closeout.duties.joins import projected, where
from closeout.records.tables import TABLES

if TYPE_CHECKING:
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
    came = as_day(start)
    if is_on:
        came = None if clause.opened is None else as_day(value(clause.opened, rows, clause.owes))
        columns["opened_on"] = as_day(start) if came is None else came.fill_null(as_day(start))
    else:
        columns["opened_on"] = came
    columns["sequence"] = ibis.literal(1, type="int64")
    columns |= _excused(clause, rows, scope)
    return _with_done(clause, rows, columns, came, scope)


def _with_done(
    clause: Clause, rows: ir.Table, columns: dict[str, ir.Value], came: ir.DateValue | None, scope: Scope
) -> ir.Table:
    if is_own_row(clause):
        columns |= own_done(clause, rows, scope)
    else:
        columns["subject"] = rows[clause.done.subject or TABLES[clause.owes].key()]
    if came is not None:
        columns["came_on"] = came
    made = projected(rows, columns)
    known = [made.start_on.notnull()]
    if came is not None:
        known.append(made.came_on.isnull() | (made.came_on <= scope.today))
    made = where(made, *known)
    if not is_own_row(clause):
        made = first_done(made, done_events(clause, scope), is_after_trigger=clause.shape is Shape.WITHIN)
    return made.drop("came_on") if came is not None else made


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
