"""A folder of frozen results: one JSON file each, many rows as Parquet beside it, and an index over all.

    FOLDER/index.json           every file with its SHA-256, and a digest over the whole list
    FOLDER/<id>.json            a record
    FOLDER/<id>.rows.parquet    its rows, where there are many

Rows whose columns each hold one kind of value are columns there too; others are JSON, one column of text.
Files are written whole or not at all, the index last.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from closeout.evidence.freezing.canonical import digest, digest_of_rows, text
from closeout.evidence.freezing.frozen import FORMAT, Frozen, FrozenError, read_record, record
from closeout.records.snapshot import sha256_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

INDEX = "index.json"
MOST_ROWS = 500
"""Rows that a record holds itself; more go into a file of their own."""
_ROWS = ".rows.parquet"
_AS_TEXT = "row"
_KIND, _TEXT = b"closeout.rows", b"json"
"""What the schema of a file of rows says where they are text."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One frozen result in the index: the files that hold it, with their SHA-256."""

    id: str
    kind: str
    code: str
    file: str
    sha256: str
    rows_file: str = ""
    rows_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """What a folder of frozen results holds, and the digest that stands for all of it."""

    entries: tuple[IndexEntry, ...]
    digest: str

    def checked(self) -> tuple[IndexEntry, ...]:
        """Return the entries; raise FrozenError where the digest is not theirs."""
        if self.digest != index_digest(self.entries):
            msg = f"{INDEX} was changed: its digest is not that of what it lists"
            raise FrozenError(msg)
        return self.entries


def index_digest(entries: Sequence[IndexEntry]) -> str:
    """Return the digest over a list of frozen results."""
    return digest({"format": FORMAT, "results": [asdict(entry) for entry in entries]})


def entry_of(folder: Path, frozen: Frozen) -> IndexEntry:
    """Write a frozen result into a folder, and return what the index says of it."""
    said = record(frozen)
    rows_file = rows_sha256 = ""
    if len(frozen.rows) > MOST_ROWS:
        rows_file = frozen.id + _ROWS
        part = folder / (rows_file + ".part")
        _write_rows(part, said["rows"], frozen.result_sha256)
        rows_sha256 = sha256_of(part)
        part.replace(folder / rows_file)
        said["rows"] = {"file": rows_file}
    path = folder / f"{frozen.id}.json"
    _write(path, said)
    return IndexEntry(
        frozen.id, frozen.kind.value, frozen.code, path.name, sha256_of(path), rows_file, rows_sha256
    )


def write_index(folder: Path, entries: Sequence[IndexEntry]) -> str:
    """Write the index of a folder and return its digest."""
    in_order = sorted(entries, key=lambda entry: entry.id)
    found = index_digest(in_order)
    _write(
        folder / INDEX,
        {"format": FORMAT, "results": [asdict(entry) for entry in in_order], "digest": found},
    )
    return found


def read_index(folder: Path) -> Index:
    """Return the index of a folder, as it stands there.

    Raises:
        FrozenError: There is none, or it cannot be read.

    """
    path = folder / INDEX
    if not path.is_file():
        msg = f"{folder} holds no frozen results: it has no {INDEX}. `closeout freeze` makes such a folder."
        raise FrozenError(msg)
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return Index(tuple(IndexEntry(**entry) for entry in said["results"]), said["digest"])
    except (ValueError, KeyError, TypeError) as error:
        msg = f"{path.name} cannot be read as the index of frozen results: {error}"
        raise FrozenError(msg) from error


def read_frozen(path: Path) -> Frozen:
    """Return the frozen result in a file, with its rows.

    Raises:
        FrozenError: The file or that of its rows is missing, damaged or none of ours.

    """
    rows_path = path.parent / (path.name.removesuffix(".json") + _ROWS)
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(said, dict):
            msg = f"{path.name} is no frozen result"
            raise FrozenError(msg)
        apart = isinstance(said.get("rows"), dict)
        kept = _rows(rows_path) if apart else None
        return read_record(said, kept)
    except FileNotFoundError as error:
        msg = f"{rows_path.name if path.is_file() else path.name} is missing"
        raise FrozenError(msg) from error
    except (OSError, ValueError, KeyError) as error:
        msg = f"{path.name}: {error}"
        raise FrozenError(msg) from error


def _write_rows(path: Path, rows: list[dict[str, Any]], result_sha256: str) -> None:
    """Write rows as columns, or as text where columns would not give back what they were."""
    try:
        pq.write_table(pa.Table.from_pylist(rows), path)
        if digest_of_rows(_rows(path)) == result_sha256:
            return
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        pass  # a column mixes kinds of values
    schema = pa.schema([(_AS_TEXT, pa.string())], metadata={_KIND: _TEXT})
    pq.write_table(pa.table([[text(row) for row in rows]], schema=schema), path)


def _rows(path: Path) -> list[dict[str, Any]]:
    kept = pq.read_table(path)
    if (kept.schema.metadata or {}).get(_KIND) == _TEXT:
        return [json.loads(row) for row in kept.column(_AS_TEXT).to_pylist()]
    rows: list[dict[str, Any]] = kept.to_pylist()
    return rows


def _write(path: Path, said: Mapping[str, Any]) -> None:
    """Write a record, a line for each part of it: indents within would take five times as long."""
    lines = (
        f"{json.dumps(name)}: {json.dumps(said[name], sort_keys=True, ensure_ascii=False)}"
        for name in sorted(said)
    )
    part = path.with_name(path.name + ".part")
    part.write_text("{\n " + ",\n ".join(lines) + "\n}\n", encoding="utf-8")
    part.replace(path)
