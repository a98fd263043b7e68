"""Digests of a snapshot's files: each file is read once in a run, several at a time."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from closeout.records.snapshot import sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from closeout.records.snapshot import Snapshot


class Hashes:
    """SHA-256 digests of files, kept for a run. A file that cannot be read has none."""

    def __init__(
        self, *, threads: int | None = None, told: Callable[[str], None] = lambda _said: None
    ) -> None:
        """Begin with none known.

        Args:
            threads: How many files are read at a time; as many as there are processors if None.
            told: Called with a line for each file read.

        """
        self._known: dict[Path, str | None] = {}
        self._threads = threads or os.cpu_count() or 1
        self._told = told

    def of(self, paths: Iterable[Path]) -> Mapping[Path, str | None]:
        """Return the digest of each file, in hexadecimal; None of one that is missing or cannot be read."""
        wanted = list(dict.fromkeys(paths))
        unread = [path for path in wanted if path not in self._known]
        with ThreadPoolExecutor(self._threads) as pool:
            for number, (path, found) in enumerate(zip(unread, pool.map(_sha256, unread), strict=True), 1):
                self._known[path] = found
                self._told(f"hashed {path.parent.name}/{path.name} ({number} of {len(unread)})")
        return {path: self._known[path] for path in wanted}

    def changed(self, snapshot: Snapshot, tables: Iterable[str]) -> dict[str, str]:
        """Return the tables with a file that is not what the manifest says, each with a line that says so."""
        parts = {
            snapshot.folder / part.path: (table, part)
            for table in dict.fromkeys(tables)
            for part in snapshot.manifest.tables.get(table, ())
        }
        found = self.of(parts)
        return {
            table: _said(part.path, part.sha256, found[path])
            for path, (table, part) in parts.items()
            if found[path] != part.sha256
        }


def _said(path: str, listed: str, found: str | None) -> str:
    if found is None:
        return f"{path} is listed in the manifest and cannot be read"
    return f"{path}: the manifest says {listed[:12]}, the file is {found[:12]}"


def _sha256(path: Path) -> str | None:
    try:
        return sha256_of(path)
    except OSError:
        return None
