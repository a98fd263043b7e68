"""What has to be withheld of measures, and of counts by office beside them, that are exported together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from closeout.evidence.suppression.cells import THRESHOLD, Withheld
from closeout.evidence.suppression.families import BY_DUTY, systems_of
from closeout.evidence.suppression.laying import Named
from closeout.evidence.suppression.measured_counts import counts_of, same_rows
from closeout.evidence.suppression.offices import Block, blocks_to_withhold
from closeout.evidence.suppression.overlapping import further_blocks, system_of
from closeout.evidence.suppression.same_counts import further_same, same_counts, told_elsewhere

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from closeout.evidence.measures.measure import Measured
    from closeout.evidence.suppression.beside import ByOffice
    from closeout.evidence.suppression.cells import Counts


@dataclass(frozen=True, slots=True)
class Together:
    """What is withheld of everything that is exported together.

    Attributes:
        cells: Of measures, by what names their rows, their cells.
        offices: Of counts by office, by their name, the offices; None among them for all together.

    """

    cells: Mapping[str, Withheld[Any]]
    offices: Mapping[str, frozenset[str | None]]


def withheld_together(
    measured: Sequence[Measured], tables: Sequence[ByOffice] = (), *, threshold: int = THRESHOLD
) -> Together:
    """Return what has to be withheld, so that nothing that is shown tells a small count.

    Args:
        measured: Measures that count people.
        tables: Counts by office beside them.
        threshold: Counts from 1 to one below it are small.

    """
    groups = same_rows(measured)
    counts: dict[str, Counts[Any]] = {table.name: table.counts(threshold) for table in tables}
    counts |= {name: counts_of(name, group, threshold) for name, group in groups.items()}
    withholding = _Withholding(counts, {name: len(group) for name, group in groups.items()})
    withholding.settle()
    # What is withheld is never shown again: one look at what overlaps is enough.
    withholding.add(further_blocks(systems_of(groups, tables), withholding.blocks(), threshold))
    withholding.settle()
    while withholding.reckon_with_what_is_told():
        withholding.settle()
    return Together(
        {name: withholding.withheld[name] for name in groups},
        {table.name: frozenset(withholding.withheld[table.name].cells) for table in tables},
    )


class _Withholding:
    """What is withheld so far of each group of counts."""

    def __init__(self, counts: Mapping[str, Counts[Any]], measures: Mapping[str, int]) -> None:
        self.withheld: dict[str, Withheld[Any]] = {}
        self._blocks: dict[str, set[Named]] = {}
        self._counts, self._measures = dict(counts), measures
        self._duties = {name: _single_duties(name, each) for name, each in counts.items()}
        self._besides: dict[str, set[Block]] = defaultdict(set)
        self._same = same_counts(counts)
        for name in counts:
            self._again(name)

    def add(self, blocks: Collection[Named]) -> None:
        """Withhold figures besides, and what protects them; what was withheld before stays so."""
        touched = {one.of for one in blocks}
        for one in (*blocks, *(one for one in self.blocks() if one.of in touched)):
            self._besides[one.of].add(one.block)
        for name in sorted(touched):
            self._again(name)

    def settle(self) -> None:
        """Withhold the same counts wherever they stand."""
        while further := further_same(self._same, self.blocks()):
            self.add(further)

    def reckon_with_what_is_told(self) -> bool:
        """Protect figures anew of which another figure tells a count; say whether any was not yet so."""
        told = told_elsewhere(self._same, self.blocks())
        further = {name: cells for name, cells in told.items() if not cells <= self._counts[name].printed}
        for name, cells in further.items():
            counts = self._counts[name]
            self._counts[name] = replace(counts, printed=counts.printed | cells)
            self.add([one for one in self.blocks() if one.of == name])
        return bool(further)

    def blocks(self) -> set[Named]:
        """Return the figures that are withheld; of single duties all, where one is."""
        return {one for some in self._blocks.values() for one in some}

    def _again(self, name: str) -> None:
        counts, besides = self._counts[name], self._besides[name]
        several = 2 if counts.printed else self._measures.get(name, 1)
        self.withheld[name] = withheld_of(counts, several, besides)
        blocks = (counts.blocks.get(cell) for cell in self.withheld[name].cells)
        found = {Named(name, block) for block in blocks if isinstance(block, Block)}
        self._blocks[name] = found if found.isdisjoint(self._duties[name]) else found | self._duties[name]


def _single_duties(name: str, counts: Counts[Any]) -> frozenset[Named]:
    """Return the figures of single duties among some counts."""
    return frozenset(
        Named(name, block)
        for block in counts.blocks.values()
        if isinstance(block, Block) and str(block.office).startswith(f"{BY_DUTY}: ")
    )


def withheld_of(counts: Counts[Any], measures: int, besides: Collection[Block] = ()) -> Withheld[Any]:
    """Return which counts of some measures over the same rows to withhold.

    Args:
        counts: Their counts.
        measures: How many measures they are. One that stands alone is protected by counting; several share
            denominators, and are looked at together.
        besides: Figures that are withheld in any case.

    """
    if not counts.small and not besides:
        return Withheld(frozenset())
    blocks: set[Any] = {*blocks_to_withhold(counts, besides)}
    while further := _told_back(counts, blocks):
        blocks = {*blocks_to_withhold(counts, blocks | further)}
    if measures > 1:
        blocks |= further_blocks([system_of(counts)], blocks, counts.threshold)
    cells = frozenset(
        key for key, block in counts.blocks.items() if block in blocks and counts.may_be_withheld(key)
    )
    small = cells & counts.small
    return Withheld(small, cells - small, is_least=False)


def _told_back(counts: Counts[Any], blocks: Collection[Block]) -> set[Block]:
    """Return what to withhold so that withheld totals do not come back as sums of what is shown.

    A total adds up in more than one way: offices, and parts of a breakdown. Counting looks at one way at a
    time, and takes a withheld total for one that nobody knows. One part is enough, the one that loses least.
    """
    found = set()
    for one in counts.sums:
        whole = counts.blocks.get(one.total)
        parts = [part for part in one.parts if counts.cells[part] != 0]
        held = {part: counts.blocks.get(part) for part in parts}
        if whole not in blocks or not parts or whole in held.values():
            continue
        is_known = all(counts.cells[part] is not None for part in parts)
        if is_known and not any(block is None or block in blocks for block in held.values()):
            least = min(parts, key=lambda part: (counts.cells[part] or 0, str(held[part])))
            found.add(held[least])
    return {block for block in found if isinstance(block, Block)}
