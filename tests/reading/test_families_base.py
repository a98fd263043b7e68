from __future__ import annotations

import pytest

from closeout.reading.clean import clean
from closeout.reading.families.base import REPORT_NUMBER, first_lines, match_span
from closeout.reading.model import Span
from tests.reading.paging import make_document


@pytest.mark.parametrize(
    "number",
    [
        "GAO-21-186",
        "GAO-22-104529",
        "GAO-07-283",
        "GAO-24-106404SP",
        "AFMD-92-16",
        "T-AIMD-98-12",
        "OIG-17-51",
        "OEI-01-10-00460",
        "A-04-99-03015",
        "23-02330-127",
        "8-306-19-113-R",
        "DODIG-2021-034",
        "OIG-12-12-01",
        "DCOIG-15-006-M",
    ],
)
def test_a_report_number_is_found_where_it_stands(number):
    text = f"See report {number}, which came out in May."
    cleaned = clean(make_document(text))
    (match,) = REPORT_NUMBER.finditer(cleaned.text)
    assert match[0] == number
    assert match_span(cleaned, match).of(text) == number


@pytest.mark.parametrize(
    "text",
    ["555-1934", "2019-05-31", "(202) 512-4800", "$1-2", "lamps-10-20", "COVID-19", "PL 115-414", "A-50"],
)
def test_other_numbers_are_no_report_numbers(text):
    assert REPORT_NUMBER.search(text) is None


def test_the_opening_is_as_long_as_asked_for():
    cleaned = clean(make_document("lamp " * 1_200))
    assert len(first_lines(cleaned)) == 4_000
    assert first_lines(cleaned, 4) == "lamp"


def test_a_group_of_a_match_has_a_span_of_its_own():
    cleaned = clean(make_document("See OIG-17-51."))
    match = REPORT_NUMBER.search(cleaned.text)
    assert match is not None
    assert match_span(cleaned, match, 0) == Span(4, 13)
