"""What recurs at page breaks: footers, page numbers, report numbers, running headers.

Nothing here knows a document or an issuer. Page breaks are known from the page map, from form
feeds, or from page numbers: a chain of line numbers that counts up at the distance of pages.
A line is furniture when it stands at a break, without other words in between, and lines like it
(digits apart) stand at several breaks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from closeout.reading.lines import is_sentence
from closeout.reading.model import Span
from closeout.reading.pagenumbers import find_page_numbers, is_bare_number, is_protected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from closeout.reading.lines import LineTable
    from closeout.reading.model import Document

_REACH = 6
"""Filled lines on each side of a break that can be furniture."""
_FEW_BREAKS = 4
_ROUNDS = 2
_GLUE_LENGTH = 8
"""Characters a footer must have to be recognized where it is glued to a word."""


_WORD = re.compile(r"[A-Za-z]{2}")


@dataclass(frozen=True, slots=True)
class Furniture:
    """Lines to take out, and footers glued to the last word of a page.

    Attributes:
        lines: Indexes of the furniture lines.
        glued: Where a glued footer starts and ends in the text.

    """

    lines: frozenset[int] = frozenset()
    glued: Mapping[int, int] = field(default_factory=dict)

    def spans(self, table: LineTable) -> list[Span]:
        """Return what to take out: furniture with the blank lines around it, in order.

        A span runs from the end of the words before to the start of the line after.
        """
        spans = []
        for first, last in _runs(self.lines, table):
            before = table.filled[first - 1] if first else None
            start = 0 if before is None else table.starts[before + 1] - 1
            start -= 0 if before is None else _trailing(table, before)
            following = table.filled[last + 1] if last + 1 < len(table.filled) else len(table)
            spans.append(Span(start, min(table.starts[following], len(table.text))))
        return spans + [Span(start, end) for start, end in self.glued.items()]


def find_furniture(document: Document, table: LineTable) -> Furniture:
    """Return the page furniture of a document."""
    edges = _edges(document, table)
    numbers = find_page_numbers(table, edges)
    places = {line: place for place, line in enumerate(table.filled)}
    breaks = [_Break(places[line], places[line] + 1) for line in sorted(numbers)]
    breaks += [_around_edge(edge, table) for edge in edges]
    if not breaks:
        return Furniture()
    recurring = _recurring_keys(breaks, table)
    lines = set(numbers)
    for place in breaks:
        lines.update(_zone(place, recurring, table))
    lines.update(_groups(recurring, lines, table))
    lines.update(_zone(_Break(len(table.filled) - 1, len(table.filled)), recurring, table))
    glued = _glued(breaks, lines, recurring, table)
    return Furniture(frozenset(lines), glued)


@dataclass(frozen=True, slots=True)
class _Break:
    """A page break among the filled lines: `above` and everything before it, `below` and after."""

    above: int
    below: int


def _edges(document: Document, table: LineTable) -> list[int]:
    """Return the lines at which the page map or form feeds start a page, the first page apart."""
    starts = {page.start for page in document.pages if page.start > 0}
    at = table.text.find("\f")
    while at >= 0:
        starts.add(at + 1)
        at = table.text.find("\f", at + 1)
    return sorted({table.line_of(start) for start in starts if start < len(table.text)})


def _around_edge(edge: int, table: LineTable) -> _Break:
    below = bisect_left(table.filled, edge)
    return _Break(below - 1, below)


def _near(place: _Break, table: LineTable) -> tuple[range, range]:
    """Return the places above (nearest first) and below a break that can hold furniture."""
    return (
        range(place.above, max(-1, place.above - _REACH), -1),
        range(place.below, min(len(table.filled), place.below + _REACH)),
    )


def _recurring_keys(breaks: list[_Break], table: LineTable) -> dict[str, int]:
    """Return line forms that stand right at several breaks, and at how many."""
    # The first page has a head and the last a foot, though no break stands there.
    ends = [_Break(-1, 0), _Break(len(table.filled) - 1, len(table.filled))]
    places = [*breaks, *ends]
    needed = 2 if len(breaks) < _FEW_BREAKS else max(3, len(breaks) // 20)
    lines = {table.filled[at] for place in places for side in _near(place, table) for at in side}
    recurring = _frequent(lines, needed, table)
    # A form that is only near breaks, behind other words, falls out in the next rounds.
    for _ in range(_ROUNDS):
        lines = {line for place in places for line in _zone(place, recurring, table)}
        recurring = _frequent(lines, needed, table)
    return recurring


def _frequent(lines: Iterable[int], needed: int, table: LineTable) -> dict[str, int]:
    counts = Counter(table.keys[line] for line in lines)
    return {key: n for key, n in counts.items() if n >= needed and _may_recur(key)}


def _may_recur(key: str) -> bool:
    """Say whether a line form can be furniture: words, no label of a record, and no whole sentence.

    A footer that is a sentence stays: a sentence too many does less harm than one too few.
    """
    return bool(_WORD.search(key)) and not is_protected(key) and not is_sentence(key)


def _zone(place: _Break, recurring: Mapping[str, int], table: LineTable) -> Iterator[int]:
    """Yield the furniture lines around a break, outward until other words come."""
    for side in _near(place, table):
        for at in side:
            line = table.filled[at]
            if table.keys[line] not in recurring and not (
                is_bare_number(table.stripped[line]) and _next_recurs(at, side.step, recurring, table)
            ):
                break
            yield line


def _next_recurs(at: int, step: int, recurring: Mapping[str, int], table: LineTable) -> bool:
    following = at + step
    return 0 <= following < len(table.filled) and table.keys[table.filled[following]] in recurring


def _groups(recurring: Mapping[str, int], known: set[int], table: LineTable) -> Iterator[int]:
    """Yield lines of pages without a number: two or more lines of furniture that follow each other."""
    strongest = max(recurring.values(), default=0)
    strong = {key for key, n in recurring.items() if n >= max(3, strongest // 3)}
    run: list[int] = []
    for line in [*table.filled, -1]:
        if line >= 0 and (table.keys[line] in strong or line in known):
            run.append(line)
            continue
        # The head of the first page is the title page's own.
        if len(run) > 1 and run[0] != table.filled[0]:
            yield from run
        run = []


def _glued(
    breaks: Iterable[_Break], lines: set[int], recurring: Mapping[str, int], table: LineTable
) -> dict[int, int]:
    """Find footers that lost the line end before them: `onwww.example.gov`."""
    footers = [key for key in recurring if len(key) >= _GLUE_LENGTH and "#" not in key]
    glued: dict[int, int] = {}
    for place in breaks:
        at = place.above
        present = set()
        while at >= 0 and table.filled[at] in lines:
            present.add(table.keys[table.filled[at]])
            at -= 1
        if at < 0:
            continue
        line = table.filled[at]
        found = _glued_footer(table.stripped[line], (key for key in footers if key not in present))
        if found:
            end = table.text.index(table.stripped[line], table.starts[line]) + len(table.stripped[line])
            glued[end - len(found)] = end
    return glued


def _glued_footer(line: str, footers: Iterable[str]) -> str:
    """Return the footer that ends a line directly after a letter, or an empty text."""
    for footer in footers:
        if len(line) > len(footer) and line.endswith(footer) and line[-len(footer) - 1].isalnum():
            return footer
    return ""


def _runs(lines: Iterable[int], table: LineTable) -> Iterator[tuple[int, int]]:
    """Yield (first, last) places of filled lines that are furniture one after the other."""
    places = {line: place for place, line in enumerate(table.filled)}
    first = last = -2
    for place in sorted(places[line] for line in lines):
        if place != last + 1:
            if first >= 0:
                yield first, last
            first = place
        last = place
    if first >= 0:
        yield first, last


def _trailing(table: LineTable, line: int) -> int:
    """Count the characters of white space at the end of a line."""
    raw = table.text[table.starts[line] : table.starts[line + 1] - 1]
    return len(raw) - len(raw.rstrip())
