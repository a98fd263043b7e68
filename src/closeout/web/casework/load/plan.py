"""What is to be loaded, and whether the database may take it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from closeout.records.snapshot import Snapshot, open_snapshot, verify
from closeout.web.casework.models import Load
from closeout.web.casework.stored import columns, record_models

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

_BATCH = 65_536
_NAMED = 3


class LoadError(ValueError):
    """A snapshot cannot be loaded, or not yet; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One row group of one file: what one transaction writes."""

    table: str
    part: str
    row_group: int
    rows: int
    path: Path

    @property
    def key(self) -> tuple[str, int]:
        """Return what the ledger knows it by."""
        return self.part, self.row_group

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield its rows with the declaration's columns and types."""
        schema = columns(self.table)
        with pq.ParquetFile(self.path) as file:
            for batch in file.iter_batches(_BATCH, row_groups=[self.row_group], columns=schema.names):
                yield batch.select(schema.names).cast(schema)


@dataclass(frozen=True, slots=True)
class Plan:
    """A snapshot, its chunks, and what the database holds now.

    `unfinished` is the load that goes on; `is_there` says that this very snapshot was loaded whole before
    and nothing is to be done; `holds` are the declared tables that have rows.
    """

    snapshot: Snapshot
    digest: str
    chunks: tuple[Chunk, ...]
    unfinished: Load | None
    is_there: bool
    holds: tuple[str, ...]

    @property
    def rows(self) -> int:
        """Return how many rows the snapshot has."""
        return sum(chunk.rows for chunk in self.chunks)


def plan(folder: Path, *, is_replacing: bool = False) -> Plan:
    """Return what loading a folder would do; nothing is written.

    Args:
        folder: A snapshot's folder.
        is_replacing: The database's records may be removed for it.

    Raises:
        SnapshotError: The folder is no snapshot.
        LoadError: A file is not what the manifest says, or the database holds other records and they may
            not be removed.

    """
    snapshot = open_snapshot(folder)
    if problems := verify(snapshot):
        msg = f"{folder} is not what its manifest says: {'; '.join(problems[:_NAMED])}"
        raise LoadError(msg)
    digest = digest_of(snapshot)
    current = Load.objects.filter(is_current=True).first()
    is_same = current is not None and current.digest == digest
    goes_on = current if is_same and current and current.finished_at is None else None
    holds = () if goes_on else _holding()
    is_there = is_same and goes_on is None and not is_replacing
    if not is_there and not is_replacing:
        _check_may_take(current, goes_on, holds)
    return Plan(snapshot, digest, tuple(_chunks(snapshot)), goes_on, is_there, holds)


def digest_of(snapshot: Snapshot) -> str:
    """Return the SHA-256 over what a snapshot's manifest says."""
    said = json.dumps(asdict(snapshot.manifest), sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def _check_may_take(current: Load | None, goes_on: Load | None, holds: tuple[str, ...]) -> None:
    if goes_on:
        return
    if current and current.finished_at is None:
        msg = (
            f"the load of another snapshot ({current}) was broken off. Run it again to finish it, "
            "or give --replace to remove what it loaded."
        )
        raise LoadError(msg)
    if holds:
        more = f" and {len(holds) - _NAMED} more tables" if len(holds) > _NAMED else ""
        msg = (
            f"the database already holds records ({', '.join(holds[:_NAMED])}{more}). "
            "Give --replace to remove them all first; `closeout snapshot` keeps a copy."
        )
        raise LoadError(msg)


def _holding() -> tuple[str, ...]:
    return tuple(name for name, model in record_models().items() if model._default_manager.exists())  # noqa: SLF001 - Django's own name


def _chunks(snapshot: Snapshot) -> Iterator[Chunk]:
    for table in record_models():
        for part in snapshot.manifest.tables.get(table, ()):
            path = snapshot.folder / part.path
            found = pq.read_metadata(path)
            lacking = sorted(set(columns(table).names) - set(found.schema.to_arrow_schema().names))
            if lacking:
                msg = f"{part.path} lacks {', '.join(lacking)}; `closeout check` says what is wrong"
                raise LoadError(msg)
            if found.num_rows != part.rows:
                msg = f"{part.path} has {found.num_rows:,} rows, the manifest says {part.rows:,}"
                raise LoadError(msg)
            for number in range(found.num_row_groups):
                yield Chunk(table, part.path, number, found.row_group(number).num_rows, path)
