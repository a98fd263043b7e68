"""Measures for export: figures that rest on small counts withheld, and others that would give them away.

Of a share the rows that do, those that do not and all of them are counts: none of the three may be small
and known, and a share is shown with all of them or not at all. Offices add up to the total. Periods that
overlap are sums of the shorter stretches between their ends, which nobody prints.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from closeout.evidence.figures import Outcome, without
from closeout.evidence.measures.measure import Measured, Result, Shape, Verdict
from closeout.evidence.suppression.audit import is_possible
from closeout.evidence.suppression.cells import THRESHOLD, Counts, Sum
from closeout.evidence.suppression.search import withhold

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from closeout.evidence.figures import Figure
    from closeout.evidence.suppression.cells import Withheld

REASON = "Small counts, and figures from which they could be worked out, are not shown."
_PARTS: tuple[str, ...] = ("numerator", "rest", "denominator")
_ROWS = ("over", "duties", "sections")
_NARROWED = ("where", "on", "period", "office", "statistic")
_NOTHING = (Outcome.NO_DATA, Outcome.NO_RULE)


class Cell(NamedTuple):
    """One count of a measure. Measures over the same rows share their denominators."""

    of: str
    part: str
    """`numerator`, `rest` or `denominator`; `stretch …` for what only sums are made of."""
    office: str | None
    since: str
    until: str


def suppress_measured(measured: Sequence[Measured], *, threshold: int = THRESHOLD) -> tuple[Measured, ...]:
    """Return measures as they may be exported.

    Args:
        measured: Every measure that is exported together: one may give away what another withholds.
        threshold: Counts from 1 to one below it are small.

    Returns:
        The same measures in the same order. A figure that cannot be shown is `Outcome.SUPPRESSED`, without
        its counts and without a verdict beside its target.

    """
    groups: dict[str, list[Measured]] = {}
    for one in measured:
        groups.setdefault(_population(one), []).append(one)
    withheld = {name: withhold(counts_of(name, group, threshold)) for name, group in groups.items()}
    return tuple(_shown(one, withheld[_population(one)]) for one in measured)


def counts_of(population: str, group: Sequence[Measured], threshold: int = THRESHOLD) -> Counts[Cell]:
    """Return the counts of measures over the same rows, with how they add up."""
    cells: dict[Cell, int | None] = {}
    sums: list[Sum[Cell]] = []
    unseen: set[Cell] = set()
    blocks: dict[Cell, Hashable] = {}
    for one in group:
        for result in _results(one):
            parts = _parts(one, result, population)
            cells |= parts
            blocks |= dict.fromkeys(parts, (result.office_id, result.since, result.until))
            if len(parts) == len(_PARTS):
                number, rest, whole = parts
                sums.append(Sum(whole, (number, rest)))
        _add_offices(one, population, cells, sums, unseen)
    plain = Counts(cells, tuple(dict.fromkeys(sums)), frozenset(unseen), threshold=threshold, blocks=blocks)
    overlapping = _with_stretches(plain)
    return overlapping if overlapping is not plain and is_possible(overlapping) else plain


def _population(one: Measured) -> str:
    """Return what names the rows that a measure is over: the same words, the same rows."""
    told = one.measure.definition
    said = {key: told[key] for key in _ROWS if key in told} or {"measure": one.measure.code}
    said |= {key: told[key] for key in _NARROWED if key in told}
    wholes = [(each.office_id, each.until.isoformat(), each.figure.denominator) for each in _results(one)]
    return json.dumps([said, wholes], sort_keys=True, default=str)


def _results(one: Measured) -> tuple[Result, ...]:
    return tuple(
        {
            (each.office_id, each.since, each.until): each for each in (*one.series, *one.offices, one.total)
        }.values()
    )


def _cell(one: Measured, result: Result, part: str, population: str) -> Cell:
    shared = population if part == "denominator" else one.measure.code
    since = result.since.isoformat() if result.since else ""
    return Cell(shared, part, result.office_id, since, result.until.isoformat())


def _parts(one: Measured, result: Result, population: str) -> dict[Cell, int | None]:
    """Return the counts behind a figure; None for one that exists and is not known."""
    names = _PARTS
    if one.measure.shape is Shape.MEDIAN:
        names = ("denominator",)
    elif one.measure.shape is Shape.RATE or (
        one.measure.shape is Shape.COUNT and not one.measure.denominator
    ):
        names = ("numerator",)
    found = {name: _count(result.figure, name) for name in names}
    return {_cell(one, result, name, population): count for name, count in found.items()}


def _count(figure: Figure, part: str) -> int | None:
    missing = 0 if figure.outcome in _NOTHING else None
    numerator = missing if figure.numerator is None else figure.numerator
    denominator = missing if figure.denominator is None else round(figure.denominator)
    if part == "numerator":
        return numerator
    if part == "denominator":
        return denominator
    return None if numerator is None or denominator is None else denominator - numerator


def _add_offices(
    one: Measured, population: str, cells: dict[Cell, int | None], sums: list[Sum[Cell]], unseen: set[Cell]
) -> None:
    """Add that the offices add up to the total; what is left over has no office, and may be small too."""
    if not one.offices:
        return
    for key in _parts(one, one.total, population):
        offices = tuple(_cell(one, office, key.part, population) for office in one.offices)
        known = [cells[office] for office in offices]
        total = cells[key]
        if total is None or None in known:
            continue
        over = total - sum(count for count in known if count is not None)
        if over < 0:  # rows counted for more than one office: the parts are no parts
            continue
        if over:
            left = key._replace(office="no office")
            cells[left] = over
            unseen.add(left)
            offices = (*offices, left)
        sums.append(Sum(key, offices))


def _with_stretches(counts: Counts[Cell]) -> Counts[Cell]:
    """Return the counts with periods that overlap as sums of stretches; the same where none do."""
    lines: dict[tuple[str, str], list[Cell]] = {}
    for key in counts.cells:
        if key.since and key.office is None:
            lines.setdefault((key.of, key.part), []).append(key)
    cells, sums, unseen = dict(counts.cells), list(counts.sums), set(counts.unseen)
    for line in lines.values():
        if any(
            later.since <= earlier.until
            for earlier, later in pairwise(sorted(line, key=lambda key: key.until))
        ):
            for total, parts in _stretches(line):
                cells |= dict.fromkeys(parts)
                unseen.update(parts)
                sums.append(Sum(total, parts))
    if len(cells) == len(counts.cells):
        return counts
    return replace(counts, cells=cells, sums=tuple(sums), unseen=frozenset(unseen))


def _stretches(line: Iterable[Cell]) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
    """Yield each period with the stretches it is made of, cut wherever a period begins or has ended."""
    periods = {key: (key.since, _day_after(key.until)) for key in line}
    cuts = sorted({cut for ends in periods.values() for cut in ends})
    for key, (first, end) in periods.items():
        inside = [cut for cut in cuts if first <= cut <= end]
        made = [
            key._replace(part=f"stretch {key.part}", since=one, until=other)
            for one, other in pairwise(inside)
        ]
        yield key, tuple(made)


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _shown(one: Measured, withheld: Withheld[Cell]) -> Measured:
    population = _population(one)

    def shown(result: Result) -> Result:
        if not any(key in withheld for key in _parts(one, result, population)):
            return result
        exposure = result.figure.denominator if one.measure.shape is Shape.RATE else None
        return replace(result, figure=_without(result.figure, exposure), verdict=Verdict.NOT_ASSESSED)

    return replace(
        one,
        total=shown(one.total),
        offices=tuple(shown(result) for result in one.offices),
        series=tuple(shown(result) for result in one.series),
    )


def _without(figure: Figure, exposure: float | None) -> Figure:
    """Return a figure without its value and its counts; of a rate, what it is over is no count."""
    outcome = Outcome.SUPPRESSED if figure.value is not None else figure.outcome
    return without(outcome, REASON, denominator=exposure)
