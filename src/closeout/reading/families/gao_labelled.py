"""Layouts in which every value has its label: `Status:`, `Comments:`, `Recommendation:`, in any order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from closeout.reading.families.gao_labels import PRIORITY, is_priority
from closeout.reading.families.gao_paragraphs import BLANK

if TYPE_CHECKING:
    from collections.abc import Iterator

_LABEL = re.compile(
    r"^[ \t]*(?:[-*•][ \t]*)?(?:(?P<number>\d{1,3})\.\s*)?[*_]*"
    r"(?P<label>Recommendation|Matter(?: for (?:Congressional )?Consideration)?|Agency Affected|Agency"
    r"|Status|Comments?)"
    r"[*_]*:[*_]*[ \t]*",
    re.MULTILINE,
)
_STOP = re.compile(
    r"^[ \t]*(?:[-•][ \t]*)?(?:(?:GAO|[A-Z]{2,5})[-/][\w/-]+, [A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}"
    r"|Director:|Phone:"
    r"|\d{1,3} open recommendations?\b|including \d+ priority|Recommendations? for Executive Action"
    r"|Matters? for (?:Congressional )?Consideration"
    r"|Full Report|Additional Materials|View Report|Back to (?:Results|top)|Related (?:Pages|Content)"
    r"|<[^>\n]+>)[^\n]*$",
    re.MULTILINE | re.IGNORECASE,
)
_SHORT = frozenset({"agency", "status"})
_KINDS = {"R": "demand", "M": "demand", "A": "agency", "S": "status", "C": "comments"}
"""What a label stands for, by its first letter."""


@dataclass(slots=True)
class Entry:
    """One labelled recommendation: ranges in the text for what is there."""

    start: int
    number: str = ""
    is_matter: bool = False
    is_priority: bool = False
    is_demand_inherited: bool = False
    parts: dict[str, tuple[int, int]] = field(default_factory=dict)


def read_entries(text: str, start: int = 0, end: int | None = None) -> list[Entry]:
    """Return the labelled entries of `text[start:end]`, in order.

    A label that comes again begins the next entry. Where demands come first, an entry without one
    is the same demand put to a further agency, and has the range of the demand before it.
    """
    end = len(text) if end is None else end
    entries: list[Entry] = []
    for kind, match, place in _values(text, start, end):
        current = entries[-1] if entries else None
        if current is None or kind in current.parts or match["number"]:
            current = Entry(match.start())
            entries.append(current)
        current.number = current.number or match["number"] or ""
        current.is_matter = current.is_matter or match["label"].startswith("Matter")
        value, marked = _without_mark(text, place)
        current.is_priority = current.is_priority or marked
        current.parts[kind] = _first_paragraph(text, value) if kind in _SHORT else value
    _share_demands(entries)
    return entries


def _values(text: str, start: int, end: int) -> Iterator[tuple[str, re.Match[str], tuple[int, int]]]:
    labels = list(_LABEL.finditer(text, start, end))
    for index, match in enumerate(labels):
        limit = labels[index + 1].start() if index + 1 < len(labels) else end
        stop = _STOP.search(text, match.end(), limit)
        yield _KINDS[match["label"][0]], match, _trim(text, match.end(), stop.start() if stop else limit)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t\r\n*_":
        start += 1
    while end > start and text[end - 1] in " \t\r\n*_":
        end -= 1
    return start, end


def _first_paragraph(text: str, value: tuple[int, int]) -> tuple[int, int]:
    gap = BLANK.search(text, *value)
    return _trim(text, value[0], gap.start()) if gap else value


def _without_mark(text: str, value: tuple[int, int]) -> tuple[tuple[int, int], bool]:
    """Return the value without a line that only marks a priority, and whether there was one."""
    start, end = value
    at = text.rfind("\n", start, end)
    if at >= 0 and is_priority(text[at:end].strip()):
        return _trim(text, start, at), True
    first = text.find("\n", start, end)
    if first >= 0 and is_priority(text[start:first].strip()):
        return _trim(text, first, end), True
    return value, PRIORITY.fullmatch(text, start, end) is not None


def _share_demands(entries: list[Entry]) -> None:
    if not entries or next(iter(entries[0].parts), "") != "demand":
        return
    for before, entry in pairwise(entries):
        if "demand" not in entry.parts and "demand" in before.parts and "agency" in entry.parts:
            entry.parts["demand"] = before.parts["demand"]
            entry.is_demand_inherited = True
