"""Measures over duties, and duties in numbers, as counts over rows that overlap.

Two measures may be over some of the same duties, of one office and period: what one shows is a part of what
the other does.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from closeout.duties.clauses import OPEN_STATES, State
from closeout.evidence.measures.declared import DUTY, OverDuties, Statistic
from closeout.evidence.suppression.laying import WHOLE, Figure, Named, Room, laid
from closeout.evidence.suppression.measured_counts import (
    counts_behind,
    figures_of,
    is_sum,
)
from closeout.evidence.suppression.offices import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from closeout.evidence.measures.measure import Measured
    from closeout.evidence.suppression.beside import ByOffice
    from closeout.evidence.suppression.overlapping import System

OFFICES = "office"
BY_DUTY = f"by {DUTY}"
_DENOMINATOR = "denominator"
_KINDS = {
    (Statistic.TIMELINESS, "numerator"): "in time",
    (Statistic.TIMELINESS, "rest"): "missed",
    (Statistic.CURRENCY, "numerator"): "current",
    (Statistic.CURRENCY, "rest"): "late",
    (Statistic.BACKLOG, "numerator"): "overdue",
}
_WIDER = {"in time": "done", "missed": "ever missed", "current": "open", "late": "overdue"}
"""What holds at least as many, of the same duties and office: who is late has an overdue duty, and what was
done in time in a period was done at all."""


class _Place(NamedTuple):
    """Which counts can be taken from each other: of what, and in which period; no period: as they stand."""

    of: str
    since: str = ""
    until: str = ""


def systems_of(
    groups: Mapping[str, Sequence[Measured]], tables: Iterable[ByOffice] = ()
) -> list[System[Named]]:
    """Return the counts over duties that can be taken from each other.

    Args:
        groups: Measures over the same rows, by what names the rows.
        tables: Duties in numbers that are shown beside the measures; other tables take no part.

    """
    in_numbers = [one for table in tables if table.duty for one in _of_table(table)]
    figures = [one for name, group in groups.items() for each in group for one in _of_measure(each, name)]
    newest = max((one.until for one in figures), default="")
    rooms: dict[_Place, list[Figure]] = defaultdict(list)
    for one in (*figures, *in_numbers):
        wide = _WIDER.get(one.kind, one.kind)
        is_standing = not one.since or (bool(in_numbers) and one.until == newest)
        rooms[_Place(wide) if is_standing else _Place(one.kind, one.since, one.until)].append(one)
    several = {room: some for room, some in rooms.items() if len({one.named.of for one in some}) > 1}
    return [laid(Room(some, room.of, BY_DUTY)) for room, some in several.items()]


def _of_measure(one: Measured, name: str) -> Iterator[Figure]:
    """Yield the counts of a measure over duties that are sums over them; of others none."""
    over = one.measure.over
    if not isinstance(over, OverDuties) or not is_sum(one):
        return
    every = frozenset(over.duties)
    for result, whose in figures_of(one):
        within = _within(whose)
        duties = frozenset({result.category or ""}) if within == BY_DUTY else every
        for cell, count in counts_behind(one, result, name, whose).items():
            if cell.part != _DENOMINATOR:
                named = Named(name, Block(whose, cell.since, cell.until))
                kind = _KINDS[over.statistic, cell.part]
                yield Figure(kind, duties, within, whose, cell.since, cell.until, count, named)


def _within(whose: str | None) -> str:
    """Return among what a figure is a part."""
    if whose is None:
        return WHOLE
    return whose.partition(": ")[0] if whose.startswith("by ") else OFFICES


def _of_table(table: ByOffice) -> Iterator[Figure]:
    """Yield the counts of a duty in one state, as a part of each kind that they are of."""
    of = frozenset({table.duty})
    for kind in _kinds_of(table):
        for office, count in table.offices.items():
            within = WHOLE if office is None else OFFICES
            named = Named(table.name, Block(office, "", ""))
            yield Figure(kind, of, within, office, "", "", count, named, part_of=kind)


def _kinds_of(table: ByOffice) -> Iterator[str]:
    if table.state == State.OVERDUE:
        yield "overdue"
    elif table.state in OPEN_STATES:
        yield "open"
    elif table.state == State.DONE:
        yield "done"
    if table.is_missed:
        yield "ever missed"
