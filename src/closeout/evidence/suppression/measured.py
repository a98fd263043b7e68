"""Measures for export: figures that rest on small counts withheld, and others that would give them away.

Of a share the rows that do, those that do not and all of them are counts: none of the three may be small
and known, and a share is shown with all of them or not at all. Offices add up to the total, and periods that
overlap can be taken from each other. The parts of a breakdown add up to the total as offices do.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from closeout.evidence.figures import Outcome, without
from closeout.evidence.measures.declared import DUTY, OverDuties, Statistic
from closeout.evidence.measures.measure import Breakdown, Measured, Result, Shape, Verdict
from closeout.evidence.suppression.cells import THRESHOLD, Counts, Sum, Withheld
from closeout.evidence.suppression.nested import Nested, Slice, by_slice, further_blocks
from closeout.evidence.suppression.offices import Block, blocks_to_withhold
from closeout.evidence.suppression.people import counts_people, sums_people
from closeout.evidence.suppression.search import withhold_from

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence

    from closeout.evidence.figures import Figure

REASON = "Small counts, and figures from which they could be worked out, are not shown."
_PARTS: tuple[str, ...] = ("numerator", "rest", "denominator")
_ROWS = ("over", "duties", "sections")
_NARROWED = ("where", "on", "period", "office", "statistic")
_BY_DUTY = f"by {DUTY}: "
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


def suppress_measured(measured: Sequence[Measured], *, threshold: int = THRESHOLD) -> tuple[Measured, ...]:
    """Return measures as they may be exported.

    Args:
        measured: Every measure that is exported together: one may give away what another withholds.
        threshold: Counts from 1 to one below it are small.

    Returns:
        The same measures in the same order. A figure that cannot be shown is `Outcome.SUPPRESSED`, without
        its counts and without a verdict beside its target. Measures that count no people are as they were.

    """
    groups = same_rows([one for one in measured if counts_people(one.measure)])
    counts = {name: counts_of(name, group, threshold) for name, group in groups.items()}
    withheld = {name: withheld_of(counts[name], len(group)) for name, group in groups.items()}
    besides: dict[str, set[Block]] = {name: set() for name in groups}
    figures = [_over_duties(one, name) for name, group in groups.items() for one in group]
    while told := further_blocks(_slices(figures, withheld), threshold):
        for name, block in told:
            besides[name].add(block)
        for name in {name for name, _ in told}:
            withheld[name] = withheld_of(counts[name], len(groups[name]), besides[name])
    return tuple(
        _shown(one, withheld[_population(one)]) if counts_people(one.measure) else one for one in measured
    )


def same_rows(measured: Sequence[Measured]) -> dict[str, list[Measured]]:
    """Return measures in groups that are over the same rows, so that one may give another away."""
    groups: dict[str, list[Measured]] = {}
    for one in measured:
        groups.setdefault(_population(one), []).append(one)
    return groups


def together(measured: Sequence[Measured]) -> list[list[Measured]]:
    """Return measures in groups that are withheld together: over the same rows, or over each other's."""
    groups: dict[str, list[Measured]] = {}
    for name, group in same_rows(measured).items():
        over = group[0].measure.over
        family = over.statistic.value if isinstance(over, OverDuties) and _is_sum(group[0]) else name
        groups.setdefault(family, []).extend(group)
    return list(groups.values())


def _is_sum(one: Measured) -> bool:
    """Say whether a measure's counts are sums over its duties, so that others may be taken from them."""
    over = one.measure.over
    is_sum = isinstance(over, OverDuties) and over.statistic is not Statistic.CASES
    return is_sum and counts_people(one.measure)


class _Figure(NamedTuple):
    """One figure of a measure over duties: which duties, what is withheld with it, and its counts."""

    duties: frozenset[str]
    block: tuple[str, Block]
    counts: tuple[tuple[Cell, int | None, Slice], ...]
    is_duty: bool
    """Whether it is the part of a breakdown by duty."""

    def is_hidden(self, withheld: Mapping[str, Withheld[Cell]]) -> bool:
        """Say whether it is not shown for its own counts."""
        return any(key in withheld[self.block[0]] for key, _, _ in self.counts)


def _over_duties(one: Measured, population: str) -> list[_Figure]:
    """Return the figures of a measure over duties; none of others."""
    over = one.measure.over
    if not isinstance(over, OverDuties) or not _is_sum(one):
        return []
    every, found = frozenset(over.duties), []
    for result, whose in (*((each, each.office_id) for each in _results(one)), *_of_breakdowns(one)):
        is_duty = bool(whose) and str(whose).startswith(_BY_DUTY)
        parts = _parts(one, result, population, whose)
        office = None if is_duty else whose
        counts = [
            (key, count, Slice(over.statistic.value, key.part, office, *key[3:]))
            for key, count in parts.items()
        ]
        block = Block(whose, *next(iter(parts))[3:])
        duties = frozenset({result.category or ""}) if is_duty else every
        found.append(_Figure(duties, (population, block), tuple(counts), is_duty))
    return found


def _slices(
    figures: Sequence[Sequence[_Figure]], withheld: Mapping[str, Withheld[Cell]]
) -> list[list[Nested[tuple[str, Block]]]]:
    """Return the counts over duties that can be taken from each other, as they would be shown."""
    return by_slice(found for mine in figures for found in _nested(mine, withheld))


def _nested(
    mine: Sequence[_Figure], withheld: Mapping[str, Withheld[Cell]]
) -> Iterator[tuple[Slice, Nested[tuple[str, Block]]]]:
    """Yield the counts of one measure's figures, with what they can be taken from."""
    are_shown = not any(each.is_duty and each.is_hidden(withheld) for each in mine)
    for each in mine:
        is_hidden = not are_shown if each.is_duty else each.is_hidden(withheld)
        for key, count, place in each.counts:
            # Of single duties that are hidden with the rest, only those that have to be need protection.
            is_told = not each.is_duty or are_shown or key in withheld[each.block[0]]
            if count is not None and is_told:
                yield place, Nested(each.duties, count, is_hidden, each.block)


def counts_of(population: str, group: Sequence[Measured], threshold: int = THRESHOLD) -> Counts[Cell]:
    """Return the counts of measures over the same rows, with how they add up."""
    cells: dict[Cell, int | None] = {}
    sums: list[Sum[Cell]] = []
    unseen: set[Cell] = set()
    blocks: dict[Cell, Hashable] = {}
    for one in group:
        for result, whose in (*((each, each.office_id) for each in _results(one)), *_of_breakdowns(one)):
            parts = _parts(one, result, population, whose)
            cells |= parts
            block = Block(whose, *next(iter(parts))[3:])
            blocks |= dict.fromkeys(parts, block)
            if len(parts) == len(_PARTS):
                number, rest, whole = parts
                sums.append(Sum(whole, (number, rest)))
        for wholes in _partitions(one):
            _add_partition(one, wholes, population, cells, sums, unseen)
    return Counts(cells, tuple(dict.fromkeys(sums)), frozenset(unseen), threshold=threshold, blocks=blocks)


def withheld_of(counts: Counts[Cell], measures: int, besides: Collection[Block] = ()) -> Withheld[Cell]:
    """Return which counts of some measures over the same rows to withhold.

    Args:
        counts: Their counts.
        measures: How many measures they are. One that stands alone is protected by counting; several share
            denominators, and are looked at together.
        besides: Figures that are withheld in any case.

    """
    if not counts.small and not besides:
        return Withheld(frozenset())
    blocks = blocks_to_withhold(counts, besides)
    cells = frozenset(
        key for key, block in counts.blocks.items() if block in blocks and counts.may_be_withheld(key)
    )
    small = cells & counts.small
    if measures == 1:
        return Withheld(small, cells - small, is_least=False)
    return withhold_from(counts, cells)


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


def _of_breakdowns(one: Measured) -> Iterator[tuple[Result, str]]:
    """Yield the parts of the breakdowns, each with a name that no office has."""
    for each in one.breakdowns:
        yield from ((part, f"by {each.by}: {part.category}") for part in each.parts)


def _partitions(one: Measured) -> list[list[tuple[Result, str | None]]]:
    """Return what adds up to the total: the offices, and the parts of each breakdown."""
    found: list[list[tuple[Result, str | None]]] = [[(each, each.office_id) for each in one.offices]]
    named = list(_of_breakdowns(one))
    for each in one.breakdowns:
        start = f"by {each.by}: "
        found += [[(part, name) for part, name in named if name.startswith(start)]]
    return [some for some in found if some]


def _cell(one: Measured, result: Result, part: str, population: str, whose: str | None) -> Cell:
    shared = population if part == "denominator" else one.measure.code
    since = result.since.isoformat() if result.since else ""
    return Cell(shared, part, whose, since, result.until.isoformat())


def _parts(one: Measured, result: Result, population: str, whose: str | None) -> dict[Cell, int | None]:
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
    for key in _parts(one, one.total, population, None):
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


def _shown(one: Measured, withheld: Withheld[Cell]) -> Measured:
    population = _population(one)

    def shown(result: Result, whose: str | None) -> Result:
        if not any(key in withheld for key in _parts(one, result, population, whose)):
            return result
        is_exposure = one.measure.shape is Shape.RATE and not sums_people(one.measure)
        exposure = result.figure.denominator if is_exposure else None
        return replace(result, figure=_without(result.figure, exposure), verdict=Verdict.NOT_ASSESSED)

    parts = iter([shown(part, name) for part, name in _of_breakdowns(one)])
    return replace(
        one,
        total=shown(one.total, None),
        offices=tuple(shown(result, result.office_id) for result in one.offices),
        series=tuple(shown(result, result.office_id) for result in one.series),
        breakdowns=tuple(
            _whole_or_not(each, tuple(next(parts) for _ in each.parts)) for each in one.breakdowns
        ),
    )


def _whole_or_not(before: Breakdown, parts: tuple[Result, ...]) -> Breakdown:
    """Return a breakdown with what is withheld; by duty all of it if any is.

    Other measures tell of single duties: what stands there would give away what is withheld here.
    """
    is_touched = parts != before.parts
    if is_touched and before.by == DUTY:
        parts = tuple(
            replace(part, figure=_without(part.figure, None), verdict=Verdict.NOT_ASSESSED) for part in parts
        )
    return replace(before, parts=parts)


def _without(figure: Figure, exposure: float | None) -> Figure:
    """Return a figure without its value and its counts; of a rate, what it is over is no count."""
    outcome = Outcome.SUPPRESSED if figure.value is not None else figure.outcome
    return without(outcome, REASON, denominator=exposure)
