"""Rows of recommendation lists and trackers: label lines, value lines, the row the page cuts off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from closeout.reading.families.ig_sentences import trim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from closeout.reading.clean import CleanText
    from closeout.reading.model import Record

_WHOLE = (".", "!", "?", ".)", ".”", '."', "]", ".]")


class Value(NamedTuple):
    """A value of a row, and where it is in the clean text."""

    words: str
    start: int
    end: int


def value_after(text: str, label: str, start: int, end: int) -> Value | None:
    """Return the line that follows a label line within a row, or the rest of the label's own line.

    A bullet or dash before the value is left out; a dash alone means that there is none.
    """
    found = re.search(
        rf"(?:^|\n)[ \t]*(?:[-•|]\s*)?{label}[ \t]*:?[ \t]*(?:\n[ \t]*|(?=\S))(?:[-•"
        rf"|][ \t]+)?(?P<value>[^\n]*)",
        text[start:end],
    )
    if found is None or not found["value"].strip(" -–—|"):
        return None
    first, last = trim(text, start + found.start("value"), start + found.end("value"))
    return Value(text[first:last], first, last)


def rows(
    text: str, starts: Sequence[re.Match[str]], stops: re.Pattern[str] | None = None
) -> Iterator[tuple[re.Match[str], int]]:
    """Yield each row's opening match and where the row ends: at the next row or at a stop."""
    for index, start in enumerate(starts):
        end = starts[index + 1].start() if index + 1 < len(starts) else len(text)
        stop = stops.search(text, start.end(), end) if stops else None
        yield start, stop.start() if stop else end


def is_cut_off(clean: CleanText, start: int, end: int) -> bool:
    """Say whether words that end the document were cut: no full stop closes them."""
    text = clean.text
    return not text[end:].strip() and not text[start:end].rstrip().endswith(_WHOLE)


def is_full(records: Sequence[Record], declared: int | None) -> bool | None:
    """Return whether all declared recommendations are shown; None when none are declared."""
    return (
        None
        if declared is None
        else len(records) >= declared and not any(record.is_truncated for record in records)
    )
