"""Figures over duties whose rows lie in each other's: what the wider less the narrower would tell.

A measure of all duties and those of single ones are shown side by side, of one office or one part. Of a
figure that is withheld a reader then knows that it is at most a wider one less those beside it that have no
row in common, and at least the sum of narrower ones that have none. Both must leave it as free as its own
table does: a small count can be anything from 1 to the largest small one, and what protects others can be
larger or smaller by as much. This looks at one difference at a time, and not at several put together.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple

from closeout.evidence.suppression.cells import K

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Slice(NamedTuple):
    """Which counts can be taken from each other: those of one kind, office or part, and period."""

    statistic: str
    part: str
    office: str | None
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Nested(Generic[K]):
    """A count over some duties.

    Attributes:
        duties: The duties.
        count: The count.
        is_withheld: Whether it is not shown.
        block: What is withheld with it.

    """

    duties: frozenset[str]
    count: int
    is_withheld: bool
    block: K


def further_blocks(slices: Iterable[Sequence[Nested[K]]], threshold: int) -> set[K]:
    """Return the blocks of counts that would give withheld ones away, of each the smallest that will do.

    Args:
        slices: Counts that can be taken from each other.
        threshold: Counts from 1 to one below it are small.

    """
    return {found for each in slices for found in _of_slice(each, threshold)}


def _of_slice(counts: Sequence[Nested[K]], threshold: int) -> set[K]:
    shown = [one for one in counts if not one.is_withheld]
    found: set[K] = set()
    for one in counts:
        if not (one.is_withheld and one.count):
            continue  # a zero is shown in any case
        is_small = one.count < threshold
        up = threshold - 1 - one.count if is_small else threshold - 2
        down = one.count - 1 if is_small else threshold - 2
        for wider in shown:
            if one.duties <= wider.duties:
                beside = _most(wider.duties - one.duties, shown)
                if wider.count - _sum(beside) < one.count + up:
                    found.add(_least(wider, beside, one.count + up - wider.count + _sum(beside)))
        inside = _most(one.duties, shown)
        if _sum(inside) > one.count - down:
            found.add(max(inside, key=lambda each: (each.count, repr(each.block))).block)
    return found


def _least(wider: Nested[K], beside: Sequence[Nested[K]], lacking: int) -> K:
    """Return the smallest of the counts without which the difference tells nothing."""
    able = [wider, *(each for each in beside if each.count >= lacking)]
    return min(able, key=lambda each: (each.count, repr(each.block))).block


def _most(duties: frozenset[str], shown: Sequence[Nested[K]]) -> tuple[Nested[K], ...]:
    """Return counts over duties of a set, no duty in two of them, that add up to the most."""
    able = sorted(
        (each for each in shown if each.count and each.duties <= duties),
        key=lambda each: (-each.count, repr(each.block)),
    )
    return _packed(tuple(able), duties)


def _packed(able: tuple[Nested[K], ...], duties: frozenset[str]) -> tuple[Nested[K], ...]:
    if not able:
        return ()
    first, rest = able[0], able[1:]
    apart = tuple(each for each in rest if not each.duties & first.duties)
    with_first = (first, *_packed(apart, duties))
    crossing = [each for each in rest if each.duties & first.duties]
    if all(each.duties <= first.duties for each in crossing):
        return with_first  # they are part of it, and add up to no more
    without = _packed(rest, duties)
    return max(with_first, without, key=_sum)


def _sum(counts: Iterable[Nested[K]]) -> int:
    return sum(each.count for each in counts)


def by_slice(counts: Iterable[tuple[Slice, Nested[K]]]) -> list[list[Nested[K]]]:
    """Return counts by what they can be taken from, where there are several."""
    found: dict[Slice, list[Nested[K]]] = defaultdict(list)
    for place, one in counts:
        found[place].append(one)
    return [each for each in found.values() if len(each) > 1]
