"""A snapshot: an agency's tables as Parquet files, with a manifest that says what they are.

    DIR/manifest.json
    DIR/<table>/part-000.parquet …      rows sorted by the table's `cluster_by`

The manifest holds the as-of date, the source, the schema's version, and of every file its rows and its
SHA-256. It is what the engine reads and what evidence freezes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from closeout.records.tables import SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

MANIFEST = "manifest.json"
_BLOCK = 1 << 20


class SnapshotError(ValueError):
    """A folder is no snapshot, or not the one its manifest says."""


@dataclass(frozen=True, slots=True)
class Part:
    """One Parquet file of a table."""

    path: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot's manifest says."""

    as_of: date
    source: str
    tables: Mapping[str, tuple[Part, ...]]
    schema_version: int = SCHEMA_VERSION
    notes: Mapping[str, Any] = field(default_factory=dict)

    def rows(self, table: str) -> int:
        """Return how many rows a table has; 0 where the snapshot lacks it."""
        return sum(part.rows for part in self.tables.get(table, ()))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A folder and what its manifest says of it."""

    folder: Path
    manifest: Manifest

    @property
    def as_of(self) -> date:
        """Return the day the records stand as of."""
        return self.manifest.as_of

    def files(self, table: str) -> list[Path]:
        """Return the files of a table, in order; none where the snapshot lacks it."""
        return [self.folder / part.path for part in self.manifest.tables.get(table, ())]


def arrow_schema(table: str) -> pa.Schema:
    """Return a table's columns as Arrow types: codes and choices as strings, numbers as 64 bits."""
    kinds = {"Int64": pa.int64(), "Float64": pa.float64(), "Bool": pa.bool_(), "Date": pa.date32()}
    kinds["Datetime"] = pa.timestamp("us")
    return pa.schema(
        [
            pa.field(name, kinds.get(type(column).__name__, pa.string()), nullable=column.nullable)
            for name, column in TABLES[table].columns().items()
        ]
    )


def sha256_of(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a snapshot's manifest: last, so that a folder without one was never finished."""
    plain = asdict(manifest) | {"as_of": manifest.as_of.isoformat()}
    written = folder / (MANIFEST + ".part")
    written.write_text(json.dumps(plain, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    written.replace(folder / MANIFEST)


def open_snapshot(folder: Path, *, may_lack_files: bool = False) -> Snapshot:
    """Return the snapshot in a folder.

    Args:
        folder: Where its manifest lies.
        may_lack_files: Whether files that the manifest lists may be missing; `verify` names them.

    Returns:
        The snapshot. The files' digests are not checked: `verify` does.

    Raises:
        SnapshotError: No manifest, an unreadable one, another schema version, an unknown table, or a
            file that is missing.

    """
    path = folder / MANIFEST
    if not path.is_file():
        msg = f"{folder} is no snapshot: it has no {MANIFEST}. `closeout check` makes one from a folder."
        raise SnapshotError(msg)
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        manifest = Manifest(
            as_of=date.fromisoformat(said["as_of"]),
            source=said["source"],
            tables={name: tuple(Part(**part) for part in parts) for name, parts in said["tables"].items()},
            schema_version=said["schema_version"],
            notes=said.get("notes", {}),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        msg = f"{path} cannot be read as a manifest: {error}"
        raise SnapshotError(msg) from error
    _check(folder, manifest)
    lacking = _lacking(folder, manifest)
    if lacking and not may_lack_files:
        msg = f"{folder} lacks {lacking[0].path}, which its manifest lists"
        raise SnapshotError(msg)
    return Snapshot(folder, manifest)


def with_files(snapshot: Snapshot) -> Snapshot:
    """Return a snapshot without the tables of which a file is missing."""
    lacking = _lacking(snapshot.folder, snapshot.manifest)
    tables = snapshot.manifest.tables
    return without_tables(
        snapshot, [name for name, parts in tables.items() if any(part in lacking for part in parts)]
    )


def without_tables(snapshot: Snapshot, names: Collection[str]) -> Snapshot:
    """Return a snapshot without some of its tables."""
    kept = {name: parts for name, parts in snapshot.manifest.tables.items() if name not in names}
    return replace(snapshot, manifest=replace(snapshot.manifest, tables=kept))


def verify(snapshot: Snapshot) -> list[str]:
    """Return a line for each file that is missing or not what the manifest says; none if all are."""
    lacking = _lacking(snapshot.folder, snapshot.manifest)
    changed = [
        f"{part.path}: the manifest says {part.sha256[:12]}, the file is {found[:12]}"
        for parts in snapshot.manifest.tables.values()
        for part in parts
        if part not in lacking and (found := sha256_of(snapshot.folder / part.path)) != part.sha256
    ]
    return [f"{part.path}: the manifest lists it, the file is missing" for part in lacking] + changed


def _check(folder: Path, manifest: Manifest) -> None:
    if manifest.schema_version != SCHEMA_VERSION:
        msg = (
            f"{folder} was written with schema version {manifest.schema_version}; "
            f"this Closeout reads {SCHEMA_VERSION}. Export it anew."
        )
        raise SnapshotError(msg)
    unknown = sorted(set(manifest.tables) - set(TABLES))
    if unknown:
        msg = f"{folder} lists tables that are not declared: {', '.join(unknown)}"
        raise SnapshotError(msg)


def _lacking(folder: Path, manifest: Manifest) -> list[Part]:
    """Return the parts whose file is missing."""
    parts = [part for listed in manifest.tables.values() for part in listed]
    return [part for part in parts if not (folder / part.path).is_file()]
