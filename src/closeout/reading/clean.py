"""A document's text without page furniture and figure debris, with a map back to the original.

Furniture is found by mechanism (`furniture.py`: what recurs at page breaks), debris by shape
(`debris.py`: runs of loose numbers). What is left keeps every character; a word split by a page
break or by a line-end hyphen is mended.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from closeout.reading.debris import find_debris
from closeout.reading.fold import fold_space
from closeout.reading.furniture import Furniture, find_furniture
from closeout.reading.lines import LineTable
from closeout.reading.model import Document, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SHORT_TEXT = 1_500
"""Characters under which a text without page marks cannot have running headers."""

# The hyphen stands first in these patterns so that the search skips to hyphens at once.
_LINE_HYPHEN = re.compile(r"-(?<=[a-z]-)[ \t]*\n[ \t]*(?=[a-z])")
_LAST_WORD = re.compile(r"[^\W_][\w-]{0,40}\Z")
_FIRST_WORD = re.compile(r"[^\W_][\w-]{0,40}")
_VOCABULARY = re.compile(r"[a-z]+(?:-[a-z]+)*")
_SPLIT_WORD_END = re.compile(r"-[ \t]*\n[ \t]*[a-z-]+")
_WORD_LETTERS = "abcdefghijklmnopqrstuvwxyz-"
_HANGING = frozenset({"and", "or", "to", "nor", "but", "through", "versus"})
_SENTENCE_END = frozenset('.!?:;"”’)')


class CleanText:
    """The words of a document that a person would read aloud.

    Attributes:
        document: Where the text comes from.
        text: The text to read; all offsets the readers use count in it.
        removed: Spans of the document's text that were taken out, in order.

    """

    __slots__ = ("_is_added", "_origins", "_starts", "document", "removed", "text")

    def __init__(
        self, document: Document, pieces: Sequence[tuple[int, int, str]], removed: tuple[Span, ...] = ()
    ) -> None:
        """Join the pieces.

        Args:
            document: The document read.
            pieces: Triples (start, end, words): with empty words, the document's own characters
                [start, end); else words put in between, at start = end.
            removed: What was taken out.

        """
        self.document = document
        self.removed = removed
        self._starts: list[int] = []
        self._origins: list[int] = []
        self._is_added: list[bool] = []
        words: list[str] = []
        at = 0
        for start, end, added in pieces:
            words.append(added or document.text[start:end])
            self._starts.append(at)
            self._origins.append(start)
            self._is_added.append(bool(added))
            at += len(words[-1])
        self.text = words[0] if len(words) == 1 else "".join(words)

    def original(self, start: int, end: int) -> Span:
        """Return the smallest span of the document's text that covers `text[start:end]`.

        An empty range gives an empty span at the matching place.
        """
        if not self._starts:
            return Span(0, 0)
        first = self._origin(start)
        return Span(first, max(first, self._origin_before(end))) if end > start else Span(first, first)

    def words(self, start: int, end: int) -> str:
        """Return the words of `text[start:end]` with white space folded."""
        return fold_space(self.text[start:end])

    def at(self, original: int) -> int:
        """Return the offset in `text` of a character of the document.

        For a character that was taken out, the offset of what follows it.
        """
        # Origins never fall, so the last piece that starts at or before the character holds it.
        piece = bisect_right(self._origins, original) - 1
        if piece < 0:
            return 0
        ends = self._starts[piece + 1] if piece + 1 < len(self._starts) else len(self.text)
        if self._is_added[piece]:
            return ends
        return min(self._starts[piece] + original - self._origins[piece], ends)

    def _origin(self, offset: int) -> int:
        piece = bisect_right(self._starts, offset) - 1
        if self._is_added[piece]:
            return self._origins[min(piece + 1, len(self._origins) - 1)]
        return self._origins[piece] + offset - self._starts[piece]

    def _origin_before(self, end: int) -> int:
        piece = bisect_right(self._starts, end - 1) - 1
        while piece > 0 and self._is_added[piece]:
            end = self._starts[piece]
            piece -= 1
        return self._origins[piece] + end - self._starts[piece]


def clean(document: Document) -> CleanText:
    """Take page furniture and figure debris out of a document and mend split words.

    A short document without page marks comes back as it is.
    """
    text = document.text
    if len(text) < _SHORT_TEXT and not document.pages and "\f" not in text:
        return CleanText(document, ((0, len(text), ""),))
    lines = LineTable(text)
    furniture = find_furniture(document, lines)
    debris = find_debris(lines, furniture.lines)
    removed = _merge([*furniture.spans(lines), *debris])
    if not removed and not _LINE_HYPHEN.search(text):
        return CleanText(document, ((0, len(text), ""),))
    return CleanText(document, tuple(_pieces(text, removed, furniture)), tuple(removed))


def _merge(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _pieces(text: str, removed: Sequence[Span], furniture: Furniture) -> Iterator[tuple[int, int, str]]:
    vocabulary = _Vocabulary(text)
    at = 0
    for span in removed:
        before, after = text[max(0, span.start - 50) : span.start], text[span.end : span.end + 50]
        joint, keep_to = _joint(before, after, vocabulary, is_glued=span.start in furniture.glued)
        yield from _mended(text, at, max(at, span.start - keep_to), vocabulary)
        if joint and span.start > 0:
            yield span.start, span.start, joint
        at = span.end
    yield from _mended(text, at, len(text), vocabulary)


def _joint(before: str, after: str, vocabulary: _Vocabulary, *, is_glued: bool) -> tuple[str, int]:
    """Return what to put where a page break was, and how many characters before it to drop."""
    tail = before.rstrip()
    if not after or not tail:
        return "", 0
    last, first = _LAST_WORD.search(tail.rstrip("-")), _FIRST_WORD.match(after)
    if last and first and tail.endswith("-") and first[0][0].islower():
        hyphen = vocabulary.hyphen(last[0], first[0], is_split_by_page=True)
        if hyphen is not None:
            return "", len(before) - len(tail.rstrip("-")) - len(hyphen)
    if last and first and is_glued:
        return vocabulary.link(last[0], first[0]), 0
    flows = tail[-1] not in _SENTENCE_END or after[0].islower()
    return ("\n" if flows else "\n\n"), 0


def _mended(text: str, start: int, end: int, vocabulary: _Vocabulary) -> Iterator[tuple[int, int, str]]:
    """Yield the pieces of [start, end), hyphens at line ends mended."""
    at = start
    for match in _LINE_HYPHEN.finditer(text, start, end):
        last = _LAST_WORD.search(text, max(start, match.start() - 42), match.start())
        first = _FIRST_WORD.match(text, match.end(), end)
        hyphen = vocabulary.hyphen(last[0], first[0]) if last and first else None
        if hyphen is None:
            continue
        yield at, match.start() + len(hyphen), ""
        at = match.end()
    if at < end:
        yield at, end, ""


class _Vocabulary:
    """The words of a text, to tell which form of a split word the text itself uses."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: Counter[str] | None = None

    def hyphen(self, last: str, first: str, *, is_split_by_page: bool = False) -> str | None:
        """Return the hyphen to keep ("-" or "") between the parts, or None to leave them apart."""
        if first in _HANGING:
            return None
        if self._count(f"{last}-{first}"):
            return "-"
        if last[-1] == first[0] and last[-1] in "aeiou":
            return "-"  # re-enter, co-operate, anti-inflation
        # A part that is a word of its own speaks for a compound, as in `long-` / `term`. Over a page
        # break the parts themselves are in the count.
        own = int(is_split_by_page)
        is_compound = self._count(last) > own and self._count(first) > own
        return "-" if is_compound and not self._count(f"{last}{first}") else ""

    def link(self, last: str, first: str) -> str:
        """Return what stood between two words when the white space between them was lost."""
        if self._count(f"{last}-{first}"):
            return "-"
        return "" if self._count(f"{last}{first}") else " "

    def _count(self, word: str) -> int:
        if self._words is None:
            # Words split by a line end would bring their halves in as words of their own.
            self._words = Counter(_VOCABULARY.findall(_without_split_words(self._text.lower())))
        return self._words[word.lower()]


def _without_split_words(text: str) -> str:
    """Return the text with each word that a line end splits, both halves, replaced by a space."""
    parts: list[str] = []
    at = 0
    ending = _SPLIT_WORD_END.search(text)
    while ending:
        before = text[at : ending.start()]
        whole = before.rstrip(_WORD_LETTERS)
        follows = ending.start() + 1
        if len(whole) < len(before):
            parts.append(whole)
            at = follows = ending.end()
        ending = _SPLIT_WORD_END.search(text, follows)
    return " ".join([*parts, text[at:]])
