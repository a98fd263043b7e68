"""Group 12, level 3: whether duties are done in time more often after a training than before it.

Offices are compared with themselves, never an officer with another: the day is that of an office's newest
session with 90 days behind it, whoever was there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import TYPE_CHECKING

from closeout.duties.clauses import State
from closeout.duties.compile import instances, missing_tables
from closeout.evidence.figures import Figure, Outcome, without
from closeout.evidence.statistics.intervals import wilson

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause
    from closeout.engines import Engine

WINDOW_DAYS = 90
SESSIONS_DAYS = 730
"""How far back a session may lie."""
_NEEDED = ("training_sessions", "attendance", "officers")


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """Duties of one office around its training: how many fell due, and how many were done in time.

    Attributes:
        office_id: The office.
        held_on: The day of the session.
        owed_before, in_time_before: In the 90 days before that day.
        owed_after, in_time_after: In the 90 days after it.

    """

    office_id: str
    held_on: date
    owed_before: int
    in_time_before: int
    owed_after: int
    in_time_after: int


def look_around_sessions(
    engine: Engine, tables: Mapping[str, ir.Table], clauses: Sequence[Clause], as_of: date, holidays: str
) -> tuple[BeforeAfter, ...] | None:
    """Return what offices did in time before and after their newest session.

    Args:
        engine: Where the tables are.
        tables: The tables by name.
        clauses: The duties that are compared.
        as_of: The day to stand on.
        holidays: The country whose holidays count.

    Returns:
        One entry an office with a session 90 days or more ago; None without the tables.

    """
    ready = [clause for clause in clauses if not missing_tables(clause, tables)]
    if not ready or any(name not in tables for name in _NEEDED):
        return None
    days = sessions(engine, tables, as_of)
    if not days:
        return ()
    around = timedelta(days=WINDOW_DAYS)
    counts = {office: [0, 0, 0, 0] for office in days}
    grouped = (
        _by_day(instances(clause, tables, as_of=as_of, holidays=holidays), days, around) for clause in ready
    )
    for answer in engine.results(grouped):
        for row in answer.to_pylist():
            held = days.get(row["office_id"])
            if held is None or row["due_on"] == held or abs(row["due_on"] - held) > around:
                continue
            at = 0 if row["due_on"] < held else 2
            counts[row["office_id"]][at] += row["owed"]
            counts[row["office_id"]][at + 1] += row["in_time"]
    return tuple(BeforeAfter(office, days[office], *counts[office]) for office in sorted(days))


def sessions(engine: Engine, tables: Mapping[str, ir.Table], as_of: date) -> dict[str, date]:
    """Return each office's newest session of the last two years that ended 90 days or more ago.

    An office's session is one at which somebody of the office was present.
    """
    last = as_of - timedelta(days=WINDOW_DAYS)
    held = tables["training_sessions"].select("session_id", "held_on")
    held = held.filter(held.held_on.between(as_of - timedelta(days=SESSIONS_DAYS), last))
    there = tables["attendance"].filter(tables["attendance"].is_present).select("session_id", "officer_no")
    homes = tables["officers"].select("officer_no", "office_id")
    rows = held.join(there, "session_id").join(homes, "officer_no")
    newest = rows.group_by("office_id").agg(held_on=rows.held_on.max())
    return {row["office_id"]: row["held_on"] for row in engine.to_arrow(newest).to_pylist()}


def _by_day(rows: ir.Table, days: Mapping[str, date], around: timedelta) -> ir.Table:
    """Return what fell due and what was done in time by office and day, around the sessions."""
    is_done = rows.state == State.DONE.value
    rows = rows.filter(
        rows.due_on.between(min(days.values()) - around, max(days.values()) + around),
        rows.is_missed | is_done,
        rows.office_id.isin(sorted(days)),
    )
    in_time = (rows.state == State.DONE.value).sum().cast("int64")
    return rows.group_by("office_id", "due_on").agg(owed=rows.count().cast("int64"), in_time=in_time)


def comparison_figure(found: Sequence[BeforeAfter] | None, office: str | None = None) -> Figure:
    """Return the share done in time after the training, less the share before it.

    Args:
        found: What offices did; None without the tables.
        office: The office; None for all together.

    """
    if found is None:
        return without(Outcome.NO_DATA, f"the records lack {', '.join(_NEEDED)} or the duties' tables")
    return difference([one for one in found if office is None or one.office_id == office])


def difference(around: Iterable[BeforeAfter]) -> Figure:
    """Return the difference of two shares with Newcombe's interval.

    The ends follow from the Wilson intervals of both shares (Newcombe 1998, method 10): with the shares
    p1 after and p2 before and their ends l and u, low = d - sqrt((p1-l1)^2 + (u2-p2)^2) and
    high = d + sqrt((u1-p1)^2 + (p2-l2)^2).

    Args:
        around: The offices whose duties are taken together.

    Returns:
        Between -1 and 1, unrounded; the numerator is what was done in time after, the denominator what
        fell due after.

    """
    offices = list(around)
    owed_before, done_before = sum(o.owed_before for o in offices), sum(o.in_time_before for o in offices)
    owed_after, done_after = sum(o.owed_after for o in offices), sum(o.in_time_after for o in offices)
    if not offices:
        return without(Outcome.NO_DATA, f"no office has a session with {WINDOW_DAYS} days behind it")
    if not owed_before or not owed_after:
        return without(Outcome.INSUFFICIENT_SAMPLE, "no duty fell due before the session, or none after it")
    before, after = done_before / owed_before, done_after / owed_after
    ends_before, ends_after = wilson(done_before, owed_before), wilson(done_after, owed_after)
    low = after - before - sqrt((after - _end(ends_after.low)) ** 2 + (_end(ends_before.high) - before) ** 2)
    high = after - before + sqrt((_end(ends_after.high) - after) ** 2 + (before - _end(ends_before.low)) ** 2)
    note = (
        f"before: {done_before:,} of {owed_before:,} in time; {len(offices)} offices, each beside itself; "
        "other changes of the same days are not told apart"
    )
    return Figure(
        Outcome.COMPUTED,
        after - before,
        low=low,
        high=high,
        numerator=done_after,
        denominator=owed_after,
        level=ends_after.level,
        method="newcombe",
        reason=note,
    )


def _end(value: float | None) -> float:
    """Return an end of a Wilson interval, which always has both."""
    if value is None:
        msg = "a Wilson interval has both its ends"
        raise ValueError(msg)
    return value
