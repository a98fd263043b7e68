"""Counts that are the same in every office or period: what is withheld of one is withheld of each.

Two figures of different names may have the same rows behind them. Each would protect its small counts in its
own way, and together they would show what each withholds.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from closeout.evidence.suppression.cells import Counts
from closeout.evidence.suppression.laying import Named
from closeout.evidence.suppression.measured_counts import Cell
from closeout.evidence.suppression.offices import Block, blocks_to_withhold

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence

_FEWEST = 2
"""Counts that are not zero, from which on being the same is no chance worth reckoning with."""


class _Place(NamedTuple):
    """One count of a column: where it stands, how much it is, what it is shown with, and its cell."""

    at: str
    held: int
    named: Named
    cell: Hashable


@dataclass(frozen=True, slots=True)
class Column:
    """Counts of one kind, place by place.

    Attributes:
        figures: What names the figures that show them.
        cells: The counts' own names.
        needed: The blocks that have to be withheld for the sake of these counts; None: whichever are. Of a
            share that is withheld for few rows that do, how many rows there are may be told.

    """

    figures: tuple[Named, ...]
    cells: tuple[Hashable, ...]
    needed: frozenset[Block] | None

    def withholds(self, place: int, withheld: Collection[Named]) -> bool:
        """Say whether the count of a place must not be told."""
        named = self.figures[place]
        return named in withheld and (self.needed is None or named.block in self.needed)


def same_counts(counts: Mapping[str, Counts[Hashable]]) -> list[tuple[Column, ...]]:
    """Return the figures that rest on the same counts.

    Args:
        counts: The counts of everything that is exported, by what names their rows.

    Returns:
        Groups of columns that hold the same counts in the same places, as many in each.

    """
    columns: dict[tuple[tuple[str, int], ...], dict[str, tuple[str, list[_Place]]]] = defaultdict(dict)
    for name, each in counts.items():
        for column in _columns(name, each):
            held = sorted((one for one in column if one.held), key=lambda one: one.at)
            if len(held) >= _FEWEST:
                named = repr([one.named for one in held])
                columns[tuple((one.at, one.held) for one in held)][named] = name, held
    return [
        tuple(_made(counts[name], held) for name, held in found.values())
        for found in columns.values()
        if len(found) > 1
    ]


def _made(counts: Counts[Hashable], held: Sequence[_Place]) -> Column:
    cells = tuple(one.cell for one in held)
    return Column(tuple(one.named for one in held), cells, _needed(counts, cells[0]))


def _needed(counts: Counts[Hashable], cell: Hashable) -> frozenset[Block] | None:
    """Return what must be withheld where counts like a cell alone are shown; None where all there are."""
    if not isinstance(cell, Cell):
        return None
    mine = {
        key: count
        for key, count in counts.cells.items()
        if isinstance(key, Cell) and (key.of, key.part) == (cell.of, cell.part)
    }
    if len(mine) == len(counts.cells):
        return None
    sums = tuple(one for one in counts.sums if all(part in mine for part in (one.total, *one.parts)))
    blocks = {key: counts.blocks[key] for key in mine if key in counts.blocks}
    unseen = counts.unseen & mine.keys()
    return blocks_to_withhold(Counts(mine, sums, unseen, threshold=counts.threshold, blocks=blocks))


def further_same(same: Iterable[tuple[Column, ...]], withheld: Collection[Named]) -> set[Named]:
    """Return what has to be withheld because the same count is withheld under another name."""
    return {
        one.figures[place]
        for columns in same
        for place in range(len(columns[0].figures))
        if any(one.withholds(place, withheld) for one in columns)
        for one in columns
        if one.figures[place] not in withheld
    }


def told_elsewhere(
    same: Iterable[tuple[Column, ...]], withheld: Collection[Named]
) -> dict[str, frozenset[Hashable]]:
    """Return the counts of withheld figures that another figure shows, by what names their rows."""
    found: dict[str, set[Hashable]] = defaultdict(set)
    for columns in same:
        for place in range(len(columns[0].figures)):
            if all(one.figures[place] in withheld for one in columns):
                continue
            for one in columns:
                if one.figures[place] in withheld:
                    found[one.figures[place].of].add(one.cells[place])
    return {name: frozenset(cells) for name, cells in found.items()}


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
            found["period", *kind].append(_Place(" ".join(period), count, named, key))
        else:
            by = block.office.partition(": ")[0] if block.office.startswith("by ") else ""
            found["part", by, *period, *kind].append(_Place(block.office, count, named, key))
    yield from found.values()
