"""Group 20: what a staffing run says of offices: whose need is known, on what it rests, who is there for it.

Need, hours and caseloads are those of `closeout.workload`; nothing is worked out anew here. A run without
draws has no intervals, and none is made up for it: what such a figure says of its target is not established.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.figures import Figure, Outcome, without
from closeout.evidence.measures.measure import Verdict
from closeout.evidence.measures.run_tally import NO_OFFICE
from closeout.evidence.measures.special_figures import counted, shared
from closeout.evidence.measures.targets import verdict
from closeout.reading import countwords
from closeout.workload.figures import ORPHANED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from closeout.evidence.measures.measure import Measure
    from closeout.workload.figures import Need, OfficerHours, Staffing

NOBODYS = "(no office)"
"""What the run calls the work that no office is recorded for."""
SURE = 0.9
"""From this probability on an office is short beyond doubt; at one less it or below it is not."""
WITHOUT_DRAWS = "no interval: the run was made without draws"
_LEVEL = 0.95
_PRESSURE = "pressure_95"
_MOST = 3
_NOT_WORKED_OUT = "hours and need could not be worked out from these records"
_NOBODY = "the records hold no officer with paid hours"
_UNSURE = {
    Verdict.MET: Verdict.MET_NOT_ESTABLISHED,
    Verdict.NOT_MET: Verdict.NOT_MET_NOT_ESTABLISHED,
}


def staffing_figure(code: str, made: Staffing | None, office: str | None = None) -> Figure:
    """Return the figure of one measure of staffing.

    Args:
        code: The measure's code.
        made: The run; None where the records do not allow one.
        office: The office; None for all, `NO_OFFICE` for work that none is recorded for.

    Returns:
        The figure; not assessed where nobody has defined the code.

    """
    of = FIGURES.get(code)
    if of is None:
        return without(Outcome.NOT_ASSESSED, f"no figure of staffing is called {code}")
    if made is None:
        return without(Outcome.NO_DATA, _NOT_WORKED_OUT)
    if made.nation.paid_hours <= 0 and code != "duties-with-weight":
        return without(Outcome.NO_DATA, _NOBODY)
    return of(made, NOBODYS if office == NO_OFFICE else office)


def staffing_offices(code: str, made: Staffing | None) -> tuple[str, ...]:
    """Return the offices that a measure of staffing is given for, in order; last `NO_OFFICE` where it counts.

    Args:
        code: The measure's code. `offices-short` is a number of offices, and given for all together alone.
        made: The run; None where there is none.

    """
    if made is None or code not in FIGURES or code == "offices-short":
        return ()
    named = tuple(one.office_id for one in made.offices if one.office_id and one.office_id != NOBODYS)
    if code == "duties-with-weight":
        has_more = any(one.office_id == NOBODYS and one.owed for one in made.offices)
    else:
        has_more = code in _OF_OFFICERS and any(one.office_id == NOBODYS for one in made.officers)
    return (*named, NO_OFFICE) if has_more else named


def staffing_verdict(figure: Figure, measure: Measure) -> Verdict:
    """Return what a figure says beside its target; an estimate without an interval establishes nothing."""
    said = verdict(figure, measure)
    is_estimate = measure.code == "officers-per-need" and not figure.method
    return _UNSURE.get(said, said) if is_estimate else said


def counts_officers_or_cases(code: str) -> bool:
    """Say whether a measure of staffing counts people, so that its small counts are withheld."""
    return code not in {"staffing-need-known", "offices-short"}


def _need_known(made: Staffing, office: str | None) -> Figure:
    """Return for how many offices with officers the need could be worked out."""
    mine = [one for one in _offices(made, office) if one.office_id != NOBODYS and one.paid_hours > 0]
    lacking = [f"{one.office_id}: {one.reason}" for one in mine if one.need_fte is None]
    more = f"; and {countwords.counted(len(lacking) - _MOST, 'other office')}" if len(lacking) > _MOST else ""
    nothing = "no officer with paid hours is there"
    return shared(
        len(mine) - len(lacking), len(mine), nothing=nothing, note="; ".join(lacking[:_MOST]) + more
    )


def _with_weight(made: Staffing, office: str | None) -> Figure:
    """Return how many of the duties called for in the run's months have minutes that still hold.

    Every duty called for is looked at, and those of one activity stand or fall together: there is no sample,
    and so no interval.
    """
    months = made.parameters.months
    mine = _offices(made, office)
    called = sum(round(one.owed * months) for one in mine)
    weighed = sum(round(one.owed * one.coverage * months) for one in mine)
    if not called:
        return without(Outcome.NO_DATA, "the rules call for no duty there", denominator=0)
    lacking = _row(made, office).reason if weighed < called else ""
    return Figure(
        Outcome.COMPUTED,
        weighed / called,
        numerator=weighed,
        denominator=called,
        reason="; ".join(filter(None, ["no interval: every duty called for is looked at", lacking])),
    )


def _per_need(made: Staffing, office: str | None) -> Figure:
    """Return the officers there for each that the work takes: S / F, the inverse of the pressure.

    The numerator is each office's officers in whole ones, as a frozen staffing run has them where it
    withholds few: then the same offices are withheld here. The value is not rounded.
    """
    row = _row(made, office)
    if row.need_fte is None:
        return _refused(row, made)
    if row.need_fte <= 0:
        return without(Outcome.NO_DATA, "no work is called for there")
    gap = row.need_fte - row.staff_fte
    side = "short of" if gap > 0 else "above"
    words = f"the work takes {row.need_fte:,.1f} officers, and {row.staff_fte:,.1f} are there"
    words += f", {abs(gap):,.1f} {side} the need"
    figure = Figure(
        Outcome.COMPUTED,
        row.staff_fte / row.need_fte,
        numerator=sum(round(one.staff_fte) for one in _offices(made, office)),
        denominator=row.need_fte,
        reason=f"{words}; {WITHOUT_DRAWS}",
    )
    pressure = row.intervals.get(_PRESSURE)
    if pressure is None:
        return figure
    ends = row.intervals.get("gap_fte_95")
    between = f"; the gap is {ends.low:,.1f} to {ends.high:,.1f}" if ends else ""
    return Figure(
        Outcome.COMPUTED,
        figure.value,
        low=1 / pressure.high if pressure.high > 0 else None,
        high=1 / pressure.low if pressure.low > 0 else None,
        numerator=figure.numerator,
        denominator=figure.denominator,
        level=_LEVEL,
        method="draws",
        reason=f"{words}{between}; {made.draws:,} draws",
    )


def _short(made: Staffing, _office: str | None) -> Figure:
    """Return how many offices have fewer officers than their work takes.

    With draws the lower end counts those that are short with a probability of 0.9 or more, the upper end all
    but those that are not short with that probability.
    """
    named = [one for one in made.offices if one.office_id != NOBODYS]
    known = [one for one in named if one.gap_fte is not None]
    if not known:
        return _refused(made.nation, made) if named else without(Outcome.NO_DATA, "there is no open office")
    short = sum((one.gap_fte or 0.0) > 0 for one in known)
    left = len(named) - len(known)
    lacking = f"of {countwords.counted(left, 'other office')} the need is not known" if left else ""
    chances = [one.probability_short for one in known if one.probability_short is not None]
    if len(chances) < len(known):
        reason = "; ".join(filter(None, [WITHOUT_DRAWS, lacking]))
        return Figure(Outcome.COMPUTED, float(short), numerator=short, denominator=len(known), reason=reason)
    return Figure(
        Outcome.COMPUTED,
        float(short),
        low=float(min(short, sum(one >= SURE for one in chances))),
        high=float(max(short, sum(one > 1 - SURE for one in chances))),
        numerator=short,
        denominator=len(known),
        level=SURE,
        method="draws",
        reason=lacking,
    )


def _fitting(made: Staffing, office: str | None) -> Figure:
    """Return how many officers with cases have the hours that the duties of these call for."""
    mine = [one for one in _officers(made, office) if one.cases and one.state != ORPHANED]
    if any(one.utilization is None for one in mine):
        return _refused(_row(made, office), made)
    fit = sum(one.utilization is not None and one.utilization <= 1 for one in mine)
    return shared(fit, len(mine), nothing="no officer with hours for cases leads any")


def _without_hours(made: Staffing, office: str | None) -> Figure:
    """Return how many open cases are on officers who have no hours for cases."""
    mine = [one for one in _officers(made, office) if one.cases]
    if not mine:
        return without(Outcome.NO_DATA, "no officer leads a case there", denominator=0)
    orphaned = sum(one.cases for one in mine if one.state == ORPHANED)
    return counted(orphaned, out_of=sum(one.cases for one in mine))


def _offices(made: Staffing, office: str | None) -> list[Need]:
    return [one for one in made.offices if office is None or one.office_id == office]


def _officers(made: Staffing, office: str | None) -> Sequence[OfficerHours]:
    return [one for one in made.officers if office is None or one.office_id == office]


def _row(made: Staffing, office: str | None) -> Need:
    return made.nation if office is None else next(one for one in made.offices if one.office_id == office)


def _refused(row: Need, made: Staffing) -> Figure:
    """Return that there is no need, and why: too few weights, or records that are too old."""
    is_too_little = row.coverage < made.parameters.coverage_floor
    outcome = Outcome.INSUFFICIENT_SAMPLE if is_too_little else Outcome.NO_DATA
    return without(outcome, row.reason or _NOT_WORKED_OUT)


_OF_OFFICERS = frozenset({"caseloads-that-fit", "cases-without-hours"})
FIGURES: dict[str, Callable[[Staffing, str | None], Figure]] = {
    "staffing-need-known": _need_known,
    "duties-with-weight": _with_weight,
    "officers-per-need": _per_need,
    "offices-short": _short,
    "caseloads-that-fit": _fitting,
    "cases-without-hours": _without_hours,
}
"""How each measure of staffing is worked out, by its code."""
_OF_DRAWS = "none in a run without draws"
INTERVALS = {
    "duties-with-weight": "none: every duty called for is looked at",
    "officers-per-need": _OF_DRAWS,
    "offices-short": _OF_DRAWS,
}
"""How the intervals are made of those that have none of the usual."""
