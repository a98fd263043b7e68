"""Figures over sets of duties laid into atoms: what one office, or one part, has of duties that go together.

Duties go together that the same figures are over. Of single duties the totals alone are broken down, so that
no atom is of one duty in one office unless duties in numbers are shown as well.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from closeout.evidence.suppression.overlapping import Line, System

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from closeout.evidence.suppression.offices import Block

WHOLE = ""
"""Where a figure is no part of another."""
_LEFT = "left of "
Duties: TypeAlias = "frozenset[str]"


class Named(NamedTuple):
    """What names a figure among all that are exported together."""

    of: str
    block: Block


class Figure(NamedTuple):
    """A count of one kind.

    Attributes:
        kind: What is counted.
        duties: Over which duties.
        within: Among what it is a part: the offices, or the parts of a breakdown; `WHOLE` if it is none.
        whose: Which part; None of a whole.
        since, until: The period.
        held: The count; None if nobody knows it.
        named: What it is shown or withheld with.
        part_of: The kind that it adds up to, with others named alike; empty if it is a kind of its own.

    """

    kind: str
    duties: Duties
    within: str
    whose: str | None
    since: str
    until: str
    held: int | None
    named: Named
    part_of: str = ""

    @property
    def of(self) -> tuple[str, str]:
        """Return what it counts: its kind and since when, or the table whose counts add up to the kind."""
        return (self.kind, f"of {self.named.of}") if self.part_of else (self.kind, self.since)


_Of: TypeAlias = "tuple[str, str]"


class Room(NamedTuple):
    """Figures that can be taken from each other, and the kind that holds at least as many as any other."""

    figures: Sequence[Figure]
    wide: str
    by_duty: str
    """What `within` is of single duties: of these totals alone are there, and all are shown or none."""


def laid(room: Room) -> System[Named]:
    """Return the figures of a room as sums of atoms."""
    laying = _Laying(room)
    laying.lines()
    laying.single_duties()
    laying.partitions()
    laying.wider()
    return laying.system


class _Laying:
    """Figures on their way to lines over atoms."""

    def __init__(self, room: Room) -> None:
        self.system: System[Named] = System()
        self._wide: _Of = (room.wide, "")
        self._single = [one for one in room.figures if one.within == room.by_duty]
        self._figures = [one for one in room.figures if one.within != room.by_duty]
        sets = {one.duties for one in self._figures}
        self._classes = _classes(sets)
        self._inside = {some: [each for each in self._classes if each <= some] for some in sets}
        self._atoms: dict[tuple[_Of, Duties, str | None], int] = {}
        self._wholes = {
            (one.of, one.named.of, one.duties): one.held for one in self._figures if one.whose is None
        }

    def lines(self) -> None:
        """Lay what is known of whole sets of duties."""
        for one in self._figures:
            if one.held is not None:
                self._line(one.of, one.duties, one.whose, one.held, one.named)

    def single_duties(self) -> None:
        """Lay totals of single duties; they are withheld with the largest of them."""
        measures: dict[tuple[_Of, str], list[Figure]] = defaultdict(list)
        for one in self._single:
            measures[one.of, one.named.of].append(one)
        for (of, name), parts in measures.items():
            named = max(parts, key=lambda one: (one.held or 0, one.named)).named
            atoms: dict[str, int] = {}
            for one in parts:
                (duty,) = one.duties
                atoms[duty] = self.system.new()
                if one.held is not None:
                    self.system.lines.append(Line((atoms[duty],), one.held, named))
            every, whole = next(
                (key[2], count) for key, count in self._wholes.items() if key[:2] == (of, name)
            )
            if whole == sum(one.held or 0 for one in parts):
                for each in self._inside[every]:
                    some = tuple(atoms[duty] for duty in sorted(each) if duty in atoms)
                    self.system.sums.append((self._atom(of, each, None), some))

    def partitions(self) -> None:
        """Lay how offices, and the parts of breakdowns, add up to wholes."""
        found: dict[tuple[_Of, str], dict[tuple[str, Duties], dict[str | None, int | None]]] = {}
        for one in self._figures:
            if one.within != WHOLE:
                members = found.setdefault((one.of, one.within), {})
                members.setdefault((one.named.of, one.duties), {})[one.whose] = one.held
        for (of, within), members in found.items():
            self._partition(of, within, members)

    def _partition(
        self, of: _Of, within: str, members: dict[tuple[str, Duties], dict[str | None, int | None]]
    ) -> None:
        everyone = list(dict.fromkeys(whose for parts in members.values() for whose in parts))
        left = {key: _left(self._wholes.get((of, *key)), parts.values()) for key, parts in members.items()}
        for (_, duties), parts in members.items():
            for whose in everyone:
                if whose not in parts:
                    self._line(of, duties, whose, 0, None)
        for each in self._classes:
            over = [left[name, duties] for name, duties in members if each <= duties]
            if over and all(one is not None and one >= 0 for one in over):
                rest = [f"{_LEFT}{within}"] if all(over) else []
                atoms = tuple(self._atom(of, each, whose) for whose in (*everyone, *rest))
                self.system.sums.append((self._atom(of, each, None), atoms))
        for (_, duties), some in zip(members, left.values(), strict=True):
            if some and some > 0:
                self._line(of, duties, f"{_LEFT}{within}", some, None)

    def wider(self) -> None:
        """Lay what tables add up to, and what can be no more than that."""
        tables: dict[tuple[Duties, str | None], list[int]] = defaultdict(list)
        for one in self._figures:
            if one.part_of:
                tables[one.duties, one.whose].append(self._atom(one.of, one.duties, one.whose))
        offices = {whose for _, whose in tables}
        for each in self._classes if tables else ():
            for whose in sorted(offices, key=str):
                parts = tuple(tables.get((each, whose), ()))
                self.system.sums.append((self._atom(self._wide, each, whose), parts))
        for (of, duties, whose), atom in list(self._atoms.items()):
            wider = self._atoms.get((self._wide, duties, whose))
            if of[0] != self._wide[0] and wider is not None:
                self.system.at_most.append((atom, wider))

    def _atom(self, of: _Of, duties: Duties, whose: str | None) -> int:
        key = (of, duties, whose)
        if key not in self._atoms:
            self._atoms[key] = self.system.new()
        return self._atoms[key]

    def _line(self, of: _Of, duties: Duties, whose: str | None, count: int, named: Named | None) -> None:
        atoms = tuple(self._atom(of, each, whose) for each in self._inside[duties])
        self.system.lines.append(Line(atoms, count, named))


def _classes(sets: Iterable[Duties]) -> list[Duties]:
    """Return the duties in groups that lie in the same sets."""
    within: dict[str, list[int]] = defaultdict(list)
    for place, some in enumerate(sorted(sets, key=sorted)):
        for duty in some:
            within[duty].append(place)
    groups: dict[tuple[int, ...], set[str]] = defaultdict(set)
    for duty, places in within.items():
        groups[tuple(places)].add(duty)
    return sorted((frozenset(duties) for duties in groups.values()), key=sorted)


def _left(whole: int | None, parts: Iterable[int | None]) -> int | None:
    """Return what is left of a whole; 0 where a part is not known, None where there is no whole."""
    counts = list(parts)
    if whole is None:
        return None
    return whole - sum(count for count in counts if count is not None) if None not in counts else 0
