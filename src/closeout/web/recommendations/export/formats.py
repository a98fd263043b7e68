"""Tables as CSV, JSON, and spreadsheets, safe to open in any program."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Any

from closeout.evidence.letters.spreadsheet import to_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from closeout.followup.tables import Cell, Table

MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write(tables: Sequence[Table], kind: str) -> bytes:
    """Return tables as a file.

    Args:
        tables: At least one.
        kind: `csv`, `json` or `xlsx`.

    Raises:
        KeyError: There is no such kind.

    """
    return _WRITERS[kind](tables)


def safe(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula: a quote is put before what could be one."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_STARTS_A_FORMULA):
        return f"'{cell}"
    return cell


def to_csv(tables: Sequence[Table]) -> bytes:
    """Return tables as CSV (UTF-8 with a byte-order mark, so that spreadsheets read accents).

    One table is its header and rows alone, ready for a program; several follow one another,
    each under a line with its title, source and as-of day.
    """
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for place, table in enumerate(tables):
        if len(tables) > 1:
            writer.writerows([[]] if place else [])
            writer.writerow([safe(cell) for cell in (table.title, table.source, f"as of {table.as_of}")])
        writer.writerow([column.name for column in table.columns])
        writer.writerows([safe(_plain(cell)) for cell in row] for row in table.rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def to_json(tables: Sequence[Table]) -> bytes:
    """Return tables as one JSON object, each with its columns, source, rows and figures."""
    return json.dumps({"tables": [plain_table(table) for table in tables]}, ensure_ascii=False).encode()


def plain_table(table: Table) -> dict[str, Any]:
    """Return a table as JSON values: rows as objects by the columns' short names."""
    return {
        "code": table.code,
        "title": table.title,
        "source": table.source,
        "as_of": table.as_of.isoformat(),
        "columns": [
            {"name": column.name, "title": column.title, "unit": column.unit, "source": column.source}
            for column in table.columns
        ],
        "rows": [{name: _plain(cell) for name, cell in row.items()} for row in table.records()],
        "figures": [
            {
                "title": figure.title,
                "numerator": figure.numerator,
                "denominator": figure.denominator,
                "as_of": figure.as_of.isoformat(),
                "note": figure.note,
            }
            for figure in table.figures
        ],
    }


def _plain(cell: Cell) -> str | float | None:
    return cell.isoformat() if isinstance(cell, date) else cell


_WRITERS: Mapping[str, Callable[[Sequence[Table]], bytes]] = {
    "csv": to_csv,
    "json": to_json,
    "xlsx": to_xlsx,
}
