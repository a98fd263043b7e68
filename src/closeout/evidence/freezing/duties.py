"""Duties in numbers, as a result to freeze: how many stood in each state, by office and in total."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from closeout.duties.compile import counts, missing_tables, needed_tables
from closeout.duties.run import open_tables, with_past_holders
from closeout.evidence.freezing.frozen import Answer, Kind
from closeout.evidence.freezing.narrowing import narrowed_to
from closeout.evidence.measures.run_counts import plain_names
from closeout.evidence.suppression import NOT_SHOWN, THRESHOLD
from closeout.evidence.suppression.beside import NO_OFFICE, ByOffice

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from datetime import date

    from closeout.duties.clauses import Pack
    from closeout.engines import Engine
    from closeout.records.snapshot import Snapshot

DUTIES = "duties"
_STATE = ("duty", "state", "is_missed")
BY_OFFICE = ("office_id", *_STATE)


@dataclass(frozen=True, slots=True)
class DutiesCounted:
    """How many duties stand in each state.

    Attributes:
        tables: Each duty in each state, by office and in total; the total alone where `has_offices` is not.
        query: The statements that ran.
        reads: The tables it rests on.
        has_offices: Whether counts are by office; those of results frozen before that was so are not.

    """

    tables: tuple[ByOffice, ...]
    query: str
    reads: tuple[str, ...]
    has_offices: bool = True


def count_duties(
    engine: Engine, snapshot: Snapshot, pack: Pack, as_of: date, *, has_offices: bool = True
) -> DutiesCounted:
    """Return how many duties stand in each state.

    Args:
        engine: Where to count.
        snapshot: The records.
        pack: The rules; duties that lack a table are left out.
        as_of: The day stood on.
        has_offices: Count by office beside the total.

    """
    reads = tables_of_duties(pack)
    rows, query = _counted(engine, narrowed_to(snapshot, reads), pack, as_of, has_offices=has_offices)
    return DutiesCounted(tuple(in_numbers(rows, has_offices=has_offices)), query, reads, has_offices)


def duties_answer(
    counted: DutiesCounted, pack: Pack, as_of: date, withheld: Mapping[str, Container[str | None]] | None
) -> Answer:
    """Return how many duties stood in each state, as a result to freeze.

    Args:
        counted: What was counted.
        pack: The rules it was counted by.
        as_of: The day stood on.
        withheld: By the name of each table the offices whose counts are not shown; None: all are shown.

    """
    return Answer(
        kind=Kind.DUTIES,
        code=DUTIES,
        title="Duties by office and state" if counted.has_offices else "Duties by state",
        definition={"duties": [clause.duty for clause in pack.clauses]},
        query=counted.query,
        parameters={
            "as_of": as_of,
            "pack": pack.name,
            "pack_digest": pack.digest,
            "suppression": None if withheld is None else {"threshold": THRESHOLD},
        },
        keys=BY_OFFICE if counted.has_offices else _STATE,
        rows=tuple(rows_of_duties(counted, withheld)),
        reads=counted.reads,
    )


def tables_of_duties(pack: Pack) -> tuple[str, ...]:
    """Return the tables that the duties of a pack are worked out from, each once."""
    return tuple(dict.fromkeys(name for clause in pack.clauses for name in needed_tables(clause)))


def in_numbers(rows: Iterable[Mapping[str, Any]], *, has_offices: bool = True) -> Iterator[ByOffice]:
    """Yield each duty in each state, by office and in total.

    Args:
        rows: With `duty`, `state`, `is_missed`, `instances` and, by office, `office_id`.
        has_offices: Whether they are by office.

    """
    states: dict[tuple[Any, ...], Counter[str | None]] = defaultdict(Counter)
    for row in rows:
        state = states[tuple(row[name] for name in _STATE)]
        state[None] += row["instances"]
        if has_offices:
            state[row["office_id"] or NO_OFFICE] += row["instances"]
    for (duty, state, is_missed), offices in states.items():
        name = f"{duty} {state}{' missed' if is_missed else ''}"
        yield ByOffice(name, offices, duty, state, is_missed=bool(is_missed))


def rows_of_duties(
    counted: DutiesCounted, withheld: Mapping[str, Container[str | None]] | None
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a result: each duty in each state by office, and in total with `office_id` None.

    Args:
        counted: What was counted.
        withheld: As for `duties_answer`. Counts are words where some are not shown.

    """
    for table in counted.tables:
        said = {"duty": table.duty, "state": table.state, "is_missed": table.is_missed}
        gone = () if withheld is None else withheld[table.name]
        for office, instances in table.offices.items():
            shown = instances if withheld is None else str(instances)
            row = said | {"instances": NOT_SHOWN if office in gone else shown}
            yield {"office_id": office, **row} if counted.has_offices else row


def withheld_as(counted: DutiesCounted, rows: Iterable[Mapping[str, Any]]) -> dict[str, set[str | None]]:
    """Return the offices whose counts rows do not show, by the name of each table of counts.

    Args:
        counted: What was counted again.
        rows: As they were frozen.

    """
    gone = {tuple(row.get(name) for name in BY_OFFICE) for row in rows if row.get("instances") == NOT_SHOWN}
    return {
        table.name: {
            office for office in table.offices if (office, table.duty, table.state, table.is_missed) in gone
        }
        for table in counted.tables
    }


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
