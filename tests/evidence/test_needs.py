"""What auditors need, in their words; news never says it."""

from __future__ import annotations

import pytest

from closeout.evidence.assessment import Assessed, NeedCovered
from closeout.evidence.measures.measure import Link
from closeout.evidence.needs import RESULTS, covered_by, needs_of, wanting
from closeout.reading.model import (
    Document,
    DocumentReading,
    Medium,
    Page,
    Record,
    Span,
    Statement,
    StatementKind,
)
from tests.evidence.made import followed


def reading(*texts: str, path: str = "reports/a.pdf", pages: tuple[Page, ...] = (), **given):
    """Return a document with one recommendation and what the auditor needs of it."""
    needs = tuple(
        Statement(StatementKind.NEED, Span(10 * place, 10 * place + 5), text)
        for place, text in enumerate(texts, 1)
    )
    said = Statement(StatementKind.UPDATE, Span(0, 5), "An update")
    document = Document(path, "0" * 64, Medium.TEXT, "x" * 100, pages)
    return DocumentReading(
        document, "gao", records=(Record("Do it", None, statements=(said, *needs)),), **given
    )


def needs(*readings):
    """Return the needs of one recommendation that stands first in each document."""
    places = tuple((place, 0) for place in range(len(readings)))
    return needs_of(followed(records=places).entry, readings)


def test_needs_stand_in_the_order_of_the_documents():
    assert [need.text for need in needs(reading("Lists", "Plans"), reading("Letters"))] == [
        "Lists",
        "Plans",
        "Letters",
    ]


def test_the_same_words_count_once_where_they_stood_first():
    (need,) = needs(reading("The lists."), reading("the lists", path="b.pdf"))
    assert need.text == "The lists."
    assert need.place.startswith("a.pdf")


def test_news_never_says_what_an_auditor_needs():
    assert needs(reading("Lists", is_secondary=True)) == ()


@pytest.mark.parametrize(
    ("pages", "place"),
    [((Page(1, 0, 8), Page(2, 8, 100)), "a.pdf, page 2"), ((), "a.pdf, characters 10–15")],
)
def test_a_need_says_where_it_stands(pages, place):
    (need,) = needs(reading("Lists", pages=pages))
    assert need.place == place


PLAN = NeedCovered("a multi-year hiring plan", "a.pdf, page 2")
LINK = ("hiring", Link("OIG-1", "1", 1, ("hiring plan",)))


def test_a_result_that_is_no_measure_covers_nothing_by_itself():
    (plan, letters), unmet = wanting([PLAN, NeedCovered("Letters", "a.pdf")], [LINK])
    assert (plan.measures, plan.wants, plan.why) == ((), "hiring", RESULTS["hiring"])
    assert (letters.wants, letters.lacks) == ("", "The auditor needs “Letters”: not covered by any measure")
    assert unmet == []


def test_words_that_no_need_has_are_told():
    assert wanting([NeedCovered("Letters", "a.pdf")], [LINK])[1] == [("hiring", "hiring plan")]


def assessed(need):
    return Assessed(followed(), needs=(need,), missing=("Before", need.lacks, "After"))


def test_a_need_is_covered_once_there_is_the_result_and_its_sentence_goes():
    (need,), _ = wanting([PLAN], [LINK])
    made = covered_by(assessed(need), "hiring", lambda _text: "")
    assert made.needs[0].measures == ("hiring",)
    assert made.missing == ("Before", "After")


def test_why_a_result_does_not_cover_a_need_stands_where_it_was_said_before():
    (need,), _ = wanting([PLAN], [LINK])
    made = covered_by(assessed(need), "hiring", lambda text: f"too short for {text}")
    assert made.needs[0].measures == ()
    said = "The auditor needs “a multi-year hiring plan”: too short for a multi-year hiring plan"
    assert made.missing == ("Before", said, "After")


def test_another_result_leaves_a_need_as_it_is():
    (need,), _ = wanting([PLAN], [LINK])
    made = assessed(need)
    assert covered_by(made, "other", lambda _text: "") == made
