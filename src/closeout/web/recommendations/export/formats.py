"""Tables as CSV, JSON, and spreadsheets, safe to open in any program."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from closeout.followup.tables import Cell, Table

MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST_CELL = 32_767
_LONGEST_SHEET_NAME = 31
_WIDEST = 60
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))


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


def to_xlsx(tables: Sequence[Table]) -> bytes:
    """Return tables as a workbook: a sheet each, with title, source and as-of day above its header."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, {**options, "strings_to_numbers": False}) as book:
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
        }
        for table, name in zip(tables, _sheet_names(tables), strict=True):
            _write_sheet(book.add_worksheet(name), table, formats)
    return target.getvalue()


def _sheet_names(tables: Iterable[Table]) -> list[str]:
    names: list[str] = []
    for table in tables:
        name = table.code.translate(_NOT_IN_SHEET_NAMES)[:_LONGEST_SHEET_NAME] or "table"
        names.append(name if name not in names else f"{name[: _LONGEST_SHEET_NAME - 3]}-{len(names)}")
    return names


def _write_sheet(sheet: Any, table: Table, formats: Mapping[str, Any]) -> None:  # noqa: ANN401 - untyped
    sheet.write_string(0, 0, table.title, formats["title"])
    sheet.write_string(1, 0, f"As of {table.as_of}. Source: {table.source}")
    figures = [
        f"{figure.title}: {figure.numerator} of {figure.denominator}" + (figure.note and f"; {figure.note}")
        for figure in table.figures
    ]
    for place, said in enumerate(figures, start=2):
        sheet.write_string(place, 0, said)
    top = 3 + len(figures)
    for place, column in enumerate(table.columns):
        unit = f" ({column.unit})" if column.unit else ""
        sheet.write_string(top, place, f"{column.title}{unit}", formats["head"])
        sheet.set_column(place, place, _width(table, place))
    for number, row in enumerate(table.rows, start=top + 1):
        for place, cell in enumerate(row):
            _write_cell(sheet, (number, place), cell, formats)
    if table.rows:
        sheet.autofilter(top, 0, top + len(table.rows), len(table.columns) - 1)
    sheet.freeze_panes(top + 1, 1)


def _write_cell(sheet: Any, place: tuple[int, int], cell: Cell, formats: Mapping[str, Any]) -> None:  # noqa: ANN401 - as above
    if cell is None:
        return
    if isinstance(cell, date):
        sheet.write_datetime(*place, cell, formats["day"])
    elif isinstance(cell, str):
        kept = cell if len(cell) <= _LONGEST_CELL else f"{cell[: _LONGEST_CELL - 1]}…"
        sheet.write_string(*place, kept, formats["text"])
    else:
        sheet.write_number(*place, cell, formats["text"])


def _width(table: Table, place: int) -> int:
    longest = max((len(str(row[place] or "")) for row in table.rows[:200]), default=0)
    return min(_WIDEST, max(len(table.columns[place].title), longest) + 2)


_WRITERS: Mapping[str, Callable[[Sequence[Table]], bytes]] = {
    "csv": to_csv,
    "json": to_json,
    "xlsx": to_xlsx,
}
