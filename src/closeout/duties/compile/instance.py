"""The listing of a clause's instances, put together from its parts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import ibis

from closeout.duties.clauses import Shape
from closeout.duties.compile.fixed import fixed
from closeout.duties.compile.holders import OFFICE, OFFICER, held_by
from closeout.duties.compile.holds import HELD_FROM, days_held, merged, with_holds
from closeout.duties.compile.rolling import rolling
from closeout.duties.compile.rows import one_a_row
from closeout.duties.compile.scope import Scope
from closeout.duties.compile.states import is_missed, reason, stated
from closeout.duties.compile.versions import due, last_day, opens_on
from closeout.duties.instances import INSTANCE

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause

COUNTED = ("duty", "office_id", "officer_no", "state", "is_missed")


def instances(
    clause: Clause, tables: Mapping[str, ir.Table], *, as_of: date, holidays: str = "US"
) -> ir.Table:
    """Return every instance of a clause's duty as one expression.

    Args:
        clause: The clause.
        tables: The tables by name; at least those that `needed_tables` names.
        as_of: The day to stand on. What happened later is not known.
        holidays: The country whose public holidays are no business days.

    Returns:
        An expression with exactly the columns of `INSTANCE`, in no order.

    """
    scope = Scope(tables, as_of, holidays)
    return _finished(held_by(_stated(clause, scope), clause, scope), clause)


def counts(
    clause: Clause,
    tables: Mapping[str, ir.Table],
    *,
    as_of: date,
    holidays: str = "US",
    by: Sequence[str] = COUNTED,
) -> ir.Table:
    """Return how many instances there are by some of `duty`, office, officer, state and `is_missed`.

    Args:
        clause: The clause.
        tables: The tables by name.
        as_of: The day to stand on.
        holidays: As for `instances`.
        by: What to group by; an office or officer that is not among it is not looked up, which is quicker.

    Returns:
        The grouping columns and `instances`, a count.

    """
    scope = Scope(tables, as_of, holidays)
    wanted = [who for who, column in ((OFFICE, "office_id"), (OFFICER, "officer_no")) if column in by]
    listed = _finished(held_by(_stated(clause, scope), clause, scope, wanted=wanted), clause)
    return listed.group_by(*by).agg(instances=listed.count())


def due_rows(clause: Clause, scope: Scope, *, wanted: Container[str] | None = None) -> ir.Table:
    """Return the instances of a clause with the version that governs each and its due date, before holds.

    `wanted` names the columns that are carried on; all if None.
    """
    if clause.shape is not Shape.EVERY:
        made = one_a_row(clause, scope)
    elif clause.cycle is None:
        made = rolling(clause, scope)
    else:
        made = fixed(clause, scope)
    return due(made, clause, scope, wanted=wanted)


def held_days(clause: Clause, scope: Scope) -> ir.Table | None:
    """Return the days that holds stopped the clock of instances; None for a clause without holds."""
    if not (clause.holds and clause.case):
        return None
    holds = merged(clause, scope)
    few = replace(scope, only=holds)
    return days_held(due_rows(clause, few, wanted=HELD_FROM), clause, few, holds)


def _stated(clause: Clause, scope: Scope) -> ir.Table:
    rows = with_holds(due_rows(clause, scope), held_days(clause, scope))
    rows = last_day(rows, clause, scope, column="due_on", into="last_day")
    return stated(opens_on(rows, clause, scope), scope)


def _finished(rows: ir.Table, clause: Clause) -> ir.Table:
    """Return the columns of an instance, in order, with their types."""
    rows = rows.mutate(reason=reason(rows, clause))
    rules = [
        f"{version.basis.policy}/{version.basis.clause}@{version.in_force_from.isoformat()}"
        for version in clause.versions
    ]
    rule = ibis.cases(*[(rows.version == place, text) for place, text in enumerate(rules)], else_="")
    made = {
        "duty": ibis.literal(clause.duty),
        "subject_table": ibis.literal(clause.owes),
        "subject": rows.key.cast("string"),
        "office_id": rows.office,
        "officer_no": rows.officer,
        "ended_on": rows.closed_without,
        "rule": rule,
        "is_missed": is_missed(rows),
    }
    types = ibis.schema(INSTANCE)
    columns = {}
    for name, kind in types.items():
        found = made.get(name)
        if found is None:
            found = rows[name] if name in rows.columns else ibis.null(kind)
        columns[name] = found if found.type() == kind else found.cast(kind)
    return rows.select(**columns)
