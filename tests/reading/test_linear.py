"""Texts made to drive a careless pattern mad. A pattern that is not linear would hang here."""

from __future__ import annotations

import pytest

from closeout.reading.clean import clean
from closeout.reading.dates import find_dates, find_ranges
from closeout.reading.families.base import REPORT_NUMBER
from closeout.reading.fold import fold_key
from closeout.reading.read import read_document
from closeout.reading.statements.narrative import read_narrative
from tests.reading.paging import make_document

SIZE = 60_000
PIECES = [
    " ",
    "\n",
    "\t\n",
    "a",
    "A",
    "A ",
    "a-",
    "-\n",
    "1",
    "1\n",
    "1, ",
    "(1)",
    "(",
    ".",
    ". ",
    ", and ",
    "the ",
    "recommendation ",
    "recommendations 1, ",
    "this recommendation is ",
    "PORTS concurred with ",
    "did not agree ",
    "agreed, ",
    "with the first, second, ",
    "plans to ",
    "by May 2023 ",
    "May ",
    "FY 2026 ",
    "end of the ",
    "the end of ",
    "first quarter of ",
    "estimated completion date for ",
    "will remain open until ",
    "as well as ",
    "To address the recommendation, ",
    "requested that ",
    "we will continue to ",
    "Doing so ",
    "By keeping a ",
    "OFFICE OF HARBOR REVIEW\n",
    "\f",
    "12\n\n",
    "Page 3\n",
    "‘’“”",
    "GAO-21-",
    "OIG-",
    "\u00ad\n",
]


@pytest.mark.parametrize("piece", PIECES)
def test_a_text_of_one_piece_over_and_over_is_read_to_its_end(piece):
    text = piece * (SIZE // len(piece))
    cleaned = clean(make_document(text))
    read_narrative(cleaned, 0, len(cleaned.text))
    assert len(fold_key(text)) <= len(text)
    assert all(found.span and found.span.end <= len(text) for found in find_dates(text))
    assert all(found.span and found.span.end <= len(text) for found in find_ranges(text))
    assert sum(1 for _ in REPORT_NUMBER.finditer(text)) <= len(text)


@pytest.mark.parametrize("piece", PIECES)
def test_every_family_gets_through_a_text_of_one_piece(piece):
    reading = read_document(make_document(piece * (SIZE // 4 // len(piece))))
    assert all(problem.code != "reader-failed" for problem in reading.problems)
