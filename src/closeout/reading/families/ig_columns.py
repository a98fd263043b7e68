"""Tables that a page-layout extractor left as columns of spaces: the text column put back together."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from closeout.reading.fold import fold_space

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CELL = re.compile(r"\S(?:[^\n]*?\S)??(?=\s{2,}|\s*\n|\s*$)")
_ENDED = re.compile(r"[.?!][\"”’)]*(?:\d{1,2})?$")
_DEMANDS = re.compile(r"(?:The |[A-Z][\w.]+ )(?:\w+ ){0,2}should\b|In consultation|When |As ")
_SLACK = 1
_LEAST_COLUMN = 12


class Cell(NamedTuple):
    """A run of words in one line: line number, column, and place in the text."""

    line: int
    column: int
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text column and what stands beside it on the left."""

    start: int
    end: int
    words: str
    first_line: int
    last_line: int


def cells(text: str, start: int, end: int) -> list[Cell]:
    """Return the cells of the lines in `text[start:end]`: words apart by two spaces or more."""
    found: list[Cell] = []
    at = start
    for number, line in enumerate(text[start:end].split("\n")):
        found.extend(
            Cell(number, match.start(), at + match.start(), at + match.end(), match[0])
            for match in _CELL.finditer(line)
        )
        at += len(line) + 1
    return found


def text_column(found: Sequence[Cell]) -> int | None:
    """Return the column in which most lines have their last cell; None without a clear one."""
    last = {cell.line: cell for cell in found}
    counted = Counter(cell.column for cell in last.values() if cell.column >= _LEAST_COLUMN)
    column, lines = counted.most_common(1)[0] if counted else (0, 0)
    return column if lines * 2 > len(last) else None


def paragraphs(found: Sequence[Cell], column: int) -> Iterator[Paragraph]:
    """Yield the paragraphs of the text column.

    Lines are set ragged: a sentence that ends on a line with room for the next line's first word
    ends its paragraph.
    """
    lines = [cell for cell in found if abs(cell.column - column) <= _SLACK]
    width = max((len(cell.words) for cell in lines), default=0)
    kept: list[Cell] = []
    for cell in lines:
        if kept and _breaks(kept[-1], cell, width):
            yield _paragraph(kept)
            kept = []
        kept.append(cell)
    if kept:
        yield _paragraph(kept)


def beside(found: Sequence[Cell], column: int) -> list[Cell]:
    """Return the cells left of the text column."""
    return [cell for cell in found if cell.column < column - _SLACK]


def _breaks(cell: Cell, following: Cell, width: int) -> bool:
    if not _ENDED.search(cell.words):
        return False
    fits = len(cell.words) + 1 + len(following.words.split()[0]) <= width
    return fits or _DEMANDS.match(following.words) is not None


def _paragraph(kept: Sequence[Cell]) -> Paragraph:
    words = fold_space(" ".join(cell.words for cell in kept))
    return Paragraph(kept[0].start, kept[-1].end, words, kept[0].line, kept[-1].line)
