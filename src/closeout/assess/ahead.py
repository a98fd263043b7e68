"""Tables opened before anybody asks: the second process has time while the first one reads the rules."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.duties.run import open_tables, with_past_holders
from closeout.engines import EngineError, connect
from closeout.records.snapshot import SnapshotError, open_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import ibis.expr.types as ir

    from closeout.engines import Engine
    from closeout.records.snapshot import Snapshot

MEMORY_GB = 3.0
"""Of each of the two embedded engines, so that a whole run keeps within 8 GB."""
FEW_ROWS = 1_000_000
"""With fewer rows a statement is planned longer than it runs: one thread of each engine is enough."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A snapshot's tables in an engine of its own."""

    snapshot: Snapshot
    engine: Engine
    tables: Mapping[str, ir.Table]


_ahead: list[Opened] = []
"""What this process opened and nobody has asked for yet."""


def open_ahead(folder: Path) -> None:
    """Open the tables of a snapshot, for `opened` to find; nothing where there is none, or it is damaged."""
    with suppress(SnapshotError, EngineError, OSError):
        _ahead.append(_open(open_snapshot(folder)))


@contextmanager
def opened(snapshot: Snapshot) -> Iterator[Opened]:
    """Give a snapshot's tables, those opened ahead where they are just those; they are closed after it."""
    found = next((one for one in _ahead if one.snapshot == snapshot), None)
    for one in _ahead:
        if one is not found:
            one.engine.close()
    _ahead.clear()
    found = found or _open(snapshot)
    try:
        yield found
    finally:
        found.engine.close()


def engine_for(snapshot: Snapshot) -> Engine:
    """Open an engine within this process for a snapshot, as large as a run lets it be."""
    manifest = snapshot.manifest
    are_few = sum(manifest.rows(name) for name in manifest.tables) < FEW_ROWS
    return connect(memory_gb=MEMORY_GB, threads=1 if are_few else None)


def _open(snapshot: Snapshot) -> Opened:
    engine = engine_for(snapshot)
    try:
        return Opened(snapshot, engine, with_past_holders(engine, open_tables(engine, snapshot)))
    except BaseException:
        engine.close()
        raise
