"""What the reference says of dates is what the reader does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from closeout.reading.dates import FuzzyDate, find_dates, parse_date

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "dates.md"
LINES = PAGE.read_text(encoding="utf-8").splitlines()
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def rows(columns: int) -> list[list[str]]:
    """Return the rows of the tables with this many columns, headings apart."""
    found = [cells(line) for line in LINES if line.startswith("| ") and len(cells(line)) == columns]
    return [row for row in found if "`" in row[-1] or DAY.search(row[-1])]


FORMS = [
    (re.sub(r"\s*\(.*\)", "", words).strip(), edtf.strip("`"), first, last)
    for row in rows(4)
    if DAY.fullmatch(row[2]) and DAY.fullmatch(row[3])
    for words, edtf, first, last in [[row[0], row[1], row[2], row[3]]]
    for words in words.split(" · ")
]
PARTS = [(row[2], row[3].strip("`")) for row in rows(4) if re.match(r"`\d", row[3])]


@pytest.mark.parametrize(("words", "edtf", "first", "last"), FORMS)
def test_each_form_of_the_reference_means_what_it_says(words, edtf, first, last):
    (found,) = find_dates(words)
    assert (found.edtf, found.earliest.isoformat(), found.latest.isoformat()) == (edtf, first, last)


@pytest.mark.parametrize(("words", "edtf"), PARTS)
def test_each_part_of_the_reference_is_the_one_it_says(words, edtf):
    found = parse_date(words)
    assert isinstance(found, FuzzyDate)
    assert found.edtf == edtf


def test_the_reference_has_both_tables():
    assert len(FORMS) >= 14
    assert len(PARTS) >= 8


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("spring of 2025", "2025-21"),
        ("summer of 2025", "2025-22"),
        ("fall of 2025", "2025-23"),
        ("first half of 2025", "2025-40"),
        ("second half of 2025", "2025-41"),
        ("July to September 2016", "2016-07/2016-09"),
    ],
)
def test_the_forms_written_together_mean_what_the_reference_says(words, edtf):
    assert f"`{edtf}`" in PAGE.read_text(encoding="utf-8") or edtf[4:] in PAGE.read_text(encoding="utf-8")
    found = parse_date(words)
    assert isinstance(found, FuzzyDate)
    assert found.edtf == edtf


def test_the_day_no_calendar_has_is_named_as_a_doubt():
    assert "April 31, 2006" in PAGE.read_text(encoding="utf-8")
    assert find_dates("April 31, 2006") == ()
