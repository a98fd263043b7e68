"""Tables as files: whole, readable back, and never a formula."""

import csv
import json
from datetime import date
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from closeout.followup.tables import Column, Figure, Table
from closeout.web.recommendations.export import MEDIA_TYPES, safe, write

DAY = date(2026, 5, 1)


def make_table(*rows, code="lamps", **fields):
    columns = (Column("name", "Name"), Column("count", "Count", "lamps"), Column("on", "On", "date"))
    return Table(code, "Lamps", "our own", DAY, columns, rows, **fields)


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_one_table_as_csv_is_header_and_rows_alone():
    data = write([make_table(("North", 3, DAY), ("South", None, None))], "csv")
    assert read_csv(data) == [["name", "count", "on"], ["North", "3", "2026-05-01"], ["South", "", ""]]


def test_several_tables_as_csv_follow_one_another_under_their_titles():
    data = write([make_table(("North", 3, DAY)), make_table(code="other")], "csv")
    rows = read_csv(data)
    assert rows[0] == ["Lamps", "our own", "as of 2026-05-01"]
    assert rows[3] == []
    assert rows[4] == ["Lamps", "our own", "as of 2026-05-01"]


def test_json_holds_columns_rows_and_figures():
    figure = Figure("Lit", 3, 4, DAY, "one is under repair")
    data = json.loads(write([make_table(("Nörd", 3, DAY), figures=(figure,))], "json"))
    (table,) = data["tables"]
    assert table["rows"] == [{"name": "Nörd", "count": 3, "on": "2026-05-01"}]
    assert table["columns"][1] == {"name": "count", "title": "Count", "unit": "lamps", "source": ""}
    assert table["figures"][0]["numerator"] == 3
    assert (table["as_of"], table["source"]) == ("2026-05-01", "our own")


def test_a_spreadsheet_has_title_as_of_source_and_typed_cells():
    figure = Figure("Lit", 3, 4, DAY)
    data = write([make_table(("North", 3, DAY), ("South", None, None), figures=(figure,))], "xlsx")
    sheet = load_workbook(BytesIO(data))["lamps"]
    assert sheet["A1"].value == "Lamps"
    assert sheet["A2"].value == "As of 2026-05-01. Source: our own"
    assert sheet["A3"].value == "Lit: 3 of 4"
    assert [cell.value for cell in sheet[5]] == ["Name", "Count (lamps)", "On (date)"]
    assert sheet["B6"].value == 3
    assert sheet["C6"].value.date() == DAY
    assert sheet["B7"].value is None


def test_sheets_have_names_of_their_own_however_long_the_codes():
    data = write([make_table(code="a" * 40), make_table(code="a" * 40), make_table(code="x/y")], "xlsx")
    names = load_workbook(BytesIO(data)).sheetnames
    assert len(set(names)) == 3
    assert names[2] == "x-y"


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", "  =1", '=HYPERLINK("x")', "\n=1"]
)
def test_what_a_spreadsheet_could_take_for_a_formula_gets_a_quote_before_it(cell):
    assert safe(cell) == f"'{cell}"
    assert read_csv(write([make_table((cell, 1, DAY))], "csv"))[1][0].startswith("'")


@pytest.mark.parametrize("cell", ["plain", "a=b", "", None, -3, DAY, "3 - 2"])
def test_everything_else_stays_as_it_is(cell):
    assert safe(cell) == cell


def test_a_formula_is_text_in_a_spreadsheet():
    data = write([make_table(("=1+1", 1, DAY), ("{=A1}", 1, DAY), ("https://x.example", 1, DAY))], "xlsx")
    sheet = load_workbook(BytesIO(data)).active
    assert [sheet.cell(row, 1).data_type for row in (5, 6, 7)] == ["s", "s", "s"]
    assert sheet["A5"].value == "=1+1"


def test_a_text_longer_than_a_cell_may_be_is_cut_and_says_so():
    data = write([make_table(("x" * 40_000, 1, DAY))], "xlsx")
    value = load_workbook(BytesIO(data)).active["A5"].value
    assert len(value) == 32_767
    assert value.endswith("…")


@given(cells=st.lists(st.text(max_size=40), min_size=1, max_size=8))
def test_every_text_comes_back_from_csv_but_for_the_quote(cells):
    rows = read_csv(write([make_table(*[(cell, 1, DAY) for cell in cells])], "csv"))[1:]
    assert [row[0] for row in rows] == [str(safe(cell)) for cell in cells]


@given(name=st.text(max_size=60))
def test_no_cell_begins_like_a_formula(name):
    written = str(safe(name))
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_each_kind_has_a_media_type():
    assert set(MEDIA_TYPES) == {"csv", "json", "xlsx"}
    with pytest.raises(KeyError):
        write([make_table()], "doc")
