"""Which of several recommendations a phrase means: "five of the six", "our second or third"."""

from __future__ import annotations

import re
from dataclasses import dataclass

# fmt: off
_NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)
_ORDINAL_WORDS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth",
)
# fmt: on
_TENS = {"thirty": 30, "forty": 40, "fifty": 50}
_COUNTS = {word: number for number, word in enumerate(_NUMBERS)} | _TENS
_ORDINALS = {word: number for number, word in enumerate(_ORDINAL_WORDS, 1)}
COUNT = (
    rf"(?:{'|'.join(sorted(_COUNTS, key=len, reverse=True))}|\d{{1,3}})(?:-(?:{'|'.join(_NUMBERS[1:10])}))?"
)
"""A count in words or digits."""
ORDINAL = rf"(?:{'|'.join(sorted(_ORDINALS, key=len, reverse=True))}|last|\d{{1,2}}(?:st|nd|rd|th))"
"""An ordinal in words or digits."""

_OF = re.compile(
    rf"\b(?P<count>{COUNT}|all|both|none|neither)\s+(?:of\s+)?(?:(?:the|our|its|these|those)\s+)?"
    rf"(?P<total>{COUNT})?(?:\s+\w+){{0,3}}?\s*\b(?:recommendations?|them|these)\b",
    re.IGNORECASE,
)
_COUNT_OF = re.compile(
    rf"\b(?P<count>{COUNT})\s+of\s+(?:the|our|its|these|those)?\s*(?P<total>{COUNT})?", re.IGNORECASE
)
_NAMED = re.compile(
    r"\b(?:recommendations?|recs?\.?|nos?\.|numbers?)\s+(?P<list>#?\d{1,3}[a-z]?(?:\([a-z]\))?"
    r"(?:\s*(?:,|and|or|&|through|to|-|–|,\s*and|,\s*or)\s*#?\d{1,3}[a-z]?(?:\([a-z]\))?(?![\w%])){0,40})",
    re.IGNORECASE,
)
_FIRST_FEW = re.compile(rf"\bfirst\s+(?P<count>{COUNT})\b", re.IGNORECASE)
_LAST_FEW = re.compile(rf"\b(?:last|final)\s+(?P<count>{COUNT})\b", re.IGNORECASE)
_ITEM = re.compile(r"(?P<link>through|to|-|–)?\s*#?(?P<number>\d{1,3})(?P<part>[a-z]?)", re.IGNORECASE)
_ORDINAL_WORD = re.compile(rf"\b{ORDINAL}\b", re.IGNORECASE)
_REST = re.compile(r"\b(?:remaining|other|rest)\b", re.IGNORECASE)
_ALL = re.compile(r"\b(?:all|both|each|every)\b", re.IGNORECASE)
_MOST_IN_RANGE = 100


@dataclass(frozen=True, slots=True)
class Scope:
    """Which recommendations of a report something is said of.

    With nothing set: all of them, or the one at hand.

    Attributes:
        numbers: Numbers named, as printed ("3", "1a"), ordinals as digits, in order.
        count: How many are meant, when only their number is given ("five of the six").
        total: Out of how many, where the phrase says so.
        is_rest: Whether it means those not named elsewhere ("the remaining two").
        is_all: Whether it says "all" or "both".

    """

    numbers: tuple[str, ...] = ()
    count: int | None = None
    total: int | None = None
    is_rest: bool = False
    is_all: bool = False


UNNAMED = Scope()
"""A scope that names nothing."""


def parse_count(words: str) -> int | None:
    """Return the number a count or ordinal stands for ("five", "5", "twenty-two", "third"), or None."""
    word = words.strip().lower()
    if word.isdigit():
        return int(word)
    if match := re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", word):
        return int(match[1])
    tens, _, ones = word.partition("-")
    if ones and tens in _COUNTS and ones in _COUNTS:
        return _COUNTS[tens] + _COUNTS[ones]
    return _COUNTS.get(word, _ORDINALS.get(word))


def read_scope(words: str) -> Scope:
    """Return which recommendations a phrase means ("our second or third recommendation")."""
    is_rest = bool(_REST.search(words))
    numbers = named_numbers(words) or _first_few(words)
    if numbers:
        return Scope(numbers=numbers, is_rest=is_rest)
    if last := _LAST_FEW.search(words):
        return Scope(count=parse_count(last["count"]), is_rest=True)
    counted = _OF.search(words) if _ALL.search(words) else _COUNT_OF.search(words) or _OF.search(words)
    if counted:
        return _counted(counted, is_rest=is_rest)
    ordinals = [parse_count(match[0]) for match in _ORDINAL_WORD.finditer(words)]
    if ordinals:
        return Scope(numbers=tuple(str(number) for number in ordinals if number), is_rest=is_rest)
    return Scope(is_rest=is_rest, is_all=bool(_ALL.search(words)))


def named_numbers(words: str) -> tuple[str, ...]:
    """Return the numbers named after "recommendation(s)", ranges written out, in order."""
    numbers: list[str] = []
    for match in _NAMED.finditer(words):
        for item in _ITEM.finditer(match["list"]):
            number, last = int(item["number"]), int(re.sub(r"\D", "", numbers[-1])) if numbers else 0
            if item["link"] and 0 < last < number < last + _MOST_IN_RANGE:
                numbers.extend(str(between) for between in range(last + 1, number))
            numbers.append(f"{number}{item['part'].lower()}")
    return tuple(dict.fromkeys(numbers))


def _first_few(words: str) -> tuple[str, ...]:
    """Return the numbers of "the first two recommendations"."""
    found = _FIRST_FEW.search(words)
    count = parse_count(found["count"]) if found else None
    return tuple(str(number) for number in range(1, (count or 0) + 1))


def _counted(match: re.Match[str], *, is_rest: bool) -> Scope:
    word = match["count"].lower()
    total = parse_count(match["total"]) if match["total"] else None
    if word in {"all", "both", "none", "neither"}:
        return Scope(total=2 if word in {"both", "neither"} else total, is_all=True)
    count = parse_count(word)
    is_all = " of " not in f" {match[0].lower()} " and not is_rest
    return Scope(count=count, total=count if is_all else total, is_rest=is_rest, is_all=is_all)
