"""How alike two texts are, and which of many are nearly alike, without comparing all with all."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LIKE_ENOUGH = 0.93
"""Texts at least this alike (0-1) may be two printings of one recommendation."""

_LEAD_IN = re.compile(r"we (?:also |further |therefore )?recommend(?:ed)?\b")
_GOES_ON = frozenset({"and", "or", "then", "also", "by"})

_FEW = 64
_SHINGLE_WORDS = 3
_RAREST = 12
_CROWD = 50


def likeness(one: str, other: str) -> float:
    """Return how alike two folded texts are, from 0 (nothing in common) to 1 (equal).

    One minus the letters to insert or delete over the letters of both (rapidfuzz's
    normalized indel similarity).
    """
    return float(Indel.normalized_similarity(one, other))


def has_lead_in(words: str) -> bool:
    """Say whether a folded text begins with an auditor's lead-in ("We recommend that …")."""
    return _LEAD_IN.match(words) is not None


def is_after_lead_in(short: str, long: str) -> bool:
    """Say whether one folded text is the whole of another but for the other's lead-in.

    The lead-in names the auditor's act and the official addressed, and no more: it may not end in
    the middle of a list of things to do, nor be longer than the demand itself.
    """
    demand, whole = short.replace(" ", ""), long.replace(" ", "")
    if not has_lead_in(long) or not whole.endswith(demand) or len(demand) < len(whole) / 2:
        return False
    ends, seen = len(whole) - len(demand), 0
    for word in long.split():
        seen += len(word)
        if seen >= ends:
            return seen == ends and word not in _GOES_ON
    return False


def like_pairs(texts: Sequence[str], at_least: float = LIKE_ENOUGH) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of different texts that are at least so alike, with their likeness.

    Up to 64 texts are all compared. Of more, only those that share one of their twelve rarest
    runs of three words, so that thousands take seconds; a pair that differs in nearly every
    third word can be missed there. Equal texts are no pair: they are joined, not doubted.

    Yields:
        Two indexes into `texts`, the smaller first, and their likeness (0-1).

    """
    for one, other in _candidates(texts):
        if texts[one] == texts[other]:
            continue
        alike = float(Indel.normalized_similarity(texts[one], texts[other], score_cutoff=at_least))
        if alike >= at_least:
            yield one, other, alike


def _candidates(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    if len(texts) <= _FEW:
        yield from combinations(range(len(texts)), 2)
        return
    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    shingles = [_shingles(text) for text in texts]
    for index, own in enumerate(shingles):
        for shingle in own:
            holders[shingle].append(index)
    pairs: set[tuple[int, int]] = set()
    for own in shingles:
        rarest = sorted(own, key=lambda shingle: (len(holders[shingle]), shingle))[:_RAREST]
        for shingle in rarest:
            if 1 < len(holders[shingle]) <= _CROWD:
                pairs.update(combinations(holders[shingle], 2))
    yield from sorted(pairs)


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    if len(words) < _SHINGLE_WORDS:
        return {tuple(words)} if words else set()
    return set(zip(words, words[1:], words[2:], strict=False))
