"""The state of an instance on the as-of date: the first of eight tests that holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from closeout.duties.clauses import State

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause
    from closeout.duties.compile.scope import Scope

SUBJECT_ENDED, NO_RULE, SERVICE_ISSUE = "subject_ended", "no_rule_in_force", "service_issue"


def _has_instant(rows: ir.Table) -> ir.BooleanValue | None:
    return rows.due_at.notnull() if "due_at" in rows.columns else None


def is_on_time(rows: ir.Table, last_day: ir.DateValue) -> ir.BooleanValue:
    """Say whether a done instance was done in time: by its last day, or by its instant."""
    by_day = rows.done_on <= last_day
    has_instant = _has_instant(rows)
    if has_instant is None or "done_at" not in rows.columns:
        return by_day
    return (has_instant & rows.done_at.notnull()).ifelse(rows.done_at <= rows.due_at, by_day)


def has_passed(rows: ir.Table, last_day: ir.DateValue, day: ir.DateValue) -> ir.BooleanValue:
    """Say whether the last day, or for clocks in hours the instant, lies before the end of a day.

    A clock in hours that stops during the as-of date has passed by the end of that day.
    """
    by_day = day > last_day
    has_instant = _has_instant(rows)
    return by_day if has_instant is None else has_instant.ifelse(day >= rows.due_on, by_day)


def stated(rows: ir.Table, scope: Scope) -> ir.Table:
    """Return due instances with `state`, `ended_on` (of those closed without being done) and `holder_on`."""
    names = set(rows.columns)
    is_excused = rows.excused_on.notnull() if "excused_on" in names else ibis.literal(False)
    has_ended = rows.ended_on.notnull() if "ended_on" in names else ibis.literal(False)
    state = ibis.cases(
        (rows.version.isnull(), State.NO_BASIS.value),
        (rows.done_on.notnull() & is_on_time(rows, rows.last_day), State.DONE.value),
        (rows.done_on.notnull(), State.DONE_LATE.value),
        (is_excused | has_ended, State.EXCUSED.value),
        (rows.held_now_by.notnull(), State.ON_HOLD.value),
        (has_passed(rows, rows.last_day, scope.today), State.OVERDUE.value),
        (scope.today >= rows.opens_on, State.DUE.value),
        else_=State.UPCOMING.value,
    )
    days = [rows[name] for name in ("excused_on", "ended_on") if name in names]
    closed = ibis.coalesce(*days) if days else ibis.null("date")
    not_done = rows.done_on.isnull().ifelse(closed, ibis.null("date"))
    made = rows.mutate(state=state, closed_without=not_done)
    is_closed = made.state.isin([State.DONE.value, State.DONE_LATE.value, State.EXCUSED.value])
    holder_on = is_closed.ifelse(ibis.least(made.due_on, scope.today), scope.today)
    return made.mutate(holder_on=holder_on)


def reason(rows: ir.Table, clause: Clause) -> ir.StringValue:
    """Return why: the excuse, the end of the subject, the kind of hold, or that no rule was in force."""
    by_excuse = rows.excused_on.notnull() if "excused_on" in rows.columns else ibis.literal(False)
    is_excused = rows.state == State.EXCUSED.value
    return ibis.cases(
        (rows.state == State.NO_BASIS.value, NO_RULE),
        (is_excused & by_excuse, clause.excused_reason),
        (is_excused, SUBJECT_ENDED),
        (rows.state == State.ON_HOLD.value, rows.held_now_by),
        else_="",
    )


def is_missed(rows: ir.Table) -> ir.BooleanValue:
    """Say whether an instance fell due and was not done in time.

    Ended ones were missed if their last day had passed before the end; never if the office's own fault
    ended them.
    """
    ended_late = (rows.state == State.EXCUSED.value) & _has_passed_before_end(rows)
    missed = rows.state.isin([State.DONE_LATE.value, State.OVERDUE.value])
    return (missed | (ended_late & (rows.reason != SERVICE_ISSUE))).fill_null(False)


def _has_passed_before_end(rows: ir.Table) -> ir.BooleanValue:
    by_day = rows.closed_without > rows.last_day
    return by_day.fill_null(False)
