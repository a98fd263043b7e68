"""The tables of a snapshot, each opened when it is first asked for, and read the quickest way there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from closeout.engines.files import FilesFirst
from closeout.records.snapshot import Snapshot, arrow_schema

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from closeout.engines.files import Reader

LOCAL = "duckdb"
"""The engine that reads the same files on the same machine as Polars would."""


def quickest(engine: Reader, given: Snapshot | Mapping[str, ir.Table]) -> Reader:
    """Return what reads a snapshot quickest: Polars first where the files are here, else the engine."""
    return FilesFirst(engine) if engine.name == LOCAL and isinstance(given, Snapshot) else engine


def tables_in(engine: Reader, given: Snapshot | Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Return the tables of a snapshot, opened in an engine when asked for, or those given."""
    return SnapshotTables(engine, given) if isinstance(given, Snapshot) else given


class SnapshotTables(Mapping[str, "ir.Table"]):
    """The tables of a snapshot by name. A run reads a few of a hundred: no other is opened."""

    def __init__(self, engine: Reader, snapshot: Snapshot) -> None:
        """Open nothing yet."""
        self._engine = engine
        self._snapshot = snapshot
        self._opened: dict[str, ir.Table] = {}

    def __getitem__(self, name: str) -> ir.Table:
        """Return a table; KeyError where the snapshot lacks it."""
        if name not in self._opened:
            if name not in self._snapshot.manifest.tables:
                raise KeyError(name)
            files = self._snapshot.files(name)
            self._opened[name] = self._engine.read_parquet(name, files, arrow_schema(name))
        return self._opened[name]

    def __contains__(self, name: object) -> bool:
        """Return whether the snapshot has a table, without opening it."""
        return name in self._snapshot.manifest.tables

    def __iter__(self) -> Iterator[str]:
        """Return the names of all tables."""
        return iter(self._snapshot.manifest.tables)

    def __len__(self) -> int:
        """Return how many tables there are."""
        return len(self._snapshot.manifest.tables)
