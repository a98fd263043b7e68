"""Labelled recommendations put together: one item per number, however often it is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from closeout.reading.families.ig_labels import Kind, Label, labels
from closeout.reading.families.ig_sentences import paragraph_end, sentence_end, trim
from closeout.reading.fold import fold_key

if TYPE_CHECKING:
    from collections.abc import Sequence

Range = tuple[int, int]


@dataclass(slots=True)
class Item:
    """One recommendation of a report: ranges in the clean text.

    Attributes:
        number: As printed.
        text: The words of the demand, label left out; None when only answers name the number.
        restated: Further places that print it again, label included.
        response: What the respondent says, label included.
        analysis: What the auditor makes of it, label included.
        respondent: Whose answer it is, from its label ("ICE" of "ICE Response").

    """

    number: str
    text: Range | None = None
    restated: list[Range] = field(default_factory=list)
    response: Range | None = None
    analysis: Range | None = None
    respondent: str = ""


_REPLY = re.compile(
    r"(?:[A-Z][\w&.’']*\s(?:[A-Z&][\w&.’']*\s){0,4}(?:officials\s|management\s|staff\s)?)?"
    r"(?:(?:[Ff]ully|[Pp]artially|[Gg]enerally|also|did not|does not|do not)\s){0,2}"
    r"(?:[Nn]on-?)?(?:[Cc]oncur|[Aa]gree|[Dd]isagree|[Aa]ccept)(?:s|red|d|ed)?\b"
    r"|(?:Un)?[Rr]esolved\b|Closed?\b|Open\b"
    r"|(?:is|are|was|were|will|has|have|had|remains?|and|to|of|in|for|addresses|that|which|through|as)\s"
    r"|[(–,]",
)
_DEMAND = re.compile(
    r"(?:(?:we|OIG|the OIG|that)\s|.{0,200}?\b(?:should|recommend\w*|must|needs? to)\b|[A-Z][a-z]+(?:ly)?\b)",
    re.IGNORECASE | re.DOTALL,
)
_LEADER = re.compile(r"^[\s.·…\d]*$|\.{4,}|(?: \.){4,}")
_LIST_GOES_ON = re.compile(r"\s*(?:[•●▪■◦\uf0b7\uf0a7*-]|\(?(?:\d{1,2}|[a-z])[.)]\s|[a-z])")
_ALIKE = 72
_COMPARED = 400
_FEWEST_WORDS = 3
_LAST_REACH = 6_000
"""Characters within which the last answer of a report is taken to end."""
_RESPONDENT = re.compile(r"^(?:Summary of )?(?P<who>.*?)[’']?s?$")
_NO_ONE = frozenset(
    {"management", "agency", "department", "component", "auditee", "bureau", "corrective", "summary", ""}
)


@lru_cache(maxsize=4)
def read_items(text: str) -> tuple[Item, ...]:
    """Return the labelled recommendations of a report in the order of their first printing.

    Several families ask this of the same text to tell whether it is theirs, so the answer is kept.
    """
    stop = len(text)
    marks = labels(text)
    items: list[Item] = []
    current: Item | None = None
    for index, mark in enumerate(marks):
        after = marks[index + 1].start if index + 1 < len(marks) else stop
        if mark.kind is Kind.ITEM:
            current = _take_item(text, mark, after, items)
        elif mark.kind is Kind.HEADING:
            current = None if _closes(mark) else current
        else:
            _take_reply(text, mark, _reply_end(marks, index, stop), _named(mark, items) or current)
    return tuple(item for item in items if item.text or item.response or item.analysis)


def _closes(mark: Label) -> bool:
    return mark.words.lower().startswith(("appendi", "objective", "conclusion", "scope", "attachment"))


def _named(mark: Label, items: Sequence[Item]) -> Item | None:
    return next((item for item in reversed(items) if mark.number and item.number == mark.number), None)


def _take_item(text: str, mark: Label, after: int, items: list[Item]) -> Item | None:
    """Record one printing of an item and return the item that the next answers belong to."""
    body = _body(text, mark, after)
    known = next((item for item in reversed(items) if item.number == mark.number), None)
    if body is None:
        return known
    words = text[body[0] : body[1]]
    if _REPLY.match(words):
        if known is not None and known.response is None and words[0].isupper():
            known.response = (mark.start, trim(text, mark.start, after)[1])
        return known
    if known is not None and known.text is not None:
        if _is_same(text, known.text, body):
            known.restated.append((mark.start, _section_end(text, mark.start, after)))
            return known
        if not _restarts(mark.number, items):
            return known
    if known is not None and known.text is None:
        known.text = body
        return known
    items.append(Item(mark.number, body))
    return items[-1]


def _take_reply(text: str, mark: Label, stop: int, item: Item | None) -> None:
    if item is None or stop - mark.end < _FEWEST_WORDS:
        return
    section = (mark.start, _section_end(text, mark.start, stop))
    if mark.kind is Kind.ANALYSIS:
        item.analysis = item.analysis or section
    elif item.response is None:
        item.response = section
        who = _RESPONDENT.match(mark.words)
        named = who["who"] if who else ""
        item.respondent = "" if named.lower() in _NO_ONE else named


def _reply_end(marks: Sequence[Label], index: int, stop: int) -> int:
    """Return where an answer ends: at the next label, or at a heading that is none of its own."""
    return marks[index + 1].start if index + 1 < len(marks) else min(stop, marks[index].start + _LAST_REACH)


def _section_end(text: str, start: int, stop: int) -> int:
    """Return `stop`, or where the words end when more than one line feed lies before it."""
    last = trim(text, start, stop)[1]
    return stop if text[last:stop] == "\n" else last


def _body(text: str, mark: Label, after: int) -> Range | None:
    """Return the words of the demand behind an item's label, or None when there are none."""
    first, limit = trim(text, mark.end, after)
    if first >= limit:
        return None
    stop = paragraph_end(text, first, limit)
    while stop < limit and _goes_on(text, first, stop, limit):
        stop = paragraph_end(text, trim(text, stop, limit)[0], limit)
    first, stop = trim(text, first, stop)
    words = text[first:stop]
    if _LEADER.search(words[:200]) or len(words.split()) < _FEWEST_WORDS or not _DEMAND.match(words):
        return None
    return first, stop


def _goes_on(text: str, first: int, stop: int, limit: int) -> bool:
    """Say whether the demand goes on past a blank line: it is no whole sentence, or a list follows."""
    said = text[first:stop].rstrip()
    if said.endswith((":", ";", ",", " and", " or", ";and")):
        return True
    if not said.endswith((".", "?", "!", "”", '"', ")")):
        return (
            len(said) > _FEWEST_WORDS
            and sentence_end(text, first, limit) >= stop
            and text[trim(text, stop, limit)[0]].islower()
        )
    return ":" in said and _LIST_GOES_ON.match(text, stop, limit) is not None and "\n" in text[stop:limit]


def _is_same(text: str, one: Range, other: Range) -> bool:
    left, right = (fold_key(text[start:stop][:_COMPARED]) for start, stop in (one, other))
    return fuzz.partial_ratio(left, right) >= _ALIKE


def _restarts(number: str, items: Sequence[Item]) -> bool:
    """Say whether a number printed again with other words begins another finding's count."""
    last = items[-1].number
    digits, highest = re.sub(r"\D.*", "", number), re.sub(r"\D.*", "", last)
    return bool(digits and highest) and int(digits) <= int(highest) and (digits == "1" or last != number)
