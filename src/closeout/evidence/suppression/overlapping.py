"""Counts over rows that overlap: what all that is shown tells of a small one, by linear programming.

The rows are laid into atoms, as fine as any two counts tell them apart; nobody prints the count of an atom.
Every count is a sum of atoms. A small count is safe when, with all that is shown as it is, it can hold the
largest small count as well as the least that it can hold at all; else figures that lose least are withheld
too. What is withheld is not shown again, so that a table that was found for a small count stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log2
from typing import TYPE_CHECKING, Any, Generic

from closeout.evidence.suppression.cells import K

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from closeout.evidence.suppression.cells import Counts
    from closeout.evidence.suppression.reaching import Reaching


@dataclass(frozen=True, slots=True)
class Line(Generic[K]):
    """A count over some atoms.

    Attributes:
        atoms: The atoms.
        count: The count.
        block: What it is shown or withheld with; None for one that nobody prints.
        is_told: Whether it is known in any case, since it is printed elsewhere.

    """

    atoms: tuple[int, ...]
    count: int
    block: K | None
    is_told: bool = False

    @property
    def least(self) -> int:
        """Return the least that it can hold while it is not shown: a zero is always printed."""
        return 0 if self.block is None else 1

    def is_hidden(self, withheld: Collection[K]) -> bool:
        """Say whether it is not shown when some blocks are withheld."""
        return not self.is_told and (self.block is None or self.block in withheld)


@dataclass(slots=True)
class System(Generic[K]):
    """Counts that can be taken from each other.

    Attributes:
        atoms: How many atoms there are.
        lines: The counts.
        sums: Atoms that are the sum of others, such as all offices together.
        at_most: Pairs of atoms of which the first holds no more than the second.

    """

    atoms: int = 0
    lines: list[Line[K]] = field(default_factory=list)
    sums: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    at_most: list[tuple[int, int]] = field(default_factory=list)

    def new(self) -> int:
        """Return another atom."""
        self.atoms += 1
        return self.atoms - 1

    def small(self, withheld: Collection[K], threshold: int) -> list[Line[K]]:
        """Return the small counts that are not shown."""
        return [one for one in self.lines if 0 < one.count < threshold and one.is_hidden(withheld)]

    def losses(self) -> dict[K, float]:
        """Return what is lost with each block: log2(1 + count) of each of its counts."""
        lost: dict[K, float] = {}
        for one in self.lines:
            if one.block is not None and not one.is_told:
                lost[one.block] = lost.get(one.block, 0.0) + log2(1 + one.count)
        return lost


def system_of(counts: Counts[Any]) -> System[Any]:
    """Return the counts of measures over the same rows, each an atom of its own, with how they add up."""
    system: System[Any] = System()
    atoms = {key: system.new() for key in counts.cells}
    for key, count in counts.cells.items():
        if count is not None:
            block = None if key in counts.unseen else counts.block(key)
            system.lines.append(Line((atoms[key],), count, block, key in counts.printed))
    system.sums += [(atoms[one.total], tuple(atoms[part] for part in one.parts)) for one in counts.sums]
    return system


def further_blocks(systems: Iterable[System[K]], withheld: Collection[K], threshold: int) -> set[K]:
    """Return the blocks that have to be withheld besides, so that no small count can be told.

    Args:
        systems: The counts; a block may have counts in several.
        withheld: The blocks that are withheld already, those of all small counts among them.
        threshold: Counts from 1 to one below it are small.

    """
    found: set[K] = set()
    for system in systems:
        gone = {*withheld, *found}
        if small := system.small(gone, threshold):
            from closeout.evidence.suppression.reaching import Reaching  # noqa: PLC0415 - seconds to load

            further = _protected(Reaching(system, small, gone), threshold)
            found |= set(system.losses()) if further is None else further
    return found


def _protected(reaching: Reaching[K], threshold: int) -> set[K] | None:
    """Return the blocks to withhold besides, until every small count can hold what it may.

    None where the counts do not fit each other: then nothing can be said of what they tell.
    """
    for is_up in (True, False):
        goals = [threshold - 1] * len(reaching.small) if is_up else reaching.floors()
        todo = [at for at, goal in enumerate(goals) if goal != reaching.small[at].count]
        first: int | None = None
        while todo:
            reached = reaching.together(goals, todo, first, is_up=is_up)
            if reached is None:
                return None
            if first is not None and first not in reached:
                reaching.let(first, goals[first], is_up=is_up)
                reached.add(first)
            todo = [at for at in todo if at not in reached]
            first = todo[0] if todo else None
    return reaching.further
