"""What stands behind "we recommend that": one sentence, or a list of actions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.reading.families.gao_addressees import find_addressee
from closeout.reading.families.gao_counts import NUMBER_WORDS
from closeout.reading.families.gao_paragraphs import bullet_length, item_number, prose, sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.reading.families.gao_paragraphs import Paragraph

_ACTIONS = re.compile(
    rf"\b(?:(?:the\s+)?following\s+)?(?:(?P<count>{NUMBER_WORDS})\s+)?(?:\w+\s+)?(?:actions?|steps?"
    rf"|recommendations?|things|improvements)\b"
    r"(?=[^.:]{0,80}[:.]|$)",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    rf"\bthe\s+following\s+(?:{NUMBER_WORDS}\s+)?(?:\w+\s+)?(?:actions?|steps?|recommendations?)[.:]?\s*$",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.:;?!][)\]”\"’*_]*\s*$")
_MOST_CUTS = 3
_FOLLOW_ON = re.compile(
    r"(?:This|These|Such|Those|It|At\s+a\s+minimum|In\s+doing|In\s+particular|Specifically)\b"
)
_FLOWING = 1_800
"""Characters above which a paragraph is taken for several whose blank lines were lost."""
_SHORTEST_VERB = 4
_INLINE = re.compile(r"\((?P<number>\d{1,2})\)\s*")
_VERB_LIKE = re.compile(r"(?:[a-z]|[A-Z][a-z]+\s+(?:[a-z]|[A-Z]{2}))")
_TELLS = re.compile(r"\b(?:[Ww]e|GAO|our)\b")
_JOINT = re.compile(r"(?:[;,]\s*(?:and|or)?|\s+(?:and|or))\s*:?\s*$")
_TAIL = re.compile(r"[\s,;]*(?:\band\b|\bor\b)?[\s,;]*$")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: its ranges and its printed number."""

    parts: tuple[tuple[int, int], ...]
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What a lead-in carries.

    Attributes:
        lead: Ranges of the lead-in, to its colon or to the end of its last sentence.
        items: The list's items, none for a plain sentence.
        is_whole: Whether lead-in and items are one recommendation.

    """

    lead: tuple[tuple[int, int], ...]
    items: tuple[Item, ...] = ()
    is_whole: bool = True


def read_list(text: str, start: int, end: int, count: int | None = None) -> Listed:
    """Return the list that a lead-in carries, or the end of its own sentence.

    A list of actions is as many recommendations as it has items; a list of what one deliverable
    must hold is part of one.

    Args:
        text: The clean text.
        start: Just past "we recommend".
        end: Where to stop at the latest.
        count: How many recommendations the list is known to hold; 1 keeps it together.

    """
    parts = prose(text, start, end)
    if not parts:
        return Listed(((start, start),))
    lead, rest = _lead_parts(text, parts)
    said = text[lead[-1].start : lead[-1].end]
    goes_on = said.endswith(":") or (
        rest and not _ENDED.search(said) and bullet_length(text[rest[0].start : rest[0].end])
    )
    if not goes_on:
        return _inline(text, start, lead[-1], count) or Listed(_plain_parts(text, lead))
    items = _items(text, rest)
    words = " ".join(" ".join(text[part.start : part.end].split()) for part in lead)
    return Listed(tuple(lead), items, is_whole=not _asks_for_several(words, len(items), count))


def _lead_parts(text: str, parts: Sequence[Paragraph]) -> tuple[list[Paragraph], Sequence[Paragraph]]:
    """Return the lead-in's paragraphs (one, or several when a page break cuts its sentence) and the rest."""
    taken = 1
    while taken < min(len(parts), _MOST_CUTS) and not _ENDED.search(
        text[parts[taken - 1].start : parts[taken - 1].end]
    ):
        following = text[parts[taken].start : parts[taken].end]
        if bullet_length(following):
            break
        taken += 1
    return list(parts[:taken]), parts[taken:]


def _plain_parts(text: str, lead: Sequence[Paragraph]) -> tuple[tuple[int, int], ...]:
    """Return the ranges of the sentences about the demand, up to where the auditor speaks of itself."""
    start, end = lead[-1]
    for left, right in list(sentences(text, start, end))[1:]:
        is_apart = end - start > _FLOWING and not _FOLLOW_ON.match(text, left, right)
        if is_apart or _TELLS.search(text, left, right):
            end = left
            break
    end = start + len(text[start:end].rstrip())
    return (*((part.start, part.end) for part in lead[:-1]), (start, end))


def _asks_for_several(said: str, found: int, count: int | None) -> bool:
    """Say whether each item of a list is a demand of its own."""
    if count == 1 or found < 2:  # noqa: PLR2004
        return False
    if count in (found, -1):
        return True
    last = said.rpartition(". ")[2].rstrip(": ")
    if last.endswith((" to", " should", "following", "that")) or _ACTIONS.search(last):
        return True
    named = find_addressee(last)
    return named is not None and len(last) - named.end < _SHORTEST_VERB


def names_actions(said: str) -> bool:
    """Say whether a sentence only announces that actions follow."""
    return _ANNOUNCED.search(said) is not None


def _inline(text: str, start: int, lead: Paragraph, count: int | None) -> Listed | None:
    """Return the items of "(1) …; (2) …" in the lead-in's own sentence, when they are actions."""
    marks = _counted_marks(text, start, lead.end)
    if len(marks) < 2 or count == 1:  # noqa: PLR2004
        return None
    if count != len(marks) and not _ACTIONS.search(text[start : marks[0].start()]):
        return None
    last = next((right for _, right in sentences(text, marks[-1].end(), lead.end)), lead.end)
    items = tuple(
        Item(((mark.end(), mark.end() + len(_TAIL.sub("", text[mark.end() : stop]))),), mark["number"])
        for mark, stop in zip(marks, [*(mark.start() for mark in marks[1:]), last], strict=True)
    )
    return Listed(((start, marks[0].start()),), items, is_whole=False)


def _counted_marks(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Return the marks "(1)", "(2)" … that count up from one."""
    marks: list[re.Match[str]] = []
    for mark in _INLINE.finditer(text, start, end):
        if mark["number"] == str(len(marks) + 1):
            marks.append(mark)
    return marks


def _items(text: str, parts: Sequence[Paragraph]) -> tuple[Item, ...]:
    items: list[Item] = []
    for part in parts:
        words = text[part.start : part.end]
        mark = bullet_length(words)
        if not mark and not _belongs(words, has_items=bool(items)):
            break
        is_new = (
            not items
            or _ENDED.search(text[slice(*items[-1].parts[-1])])
            or text[slice(*items[-1].parts[-1])].endswith("and")
        )
        if mark or not items or (is_new and _VERB_LIKE.match(words)):
            items.append(Item(((part.start + mark, part.end),), item_number(words)))
            continue
        last = items.pop()
        items.append(Item((*last.parts, (part.start, part.end)), last.number))
    return tuple(_without_joint(text, item) for item in items)


def _without_joint(text: str, item: Item) -> Item:
    """Return the item without the `; and` that joins it to the next."""
    start, end = item.parts[-1]
    joint = _JOINT.search(text, start, end)
    return Item((*item.parts[:-1], (start, joint.start())), item.number) if joint else item


def _belongs(words: str, *, has_items: bool) -> bool:
    """Say whether a paragraph without a bullet goes on with the list (its bullet lost)."""
    if _TELLS.search(words) or words.rstrip().endswith(":"):
        return False
    return bool(_VERB_LIKE.match(words)) or has_items
