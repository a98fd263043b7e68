"""Freeze a result: seal it with the records it rests on, and write it where nothing is ever overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.freezing.canonical import plain_mapping
from closeout.evidence.freezing.folder import INDEX, IndexEntry, entry_of, read_index, write_index
from closeout.evidence.freezing.frozen import Frozen, SnapshotUsed, sealed
from closeout.evidence.freezing.versions import versions
from closeout.records.snapshot import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from pathlib import Path

    from closeout.evidence.freezing.frozen import Answer
    from closeout.evidence.freezing.hashing import Hashes
    from closeout.records.snapshot import Snapshot


class FreezeError(ValueError):
    """A result cannot be frozen: its records are not what their manifest says, or it was frozen before."""


def freeze(
    answer: Answer,
    *,
    snapshot: Snapshot | None,
    hashes: Hashes,
    engine: str,
    effective_on: date,
    frozen_at: datetime,
) -> Frozen:
    """Return a result frozen.

    Args:
        answer: The result.
        snapshot: The records it was worked out from; None where it comes from none.
        hashes: Digests of files, kept for the run.
        engine: The name of the engine that worked it out.
        effective_on: The day from which the result is in effect.
        frozen_at: Now, with its time zone.

    Returns:
        The result with the query, parameters, versions, records and digests.

    Raises:
        FreezeError: A file it rests on is not what the manifest says, or `frozen_at` has no time zone.

    """
    if frozen_at.tzinfo is None:
        msg = "the instant of freezing needs a time zone"
        raise FreezeError(msg)
    return sealed(
        Frozen(
            kind=answer.kind,
            code=answer.code,
            title=answer.title,
            definition=plain_mapping(answer.definition),
            query=answer.query,
            parameters=plain_mapping(answer.parameters),
            keys=answer.keys,
            rows=tuple(plain_mapping(row) for row in answer.rows),
            engine=engine,
            versions=versions(engine),
            snapshot=None if snapshot is None else _used(answer, snapshot, hashes),
            effective_on=effective_on,
            frozen_at=frozen_at,
        )
    )


def _used(answer: Answer, snapshot: Snapshot, hashes: Hashes) -> SnapshotUsed:
    manifest = snapshot.manifest
    read = sorted(manifest.tables if answer.reads is None else answer.reads)
    check_records(snapshot, read, hashes)
    path = snapshot.folder / MANIFEST
    return SnapshotUsed(
        manifest_sha256=hashes.of([path])[path] or "",
        as_of=manifest.as_of,
        source=manifest.source,
        schema_version=manifest.schema_version,
        tables={name: manifest.tables.get(name, ()) for name in read},
    )


def check_records(snapshot: Snapshot, tables: Iterable[str], hashes: Hashes) -> None:
    """Raise FreezeError where a file of some tables is not what the snapshot's manifest says."""
    if changed := hashes.changed(snapshot, tables):
        msg = f"{next(iter(changed.values()))}. It was changed after the snapshot was written."
        raise FreezeError(msg)


def write_frozen(folder: Path, results: Iterable[Frozen]) -> str:
    """Write frozen results into a folder; each is a file of its own, and an index names them all.

    Args:
        folder: A folder that is not there yet, is empty, or holds frozen results already.
        results: The results.

    Returns:
        The index's digest, which stands for everything in the folder.

    Raises:
        FreezeError: One of them is in the folder already, or the folder holds something else.
        FrozenError: Its index cannot be read, or was changed.

    """
    entries = entries_in(folder)
    made = list(results)
    known = {entry.id for entry in entries}
    for frozen in made:
        if frozen.id in known:
            msg = f"{frozen.id} is frozen already in {folder}; frozen results are never overwritten"
            raise FreezeError(msg)
        known.add(frozen.id)
    folder.mkdir(parents=True, exist_ok=True)
    for frozen in made:
        entries.append(entry_of(folder, frozen))
    return write_index(folder, entries)


def entries_in(folder: Path) -> list[IndexEntry]:
    """Return what is frozen in a folder already; none where it is empty or not there yet.

    Raises:
        FreezeError: The folder holds something else.
        FrozenError: Its index cannot be read, or was changed.

    """
    if (folder / INDEX).is_file():
        return list(read_index(folder).checked())
    if folder.is_dir() and any(folder.iterdir()):
        msg = f"{folder} is not empty and holds no frozen results; give another folder"
        raise FreezeError(msg)
    return []
