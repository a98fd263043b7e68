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
    made = found.inner_join(listed, [listed.period >= found.first_period, listed.period <= found.last_period])
    match = "period_year" if clause.done.year else "period"
    made = made.left_join(taken, [made.key == taken.taken_key, made[match] == taken.taken])
    kept = [c for c in found.columns if c not in {"subject", "opened_on", "first_period", "last_period"}]
    columns = {
        "opened_on": made.period_first,
        "start_on": made.period_last,
        "sequence": made.period - made.first_period + 1,
        "done_on": _decoded(made.token),
    }
    if clause.excused is not None:
        columns["closed_by_excuse"] = made.token % 2
    return excuses_apart(made.select(*kept, **columns))


def _spans(found: ir.Table, days: ir.Table, *, latest: int) -> ir.Table:
    """Return the subjects with their first and last period."""
    other = days.view()
    joined = found.left_join(other, found.opened_on == other.cycle_day)
    begun = joined.select(*found.columns, first_period=joined.latest.fill_null(0))
    if "ended_on" not in found.columns:
        return begun.mutate(last_period=ibis.literal(latest, type="int64"))
    ends = begun.mutate(last_owed_on=(begun.ended_on - ibis.interval(days=1)).cast("date"))
    other = days.view()
    joined = ends.left_join(other, ends.last_owed_on == other.cycle_day)
    last = joined.ended_on.isnull().ifelse(ibis.literal(latest, type="int64"), joined.latest)
    made = joined.select(*begun.columns, last_period=last)
    return made.filter(made.last_period.notnull())


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
    period = listed.view()
    within = [events.event_period >= period.period_first, events.event_period <= period.period_last]
    said = events.inner_join(period, within)
    return said.group_by(taken_key=said.key, taken=said.period).agg(token=_token(said).min())


def _by_turn(events: ir.Table, days: ir.Table) -> ir.Table:
    """Return which period each event takes, one event a period."""
    day = days.view()
    joined = events.inner_join(day, events.event_on == day.cycle_day)
    able = joined.select(
        "key",
        token=_token(joined),
        earliest=ibis.greatest(joined.earliest, joined.first_period),
        latest=ibis.least(joined.latest, joined.last_period),
    )
    able = able.filter(able.earliest <= able.latest)
    turn = ibis.row_number().over(group_by="key", order_by=able.token.asc(nulls_first=True))
    able = able.mutate(turn=turn.cast("int64"))
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
