"""The counts behind measures, by office, part and period, and how they add up.

Of a share the rows that do, those that do not and all of them are counts. Offices add up to the total, and so
do the parts of a breakdown; what is left over, since no office is recorded, nobody prints.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from closeout.evidence.figures import Outcome
from closeout.evidence.measures.declared import OverDuties, Statistic
from closeout.evidence.measures.measure import Shape
from closeout.evidence.suppression.cells import THRESHOLD, Counts, Sum
from closeout.evidence.suppression.offices import Block
from closeout.evidence.suppression.people import counts_people, sums_people

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from closeout.evidence.figures import Figure
    from closeout.evidence.measures.measure import Measured, Result

_PARTS: tuple[str, ...] = ("numerator", "rest", "denominator")
_ROWS = ("over", "duties", "sections")
_NARROWED = ("where", "on", "period", "office", "statistic")
_NOTHING = (Outcome.NO_DATA, Outcome.NO_RULE)


class Cell(NamedTuple):
    """One count of a measure. Measures over the same rows share their denominators."""

    of: str
    part: str
    """`numerator`, `rest` or `denominator`."""
    office: str | None
    """The office, or `by ...` for a part of a breakdown; None for all together."""
    since: str
    until: str


def same_rows(measured: Sequence[Measured]) -> dict[str, list[Measured]]:
    """Return measures in groups that are over the same rows, so that one may give another away."""
    groups: dict[str, list[Measured]] = {}
    for one in measured:
        groups.setdefault(population_of(one), []).append(one)
    return groups


def is_sum(one: Measured) -> bool:
    """Say whether a measure's counts are sums over its duties, so that others may be taken from them."""
    over = one.measure.over
    is_over_duties = isinstance(over, OverDuties) and over.statistic is not Statistic.CASES
    return is_over_duties and counts_people(one.measure)


def counts_of(population: str, group: Sequence[Measured], threshold: int = THRESHOLD) -> Counts[Cell]:
    """Return the counts of measures over the same rows, with how they add up."""
    cells: dict[Cell, int | None] = {}
    sums: list[Sum[Cell]] = []
    unseen: set[Cell] = set()
    blocks: dict[Cell, Hashable] = {}
    for one in group:
        for result, whose in figures_of(one):
            parts = counts_behind(one, result, population, whose)
            cells |= parts
            block = Block(whose, *next(iter(parts))[3:])
            blocks |= dict.fromkeys(parts, block)
            if len(parts) == len(_PARTS):
                number, rest, whole = parts
                sums.append(Sum(whole, (number, rest)))
        for wholes in partitions_of(one):
            _add_partition(one, wholes, population, cells, sums, unseen)
    return Counts(cells, tuple(dict.fromkeys(sums)), frozenset(unseen), threshold=threshold, blocks=blocks)


def population_of(one: Measured) -> str:
    """Return what names the rows that a measure is over: the same words, the same rows."""
    told = one.measure.definition
    said = {key: told[key] for key in _ROWS if key in told} or {"measure": one.measure.code}
    said |= {key: told[key] for key in _NARROWED if key in told}
    wholes = [(each.office_id, each.until.isoformat(), each.figure.denominator) for each in results_of(one)]
    return json.dumps([said, wholes], sort_keys=True, default=str)


def results_of(one: Measured) -> tuple[Result, ...]:
    """Return the figures of a measure by office, by period and in total, each once."""
    return tuple(
        {
            (each.office_id, each.since, each.until): each for each in (*one.series, *one.offices, one.total)
        }.values()
    )


def figures_of(one: Measured) -> Iterator[tuple[Result, str | None]]:
    """Yield every figure of a measure, with the office, or the part of a breakdown, that it is of."""
    yield from ((each, each.office_id) for each in results_of(one))
    yield from parts_of_breakdowns(one)


def parts_of_breakdowns(one: Measured) -> Iterator[tuple[Result, str]]:
    """Yield the parts of the breakdowns, each with a name that no office has."""
    for each in one.breakdowns:
        yield from ((part, f"by {each.by}: {part.category}") for part in each.parts)


def partitions_of(one: Measured) -> list[list[tuple[Result, str | None]]]:
    """Return what adds up to the total: the offices, and the parts of each breakdown."""
    found: list[list[tuple[Result, str | None]]] = [[(each, each.office_id) for each in one.offices]]
    named = list(parts_of_breakdowns(one))
    for each in one.breakdowns:
        start = f"by {each.by}: "
        found += [[(part, name) for part, name in named if name.startswith(start)]]
    return [some for some in found if some]


def _cell(one: Measured, result: Result, part: str, population: str, whose: str | None) -> Cell:
    shared = population if part == "denominator" else one.measure.code
    since = result.since.isoformat() if result.since else ""
    return Cell(shared, part, whose, since, result.until.isoformat())


def counts_behind(
    one: Measured, result: Result, population: str, whose: str | None
) -> dict[Cell, int | None]:
    """Return the counts behind a figure; None for one that exists and is not known."""
    names = _PARTS
    if one.measure.shape is Shape.MEDIAN:
        names = ("denominator",)
    elif sums_people(one.measure):
        names = ("numerator", "denominator")
    elif one.measure.shape is Shape.RATE or (
        one.measure.shape is Shape.COUNT and not one.measure.denominator
    ):
        names = ("numerator",)
    found = {name: _count(result.figure, name) for name in names}
    return {_cell(one, result, name, population, whose): count for name, count in found.items()}


def _count(figure: Figure, part: str) -> int | None:
    missing = 0 if figure.outcome in _NOTHING else None
    numerator = missing if figure.numerator is None else figure.numerator
    denominator = missing if figure.denominator is None else round(figure.denominator)
    if part == "numerator":
        return numerator
    if part == "denominator":
        return denominator
    return None if numerator is None or denominator is None else denominator - numerator


def _add_partition(
    one: Measured,
    wholes: Sequence[tuple[Result, str | None]],
    population: str,
    cells: dict[Cell, int | None],
    sums: list[Sum[Cell]],
    unseen: set[Cell],
) -> None:
    """Add that offices, or parts, add up to the total; what is left over has none, and may be small too."""
    for key in counts_behind(one, one.total, population, None):
        parts = tuple(_cell(one, part, key.part, population, name) for part, name in wholes)
        known = [cells[part] for part in parts]
        total = cells[key]
        over = (total or 0) - sum(count for count in known if count is not None)
        if total is None or over < 0:  # rows counted for more than one office: the parts are no parts
            continue
        if over and None not in known:
            left = key._replace(office=f"not in {wholes[0][1]}")
            cells[left] = over
            unseen.add(left)
            parts = (*parts, left)
        sums.append(Sum(key, parts))
