"""The charts of a measure: offices side by side, funnel, past periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.beside_points import names_beside
from closeout.evidence.figures import OUTCOME_WORDS
from closeout.evidence.measures.measure import Measured, Result, Shape
from closeout.evidence.report.drawing import Marked, Point, Row, Scale, dots, plot, scale_of
from closeout.evidence.statistics.funnel import Funnel, Kind, Position, Unit, funnel
from closeout.evidence.wording import number
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.evidence.figures import Figure
    from closeout.evidence.measures.measure import Measure

_FEWEST = 2
_OUTSIDE = frozenset({Position.VERY_HIGH, Position.VERY_LOW})
NO_OFFICE = "(none)"


def offices_chart(each: Measured) -> str:
    """Return each office's value and interval, in the order of codes; empty with fewer than two values."""
    if len(_known(each.offices)) < _FEWEST:
        return ""
    measure = each.measure
    rows = [_row(one) for one in each.offices]
    scale = _scale([one.figure for one in each.offices], measure)
    marked = _target(measure, scale)
    title = f"{measure.title} by office, with intervals; the table below has the numbers"
    return dots(title, rows, scale, _ticks(scale, measure), marked)


def series_chart(each: Measured) -> str:
    """Return the past periods with intervals, oldest first; empty with fewer than two values."""
    known = _known(each.series)
    if len(known) < _FEWEST:
        return ""
    measure = each.measure
    scale = _scale([one.figure for one in known], measure)
    days = [one.until.toordinal() for one in known]
    across = Scale(min(days), max(days))
    points = [
        Point(day, one.figure.value or 0.0, low=one.figure.low, high=one.figure.high)
        for day, one in zip(days, known, strict=True)
    ]
    ends = [known[0].until.isoformat()[:7], "", "", "", known[-1].until.isoformat()[:7]]
    title = f"{measure.title}, {counted(len(known), 'period')}; the table below has the numbers"
    up = (scale, _ticks(scale, measure))
    return plot(title, points, (across, ends), up, marked=_target(measure, scale), is_joined=True)


def funnel_of(each: Measured) -> Funnel | None:
    """Return where the offices lie around the whole; None but for shares and rates of two offices or more."""
    kind = {Shape.SHARE: Kind.SHARE, Shape.RATE: Kind.RATE}.get(each.measure.shape)
    units = [
        Unit(one.office_id, one.figure.numerator, one.figure.denominator)
        for one in _known(each.offices)
        if one.office_id and one.figure.denominator and one.figure.numerator is not None
    ]
    if kind is None or len(units) < _FEWEST:
        return None
    return funnel(units, kind=kind)


def funnel_chart(each: Measured, made: Funnel) -> str:
    """Return the offices' values over what they rest on, within the limits of chance and common spread.

    Offices outside the 99.8 % limits have their codes beside them; the rest are dots.
    """
    measure = each.measure
    across = scale_of([one.unit.base for one in made.placed])
    lines = [
        (kind, [(at.base, getattr(at, name)) for at in made.curve])
        for kind, name in (
            ("limit", "low_95"),
            ("limit", "high_95"),
            ("outer", "low_998"),
            ("outer", "high_998"),
        )
    ]
    up = _up([*(one.value for one in made.placed), made.target], measure)
    outside = [
        (one.unit.base, one.value, one.unit.name if one.position in _OUTSIDE else "") for one in made.placed
    ]
    names = names_beside(outside, across.high - across.low, up.high - up.low)
    points = [Point(base, value, name) for (base, value, _), name in zip(outside, names, strict=True)]
    title = f"{measure.title}: offices over what they rest on, with limits around all offices"
    ticks = [f"{value:,.0f}" for value in across.ticks()]
    marked = Marked(made.target, f"all offices {number(made.target, measure.unit)}", "middle")
    return plot(title, points, (across, ticks), (up, _ticks(up, measure)), lines=lines, marked=marked)


def _known(results: Sequence[Result]) -> list[Result]:
    return [one for one in results if one.figure.value is not None]


def _row(one: Result) -> Row:
    figure, name = one.figure, one.office_id or NO_OFFICE
    if figure.value is None:
        return Row(name, said=OUTCOME_WORDS[figure.outcome])
    return Row(name, figure.value, figure.low, figure.high)


def _scale(figures: Sequence[Figure], measure: Measure) -> Scale:
    """Return a scale from 0; a share's ends at 100 % unless all of it lies in the lowest tenth."""
    ends = [each.high if each.high is not None else each.value for each in figures]
    aim = measure.target.value if measure.target else None
    return _up([end for end in (*ends, aim) if end is not None], measure)


def _up(known: Sequence[float], measure: Measure) -> Scale:
    if measure.shape is Shape.SHARE and max(known, default=1.0) > 0.4:  # noqa: PLR2004
        return Scale(0.0, 1.0)
    return scale_of(known)


def _ticks(scale: Scale, measure: Measure) -> list[str]:
    if measure.unit == "share":
        decimals = 0 if scale.high >= 0.04 else 1  # noqa: PLR2004 - whole percents would repeat
        return [f"{value * 100:.{decimals}f} %" for value in scale.ticks()]
    return [f"{value:,.3g}" if scale.high < 10 else f"{value:,.0f}" for value in scale.ticks()]  # noqa: PLR2004


def _target(measure: Measure, scale: Scale) -> Marked | None:
    aim = measure.target
    if aim is None or aim.value > scale.high:
        return None
    return Marked(aim.value, f"target {number(aim.value, measure.unit).replace('.0 %', ' %')}")
