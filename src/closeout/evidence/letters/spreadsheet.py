"""Tables as a workbook that opens safely in any program and prints as it is read."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from closeout.followup.tables import Cell, Table

NOTES = "notes"
_LONGEST_CELL = 32_767
_LONGEST_SHEET_NAME = 31
_WIDEST = 60
_NOTES_WIDTH = 110
_LETTER_PAPER = 1
_DOLLARS = "US dollars"
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))


def to_xlsx(tables: Sequence[Table], *, title: str = "", notes: Sequence[str] = ()) -> bytes:
    """Return tables as a workbook: a sheet each, with title, source and as-of day above its header.

    No cell can act as a formula or a link. The header row stays in sight and is repeated on each printed
    page; the same tables always give the same bytes.

    Args:
        tables: At least one.
        title: The workbook's title; the first table's if empty.
        notes: Sentences for a sheet of notes at the front; no such sheet without any.

    """
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, {**options, "strings_to_numbers": False}) as book:
        newest = max(table.as_of for table in tables)
        made = datetime(newest.year, newest.month, newest.day)  # noqa: DTZ001 - a file's date has no zone
        book.set_properties({"title": title or tables[0].title, "created": made})
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "dollars": book.add_format({"num_format": "#,##0", "valign": "top"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
        }
        names = _sheet_names(tables, taken=[NOTES] if notes else [])
        if notes:
            _write_notes(book.add_worksheet(NOTES), title or tables[0].title, notes, formats)
        for table, name in zip(tables, names, strict=True):
            _write_sheet(book.add_worksheet(name), table, formats)
    return target.getvalue()


def _sheet_names(tables: Iterable[Table], taken: Sequence[str]) -> list[str]:
    names: list[str] = []
    for table in tables:
        name = table.code.translate(_NOT_IN_SHEET_NAMES)[:_LONGEST_SHEET_NAME] or "table"
        is_free = name not in names and name not in taken
        names.append(name if is_free else f"{name[: _LONGEST_SHEET_NAME - 3]}-{len(names)}")
    return names


def _write_notes(sheet: Any, title: str, notes: Sequence[str], formats: Mapping[str, Any]) -> None:  # noqa: ANN401 - untyped
    sheet.write_string(0, 0, title, formats["title"])
    sheet.set_column(0, 0, _NOTES_WIDTH)
    for place, note in enumerate(notes, start=2):
        sheet.write_string(place, 0, note[:_LONGEST_CELL], formats["text"])
    sheet.set_paper(_LETTER_PAPER)
    sheet.fit_to_pages(1, 0)


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
            _write_cell(sheet, (number, place), cell, _formats(formats, table.columns[place].unit))
    if table.rows:
        sheet.autofilter(top, 0, top + len(table.rows), len(table.columns) - 1)
    sheet.freeze_panes(top + 1, 1)
    _set_up_print(sheet, table, top)


def _set_up_print(sheet: Any, table: Table, top: int) -> None:  # noqa: ANN401 - untyped
    sheet.set_landscape()
    sheet.set_paper(_LETTER_PAPER)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.set_footer(f"&L{_footer_text(table.title)}, as of {table.as_of}&RPage &P of &N")


def _footer_text(text: str) -> str:
    """Return words for a footer, where `&` begins a command and 255 characters are all there may be."""
    return text.replace("&", "&&")[:180]


def _write_cell(sheet: Any, place: tuple[int, int], cell: Cell, formats: Mapping[str, Any]) -> None:  # noqa: ANN401 - as above
    if cell is None:
        return
    if isinstance(cell, date):
        sheet.write_datetime(*place, cell, formats["day"])
    elif isinstance(cell, str):
        kept = cell if len(cell) <= _LONGEST_CELL else f"{cell[: _LONGEST_CELL - 1]}…"
        sheet.write_string(*place, kept, formats["text"])
    else:
        sheet.write_number(*place, cell, formats["number"])


def _formats(formats: Mapping[str, Any], unit: str) -> Mapping[str, Any]:
    """Return the formats of a column: amounts in thousands, other numbers as they are (years are numbers)."""
    return {**formats, "number": formats["dollars" if unit == _DOLLARS else "text"]}


def _width(table: Table, place: int) -> int:
    longest = max((len(str(row[place] or "")) for row in table.rows[:200]), default=0)
    return min(_WIDEST, max(len(table.columns[place].title), longest) + 2)
