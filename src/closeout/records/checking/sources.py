"""Which files of a folder hold which table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from closeout.records.snapshot import MANIFEST
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from closeout.records.mapping import Mapping

DELIMITED = (".csv", ".csv.gz", ".tsv", ".txt")
COLUMNAR = (".parquet",)
QUARANTINE = "quarantine"
"""The folder beside a snapshot's tables that holds the rows kept apart."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read. `table` is None where a mapping says which tables it feeds."""

    path: Path
    name: str
    table: str | None

    @property
    def is_columnar(self) -> bool:
        """Return whether it is Parquet."""
        return self.name.lower().endswith(COLUMNAR)


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that was left alone, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read and those left alone."""

    sources: tuple[Source, ...]
    unread: tuple[Unread, ...]


class NothingToCheckError(ValueError):
    """There is no such folder or file, or nothing in it is a table."""


def find_sources(path: Path, mapping: Mapping | None = None) -> Found:
    """Return the files at a path, by the table each holds.

    Args:
        path: A folder with a file a table (`cases.csv`) or a folder a table (`cases/part-000.parquet`), or
            one file.
        mapping: Whose sources come first, by path below the folder or by bare name.

    Raises:
        NothingToCheckError: There is nothing at the path, or nothing that is a table.

    """
    if not path.exists():
        msg = f"{path} does not exist"
        raise NothingToCheckError(msg)
    files = [path] if path.is_file() else _files_below(path)
    names = {file: file.name if path.is_file() else file.relative_to(path).as_posix() for file in files}
    placed = [_place(file, name, mapping) for file, name in names.items()]
    sources = tuple(one for one in placed if isinstance(one, Source))
    unread = tuple(one for one in placed if isinstance(one, Unread))
    if not sources:
        why = f" ({unread[0].name}: {unread[0].why})" if unread else ""
        msg = f"{path} holds no table{why}. `closeout template` writes an example of each."
        raise NothingToCheckError(msg)
    return Found(sources, unread)


def table_called(name: str) -> str | None:
    """Return the table that a file or folder name means; None if there is none such."""
    plain = re.sub(r"[\s-]+", "_", name.strip().lower())
    return plain if plain in TABLES else None


def _files_below(folder: Path) -> list[Path]:
    return sorted(
        file
        for file in folder.rglob("*")
        if file.is_file()
        and file.name != MANIFEST
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    )


def _place(file: Path, name: str, mapping: Mapping | None) -> Source | Unread:
    if mapping and mapping.tables(name):
        return Source(file, name, None)
    ending = next((one for one in (*DELIMITED, *COLUMNAR) if name.lower().endswith(one)), None)
    if ending is None:
        return Unread(name, "neither CSV nor Parquet")
    folders = name.split("/")[:-1]
    if QUARANTINE in folders:
        return Unread(name, "rows that an earlier check kept apart")
    stem = file.name[: -len(ending)]
    folder = table_called(folders[-1]) if folders else None
    if folder and re.match(rf"part|\d|{re.escape(folder)}", stem, re.IGNORECASE):
        return Source(file, name, folder)
    if table := table_called(stem):
        return Source(file, name, table)
    return Unread(name, _no_such_table(stem))


def _no_such_table(stem: str) -> str:
    near = get_close_matches(stem.lower(), TABLES, n=1, cutoff=0.75)
    meant = f"; did you mean {near[0]}?" if near else ""
    return f"there is no table of this name{meant}"
