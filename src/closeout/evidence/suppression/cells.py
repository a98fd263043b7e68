"""Counts that will be printed, and how they add up: what an attacker has to work with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

K = TypeVar("K", bound="Hashable")
THRESHOLD = 11
"""The smallest count that may be printed, apart from zero (the CMS cell size policy)."""


class SuppressionError(ValueError):
    """Counts do not add up as they are said to, or what is printed already leaves nothing to protect them."""


@dataclass(frozen=True, slots=True)
class Sum(Generic[K]):
    """A cell that is the sum of others."""

    total: K
    parts: tuple[K, ...]


@dataclass(frozen=True, slots=True)
class Counts(Generic[K]):
    """Cells of one or more tables, with every relation between them that a reader can know.

    Attributes:
        cells: Each cell's count, zero or more, in the order of print; None where nobody knows it (then it is
            never printed either).
        sums: The relations.
        unseen: Cells that are not printed whatever they hold, such as rows without an office.
        printed: Cells that were printed already, elsewhere, and cannot be withheld any more.
        threshold: Counts from 1 to one below it are small.
        blocks: Cells that are printed or withheld together, such as those behind one share: the name of the
            block of each.

    """

    cells: Mapping[K, int | None]
    sums: tuple[Sum[K], ...] = ()
    unseen: frozenset[K] = frozenset()
    printed: frozenset[K] = frozenset()
    threshold: int = THRESHOLD
    blocks: Mapping[K, Hashable] = field(default_factory=dict)
    small: frozenset[K] = field(init=False)
    """Every cell, seen or not, that nobody may be able to work out."""

    def __post_init__(self) -> None:
        """Refuse negative counts and sums that do not add up."""
        for key, count in self.cells.items():
            if count is not None and count < 0:
                msg = f"{key}: a count cannot be {count}"
                raise SuppressionError(msg)
        for one in self.sums:
            self._check(one)
        small = frozenset(key for key, count in self.cells.items() if count and count < self.threshold)
        object.__setattr__(self, "small", small - self.printed)

    def _check(self, one: Sum[K]) -> None:
        lacking = [key for key in (one.total, *one.parts) if key not in self.cells]
        if lacking:
            msg = f"{one.total} adds up cells that are not there: {lacking[0]}"
            raise SuppressionError(msg)
        counts = [self.cells[key] for key in (one.total, *one.parts)]
        known = [count for count in counts if count is not None]
        if len(known) == len(counts) and known[0] != sum(known[1:]):
            msg = f"{one.total} is {known[0]}, and its parts add up to {sum(known[1:])}"
            raise SuppressionError(msg)

    def may_be_withheld(self, key: K) -> bool:
        """Say whether a cell is printed unless it is withheld, and holds something: a zero always stays."""
        return key not in self.unseen and key not in self.printed and bool(self.cells[key])

    def block(self, key: K) -> Hashable:
        """Return the name of a cell's block; the cell itself where it stands alone."""
        return self.blocks.get(key, key)

    def with_blocks(self, keys: frozenset[K]) -> frozenset[K]:
        """Return cells with all that are withheld together with them."""
        names = {self.blocks[key] for key in keys if key in self.blocks}
        return keys | {
            key for key, name in self.blocks.items() if name in names and self.may_be_withheld(key)
        }

    def is_unknown(self, key: K, withheld: frozenset[K]) -> bool:
        """Say whether a reader is not told a cell."""
        return key in withheld or key in self.unseen or self.cells[key] is None

    def least(self, key: K) -> int:
        """Return the least that a cell can hold that is not told: a zero is always printed."""
        return 1 if self.may_be_withheld(key) else 0


@dataclass(frozen=True, slots=True)
class Withheld(Generic[K]):
    """Which cells are not printed.

    Attributes:
        small: Those with small counts.
        others: Those withheld so that the small ones cannot be worked out from sums.
        is_least: It is proven that no choice of `others` loses less information.

    """

    small: frozenset[K]
    others: frozenset[K] = frozenset()
    is_least: bool = True

    @property
    def cells(self) -> frozenset[K]:
        """Return every cell that is withheld."""
        return self.small | self.others

    def __contains__(self, key: object) -> bool:
        return key in self.small or key in self.others
