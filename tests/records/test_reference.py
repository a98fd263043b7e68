"""The reference page says what the declarations say."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from closeout.records import reference
from closeout.records.tables import TABLES
from tests.each import for_each

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "tables.md"


def test_the_page_is_the_one_written_from_the_declarations():
    written = PAGE.read_text(encoding="utf-8")
    assert written == reference.page(), "run `python -m closeout.records.reference` and commit the page"


WRITTEN = reference.page()


@for_each("table", TABLES)
def test_every_column_of_every_table_has_its_line(table):
    part = re.split(rf"^### {table}$", WRITTEN, flags=re.MULTILINE)[1].split("\n### ")[0]
    lines = [line for line in part.splitlines() if line.startswith(("| `", "| **`"))]
    assert [re.search(r"`(\w+)`", line).group(1) for line in lines] == list(TABLES[table].columns())
    for line, column in zip(lines, TABLES[table].columns().values(), strict=True):
        assert line.startswith("| **") != column.nullable
        assert re.sub(r"\\\|", "", line).count("|") == 4


def test_a_line_says_type_unit_choices_and_reference():
    page = reference.page()
    assert "| **`opening`** | whole number, cases | Cases at the start. |" in page
    assert "| **`model`** | one of `JEM`, `WSO`, `TFM` | The model. |" in page
    assert "| `office_id` | key of [offices](#offices) | The office responsible. |" in page
    assert "| **`version`** | whole number, count, 1 or more | The version. |" in page
    assert "| **`fiscal_year`** | whole number, fiscal year, 1990 or more | For which fiscal year. |" in page
    assert "| **`case_no`** | case number, `C-…` | The random case number. |" in page


def test_the_command_writes_the_page_where_it_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["reference", str(tmp_path / "tables.md")])
    reference.main()
    assert (tmp_path / "tables.md").read_text(encoding="utf-8") == reference.page()
