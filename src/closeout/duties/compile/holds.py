"""Holds: days on which the clock of a case stands still move the due date by as many days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from closeout.duties.calendar import later_by
from closeout.duties.compile.versions import CLOSING, has_grace, last_day
from closeout.duties.joins import joined, own, projected, sides, where, with_columns

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause
    from closeout.duties.compile.scope import Scope

NEVER = "9999-12-31"
HELD_FROM = ("key", "sequence", "case_no", "version", "opened_on", "due_on", *CLOSING)
"""What it takes of an instance to know for how long its clock stood still."""


def merged(clause: Clause, scope: Scope) -> ir.Table:
    """Return the holds that stop the clause's clock, begun by the as-of date, overlaps joined up.

    Returns:
        `held_case`, `held_from`, `held_to` (the day the clock ran again, far away while held) and
        `held_by`, the kind that holds on the as-of date (the first by name if several; null if none).

    """
    holds = scope.tables["holds"]
    rows = where(holds, holds.kind.isin(clause.holds), holds.from_on <= scope.today)
    rows = rows.select("case_no", "kind", "from_on", to_on=rows.to_on.fill_null(ibis.date(NEVER)))
    order = [rows.from_on.asc(nulls_first=True), rows.to_on.asc(nulls_first=True)]
    before = ibis.window(group_by="case_no", order_by=order, preceding=(None, 1))
    rows = with_columns(rows, {"reached": rows.to_on.max().over(before)})
    is_new = rows.reached.isnull() | (rows.reached < rows.from_on)
    rows = with_columns(rows, {"is_new": is_new.cast("int64")})
    so_far = ibis.window(
        group_by="case_no",
        order_by=[rows.from_on.asc(nulls_first=True), rows.to_on.asc(nulls_first=True)],
        preceding=None,
        following=0,
    )
    rows = with_columns(rows, {"island": rows.is_new.sum().over(so_far)})
    is_now = rows.to_on > scope.today
    return rows.group_by(held_case=rows.case_no, island=rows.island).agg(
        held_from=rows.from_on.min(),
        held_to=rows.to_on.max(),
        held_by=is_now.ifelse(rows.kind, ibis.null("string")).min(),
    )


def days_held(rows: ir.Table, clause: Clause, scope: Scope, holds: ir.Table) -> ir.Table:
    """Return, for instances with holds, `held_key`, `held_sequence`, `days_held` and `held_now_by`.

    A hold counts from the day the instance opened to the day it closed, and not at all if it starts
    after the due date as moved so far, plus grace; nor then does any later one.
    """
    one, their = sides(rows, holds)
    both = joined(
        "inner", one, their, [one["case_no"] == their["held_case"]], one.columns() | their.columns()
    )
    both = where(both, (both.held_to > both.opened_on) | both.held_by.notnull())
    starts = ibis.greatest(both.held_from, both.opened_on)
    closed = ibis.coalesce(*[both[name] for name in CLOSING if name in rows.columns])
    stops = ibis.least(both.held_to, scope.today, closed.fill_null(scope.today))
    length = ibis.greatest(stops.epoch_days() - starts.epoch_days(), 0).cast("int64")
    kept = {name: both[name] for name in ("key", "sequence", "version", "due_on", "held_from", "held_by")}
    each = projected(both, kept | {"starts": starts, "length": length})
    order = each.held_from.asc(nulls_first=True)
    before = ibis.window(group_by=["key", "sequence"], order_by=order, preceding=(None, 1))
    moved_so_far = each.length.sum().over(before).fill_null(0)
    each = projected(each, own(each, but=["due_on"]) | {"bound": later_by(each.due_on, moved_so_far)})
    if has_grace(clause):
        each = last_day(each, clause, scope, column="bound", into="bound")
    is_in_time = (each.starts <= each.bound).fill_null(False)
    carried = own(each, but=["version", "starts", "bound"])
    each = projected(each, carried | {"is_in_time": is_in_time.cast("int64")})
    so_far = ibis.window(
        group_by=["key", "sequence"],
        order_by=each.held_from.asc(nulls_first=True),
        preceding=None,
        following=0,
    )
    each = with_columns(each, {"counts": each.is_in_time.min().over(so_far) == 1})
    return each.group_by(held_key=each.key, held_sequence=each.sequence).agg(
        days_held=each.counts.ifelse(each.length, 0).sum().cast("int32"),
        held_now_by=each.counts.ifelse(each.held_by, ibis.null("string")).min(),
    )


def with_holds(rows: ir.Table, held: ir.Table | None) -> ir.Table:
    """Return the instances with their due date moved by `days_held`, and `held_now_by`."""
    if held is None:
        return rows.mutate(days_held=ibis.literal(0, type="int64"), held_now_by=ibis.null("string"))
    one, its = sides(rows, held)
    days = its["days_held"].fill_null(0).cast("int64")
    changed = {"due_on": _later(one["due_on"], its["days_held"])}
    if "due_at" in one.names:
        at = one["due_at"]
        moved_at = (at + days.cast("int32").as_interval("D")).cast(at.type())
        changed["due_at"] = its["days_held"].isnull().ifelse(at, moved_at)
    columns = one.columns(but=changed) | changed | {"days_held": days, "held_now_by": its["held_now_by"]}
    return joined(
        "left", one, its, [one["key"] == its["held_key"], one["sequence"] == its["held_sequence"]], columns
    )


def _later(day: ir.DateValue, days: ir.IntegerValue) -> ir.DateValue:
    return days.isnull().ifelse(day, later_by(day, days))
