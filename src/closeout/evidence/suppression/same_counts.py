"""Counts that are the same in every office or period: what is withheld of one is withheld of each.

Two figures of different names may have the same rows behind them. Each would protect its small counts in its
own way, and together they would show what each withholds.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from closeout.evidence.suppression.laying import Named
from closeout.evidence.suppression.measured_counts import Cell
from closeout.evidence.suppression.offices import Block

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping

    from closeout.evidence.suppression.cells import Counts

_FEWEST = 2
"""Counts that are not zero, from which on being the same is no chance worth reckoning with."""


class _Place(NamedTuple):
    """One count of a column: where it stands, how much it is, and what it is shown with."""

    at: str
    held: int
    named: Named


def same_counts(counts: Mapping[str, Counts[Hashable]]) -> list[tuple[tuple[Named, ...], ...]]:
    """Return the figures that rest on the same counts.

    Args:
        counts: The counts of everything that is exported, by what names their rows.

    Returns:
        Groups of columns that hold the same counts in the same places; each column is what names its figures,
        place by place, and all columns of a group are as long.

    """
    columns: dict[tuple[tuple[str, int], ...], dict[str, tuple[Named, ...]]] = defaultdict(dict)
    for name, each in counts.items():
        for column in _columns(name, each):
            held = sorted((one for one in column if one.held), key=lambda one: one.at)
            if len(held) >= _FEWEST:
                named = tuple(one.named for one in held)
                columns[tuple((one.at, one.held) for one in held)][repr(named)] = named
    return [tuple(found.values()) for found in columns.values() if len(found) > 1]


def further_same(same: Iterable[tuple[tuple[Named, ...], ...]], withheld: Collection[Named]) -> set[Named]:
    """Return what has to be withheld because the same count is withheld under another name."""
    return {
        one
        for columns in same
        for place in zip(*columns, strict=True)
        if any(one in withheld for one in place)
        for one in place
        if one not in withheld
    }


def _columns(name: str, counts: Counts[Hashable]) -> Iterator[list[_Place]]:
    """Yield the counts of one kind by office, by part of a breakdown, and in total by period."""
    found: dict[tuple[str, ...], list[_Place]] = defaultdict(list)
    for key, block in counts.blocks.items():
        count = counts.cells[key]
        if count is None or not isinstance(block, Block):
            continue
        kind = (key.of, key.part) if isinstance(key, Cell) else ()
        named = Named(name, block)
        period = (block.since, block.until)
        if block.office is None:
            found["period", *kind].append(_Place(" ".join(period), count, named))
        else:
            by = block.office.partition(": ")[0] if block.office.startswith("by ") else ""
            found["part", by, *period, *kind].append(_Place(block.office, count, named))
    yield from found.values()
