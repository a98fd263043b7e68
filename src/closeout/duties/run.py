"""A pack over a snapshot: the tables it reads, and one expression a clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.duties.compile import instances, missing_tables
from closeout.duties.compile.holders import PAST_OFFICERS, PAST_OFFICES, past_officers, past_offices
from closeout.records.snapshot import Snapshot, arrow_schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause, Pack
    from closeout.engines import Engine


@dataclass(frozen=True, slots=True)
class NotComputed:
    """A clause that could not be computed, and the tables it lacks."""

    clause: Clause
    missing: tuple[str, ...]

    @property
    def why(self) -> str:
        """Return the reason as a sentence's end: `table X is missing`."""
        if len(self.missing) == 1:
            return f"table {self.missing[0]} is missing"
        return f"tables {', '.join(self.missing)} are missing"


def open_tables(engine: Engine, snapshot: Snapshot) -> Mapping[str, ir.Table]:
    """Return the tables that a snapshot has, opened in an engine, by name."""
    return {
        name: engine.read_parquet(name, snapshot.files(name), arrow_schema(name))
        for name in snapshot.manifest.tables
    }


def tables_of(engine: Engine, given: Snapshot | Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Return the tables of a snapshot, or those given."""
    return open_tables(engine, given) if isinstance(given, Snapshot) else given


def run_pack(
    engine: Engine, given: Snapshot | Mapping[str, ir.Table], pack: Pack, as_of: date
) -> Iterator[tuple[Clause, ir.Table]]:
    """Yield each clause of a pack with the expression of its instances.

    Args:
        engine: Where the tables are.
        given: A snapshot, or its tables as `open_tables` gives them.
        pack: The pack.
        as_of: The day to stand on.

    Yields:
        The clause and its listing, with the columns of `INSTANCE`. Clauses that lack a table are left out:
        `not_computed` names them.

    """
    tables = with_past_holders(engine, tables_of(engine, given))
    for clause in pack.clauses:
        if not missing_tables(clause, tables):
            yield clause, instances(clause, tables, as_of=as_of, holidays=pack.holidays)


def with_past_holders(engine: Engine, tables: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Return tables, and beside them who held each case before, worked out once for all clauses.

    Every clause about cases asks that; to work it out means to sort all assignments.
    """
    made = dict(tables)
    for name, needed, expression in (
        (PAST_OFFICES, "transfers", past_offices),
        (PAST_OFFICERS, "assignments", past_officers),
    ):
        if needed in tables and name not in tables:
            made[name] = engine.keep(name, expression(tables))
    return made


def not_computed(pack: Pack, tables: Mapping[str, ir.Table]) -> list[NotComputed]:
    """Return the clauses of a pack that lack a table, in the pack's order."""
    found = [(clause, missing_tables(clause, tables)) for clause in pack.clauses]
    return [NotComputed(clause, missing) for clause, missing in found if missing]
