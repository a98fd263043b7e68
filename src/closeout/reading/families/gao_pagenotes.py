"""Footnotes at the foot of pages, which interrupt what runs on over the page in text from PDF."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from closeout.reading.families.gao_labels import TAG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.reading.clean import CleanText

_NOTE = re.compile(r"[ \t]*(?P<number>\d{1,3})[ \t]?(?=[A-Z“\"_\[(])")
_FOOT = 2_500
"""Characters above a page's end in which its footnotes begin."""


def without_notes(clean: CleanText, start: int, end: int) -> str:
    """Return the clean text with the footnotes of pages that end in `[start:end]` blanked.

    Nothing moves: as many blanks take their place, with blank lines before and behind.
    """
    text = clean.text
    kept: list[str] = []
    at = 0
    for left, right in _notes(clean, start, end):
        kept.extend((text[at:left], "\n", " " * (right - left - 2), "\n"))
        at = right
    return "".join((*kept, text[at:])) if kept else text


def _notes(clean: CleanText, start: int, end: int) -> Iterator[tuple[int, int]]:
    text = clean.text
    floor = start
    for stop in _page_ends(clean, start, end):
        left = _first_note(text, max(floor, stop - _FOOT), stop)
        if left is not None and stop - left > 2 and not TAG.search(text, left, stop):  # noqa: PLR2004
            yield left, stop
        floor = stop


def _page_ends(clean: CleanText, start: int, end: int) -> list[int]:
    """Return where pages end: at the page map's breaks and where running lines were taken out."""
    breaks = [page.start for page in clean.document.pages] + [span.start for span in clean.removed]
    ends = {clean.at(place) for place in breaks}
    return sorted(place for place in ends if start < place <= end)


def _first_note(text: str, floor: int, stop: int) -> int | None:
    """Return where the page's footnotes begin: the first line of a run of numbers that ends with the page."""
    first: int | None = None
    expected: int | None = None
    line = text.rfind("\n", floor, max(floor, stop - 1)) + 1
    while line > floor:
        note = _NOTE.match(text, line, stop)
        if note and (expected is None or int(note["number"]) == expected):
            first, expected = line, int(note["number"]) - 1
        line = text.rfind("\n", floor, line - 1) + 1
    return first
