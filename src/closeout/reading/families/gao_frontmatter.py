"""Number, title and dates of a GAO report, from wherever its text carries them.

Markdown copies state them in a line of labels, GAO's accessible files in their first sentence,
the printing office's copies in a card of keywords, and text from PDF on the cover.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from closeout.reading.families.gao_headings import NUMBER, first_date

if TYPE_CHECKING:
    from closeout.reading.clean import CleanText
    from closeout.reading.dates import FuzzyDate
    from closeout.reading.model import Span

_HEAD = 8_000
_LABELS = re.compile(
    rf"\*{{0,2}}Report:\*{{0,2}}\s*(?P<number>{NUMBER.pattern})(?:[^\n]*?Published:\*{{0,2}}\s*(?P<date>[^|\n]+))?"
)
_ACCESSIBLE = re.compile(
    rf"GAO\s+report\s+number\s+(?P<number>{NUMBER.pattern})\s+entitled"
    rf"\s+['‘\"“](?P<title>.{{5,400}}?)['’\"”]\s+which\s+was\s+released\s+on"
    r"\s+(?P<date>[A-Z][a-z]+ \d{1,2}, \d{4})",
    re.DOTALL,
)
_CARD_NUMBER = re.compile(rf"REPORTNUM:\s*(?P<number>{NUMBER.pattern})")
_CARD_TITLE = re.compile(r"^\s*TITLE:\s*(?P<title>.+?)(?=^\s*DATE:)", re.MULTILINE | re.DOTALL)
_CARD_DATE = re.compile(r"^\s*DATE:\s*(?P<date>\d{1,2}/\d{1,2}/\d{4})", re.MULTILINE)
_HOSTED = re.compile(
    r"Published\s+by\s+the\s+Government\s+Accountability\s+Office\s+on\s+(?P<date>\d{4}-\d\d-\d\d)"
)
_REPUBLISHED = re.compile(
    rf"\bGao\s+ID:\s*(?P<number>{NUMBER.pattern})\s+(?P<date>[A-Z][a-z]+ \d{{1,2}}, \d{{4}})", re.IGNORECASE
)
_HEADING = re.compile(r"^#\s+(?P<title>[^\n]{5,300}?)\s*$", re.MULTILINE)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_LETTER_DATE = re.compile(rf"^\s*(?P<date>{_MONTH}\s+\d{{1,2}},\s+\d{{4}}):?\s*$", re.MULTILINE)
_COVER_DATE = re.compile(rf"^\s*(?P<date>{_MONTH}\s+\d{{4}}):?\s*$", re.MULTILINE)
_COVER_NUMBER = re.compile(rf"^\s*(?P<number>{NUMBER.pattern})\s*$", re.MULTILINE)
_LONGEST_TITLE = 400


class FrontMatter(NamedTuple):
    """What a report's first pages say it is; empty or None when they do not."""

    number: str = ""
    number_span: Span | None = None
    title: str = ""
    title_span: Span | None = None
    issued: FuzzyDate | None = None
    released: FuzzyDate | None = None


def has_labels(clean: CleanText) -> bool:
    """Say whether a line of labels names a GAO product, so that nothing else can be meant."""
    return _LABELS.search(clean.text, 0, _HEAD) is not None


def read_front_matter(clean: CleanText) -> FrontMatter:
    """Return number, title and date, from the most explicit source the text has."""
    head = clean.text[:_HEAD]
    labels = _LABELS.search(head)
    if labels:
        return _from(clean, labels, _HEADING.search(head, 0, labels.start()), labels)
    accessible = _ACCESSIBLE.search(head)
    if accessible:
        cover = _COVER_DATE.search(head, accessible.end()) or _LETTER_DATE.search(clean.text, 0, _HEAD * 4)
        front = _from(clean, accessible, accessible, cover)
        return front._replace(released=first_date(clean, *accessible.span("date")))
    republished = _REPUBLISHED.search(head)
    if republished:
        title = _trim(head, 0, republished.start())
        front = _from(clean, republished, None, republished)
        return front._replace(title=clean.words(*title), title_span=clean.original(*title))
    card = _CARD_NUMBER.search(head)
    if card:
        return _from(clean, card, _CARD_TITLE.search(head), _CARD_DATE.search(head))
    return _from_cover(clean, head)


def _from_cover(clean: CleanText, head: str) -> FrontMatter:
    """Read the cover: month and year, title, number, each on lines of their own."""
    number = _COVER_NUMBER.search(head) or NUMBER.search(head)
    if number is None:
        return FrontMatter()
    hosted = _HOSTED.search(head)
    cover = _COVER_DATE.search(head)
    letter = _LETTER_DATE.search(clean.text, 0, _HEAD * 4)
    title: tuple[int, int] | None = None
    if hosted:
        title = _lines_before(head, hosted.start())
    elif cover and cover.end() < number.start() and number.start() - cover.end() < _LONGEST_TITLE:
        title = _trim(head, cover.end(), number.start())
    front = _from(clean, number, None, hosted or letter or cover)
    if title is None or title[0] >= title[1]:
        return front
    return front._replace(title=clean.words(*title), title_span=clean.original(*title))


def _lines_before(head: str, end: int) -> tuple[int, int]:
    start, stop = _trim(head, 0, end)
    first = head.rfind("\n\n", start, stop)
    return _trim(head, first if first >= 0 else start, stop)


def _from(
    clean: CleanText, number: re.Match[str], title: re.Match[str] | None, date: re.Match[str] | None
) -> FrontMatter:
    at = number.span("number") if "number" in number.re.groupindex else number.span()
    has_title = title is not None and "title" in title.re.groupindex
    place = title.span("title") if title is not None and has_title else None
    return FrontMatter(
        number=clean.text[slice(*at)],
        number_span=clean.original(*at),
        title=clean.words(*place).strip("*_ ") if place else "",
        title_span=clean.original(*place) if place else None,
        issued=first_date(clean, *date.span("date")) if date and date["date"] else None,
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t\r\n\f#*":
        start += 1
    while end > start and text[end - 1] in " \t\r\n\f*":
        end -= 1
    return start, end
