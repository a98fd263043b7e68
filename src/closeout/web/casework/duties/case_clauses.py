"""The clauses that are about cases, compiled for the rows of one case at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from closeout.duties.compile import instances, needed_tables
from closeout.duties.pack import load_pack
from closeout.duties.predicates import build
from closeout.engines.duck import DuckEngine
from closeout.records.tables import TABLES
from closeout.web.casework.duties.kept import STORED, kept
from closeout.web.casework.stored import columns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from closeout.duties.clauses import Clause

    Run = Callable[[], pa.Table]


class CaseClauses:
    """The case clauses of the pack that comes with Closeout, over a DuckDB in memory.

    A clause is compiled when it is first needed on a day: most cases owe few of the duties there are. Not to
    be used by two threads at once.
    """

    def __init__(self) -> None:
        self._pack = load_pack()
        self._clauses = [clause for clause in self._pack.clauses if clause.case]
        self.needs = tuple(
            dict.fromkeys(
                name
                for clause in self._clauses
                for name in needed_tables(clause)
                if "case_no" in columns(name).names
            )
        )
        self._engine = DuckEngine(threads=1)
        self._tables = {name: self._engine.from_arrow(name, columns(name).empty_table()) for name in TABLES}
        self._owing: dict[str, Run] = {}
        self._listing: dict[str, Run] = {}
        self._day: date | None = None

    def close(self) -> None:
        """Let go of the engine."""
        self._engine.close()

    def stand_on(self, day: date) -> None:
        """Work out states for a day from now on."""
        if day != self._day:
            self._day, self._listing = day, {}

    def run(self, tables: Mapping[str, pa.Table]) -> pa.Table:
        """Return what the site keeps of the case whose rows are given, instants as wall times."""
        for name, rows in tables.items():
            self._engine.refill(name, rows)
        listed = [STORED.empty_table()]
        for table in {clause.owes for clause in self._clauses}:
            if tables[table].num_rows:
                owed = self._owed(table).to_pylist()[0]
                listed += [self._listed(clause) for clause in self._about(table) if owed[clause.duty]]
        return pa.concat_tables(one.cast(STORED) for one in listed).sort_by(
            [("duty", "ascending"), ("subject", "ascending"), ("sequence", "ascending")]
        )

    def _about(self, table: str) -> list[Clause]:
        return [clause for clause in self._clauses if clause.owes == table]

    def _owed(self, table: str) -> pa.Table:
        """Return, for each clause about a table, whether any row of it owes."""
        if table not in self._owing:
            rows = self._tables[table]
            conditions = {
                clause.duty: build(clause.when, rows, TABLES[table]).any()
                if clause.when
                else rows.count() > 0
                for clause in self._about(table)
            }
            self._owing[table] = self._engine.prepare(rows.aggregate(**conditions))
        return self._owing[table]()

    def _listed(self, clause: Clause) -> pa.Table:
        if clause.duty not in self._listing and self._day:
            listing = instances(clause, self._tables, as_of=self._day, holidays=self._pack.holidays)
            self._listing[clause.duty] = self._engine.prepare(kept(listing, self._day))
        return self._listing[clause.duty]()
