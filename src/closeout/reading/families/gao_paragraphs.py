"""Paragraphs of a report's text, and which of them are no part of the running prose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

BLANK = re.compile(r"\n[ \t\r\f]*\n\s*")
_MARKED = re.compile(r"#{1,6}\s|\*\*[^*]{3,200}\*\*\s*$")
_FOOTNOTE = re.compile(r"\d{1,3}\s+(?:[\[_“\"(]|GAO\b|See\b|Pub\.|For\b|[A-Z])")
_FURNITURE = re.compile(
    r"\**Page\s+[ivx\d]+\**\s+\**(?:GAO|[A-Z]{2,5}-)|(?:GAO|[A-Z]{2,5})-\S+\s+[A-Z].{0,80}\s+Page\s+\d+\s*$"
    r"|-{3,}\s*$"
)
_BULLET = re.compile(r"(?:[-*•▪●◦·–\uf0b7\uf0a7�]|o(?=\s))\s+")
_ITEM_NUMBER = re.compile(r"(?P<number>\d{1,2})[.)]\s+")
_ENDS = re.compile(r"[.!?:;,][)\]”\"’*_]*$|\b(?:and|or)$")
_SECTION = re.compile(
    r"(?:Agency\s+Comments(?:\s+and\s+Our\s+(?:Evaluation|Response))?|Conclusions?"
    r"|Recommendations?(?:\s+for\s+Executive\s+Action)?"
    r"|Executive\s+Action|Matters?\s+for(?:\s+Congressional)?(?:\s+Consideration)?"
    r"|Recommendations?\s+for|and\s+Our\s+Evaluation"
    r"|Scope\s+and\s+Methodology|Appendix\s+[IVX]+\b.{0,80}|Comments)\W*$",
    re.IGNORECASE,
)
_LONGEST_HEADING = 110
_SENTENCE = re.compile(r"(?<=[.!?:])[)\]”\"’]*\s+(?=[“\"(•]?[A-Z0-9•-])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:U\.S|D\.C|No|Nos|Inc|St|Mr|Ms|Dr|vs|e\.g|i\.e|app|fig|Pub|L|Jr|Sr|Gen|Lt|Col)|\b[A-Z])\.$"
)


class Paragraph(NamedTuple):
    """A run of lines between blank lines: its range, white space at the ends left out."""

    start: int
    end: int


def paragraphs(text: str, start: int, end: int) -> list[Paragraph]:
    """Return the paragraphs of `text[start:end]`, in order.

    Blank lines part them; so do bullets, section headings and page footers on lines of their own,
    since text from PDF often has no blank lines.
    """
    found: list[Paragraph] = []
    at = start
    for gap in BLANK.finditer(text, start, end):
        found.extend(_split_lines(text, at, gap.start()))
        at = gap.end()
    found.extend(_split_lines(text, at, end))
    return found


def _split_lines(text: str, start: int, end: int) -> Iterator[Paragraph]:
    at, line, item = start, start, 0
    while line < end:
        stop = text.find("\n", line, end)
        stop = end if stop < 0 else stop
        words = text[line:stop].strip()
        is_apart = any(form.match(words) for form in (_SECTION, _FURNITURE, _MARKED))
        is_next = _counts_on(words, item, text[at:line])
        item += is_next
        if is_apart or (line > start and (is_next or _BULLET.match(words))):
            yield from _trimmed(text, at, line)
            at = line
        if is_apart:
            yield from _trimmed(text, line, stop)
            at = stop
        line = stop + 1
    yield from _trimmed(text, at, end)


def _counts_on(words: str, item: int, before: str) -> bool:
    """Say whether a line begins the next item of a numbered list, the first one after a colon."""
    mark = _ITEM_NUMBER.match(words)
    if mark is None or int(mark["number"]) != item + 1:
        return False
    return item > 0 or not before.strip() or before.rstrip().endswith(":")


def _trimmed(text: str, start: int, end: int) -> Iterator[Paragraph]:
    left, right = _trim(text, start, end)
    if left < right:
        yield Paragraph(left, right)


def prose(text: str, start: int, end: int) -> list[Paragraph]:
    """Return the paragraphs without headings, footnotes and what page breaks leave behind."""
    return [part for part in paragraphs(text, start, end) if not is_aside(text, part)]


def is_aside(text: str, part: Paragraph) -> bool:
    """Say whether a paragraph is a heading, a footnote or page furniture."""
    words = text[part.start : part.end]
    if _FURNITURE.match(words) or _FOOTNOTE.match(words):
        return True
    return is_heading(words)


def is_heading(words: str) -> bool:
    """Say whether the words are a heading: marked as one, or short, without an end and in title case."""
    if _MARKED.match(words) or _SECTION.match(words):
        return True
    if len(words) > _LONGEST_HEADING or _ENDS.search(words) or bullet_length(words):
        return False
    telling = [word for word in words.split() if len(word) > 3]  # noqa: PLR2004
    return bool(telling) and all(word[0].isupper() or not word[0].isalpha() for word in telling)


def bullet_length(words: str) -> int:
    """Return how many characters a bullet or item number takes at the beginning, 0 without one."""
    mark = _BULLET.match(words) or _ITEM_NUMBER.match(words)
    return mark.end() if mark else 0


def item_number(words: str) -> str | None:
    """Return the number a list item begins with."""
    mark = _ITEM_NUMBER.match(words)
    return mark["number"] if mark else None


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the sentences of `text[start:end]`; a colon ends one as well."""
    at = start
    for gap in _SENTENCE.finditer(text, start, end):
        if _ABBREVIATED.search(text, max(at, gap.start() - 6), gap.start()):
            continue
        yield at, gap.start()
        at = gap.end()
    if at < end:
        yield at, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
