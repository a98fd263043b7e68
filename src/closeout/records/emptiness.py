"""Which tables hold no row, and which columns nothing in any row, by the counts in the files themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from closeout.records.snapshot import Snapshot


def empty_tables(snapshot: Snapshot) -> list[str]:
    """Return the tables that a snapshot lists and that hold no row, by name."""
    return sorted(name for name in snapshot.manifest.tables if not snapshot.manifest.rows(name))


def empty_columns(snapshot: Snapshot) -> dict[str, list[str]]:
    """Return the declared columns that are empty in every row of a table that has rows.

    Only the counts at the end of each Parquet file are read, never its rows. A column without such a count
    is taken to hold something.

    Returns:
        By table, in order of name: the columns as declared. Tables with none are left out.

    Raises:
        OSError: A file cannot be read.

    """
    found: dict[str, list[str]] = {}
    for table in sorted(snapshot.manifest.tables):
        if not snapshot.manifest.rows(table):
            continue
        left = set(TABLES[table].columns())
        for path in snapshot.files(table):
            left -= _filled(path, left)
        if left:
            found[table] = [name for name in TABLES[table].columns() if name in left]
    return found


def _filled(path: Path, wanted: set[str]) -> set[str]:
    """Return which of the columns hold something in a file, or may."""
    metadata = pq.read_metadata(path)
    found = set()
    for at in range(metadata.num_row_groups):
        group = metadata.row_group(at)
        for place in range(group.num_columns):
            column = group.column(place)
            if column.path_in_schema in wanted:
                counts = column.statistics
                is_known = counts is not None and counts.has_null_count
                if not is_known or counts.null_count < group.num_rows:
                    found.add(column.path_in_schema)
    return found
