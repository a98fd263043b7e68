"""Measures for export: figures that rest on small counts withheld, and others that would give them away.

Of a share the rows that do, those that do not and all of them are counts: none of the three may be small
and known, and a share is shown with all of them or not at all. Offices add up to the total, and periods that
overlap can be taken from each other. The parts of a breakdown add up to the total as offices do.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.evidence.figures import Outcome, without
from closeout.evidence.measures.declared import DUTY
from closeout.evidence.measures.measure import Breakdown, Measured, Result, Shape, Verdict
from closeout.evidence.suppression.cells import THRESHOLD
from closeout.evidence.suppression.measured_counts import counts_behind, parts_of_breakdowns, population_of
from closeout.evidence.suppression.people import counts_people, sums_people
from closeout.evidence.suppression.withheld import withheld_together

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from closeout.evidence.figures import Figure
    from closeout.evidence.suppression.beside import ByOffice
    from closeout.evidence.suppression.cells import Withheld
    from closeout.evidence.suppression.measured_counts import Cell

REASON = "Small counts, and figures from which they could be worked out, are not shown."


def suppress_measured(measured: Sequence[Measured], *, threshold: int = THRESHOLD) -> tuple[Measured, ...]:
    """Return measures as they may be exported.

    Args:
        measured: Every measure that is exported together: one may give away what another withholds.
        threshold: Counts from 1 to one below it are small.

    Returns:
        The same measures in the same order. A figure that cannot be shown is `Outcome.SUPPRESSED`, without
        its counts and without a verdict beside its target. Measures that count no people are as they were.

    """
    return suppress_beside(measured, (), threshold=threshold)[0]


def suppress_beside(
    measured: Sequence[Measured], tables: Sequence[ByOffice], *, threshold: int = THRESHOLD
) -> tuple[tuple[Measured, ...], Mapping[str, frozenset[str | None]]]:
    """Return measures as they may be exported beside counts by office, and the offices to withhold of these.

    Args:
        measured: As for `suppress_measured`.
        tables: Counts by office that are exported with them.
        threshold: Counts from 1 to one below it are small.

    Returns:
        The measures; and by the name of each table the offices whose counts are not shown, None among them
        where all together are not.

    """
    people = [one for one in measured if counts_people(one.measure)]
    found = withheld_together(people, tables, threshold=threshold)
    shown = tuple(
        _shown(one, found.cells[population_of(one)]) if counts_people(one.measure) else one
        for one in measured
    )
    return shown, found.offices


def _shown(one: Measured, withheld: Withheld[Cell]) -> Measured:
    population = population_of(one)
    return hidden(
        one,
        lambda result, whose: any(key in withheld for key in counts_behind(one, result, population, whose)),
    )


def hidden(one: Measured, is_hidden: Callable[[Result, str | None], bool]) -> Measured:
    """Return a measure without some of its figures.

    Args:
        one: The measure.
        is_hidden: Says of a figure, and of the office or the part that it is of, whether it is not shown.

    """

    def shown(result: Result, whose: str | None) -> Result:
        if not is_hidden(result, whose):
            return result
        is_exposure = one.measure.shape is Shape.RATE and not sums_people(one.measure)
        exposure = result.figure.denominator if is_exposure else None
        return replace(result, figure=_without(result.figure, exposure), verdict=Verdict.NOT_ASSESSED)

    parts = iter([shown(part, name) for part, name in parts_of_breakdowns(one)])
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
