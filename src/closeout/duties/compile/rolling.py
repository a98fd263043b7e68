"""`every`, rolling: each done event closes one instance and opens the next.

The day a subject starts and the days of its events stand in one column; one window over them gives each
opening the next day as its done day, and counts the openings. Events of one day count once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from closeout.duties.compile.done import done_events
from closeout.duties.compile.scope import as_day, carried, is_owed, owing, value
from closeout.duties.joins import joined, own, projected, sides, where
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause
    from closeout.duties.compile.scope import Scope

_START, _EVENT = 0, 1


def subjects(clause: Clause, scope: Scope) -> ir.Table:
    """Return who owes: `key`, `subject` (what events are matched on), `opened_on`, holder, end.

    A subject that starts after the as-of date, or ends on or before its start, owes nothing.
    """
    rows = owing(clause, scope)
    if clause.starts is None:
        msg = f"{clause.duty}: a clause of shape every needs `starts`"
        raise ValueError(msg)
    columns = carried(clause, rows, scope)
    columns["subject"] = rows[clause.done.subject or TABLES[clause.owes].key()]
    columns["opened_on"] = as_day(value(clause.starts, rows, clause.owes))
    made = projected(rows, columns)
    known = [*is_owed(made), made.opened_on <= scope.today]
    if "ended_on" in columns:
        known.append(made.ended_on.isnull() | (made.opened_on < made.ended_on))
    return where(made, *known)


def events_of(found: ir.Table, clause: Clause, scope: Scope) -> ir.Table:
    """Return the subjects' events up to each one's end, one a day, with what the instance carries."""
    events = done_events(clause, scope)
    extra = [name for name in ("event_at", "is_excuse") if name in events.columns]
    if extra:  # the day's first, and done rather than excused where it was both
        first = {name: events[name].min() for name in extra}
        kept = [name for name in ("event_year", "event_period") if name in events.columns]
        events = events.group_by("event_key", "event_on", *kept).agg(**first)
    one, its = sides(found, events)
    on = [one["subject"] == its["event_key"], its["event_on"] >= one["opened_on"]]
    if "ended_on" in found.columns:
        on.append(one["ended_on"].isnull() | (its["event_on"] <= one["ended_on"]))
    return joined("inner", one, its, on, one.columns(but=["subject"]) | its.columns(but=["event_key"]))


def rolling(clause: Clause, scope: Scope) -> ir.Table:
    """Return the instances of a rolling `every` clause, before any rule is applied to them."""
    found = subjects(clause, scope)
    met = events_of(found, clause, scope)
    kept = [name for name in found.columns if name not in {"subject", "opened_on", "is_owed"}]
    extra = {name: met[name] for name in ("event_at", "is_excuse") if name in met.columns}
    day = {"day": met.event_on, "turn": ibis.literal(_EVENT, type="int8")}
    happened = projected(met, {name: met[name] for name in kept} | day | extra)
    nothing = {name: ibis.null(column.type()) for name, column in extra.items()}
    day = {"day": found.opened_on, "turn": ibis.literal(_START, type="int8")}
    began = projected(found, {name: found[name] for name in kept} | day | nothing)
    return _openings(began.union(happened), kept)


def _openings(turns: ir.Table, kept: list[str]) -> ir.Table:
    window = ibis.window(
        group_by="key", order_by=[turns.day.asc(nulls_first=True), turns.turn.asc(nulls_first=True)]
    )
    columns = {
        "opened_on": turns.day,
        "start_on": turns.day,
        "turn": turns.turn,
        "done_on": turns.day.lead().over(window),
        "sequence": ibis.dense_rank().over(window).cast("int64") + 1,
    }
    if "event_at" in turns.columns:
        columns["done_at"] = turns.event_at.lead().over(window)
    if "is_excuse" in turns.columns:
        columns["closed_by_excuse"] = turns.is_excuse.lead().over(window)
    made = projected(turns, {name: turns[name] for name in kept} | columns)
    is_last_of_day = made.done_on.isnull() | (made.done_on > made.opened_on)
    known = [(made.turn == _START) | is_last_of_day]
    if "ended_on" in kept:
        known.append(made.ended_on.isnull() | (made.opened_on < made.ended_on))
    return excuses_apart(where(made, *known))


def excuses_apart(made: ir.Table) -> ir.Table:
    """Return instances with the day an excuse closed them in `excused_on` instead of `done_on`."""
    if "closed_by_excuse" not in made.columns:
        return made
    by_excuse = (made.closed_by_excuse == 1).fill_null(False)
    nothing = ibis.null("date")
    changed = {
        "excused_on": by_excuse.ifelse(made.done_on, nothing),
        "done_on": by_excuse.ifelse(nothing, made.done_on),
    }
    if "done_at" in made.columns:
        changed["done_at"] = by_excuse.ifelse(ibis.null(made.done_at.type()), made.done_at)
    return projected(made, own(made, but=["closed_by_excuse"]) | changed)
