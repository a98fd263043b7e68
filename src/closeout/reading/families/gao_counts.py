"""How many recommendations a GAO product says it makes, and in which words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

# fmt: off
_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)
# fmt: on
_VALUES = {word: value for value, word in enumerate(_WORDS, 1)} | {"a": 1, "an": 1, "a single": 1, "both": 2}
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
NUMBER_WORDS = (
    rf"(?:\d{{1,3}}|(?:{'|'.join(_TENS)})[- ](?:{'|'.join(_WORDS[:9])})|{'|'.join((*_WORDS, *_TENS))})"
)
"""Pattern of a number in figures or in words."""
_KIND = r"(?:(?:new|priority|following|total|additional|specific|numbered)\s+)?recommendations?"
_TO = r"(?:\s+(?:to|for)\s+(?:the\s+)?[A-Z][\w&’'-]*)?"
_WHO = r"\b(?:GAO|We|we|[Tt]h(?:is|e)\s+report)\s+"
_LEADING = r"(?:a\s+total\s+of\s+|the\s+following\s+|these\s+)?"
_MAKES = (
    re.compile(
        rf"{_WHO}(?:(?:is|are|also|now)\s+){{0,3}}(?:making|makes?|contains)\s+"
        rf"{_LEADING}(?P<count>{NUMBER_WORDS}|an?)\s+{_KIND}{_TO}"
    ),
)
_MADE = (
    *_MAKES,
    re.compile(rf"{_WHO}(?:also\s+)?made\s+{_LEADING}(?P<count>{NUMBER_WORDS}|an?)\s+{_KIND}{_TO}"),
    re.compile(rf"\b[Oo]ur\s+(?P<count>{NUMBER_WORDS})\s+{_KIND}{_TO}"),
)
_ANSWERED = (
    re.compile(rf"\b(?:our|all)\s+(?P<count>{NUMBER_WORDS})\s+(?:of\s+(?:our|the)\s+)?recommendations\b"),
)
_HIGHLIGHT_REACH = 12_000


class Count(NamedTuple):
    """A declared count and where its words stand."""

    value: int
    start: int
    end: int


def number_of(words: str) -> int | None:
    """Return the value of a number in figures or in English words up to ninety-nine."""
    said = " ".join(words.casefold().replace("-", " ").split())
    if said.isdigit():
        return int(said)
    tens, _, rest = said.partition(" ")
    if tens in _TENS and (not rest or rest in _VALUES):
        return _TENS[tens] + (_VALUES[rest] if rest else 0)
    return _VALUES.get(said)


def declared_count(text: str, start: int = 0, end: int = _HIGHLIGHT_REACH) -> Count | None:
    """Return the first count of recommendations a report says it is making in `text[start:end]`."""
    return _first(_MAKES, text, start, end)


def told_count(text: str, start: int = 0, end: int = _HIGHLIGHT_REACH) -> Count | None:
    """Return the first count in a page about a report, which may speak of it in the past."""
    return _first(_MADE, text, start, end)


def answered_count(text: str, start: int, end: int) -> Count | None:
    """Return how many recommendations the comments in `text[start:end]` speak of."""
    return _first(_ANSWERED, text, start, end)


def _first(forms: Iterable[re.Pattern[str]], text: str, start: int, end: int) -> Count | None:
    hits = [hit for form in forms if (hit := form.search(text, start, min(end, len(text))))]
    for hit in sorted(hits, key=lambda hit: hit.start()):
        value = number_of(hit["count"])
        if value is not None:
            return Count(value, hit.start(), hit.end())
    return None
