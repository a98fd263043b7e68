"""Page numbers without a page map: numbers that count up at the distance of pages."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from closeout.reading.lines import is_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from closeout.reading.lines import LineTable

_BARE = re.compile(
    r"[-–—|]?\s*(?:p\s?a\s?g\s?e\s+)?(\d{1,4})(?:\s+of\s+\d{1,4})?\s*(?:\|\s*p\s?a\s?g\s?e)?\s*[-–—|]?",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"[ivxl]{1,6}")
_NUMBERED = re.compile(r"(?i:^(?:page )?|\bpage )\d{1,4}(?= \w| \||$)|(?<= )\d{1,4}$")
_PROTECTED = re.compile(
    r"\W*(?:open|closed|resolved|unresolved|(?:.{0,40}\b)?(?:recommendations?|recs?|finding|objective|"
    r"question|"
    r"matter|priority|status|goal|step|item|no|table|figure|appendix|chapter|section|exhibit|part|schedule|"
    r"attachment|enclosure))\b[\W#]*[a-z]?[\W#]*"
    r"|\W*recommendation\W.*",
    re.IGNORECASE,
)
_PAGE_CHARACTERS = 800
"""Least characters of a usual page; numbers that stand closer are a list, not pages."""
_LONGEST_BARE = 24
_LEAST_CHAIN = 3
_LEAST_LONE_CHAIN = 4
_LEAST_LINES_APART = 4
_FIRST_YEAR = 1900
"""Numbers from here on are years, not pages."""
_MOST_MISSING = 3
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}


def is_bare_number(line: str) -> bool:
    """Say whether a line is nothing but a page number, in digits or small Roman numerals."""
    return bool(_BARE.fullmatch(line) or _ROMAN.fullmatch(line))


def is_protected(key: str) -> bool:
    """Say whether a line form is a label that records repeat, never furniture."""
    return bool(_PROTECTED.fullmatch(key))


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: int
    value: int
    weight: int


def find_page_numbers(table: LineTable, edges: Sequence[int]) -> set[int]:
    """Return the indexes of the lines that carry page numbers.

    Args:
        table: The lines.
        edges: Lines at which a page is known to start. When there are any, only lines next to
            one are looked at, and the distance between numbers is of no matter.

    """
    return {line for chain in _chains(table, edges) for line, _ in chain}


def find_page_chain(table: LineTable) -> tuple[tuple[int, int], ...]:
    """Return the longest chain of page numbers in digits: the line of each and the number, in order.

    Empty when no chain of a text without page marks is credible.
    """
    digits = [chain for chain in _chains(table, ()) if not _ROMAN.fullmatch(table.stripped[chain[0][0]])]
    return max(digits, key=len, default=())


def _chains(table: LineTable, edges: Sequence[int]) -> Iterator[tuple[tuple[int, int], ...]]:
    near = _near_edges(table, edges) if edges else None
    counts = Counter(key for key in table.keys if key)
    for candidates in _families(table, counts, near):
        chain = _longest_chain(candidates, 1 if edges else _LEAST_LINES_APART)
        if _is_paging(chain, table, is_known=bool(edges)):
            yield tuple((table.filled[candidate.place], candidate.value) for candidate in chain)


def _near_edges(table: LineTable, edges: Sequence[int]) -> set[int]:
    """Return the places next to a page's start, and those at the ends of the text."""
    last = len(table.filled) - 1
    near: set[int] = {0, 1, 2, last - 2, last - 1, last}
    for edge in edges:
        place = bisect_left(table.filled, edge)
        if place <= last:
            near.update(range(place - 3, place + 3))
    return near


def _families(table: LineTable, counts: Counter[str], near: set[int] | None) -> Iterator[list[_Candidate]]:
    """Yield candidate lists: bare numbers, Roman numerals, first and last numbers of repeated lines."""
    bare: list[_Candidate] = []
    roman: list[_Candidate] = []
    first: list[_Candidate] = []
    last: list[_Candidate] = []
    for place, line in enumerate(table.filled):
        key = table.keys[line]
        if not key or (near is not None and place not in near):
            continue
        words = table.stripped[line]
        if "#" in key and len(key) < _LONGEST_BARE and (match := _BARE.fullmatch(words)):
            if not _follows_label(place, table) and int(match[1]) < _FIRST_YEAR:
                bare.append(_Candidate(place, int(match[1]), _weight(place, table, counts)))
        elif "#" in key and counts[key] >= _LEAST_CHAIN and " " in key and not is_protected(key):
            numbers = _NUMBERED.findall(words)
            if numbers:
                first.append(_Candidate(place, _value(numbers[0]), 1))
                last.append(_Candidate(place, _value(numbers[-1]), 1))
        elif key[0] in _ROMAN_VALUES and _ROMAN.fullmatch(words):
            roman.append(_Candidate(place, _roman(words), _weight(place, table, counts)))
    yield from (bare, roman, first, last)


def _value(number: str) -> int:
    return int(number.rpartition(" ")[2])


def _follows_label(place: int, table: LineTable) -> bool:
    return place > 0 and is_protected(table.keys[table.filled[place - 1]])


def _weight(place: int, table: LineTable, counts: Counter[str]) -> int:
    """Return 2 for a number next to a line that recurs, which is the likelier page number; else 1."""
    around = [at for at in (place - 1, place + 1) if 0 <= at < len(table.filled)]
    keys = [table.keys[table.filled[at]] for at in around]
    recurs = (counts[key] >= _LEAST_CHAIN and key.strip("# ") and not is_sentence(key) for key in keys)
    return 2 if any(recurs) else 1


def _roman(words: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in words]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def _longest_chain(candidates: Sequence[_Candidate], apart: int) -> list[_Candidate]:
    """Return the heaviest run of candidates whose values count up, with few missing.

    Args:
        candidates: In order of place.
        apart: Filled lines that must at least lie from one to the next.

    """
    best: dict[int, tuple[int, int]] = {}
    weights: list[int] = []
    before: list[int] = []
    for index, candidate in enumerate(candidates):
        options = [
            best[value]
            for value in range(candidate.value - _MOST_MISSING, candidate.value)
            if value in best and candidate.place - candidates[best[value][1]].place >= apart
        ]
        weight, previous = max(options, default=(0, -1))
        weights.append(weight + candidate.weight)
        before.append(previous)
        if weights[index] >= best.get(candidate.value, (0, 0))[0]:
            best[candidate.value] = (weights[index], index)
    if not weights:
        return []
    chain, at = [], max(range(len(weights)), key=weights.__getitem__)
    while at >= 0:
        chain.append(candidates[at])
        at = before[at]
    return chain[::-1]


def _is_paging(chain: Sequence[_Candidate], table: LineTable, *, is_known: bool) -> bool:
    if len(chain) < (2 if is_known else _LEAST_CHAIN):
        return False
    if is_known:
        return True
    starts = [table.starts[table.filled[candidate.place]] for candidate in chain]
    gaps = [after - at for at, after in pairwise(starts)]
    is_lone = all(candidate.weight == 1 for candidate in chain)
    return median(gaps) >= _PAGE_CHARACTERS and (not is_lone or len(chain) >= _LEAST_LONE_CHAIN)
