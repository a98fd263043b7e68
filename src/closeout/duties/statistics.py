"""The three figures that come with every duty: timeliness, currency, backlog. Each says what it rests on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import tee
from math import sqrt
from typing import TYPE_CHECKING, Any

from closeout.duties.clauses import OPEN_STATES, State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause
    from closeout.duties.listing import Asked
    from closeout.engines import Engine

Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """A share with what it rests on and its 95 % Wilson interval; no share where nothing was owed.

    `share`, `low` and `high` lie between 0 and 1 and are not rounded.
    """

    numerator: int
    denominator: int
    share: float | None
    low: float | None
    high: float | None


def wilson(numerator: int, denominator: int, *, z: float = Z_95) -> Share:
    """Return a share with its Wilson score interval (Wilson 1927).

    Args:
        numerator: Rows that do.
        denominator: Rows that could.
        z: The normal quantile of the level; 95 % if left out.

    Raises:
        ValueError: The numerator is below zero or above the denominator.

    """
    if not 0 <= numerator <= denominator:
        msg = f"{numerator} of {denominator} is no share"
        raise ValueError(msg)
    if denominator == 0:
        return Share(0, 0, None, None, None)
    share, squared = numerator / denominator, z**2
    middle = (share + squared / (2 * denominator)) / (1 + squared / denominator)
    spread = sqrt(share * (1 - share) / denominator + squared / (4 * denominator**2))
    half = spread * z / (1 + squared / denominator)
    low = 0.0 if numerator == 0 else middle - half
    high = 1.0 if numerator == denominator else middle + half
    return Share(numerator, denominator, share, low, high)


def figures(rows: ir.Table, *, since: date, until: date, as_of: date) -> ir.Table:
    """Return one row with the counts that the three figures are made of.

    Args:
        rows: Instances on the as-of date.
        since: The period's first day.
        until: The period's last day.
        as_of: The as-of date.

    Returns:
        `fell_due`: instances whose due date lies in the period and whose last day had passed or that were
        done, without those excused in time; `in_time`: of these, done in time. `subjects`: with an open
        instance; `current`: of these, without an overdue one. `backlog`: overdue instances; `oldest_days`,
        `mean_days`: their age in days after the last day. `open`: open instances. `no_basis`: instances
        without a rule in force, which are in no other count.

    """
    is_in = rows.due_on.between(since, until)
    was_owed = is_in & (rows.is_missed | (rows.state == State.DONE.value))
    is_open = rows.state.isin([state.value for state in OPEN_STATES])
    is_overdue = rows.state == State.OVERDUE.value
    age = (rows.last_day.delta(as_of, unit="day") * -1).cast("int64")
    return rows.agg(
        fell_due=was_owed.sum().fill_null(0).cast("int32"),
        in_time=(was_owed & (rows.state == State.DONE.value)).sum().fill_null(0).cast("int32"),
        subjects=rows.subject.nunique(where=is_open),
        late_subjects=rows.subject.nunique(where=is_overdue),
        backlog=is_overdue.sum().fill_null(0).cast("int32"),
        oldest_days=age.max(where=is_overdue),
        mean_days=age.mean(where=is_overdue),
        open=is_open.sum().fill_null(0).cast("int32"),
        no_basis=(rows.state == State.NO_BASIS.value).sum().fill_null(0).cast("int32"),
    )


def statistics(
    engine: Engine, asked: Asked, clauses: Iterable[Clause], *, since: date, until: date
) -> list[dict[str, Any]]:
    """Return the three figures of each clause.

    Args:
        engine: Where the tables are.
        asked: What is asked for.
        clauses: Which clauses.
        since: The first day of the period that timeliness is about.
        until: Its last day.

    Returns:
        A dict a clause: `duty`, `title`, `timeliness` and `currency` (numerator, denominator, share, low,
        high), `backlog` (instances, of how many open, oldest and mean age in days), `no_basis`.

    """
    ready = asked if asked.filters.names_nobody else asked.made_ready(engine)
    clauses, again = tee(clauses)
    found = engine.results(
        figures(ready.rows(clause), since=since, until=until, as_of=asked.as_of) for clause in clauses
    )
    made = []
    for clause, rows in zip(again, found, strict=True):
        one = rows.to_pylist()[0]
        current = one["subjects"] - one["late_subjects"]
        made.append(
            {
                "duty": clause.duty,
                "title": clause.title,
                "timeliness": asdict(wilson(one["in_time"], one["fell_due"])),
                "currency": asdict(wilson(current, one["subjects"])),
                "backlog": {
                    "overdue": one["backlog"],
                    "open": one["open"],
                    "oldest_days": one["oldest_days"],
                    "mean_days": one["mean_days"],
                },
                "no_basis": one["no_basis"],
            }
        )
    return made
