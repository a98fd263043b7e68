"""Where in a GAO report its recommendations stand, and where the agency's comments on them.

A report is long and few of its pages matter. Fixed words are looked up first, cheaply; patterns
run only over the few thousand characters around them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from closeout.reading.families.gao_labels import TAG

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADING = re.compile(
    r"Recommendation(?P<many>s?)\s+for\s+(?:Congressional\s+and\s+)?Executive\s+Action\b", re.IGNORECASE
)
_CONTENTS_TAIL = re.compile(r"[\s.…·_*|]*\d{1,3}[\s*|]*(?:\n|$)")
_COMMENTS = re.compile(
    r"\b(?:We|GAO)\s+(?:also\s+)?(?:provided|requested|sent|obtained|received|shared|submitted"
    r"|solicited)\b[^.]{0,300}?\b(?:draft|comments?)\b"
    r"|\bIn\s+(?:written\s+|oral\s+|e-?mailed\s+)?comments\s+(?:on|regarding)\s+(?:a|the)\s+draft\b"
    r"|\bIn\s+commenting\s+on\s+(?:a|the)\s+draft\b|\bA\s+draft\s+of\s+this\s+report\s+was\b"
)
_CLOSING = re.compile(
    r"\b(?:We|GAO)\s+(?:are|is|will\s+be)\s+(?:also\s+)?sending\s+(?:copies|a\s+copy)"
    r"|\bWe\s+will\s+(?:also\s+)?(?:send|make|provide)\s+copies"
    r"|\bAs\s+(?:agreed|arranged|requested|we\s+agreed)\s+(?:with|by)\s+your|\bUnless\s+you\s+publicly"
    r"|\b(?:If|Should)\s+you\s+(?:or|and)\s+your\s+staffs?\b|\bPlease\s+contact\s+me\b"
    r"|\bThis\s+report\s+will\s+be\s+available\b"
)
_NEIGHBORS = re.compile(
    r"(?:[\s:#*]*(?:Agency\s+Comments(?:\s+and\s+Our\s+(?:Evaluation|Response))?|Conclusions?)\b)+[\s:]*"
)
"""Headings of the next sections that layout has pulled up beside this one's."""
_REACH = 40_000
_LONGEST_COMMENTS = 20_000
_DRAFT_NEAR = 3_000
_TAG_REACH = 3_000


class Passage(NamedTuple):
    """Where recommendations and comments stand in the clean text.

    Attributes:
        start, end: Range that holds the report's own recommendations.
        comments_end: Where the comments behind them end; `end` when there are none.
        heading: Range of the heading; None when the report has none.
        is_singular: True when the heading speaks of one recommendation.

    """

    start: int
    end: int
    comments_end: int
    heading: tuple[int, int] | None
    is_singular: bool = False


def find_passages(text: str) -> Iterator[Passage]:
    """Yield the passages that may hold the report's own recommendations, the likeliest first.

    Those under a heading come first, the last heading before the others (earlier ones may be
    summaries); then the passage around number tags.
    """
    for heading in sorted(headings(text), key=lambda hit: -hit.start()):
        yield _passage(text, heading.end(), heading.span(), is_singular=not heading["many"])
    first = _first_tag(text)
    if first is not None:
        yield _passage(text, max(0, first - _TAG_REACH), None, search_from=first)


def passage_after(text: str, start: int) -> Passage:
    """Return the passage from `start` to the comments on the draft, for a report without a heading."""
    return _passage(text, start, None)


def headings(text: str) -> Iterator[re.Match[str]]:
    """Yield the headings of the recommendations section; lines of the contents are left out."""
    for words in ("xecutive Action", "XECUTIVE ACTION", "xecutive\nAction", "xecutive action"):
        at = text.find(words)
        while at >= 0:
            heading = _HEADING.search(text, max(0, at - 60), at + len(words) + 1)
            if (
                heading
                and not _CONTENTS_TAIL.match(text, heading.end())
                and _begins_line(text, heading.start())
            ):
                yield heading
            at = text.find(words, at + 1)


def _begins_line(text: str, at: int) -> bool:
    """Say whether nothing but markup and other headings stands before on the line."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    if before.rstrip().endswith("#"):
        return True
    before = before.strip(" \t#*|")
    return not before or (
        before[0].isupper() and not before.endswith((".", ",")) and " the " not in f" {before} "
    )


def _passage(
    text: str,
    start: int,
    heading: tuple[int, int] | None,
    *,
    is_singular: bool = False,
    search_from: int | None = None,
) -> Passage:
    neighbors = _NEIGHBORS.match(text, start) if heading else None
    start = neighbors.end() if neighbors else start
    limit = min(len(text), start + _REACH)
    seek = start if search_from is None else search_from
    comments = _COMMENTS.search(text, seek, limit)
    closing = _CLOSING.search(text, seek, limit)
    if comments and (closing is None or comments.start() < closing.start()):
        after = _CLOSING.search(text, comments.end(), min(len(text), comments.end() + _LONGEST_COMMENTS))
        comments_end = after.start() if after else min(len(text), comments.end() + _DRAFT_NEAR)
        return Passage(start, comments.start(), comments_end, heading, is_singular)
    end = closing.start() if closing else limit
    return Passage(start, end, end, heading, is_singular)


def _first_tag(text: str) -> int | None:
    """Return where the first tag numbered 1 stands; None without one."""
    for words in ("(Recommendation", "[Recommendation"):
        at = text.find(words)
        while at >= 0:
            tag = TAG.match(text, at)
            if tag and tag["number"] == "1":
                return at
            at = text.find(words, at + 1)
    return None
