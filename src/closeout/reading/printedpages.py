"""Pages of a text without a page map, told by the page numbers it prints.

A page reaches from the furniture that carries the number before its own to the furniture that
carries its own (numbers at the foot), or from its own to the next (numbers at the head). A page
gets a number only when its own is printed and both its ends are known: unnumbered front pages,
pages numbered in Roman numerals, what follows the last number, and the stretch around a number
that is missing from the chain stay without.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from closeout.reading.lines import LineTable
from closeout.reading.model import Medium, Page
from closeout.reading.pagenumbers import find_page_chain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.reading.clean import CleanText
    from closeout.reading.model import Span

_HALF = 0.5
_LITTLE = 0.25
"""Share of a usual page that is too little to be the text of a page."""


class _Mark(NamedTuple):
    """A printed number, and the furniture around it, which lies between two pages."""

    number: int
    start: int
    end: int


def printed_pages(clean: CleanText) -> tuple[Page, ...]:
    """Return the pages of a plain text, in order and without overlap; none when it prints no numbers.

    A document that has a page map, or is not plain text, gets none either.
    """
    document = clean.document
    if document.pages or document.medium is not Medium.TEXT or not clean.removed:
        return ()
    table = LineTable(document.text)
    marks = [
        _Mark(number, gap.start, gap.end)
        for line, number in find_page_chain(table)
        if (gap := _furniture(clean.removed, table.starts[line])) is not None
    ]
    if not marks:
        return ()
    pages = _from_heads(marks) if _stand_at_head(marks, document.text) else _from_feet(marks, clean.removed)
    return tuple(page for page in pages if page.start < page.end)


def _furniture(removed: Sequence[Span], at: int) -> Span | None:
    return next((span for span in removed if span.start <= at < span.end), None)


def _stand_at_head(marks: Sequence[_Mark], text: str) -> bool:
    """Say whether the numbers stand above their pages: too little text comes before the first.

    Numbers at the foot leave nearly nothing after the last and as many pages before the first as
    it counts; front pages without numbers only add to those.
    """
    if len(marks) == 1:
        return False
    usual = median(after.start - at.start for at, after in pairwise(marks))
    before, after = marks[0].start, len(text.rstrip()) - marks[-1].end
    return before < (marks[0].number - _HALF) * usual and after >= _LITTLE * usual


def _from_feet(marks: Sequence[_Mark], removed: Sequence[Span]) -> list[Page]:
    first = marks[0]
    # The first page starts after the furniture before it, or with the text if it is page 1.
    before = [span.end for span in removed if span.end <= first.start]
    starts = before[-1:] or ([0] if first.number == 1 else [])
    pages = [Page(first.number, start, first.end) for start in starts]
    return pages + [
        Page(mark.number, last.end, mark.end)
        for last, mark in pairwise(marks)
        if mark.number == last.number + 1
    ]


def _from_heads(marks: Sequence[_Mark]) -> list[Page]:
    return [
        Page(mark.number, mark.start, following.start)
        for mark, following in pairwise(marks)
        if following.number == mark.number + 1
    ]
