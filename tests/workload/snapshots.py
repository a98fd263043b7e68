"""Snapshots of a few rows, written as files."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq

from closeout.records.snapshot import Manifest, Part, open_snapshot, write_manifest
from closeout.records.tables import TABLES
from tests.duties.making import table


def written(folder, rows, *, as_of=date(2024, 6, 30), in_order=True, parts=1):
    """Return a snapshot of the rows given by table, each sorted as its table is, or as the rows come.

    Tables that most clauses need are empty if not given.
    """
    listed = {}
    for name in sorted({"transfers", "assignments", "holds", *rows}):
        made = table(name, rows.get(name, []))
        first = next(iter(TABLES[name].cluster_by), None)
        if in_order and first:
            made = made.sort_by(first)
        (folder / name).mkdir(parents=True)
        size = -(-max(made.num_rows, 1) // parts)
        listed[name] = tuple(
            _part(folder, f"{name}/part-{number:03}.parquet", made.slice(number * size, size))
            for number in range(parts)
        )
    write_manifest(folder, Manifest(as_of, "test", listed))
    return open_snapshot(folder)


def _part(folder, path, rows):
    pq.write_table(rows, folder / path)
    return Part(path, rows.num_rows, "0" * 64)


def rewritten(snapshot, name, change):
    """Write a table's files anew, each as the change makes of its rows."""
    for path in snapshot.files(name):
        made = change(pq.read_table(path))
        assert isinstance(made, pa.Table)
        pq.write_table(made, path)
