"""Tables as a workbook; how the web writes them is in `tests/web/recommendations/test_export_formats.py`."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl

from closeout.evidence.letters.spreadsheet import to_xlsx
from closeout.followup.tables import Column, Table


def make_table(*rows, code="keys", title="Keys & locks"):
    columns = (Column("name", "Name"), Column("year", "Fiscal year"), Column("sum", "Amount", "US dollars"))
    return Table(code, title, "a rule", date(2026, 3, 4), columns, rows)


def opened(*tables, **given):
    return openpyxl.load_workbook(BytesIO(to_xlsx(tables, **given)))


def test_notes_stand_in_a_sheet_at_the_front():
    book = opened(make_table(("a", 2026, 5)), title="All keys", notes=("First note.", "=1+1"))
    assert book.sheetnames == ["notes", "keys"]
    cells = [row[0].value for row in book["notes"].iter_rows()]
    assert cells == ["All keys", None, "First note.", "=1+1"]
    assert book["notes"]["A4"].data_type == "s"


def test_a_table_that_is_called_notes_gets_another_name():
    assert opened(make_table(code="notes"), notes=("A note.",)).sheetnames[0] == "notes"


def test_years_stay_as_they_are_and_dollars_get_their_commas():
    sheet = opened(make_table(("a", 2026, 1_000_000)))["keys"]
    assert sheet["B5"].number_format == "General"
    assert sheet["C5"].number_format == "#,##0"


def test_each_printed_page_has_header_title_and_day():
    sheet = opened(make_table(("a", 2026, 5)))["keys"]
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.oddFooter.left.text == "Keys && locks, as of 2026-03-04"


def test_the_file_is_dated_by_its_figures():
    assert opened(make_table()).properties.created.date() == date(2026, 3, 4)
    assert to_xlsx([make_table()]) == to_xlsx([make_table()])
