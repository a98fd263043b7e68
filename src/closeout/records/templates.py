"""Empty tables to fill in: a file a table with its columns and an example row that passes the check."""

from __future__ import annotations

import csv
from datetime import datetime
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from closeout.records.examples import example_rows
from closeout.records.snapshot import arrow_schema
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from closeout.records.examples import Cell

FORMATS = ("csv", "parquet")


def write_templates(tables: Iterable[str], folder: Path, *, form: str = "csv") -> list[Path]:
    """Write a template of each table: its columns in declared order and the example row.

    Args:
        tables: Declared tables, by name.
        folder: Where to; it is made where it is missing. No file is overwritten.
        form: `csv` or `parquet`.

    Returns:
        The files, in order.

    Raises:
        FileExistsError: One of them is there already; nothing is written then.
        OSError: The folder cannot be written.

    """
    files = {table: folder / f"{table}.{form}" for table in tables}
    for file in files.values():
        if file.exists():
            msg = f"{file} is there already; name an empty folder"
            raise FileExistsError(msg)
    folder.mkdir(parents=True, exist_ok=True)
    for table, file in files.items():
        _write_csv(table, file) if form == "csv" else _write_parquet(table, file)
    return list(files.values())


def cell_text(cell: Cell) -> str:
    """Return a cell as CSV has it: dates and times in ISO form, `true`, `false`, nothing where empty."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    return str(cell)


def _write_csv(table: str, file: Path) -> None:
    with file.open("x", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(TABLES[table].columns())
        writer.writerows([cell_text(cell) for cell in row.values()] for row in example_rows(table))


def _write_parquet(table: str, file: Path) -> None:
    pq.write_table(pa.Table.from_pylist(example_rows(table), schema=arrow_schema(table)), file)
