"""Duties in numbers, as a result to freeze: how many stood in each state, by office and in total."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from closeout.duties.compile import counts, missing_tables, needed_tables
from closeout.duties.run import open_tables, with_past_holders
from closeout.evidence.freezing.frozen import Answer, Kind
from closeout.evidence.freezing.narrowing import narrowed_to
from closeout.evidence.freezing.offices import offices_to_withhold
from closeout.evidence.measures.run_counts import plain_names
from closeout.evidence.suppression import NOT_SHOWN, THRESHOLD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from closeout.duties.clauses import Pack
    from closeout.engines import Engine
    from closeout.records.snapshot import Snapshot

DUTIES = "duties"
NO_OFFICE = "(no office)"
"""Stands for the office of what none holds; the total has no office at all."""
_STATE = ("duty", "state", "is_missed")
BY_OFFICE = ("office_id", *_STATE)


def duties_answer(
    engine: Engine, snapshot: Snapshot, pack: Pack, as_of: date, *, is_exact: bool, has_offices: bool = True
) -> Answer:
    """Return how many duties stood in each state, as a result to freeze.

    Args:
        engine: Where to count.
        snapshot: The records.
        pack: The rules; duties that lack a table are left out.
        as_of: The day stood on.
        is_exact: Keep small counts.
        has_offices: Count by office beside the total; results frozen before that was so have totals only.

    """
    reads = tables_of_duties(pack)
    found, query = _counted(engine, narrowed_to(snapshot, reads), pack, as_of, has_offices=has_offices)
    keys = BY_OFFICE if has_offices else _STATE
    return Answer(
        kind=Kind.DUTIES,
        code=DUTIES,
        title="Duties by office and state" if has_offices else "Duties by state",
        definition={"duties": [clause.duty for clause in pack.clauses]},
        query=query,
        parameters={
            "as_of": as_of,
            "pack": pack.name,
            "pack_digest": pack.digest,
            "suppression": None if is_exact else {"threshold": THRESHOLD},
        },
        keys=keys,
        rows=tuple(rows_of_duties(found, keys, is_exact=is_exact)),
        reads=reads,
    )


def tables_of_duties(pack: Pack) -> tuple[str, ...]:
    """Return the tables that the duties of a pack are worked out from, each once."""
    return tuple(dict.fromkeys(name for clause in pack.clauses for name in needed_tables(clause)))


def rows_of_duties(
    counted: Iterable[Mapping[str, Any]], keys: tuple[str, ...], *, is_exact: bool
) -> Iterable[dict[str, Any]]:
    """Yield the rows of a result: each duty in each state by office, and in total with `office_id` None.

    Args:
        counted: Rows with `duty`, `state`, `is_missed`, `instances` and, where `keys` has it, `office_id`.
        keys: What names a row.
        is_exact: Keep small counts. Else they are words, and the counts of other offices from which one
            could be worked out with them.

    """
    states: dict[tuple[Any, ...], Counter[str | None]] = defaultdict(Counter)
    for row in counted:
        state = states[tuple(row[name] for name in _STATE)]
        state[None] += row["instances"]
        if "office_id" in keys:
            state[row["office_id"] or NO_OFFICE] += row["instances"]
    for named, offices in states.items():
        withheld = frozenset() if is_exact else offices_to_withhold(offices)
        for office, instances in offices.items():
            shown = instances if is_exact else str(instances)
            said = dict(zip(_STATE, named, strict=True)) | {
                "instances": NOT_SHOWN if office in withheld else shown
            }
            yield {"office_id": office, **said} if "office_id" in keys else said


def _counted(
    engine: Engine, snapshot: Snapshot, pack: Pack, as_of: date, *, has_offices: bool
) -> tuple[list[dict[str, Any]], str]:
    """Return how many instances there are by duty, state and office, and the statements that ran."""
    tables = open_tables(engine, snapshot)
    clauses = [clause for clause in pack.clauses if not missing_tables(clause, tables)]
    by = BY_OFFICE if has_offices else _STATE
    if has_offices:
        tables = with_past_holders(engine, tables)
    expressions = (counts(clause, tables, as_of=as_of, holidays=pack.holidays, by=by) for clause in clauses)
    rows: list[dict[str, Any]] = []
    said = []
    for clause, (statement, found) in zip(clauses, engine.statements(expressions), strict=True):
        rows += found.to_pylist()
        said.append(f"-- {clause.duty}\n{plain_names(statement)}")
    return rows, "\n\n".join(said)
