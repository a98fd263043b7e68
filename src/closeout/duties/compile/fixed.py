"""`every`, fixed: one instance for each period of the cycle, each owed on its own.

Which event discharges which period is said by the event's own year, or by a day of the period, where the
clause names its column.
Otherwise an event discharges the earliest open period that began on or before it and whose successor is
not past due: the n-th event takes period a(n) = min(max(a(n-1) + 1, earliest(n)), latest(n)), and none
where that is taken. Written without the recursion, a(n) - n is the greatest over all j up to n of the
least of earliest(j) - j and every latest(k) - k with k from j to n.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from closeout.duties.calendar import later_by
from closeout.duties.compile.cycles import cycle_periods, day_table, period_table
from closeout.duties.compile.rolling import events_of, excuses_apart, subjects
from closeout.duties.joins import joined, sides, where, with_columns

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause
    from closeout.duties.compile.scope import Scope


def fixed(clause: Clause, scope: Scope) -> ir.Table:
    """Return the instances of a fixed `every` clause, before any rule is applied to them."""
    periods = cycle_periods(clause, until=scope.as_of, country=scope.holidays)
    days = day_table(periods, until=scope.as_of)
    found = _spans(subjects(clause, scope), days, latest=len(periods) - 1)
    events = events_of(found, clause, scope)
    listed = period_table(periods)
    if clause.done.year:
        taken = _by_year(events)
    else:
        taken = _by_period(events, listed) if clause.done.period else _by_turn(events, days)
    one, its = sides(found, listed)
    within = [its["period"] >= one["first_period"], its["period"] <= one["last_period"]]
    made = joined("inner", one, its, within, one.columns(but=["subject", "opened_on"]) | its.columns())
    match = "period_year" if clause.done.year else "period"
    one, its = sides(made, taken)
    columns = {
        "opened_on": one["period_first"],
        "start_on": one["period_last"],
        "sequence": one["period"] - one["first_period"] + 1,
        "done_on": _decoded(its["token"]),
    }
    if clause.excused is not None:
        columns["closed_by_excuse"] = its["token"] % 2
    kept = one.columns(but=["first_period", "last_period", *listed.columns])
    on = [one["key"] == its["taken_key"], one[match] == its["taken"]]
    return excuses_apart(joined("left", one, its, on, kept | columns))


def _spans(found: ir.Table, days: ir.Table, *, latest: int) -> ir.Table:
    """Return the subjects with their first and last period."""
    one, its = sides(found, days)
    first = {"first_period": its["latest"].fill_null(0)}
    begun = joined("left", one, its, [one["opened_on"] == its["cycle_day"]], one.columns() | first)
    newest = ibis.literal(latest, type="int64")
    if "ended_on" not in found.columns:
        return with_columns(begun, {"last_period": newest})
    last_owed_on = (begun.ended_on - ibis.interval(days=1)).cast("date")
    one, its = sides(with_columns(begun, {"last_owed_on": last_owed_on}), days)
    last = {"last_period": one["ended_on"].isnull().ifelse(newest, its["latest"])}
    kept = one.columns(but=["last_owed_on"])
    made = joined("left", one, its, [one["last_owed_on"] == its["cycle_day"]], kept | last)
    return where(made, made.last_period.notnull())


def _token(events: ir.Table) -> ir.IntegerValue:
    """Return a number that sorts by day, and on one day what is done before what is excused."""
    token = events.event_on.epoch_days().cast("int64") * 2
    return token + events.is_excuse if "is_excuse" in events.columns else token


def _decoded(token: ir.IntegerValue) -> ir.DateValue:
    return later_by(ibis.date("1970-01-01"), token // 2)


def _by_year(events: ir.Table) -> ir.Table:
    grouped = events.group_by(taken_key=events.key, taken=events.event_year)
    return grouped.agg(token=_token(events).min())


def _by_period(events: ir.Table, listed: ir.Table) -> ir.Table:
    one, its = sides(events, listed)
    within = [one["event_period"] >= its["period_first"], one["event_period"] <= its["period_last"]]
    said = joined("inner", one, its, within, one.columns() | its.columns())
    return said.group_by(taken_key=said.key, taken=said.period).agg(token=_token(said).min())


def _by_turn(events: ir.Table, days: ir.Table) -> ir.Table:
    """Return which period each event takes: one event a period, and one a day."""
    one, its = sides(with_columns(events, {"token": _token(events)}), days)
    within = {
        "key": one["key"],
        "token": one["token"],
        "earliest": ibis.greatest(its["earliest"], one["first_period"]),
        "latest": ibis.least(its["latest"], one["last_period"]),
    }
    able = joined("inner", one, its, [one["event_on"] == its["cycle_day"]], within)
    able = where(able, able.earliest <= able.latest)
    able = able.group_by("key", "token").agg(earliest=able.earliest.min(), latest=able.latest.min())
    turn = ibis.row_number().over(group_by="key", order_by=able.token.asc(nulls_first=True))
    able = with_columns(able, {"turn": turn.cast("int64")})
    early = able.select(early_key="key", early_turn="turn", floor=able.earliest - able.turn)
    late = able.select("key", "turn", "token", ceiling=able.latest - able.turn)
    pairs = late.inner_join(early, [late.key == early.early_key, early.early_turn <= late.turn])
    window = ibis.window(
        group_by=["key", "early_turn"], order_by=pairs.turn.asc(nulls_first=True), preceding=None, following=0
    )
    bounded = pairs.mutate(bound=ibis.least(pairs.floor, pairs.ceiling.min().over(window)))
    placed = bounded.group_by("key", "turn", "token").agg(bound=bounded.bound.max())
    placed = placed.mutate(taken=placed.bound + placed.turn)
    return placed.group_by(taken_key=placed.key, taken=placed.taken).agg(token=placed.token.min())
