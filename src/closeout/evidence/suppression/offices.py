"""Which figures of a measure to withhold by office and period: worked out by counting, without a solver.

A figure is one block: the rows that do, those that do not, and all of them. Blocks with a small count are
withheld. Of each sum over offices a reader knows what is left when the printed offices are taken from the
total: R, spread over n withheld offices that are not zero. Each of them can hold anything from 1 to
R - n + 1, as the parts of a share are free of each other and the whole follows from them. So it takes two
withheld offices and R - n + 1 of 10 or more; an office that is added has no small count, and one is enough.

A period that overlaps one that is withheld for its small count is withheld too, since their difference
would tell: then no stretch of the small one lies in any period that is printed.
"""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from closeout.evidence.suppression.cells import Counts, K, Sum


class Block(NamedTuple):
    """What names a figure: an office (None: all of them) and a period."""

    office: str | None
    since: str
    until: str

    def overlaps(self, other: Block) -> bool:
        """Say whether two periods have a day in common; days alone stand apart."""
        return bool(self.since and other.since) and self.since <= other.until and other.since <= self.until


def blocks_to_withhold(counts: Counts[K], start: Collection[Block] = ()) -> frozenset[Block]:
    """Return the figures to withhold, small ones and those that protect them.

    Args:
        counts: Counts whose blocks are of this kind. Sums over offices have a total whose office is None.
        start: Figures that are withheld in any case, for what they would tell beside another measure.

    Returns:
        The blocks. The small counts of a measure that stands alone are protected with them; where several
        measures share their rows that remains to be seen.

    """
    of = {key: block for key, block in counts.blocks.items() if isinstance(block, Block)}
    chosen = {of[key] for key in counts.small if key in of} | {*start}
    periods = {block for block in of.values() if block.office is None}
    small = periods & chosen
    chosen |= {block for block in periods if any(block.overlaps(other) for other in small)}
    sums = [
        one
        for one in counts.sums
        if _is_over_offices(one, of)
        and (_matters(counts, one) or any(of.get(part) in start for part in one.parts))
    ]
    while unmet := [one for one in sums if not _is_met(counts, one, of, chosen)]:
        further = _further(counts, unmet, of, chosen)
        if further is None:
            chosen |= {of[one.total] for one in unmet}
        else:
            chosen.add(further)
    return frozenset(chosen)


def _is_over_offices(one: Sum[K], of: Mapping[K, Block]) -> bool:
    total = of.get(one.total)
    return total is not None and total.office is None and of.get(one.parts[0]) != total


def _matters(counts: Counts[K], one: Sum[K]) -> bool:
    """Say whether a sum has a small part, or one that nobody knows."""
    return any(part in counts.small or counts.cells[part] is None for part in one.parts)


def _is_met(counts: Counts[K], one: Sum[K], of: Mapping[K, Block], chosen: Collection[Block]) -> bool:
    """Say whether each small part of a sum can hold any small count, by what is left of the total."""
    if of[one.total] in chosen:
        return True
    inside = [
        part
        for part in one.parts
        if counts.cells[part] != 0 and (of.get(part) in chosen or counts.is_unknown(part, frozenset()))
    ]
    printed = sum(counts.cells[part] or 0 for part in one.parts if part not in inside)
    held = sum(1 for part in inside if counts.least(part))
    # A part that may be nothing takes no row from the others, and may itself be what must be hidden.
    largest = (counts.cells[one.total] or 0) - printed - held + (1 if held == len(inside) else 0)
    return len(inside) > 1 and largest >= counts.threshold - 1


def _further(
    counts: Counts[K], unmet: Iterable[Sum[K]], of: Mapping[K, Block], chosen: Collection[Block]
) -> Block | None:
    """Return the office that does most for the sums at the least loss; None if none can help."""
    helps: dict[Block, int] = {}
    for one in unmet:
        for part in one.parts:
            if part in of and of[part] not in chosen and counts.cells[part]:
                helps[of[part]] = helps.get(of[part], 0) + 1
    lost = dict.fromkeys(helps, 0.0)
    for key, block in of.items():
        if block in lost:
            lost[block] += log2(1 + (counts.cells[key] or 0))
    return min(helps, key=lambda block: (round(lost[block] / helps[block], 6), str(block)), default=None)
