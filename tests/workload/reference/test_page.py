"""The documentation's page of published figures is the one that the functions give."""

from __future__ import annotations

from closeout.assignment.levelling import level, target
from closeout.workload.reference import Check, Seen, checks, page
from closeout.workload.reference.page import said
from tests.docs.pages import DOCS


def test_the_page_in_the_documentation_is_up_to_date():
    written = (DOCS / "reference" / "workload-figures.md").read_text(encoding="utf-8")
    assert written == page(checks(level, target)), "run `closeout selftest --markdown` into the page"


def test_a_figure_that_is_off_stands_out():
    row = page([Check("9-1", "A figure", "A source", Seen.PART, 2.0, 3.0, 0.0)]).splitlines()
    assert "| 9-1 | A figure | A source | part | 2 | 3 | 1 | 0 | **off** |" in row


def test_numbers_are_written_without_needless_digits():
    assert said(2070.0) == "2070"
    assert said(0.1 + 0.2) == "0.3"
    assert said((24, 24, 2)) == "24, 24, 2"
