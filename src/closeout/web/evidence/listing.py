"""Look up the rows behind a figure, a duty at a time: it tells how far it is, and can be stopped."""

from __future__ import annotations

import heapq
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from closeout.assess import load_rules
from closeout.duties.listing import NO_DATE, cursor
from closeout.duties.run import open_tables, with_past_holders
from closeout.engines import connect
from closeout.evidence.measures.declared import OverDuties
from closeout.evidence.measures.run_rows import rows_of
from closeout.web.evidence.snapshots import kept_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from closeout.duties.clauses import Pack
    from closeout.evidence.measures.measure import Measure
    from closeout.evidence.measures.run_rows import Row
    from closeout.records.snapshot import Snapshot
    from closeout.web.evidence.models import AssessedMeasure

    Told = Callable[[int, int, str], None]
    """Is told how many steps are done, of how many, and what is done now; what it raises ends the work."""

MOST_ROWS = 10_000
"""Rows that are kept at a time; those behind them are another job."""
_SEVERAL = 3
"""So many duties are worth working out who held each case once for all."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows behind a figure in the order of days.

    Attributes:
        rows: The rows.
        then: Where the next ones begin; empty if there are none.
        why: Why there are none, where something is in the way.

    """

    rows: tuple[Row, ...] = ()
    then: str = ""
    why: str = ""


def look_up(
    row: AssessedMeasure,
    *,
    office: str = "",
    after: str = "",
    limit: int = MOST_ROWS,
    told: Told = lambda _done, _total, _what: None,
) -> Listed:
    """Return rows behind a figure of a run, or why there are none to show.

    Args:
        row: The measure as the run has it.
        office: Whose rows; all if empty.
        after: The `then` of the rows before; empty for the first.
        limit: How many at most.
        told: Told before each step.

    Raises:
        CursorError: `after` is none that a listing gave.

    """
    snapshot = kept_snapshot(row.run.records_digest)
    if snapshot is None:
        return Listed(why="The records that were assessed are not kept on this site any more; assess again.")
    rules = load_rules()
    measure = next((one for one in rules.measures if one.code == row.code), None)
    if measure is None or rules.pack.digest != row.run.pack_digest:
        return Listed(why="The rules have changed since the assessment; assess again.")
    found: list[Row] = []
    is_more = False
    for rows in _each(snapshot, rules.pack, measure, row.run.as_of, (office, after, limit), told):
        is_more = is_more or len(found) + len(rows) > limit
        found = list(heapq.merge(found, rows, key=_place))[:limit]
    return Listed(tuple(found), cursor(_as_listed(found[-1])) if is_more and found else "")


def as_plain(row: Row) -> dict[str, Any]:
    """Return a row as JSON has it."""
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in asdict(row).items()
    }


def _each(
    snapshot: Snapshot,
    pack: Pack,
    measure: Measure,
    as_of: date,
    asked: tuple[str, str, int],
    told: Told,
) -> Iterator[list[Row]]:
    """Yield the first rows of each duty of a measure, or of its table, one more than asked for at most."""
    office, after, limit = asked
    parts = _parts(measure)
    with closing(connect()) as engine:
        tables = open_tables(engine, snapshot)
        if len(parts) >= _SEVERAL:
            told(0, len(parts), "who held each case before")
            tables = with_past_holders(engine, tables)
        for done, (what, part) in enumerate(parts):
            told(done, len(parts), what)
            page = rows_of(
                engine, tables, pack, part, as_of, office=office or None, limit=limit + 1, after=after
            )
            yield list(page.rows)
        told(len(parts), len(parts), "keeping the rows")


def _parts(measure: Measure) -> list[tuple[str, Measure]]:
    """Return a measure duty by duty, each with its name; over a table it is one part."""
    over = measure.over
    if not isinstance(over, OverDuties):
        return [(measure.table or measure.code, measure)]
    return [(duty, replace(measure, over=replace(over, duties=(duty,)))) for duty in over.duties]


def _place(row: Row) -> tuple[date, str, str, int]:
    return (row.day or NO_DATE, row.what, row.key, row.sequence)


def _as_listed(row: Row) -> dict[str, Any]:
    return {"due_on": row.day, "duty": row.what, "subject": row.key, "sequence": row.sequence}
