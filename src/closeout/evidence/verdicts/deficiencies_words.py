"""What inspections show in plain sentences, and what cannot be concluded from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.statistics.chance import p_words
from closeout.evidence.statistics.charts import Signal
from closeout.evidence.statistics.funnel import Position
from closeout.evidence.statistics.trend import Direction
from closeout.evidence.verdicts.ratings import drift
from closeout.reading.countwords import agreeing, counted, some_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from closeout.evidence.verdicts.deficiencies import DeficiencyAnalysis, FacilityFigures
    from closeout.evidence.verdicts.inspected import Inspected

_MOSTLY = 0.5
_CHARTS = {
    Signal.OUTSIDE: "is outside the limits of its chart",
    Signal.SHIFT: "is part of a run of seven on one side of the center line",
    Signal.TREND: "is part of a run of seven in one direction",
    Signal.NEAR_LIMIT: "is one of two in three near a limit",
}
_SHOWN = frozenset({Direction.INCREASING, Direction.DECREASING})


def signals(made: DeficiencyAnalysis) -> tuple[str, ...]:
    """Return what stands out, a sentence each: the whole first, then facilities by their codes."""
    said = []
    if made.trend.direction in _SHOWN and made.trend.slope is not None:
        said.append(
            f"All facilities: deficiencies per component are {made.trend.direction.value} by "
            f"{abs(made.trend.slope.slope):.4f} a quarter over {counted(made.trend.n, 'quarter')}."
        )
    for one in made.facilities:
        said += [*_in_funnel(one), *_in_chart(one), *_in_trend(one)]
    return tuple(said)


def _in_funnel(one: FacilityFigures) -> Iterator[str]:
    if one.placed is None or one.standardized is None or one.placed.position is Position.WITHIN:
        return
    yield (
        f"{one.facility_id}: {counted(one.standardized.observed, 'deficiency', 'deficiencies')} in "
        f"{counted(round(one.standardized.exposure), 'component')} where {one.standardized.expected:.1f} "
        f"were expected; {one.placed.position.value}."
    )


def _in_chart(one: FacilityFigures) -> Iterator[str]:
    if one.chart.points and one.chart.points[-1].signals:
        point = one.chart.points[-1]
        for signal in point.signals:
            yield f"{one.facility_id}: the inspection of {point.label} {_CHARTS[signal]}."


def _in_trend(one: FacilityFigures) -> Iterator[str]:
    if one.trend.direction in _SHOWN and one.trend.slope is not None and one.trend.adjusted_p is not None:
        yield (
            f"{one.facility_id}: deficiencies per component are {one.trend.direction.value} by "
            f"{abs(one.trend.slope.slope):.4f} a year over {counted(one.trend.n, 'inspection')} "
            f"({p_words(one.trend.adjusted_p)} after allowing for all facilities)."
        )


def cannot_conclude(
    made: DeficiencyAnalysis, everything: Sequence[Inspected], tables: Container[str]
) -> tuple[str, ...]:
    """Return what cannot be concluded from the inspections on record, a sentence each."""
    if not everything:
        return ("The records hold no inspection that had ended: nothing can be said.",)
    return (
        *_about_exposure(made, everything),
        *_about_deficiencies(made, everything, tables),
        *_about_comparison(made),
        *_about_time(made, tables),
        *([words] if (words := drift(made.ratings)) else []),
    )


def _about_exposure(made: DeficiencyAnalysis, everything: Sequence[Inspected]) -> Iterator[str]:
    without = made.inspections - made.with_exposure
    if without:
        yield (
            f"{some_of(without, made.inspections, 'inspection')} {agreeing(without, 'does', 'do')} not say "
            "how many components were assessed. Without that exposure there is no rate, no comparison and no "
            "chart: a count of deficiencies grows with what was looked at."
        )
    unsaid = sum(not one.has_exposure and not one.found for one in everything)
    if unsaid and made.deficiencies:
        yield (
            f"{unsaid:,} of these {agreeing(unsaid, 'has', 'have')} no deficiency on record, either. A "
            "report whose findings are not tabulated is not a clean one."
        )


def _about_deficiencies(
    made: DeficiencyAnalysis, everything: Sequence[Inspected], tables: Container[str]
) -> Iterator[str]:
    if "deficiencies" not in tables:
        yield "The records hold no table of deficiencies: ratings alone do not say what was found."
    elif not made.deficiencies:
        yield "The records hold no deficiency: whether none was found or none was entered they do not say."
    uncoded = sum(not one.what for inspection in everything for one in inspection.found)
    if uncoded:
        yield (
            f"{counted(uncoded, 'deficiency carries', 'deficiencies carry')} no code: whether the same "
            "comes back cannot be followed."
        )
    if made.deficiencies and not made.repeats.could_match:
        yield (
            "No facility has two inspections with codes on record: repeats can only be counted as the "
            f"reports call them ({made.repeats.flagged} of {made.repeats.deficiencies})."
        )


def _about_comparison(made: DeficiencyAnalysis) -> Iterator[str]:
    if made.funnel is None and made.with_exposure:
        yield f"No deficiency was expected anywhere since {made.since}: facilities cannot be compared."
    if made.funnel is not None and made.funnel.phi is None:
        there = len(made.funnel.placed)
        some = f"Only {counted(there, 'facility', 'facilities')}" if there else "No facility"
        yield f"{some} can be compared: {made.funnel.note}."
    alone = [
        one.facility_id
        for one in made.facilities
        if one.standardized is not None and one.standardized.alone > _MOSTLY
    ]
    if alone:
        yield (
            f"{counted(len(alone), 'facility makes', 'facilities make')} up most of what was assessed by "
            f"the same standards and kind, with little else to be compared with: {', '.join(alone)}."
        )


def _about_time(made: DeficiencyAnalysis, tables: Container[str]) -> Iterator[str]:
    short = sum(one.trend.direction is Direction.TOO_SHORT for one in made.facilities)
    if short:
        facilities = some_of(short, len(made.facilities), "facility", "facilities")
        yield (
            f"{facilities} {agreeing(short, 'has', 'have')} fewer than 5 comparable inspections: no trend "
            "can be shown or ruled out there."
        )
    trial = sum(one.chart.is_trial for one in made.facilities if one.chart.points)
    if trial:
        facilities = counted(trial, "facility", "facilities")
        yield f"The chart limits of {facilities} rest on fewer than 12 points: a trial."
    if "corrective_actions" not in tables and made.deficiencies:
        yield "The records hold no corrective actions: how long until a fix is verified is not known."
    if shut := made.verified.closed_unverified:
        yield (
            f"{counted(shut, 'deficiency is', 'deficiencies are')} closed without a verified action: "
            "nobody saw the fix, and in the curve each counts as open."
        )
