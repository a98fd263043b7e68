"""Several exports beside each other: what one tells, another need not have withheld."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.evidence.suppression.audit import exposed
from closeout.evidence.suppression.cells import Counts, K, Sum, SuppressionError, Withheld
from closeout.evidence.suppression.search import withhold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from closeout.evidence.suppression.audit import Range

Export = tuple[Counts[K], Withheld[K]]


def given_away(first: Export[K], second: Export[K], also: Iterable[Sum[K]] = ()) -> Mapping[K, Range]:
    """Return the small counts that a reader of two exports learns more of than that they are withheld.

    Args:
        first: What was exported, with what was withheld. Cells with the same name are the same count.
        second: Another export.
        also: How cells of one add up with cells of the other, such as all offices and all offices but one.

    Returns:
        What can be inferred of each, none where the two may stand beside each other.

    Raises:
        SuppressionError: The two give different counts for the same cell, or do not add up.

    """
    both = _joined(first[0], second[0], tuple(also))
    told = _told(*first) | _told(*second)
    untold = frozenset(both.cells) - told
    small = both.small & untold
    return exposed(replace(both, unseen=both.unseen - told), Withheld(small, untold - small - both.unseen))


def withhold_beside(counts: Counts[K], earlier: Export[K], also: Iterable[Sum[K]] = ()) -> Withheld[K]:
    """Return which cells of an export must not be printed, when another was given out before.

    Args:
        counts: The cells of the new export.
        earlier: The export that was given out.
        also: How cells of one add up with cells of the other.

    Returns:
        The cells of the new export to withhold.

    Raises:
        SuppressionError: The earlier one already gives a small count away, or the two disagree.

    """
    both = _joined(counts, earlier[0], tuple(also))
    told = _told(*earlier)
    unseen = (both.unseen - told) | (frozenset(earlier[0].cells) - told - frozenset(counts.cells))
    found = withhold(replace(both, unseen=unseen, printed=both.printed | told))
    mine = frozenset(counts.cells)
    return Withheld(found.small & mine, found.others & mine, found.is_least)


def _told(counts: Counts[K], withheld: Withheld[K]) -> frozenset[K]:
    """Return the cells that a reader of an export is told."""
    return frozenset(key for key in counts.cells if not counts.is_unknown(key, withheld.cells))


def _joined(first: Counts[K], second: Counts[K], also: tuple[Sum[K], ...]) -> Counts[K]:
    for key in first.cells.keys() & second.cells.keys():
        if first.cells[key] != second.cells[key]:
            msg = f"{key} is {first.cells[key]} in one table and {second.cells[key]} in the other"
            raise SuppressionError(msg)
    return Counts(
        {**first.cells, **second.cells},
        tuple(dict.fromkeys((*first.sums, *second.sums, *also))),
        (first.unseen - frozenset(second.cells))
        | (second.unseen - frozenset(first.cells))
        | (first.unseen & second.unseen),
        first.printed | second.printed,
        max(first.threshold, second.threshold),
    )
