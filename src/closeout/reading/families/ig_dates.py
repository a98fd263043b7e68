"""The date a document prints for itself, and dates in its rows."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.reading.dates import FuzzyDate, find_dates
from closeout.reading.families.ig_facts import report_number

if TYPE_CHECKING:
    from closeout.reading.clean import CleanText

_DATE_LABEL = re.compile(
    r"^(?:date(?: issued)?|issued|published.*? on|report date|refer to.*)\s*:?$", re.IGNORECASE
)
_LONGEST_HEAD = 190
_WORDS_AFTER = 3
_BESIDE_NUMBER = 60
_FLAT_LINE = 1_000
"""Characters of a line that only an extractor which lost the line ends makes."""


def report_date(clean: CleanText, reach: int = 4_000) -> FuzzyDate | None:
    """Return the date the document prints on a line of its own near its start.

    A whole day is preferred to a month printed earlier. A date within a sentence is not the
    document's; in a text that lost its line ends it is the one beside the number.
    """
    head = clean.text[:reach]
    found = [date for date in find_dates(head) if date.span]
    apart = [date for date in found if date.span and _stands_apart(head, date.span.start, date.span.end)]
    if not apart and len(head.split("\n", 1)[0]) > _FLAT_LINE:
        apart = _beside_number(clean, found)
    days = [date for date in apart if date.precision == "day"]
    chosen = next(iter(days or apart), None)
    return located(clean, chosen) if chosen else None


def located(clean: CleanText, found: FuzzyDate, offset: int = 0) -> FuzzyDate:
    """Return a date found in `clean.text[offset:]` with its span in the document."""
    if found.span is None:
        return found
    return replace(found, span=clean.original(offset + found.span.start, offset + found.span.end))


def date_in(clean: CleanText, start: int, end: int) -> FuzzyDate | None:
    """Return the first date in `clean.text[start:end]`, its span in the document."""
    found = next(iter(find_dates(clean.text[start:end], start)), None)
    return located(clean, found) if found else None


def _beside_number(clean: CleanText, found: list[FuzzyDate]) -> list[FuzzyDate]:
    number = report_number(clean)
    if number is None:
        return []
    return [date for date in found if date.span and 0 <= number.start - date.span.end < _BESIDE_NUMBER]


def _stands_apart(text: str, start: int, end: int) -> bool:
    left = text.rfind("\n", 0, start) + 1
    right = text.find("\n", end)
    before = text[left:start].strip()
    after = text[end : len(text) if right < 0 else right].strip()
    if _DATE_LABEL.match(before):
        return True
    if before.endswith(("(", "-", "–")) or (before and before[-1].islower()):
        return False
    return (
        len(before) <= _LONGEST_HEAD and not after.lstrip(".,|) ").split()[_WORDS_AFTER:] and _is_bare(before)
    )


def _is_bare(before: str) -> bool:
    """Say whether the words before a date on its line are a number or a title, no sentence."""
    return not before or before.endswith(("|", ":", ")", ",")) or before.replace("-", "").isalnum()
