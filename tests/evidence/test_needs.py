"""What auditors need, in their words; news never says it."""

from __future__ import annotations

import pytest

from closeout.evidence.needs import needs_of
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
