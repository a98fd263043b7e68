"""Splitting what stands after "we recommend that …:" into its demands, whatever its marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.reading.families.ig_headings import headings
from closeout.reading.families.ig_sentences import paragraph_end, sentence_end, trim

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Demand:
    """One demand in the clean text.

    Attributes:
        start: Its first character, marker left out.
        end: Just past its last character; the comma or semicolon before the next item is left out.
        number: Its printed number, empty when the list has none.
        lead: Range of the words that introduce it, the addressee among them.
        is_again: True when the document repeats a demand of an earlier report.
        style: How the list is laid out: `numbered`, `inline`, `ordinals`, `bullets`, `series`, `sentence`.

    """

    start: int
    end: int
    number: str = ""
    lead: tuple[int, int] = (0, 0)
    is_again: bool = False
    style: str = "sentence"


_NUMBERED = re.compile(r"(?:^|\n)[ \t]*(\d{1,3}[A-Z]?)[.)](?=\s)[ \t]*")
_INLINE = re.compile(r"\((\d{1,2}|[a-h])\)\s*")
_BULLET = re.compile(r"(?:^|\n)[ \t]*(?:[•●▪■◦·–*\uf0b7\uf0a7\uf0d8]|[-o](?=[ \t]))[ \t]*(?=\S)")
_ORDINAL = re.compile(
    r"(?:(?<=[.:;]\s)|(?<=[.:;]\s\s)|\n\s*|^)"
    r"(First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Finally|Lastly),\s+"
)
_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
_CLOSING = ("Finally", "Lastly")
_TAIL = re.compile(r"[\s,;]*(?:\b(?:and/or|and|or))?[\s,;]*$")
_JOINT = re.compile(r"(?:and|or)\b,?\s*")
_ENUMERATES = re.compile(r"includ(?:e|ed|ing)$", re.IGNORECASE)
_LEAD_REACH = 420
_INLINE_REACH = 12_000
_ITEM_REACH = 5_000


def split_list(text: str, start: int, end: int, lead: tuple[int, int]) -> tuple[Demand, ...]:
    """Return the items of the list that begins after a lead-in, or nothing when none does.

    Args:
        text: The clean text.
        start: Just past the lead-in's verb.
        end: Where the list must end at the latest.
        lead: Range of the lead-in.

    """
    for split in (_numbered, _inline, _bullets, _ordinals, _series):
        if items := split(text, start, end, lead):
            return items
    return ()


def _numbered(text: str, start: int, end: int, lead: tuple[int, int]) -> tuple[Demand, ...]:
    marks = _in_sequence(list(_NUMBERED.finditer(text, max(start - 1, 0), end)), text, start)
    if not marks:
        return ()
    return _items(text, marks, _list_end(text, marks[-1].end(), end), lead, "numbered")


def _inline(text: str, start: int, end: int, lead: tuple[int, int]) -> tuple[Demand, ...]:
    marks = _in_sequence(list(_INLINE.finditer(text, start, min(end, start + _INLINE_REACH))), text, start)
    if len(marks) < 2:  # noqa: PLR2004 - one "(1)" is a footnote or a clause, not a list
        return ()
    return _items(text, marks, sentence_end(text, marks[-1].end(), end), lead, "inline")


def _bullets(text: str, start: int, end: int, lead: tuple[int, int]) -> tuple[Demand, ...]:
    marks = list(_BULLET.finditer(text, start, end))
    if not marks or not _introduces(text[start : marks[0].start()]):
        return ()
    kept = marks[:1]
    for mark in marks[1:]:
        if text[paragraph_end(text, kept[-1].end(), end) : mark.start()].strip():
            break
        kept.append(mark)
    return _items(text, kept, _list_end(text, kept[-1].end(), end), lead, "bullets", number=lambda _: "")


def _ordinals(text: str, start: int, end: int, lead: tuple[int, int]) -> tuple[Demand, ...]:
    kept: list[re.Match[str]] = []
    for mark in _ORDINAL.finditer(text, max(0, start - 2), end):
        if not kept and (mark[1] != "First" or text[start : mark.start()].strip(" :\n")):
            return ()
        if len(kept) < len(_ORDINALS) and mark[1] in {_ORDINALS[len(kept)], *_CLOSING}:
            kept.append(mark)
    if not kept:
        return ()
    places = {mark.start(): str(place) for place, mark in enumerate(kept, 1)}
    stop = sentence_end(text, kept[-1].end(), end)
    return _items(text, kept, stop, lead, "ordinals", number=lambda mark: places[mark.start()])


def _series(text: str, start: int, end: int, lead: tuple[int, int]) -> tuple[Demand, ...]:
    """Split "that the region: keep …; train …; and name …" at its semicolons."""
    stop = sentence_end(text, start, end)
    said = text[start:stop]
    colon = said.find(":")
    is_list = 0 <= colon < _LEAD_REACH or (colon < 0 and _ENUMERATES.search(text[lead[0] : lead[1]]))
    if not is_list or ";" not in said[colon + 1 :]:
        return ()
    items, at = [], start + colon + 1
    for part in said[colon + 1 :].split(";"):
        left, right = trim(text, at, at + len(part))
        joint = _JOINT.match(text, left, right)
        left = joint.end() if joint else left
        if left < right:
            items.append(Demand(left, right, "", lead, style="series"))
        at += len(part) + 1
    return tuple(items) if len(items) > 1 else ()


def _introduces(said: str) -> bool:
    """Say whether the words between a lead-in and a first bullet lead on to it."""
    said = said.strip()
    return len(said) < _LEAD_REACH and said.endswith((":", "—", " to", "that")) and ". " not in said


def _in_sequence(marks: Sequence[re.Match[str]], text: str, start: int) -> list[re.Match[str]]:
    """Keep the marks that count up from 1 (or a), the first of them reached from the lead-in."""
    kept: list[re.Match[str]] = []
    for mark in marks:
        if not kept:
            said = text[start : mark.start()]
            if len(said) > _LEAD_REACH or ". " in said.replace("U.S. ", ""):
                return []
            if mark[1] in {"1", "a", "1A"}:
                kept.append(mark)
        elif mark.start() - kept[-1].end() > _ITEM_REACH:
            break
        elif mark[1] == _next(kept[-1][1]):
            kept.append(mark)
    return kept


def _next(number: str) -> str:
    if number.isdigit():
        return str(int(number) + 1)
    return number[:-1] + chr(ord(number[-1]) + 1)


def _items(
    text: str,
    marks: Sequence[re.Match[str]],
    stop: int,
    lead: tuple[int, int],
    style: str,
    *,
    number: Callable[[re.Match[str]], str] = lambda mark: mark[1],
) -> tuple[Demand, ...]:
    items = []
    for index, mark in enumerate(marks):
        last = index + 1 == len(marks)
        left, right = trim(text, mark.end(), stop if last else marks[index + 1].start())
        if not last:
            right = left + len(_TAIL.sub("", text[left:right]))
        if left < right:
            items.append(Demand(left, right, number(mark), lead, style=style))
    return tuple(items)


def _list_end(text: str, at: int, end: int) -> int:
    """Return where the last item of a list ends: with its paragraph, or before a heading in it."""
    stop = paragraph_end(text, at, end)
    title = next(iter(headings(text, sentence_end(text, at, stop), stop)), None)
    return title.start if title else stop
