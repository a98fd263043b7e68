"""Figures, targets and verdicts in words, the same on screen, in letters and in the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.figures import OUTCOME_WORDS, Figure, Outcome
from closeout.evidence.measures.measure import Direction, Measure, Result, Shape, Verdict

if TYPE_CHECKING:
    from datetime import date

VERDICT_WORDS = {
    Verdict.MET: "target met",
    Verdict.MET_NOT_ESTABLISHED: "on target, not established",
    Verdict.NOT_MET: "target not met",
    Verdict.NOT_MET_NOT_ESTABLISHED: "off target, not established",
    Verdict.NO_TARGET: "no target",
    Verdict.NOT_ASSESSED: "not assessed",
}
"""Of each verdict. `Not established` says that the interval reaches over the target."""
_HUNDRED = 100.0
_SMALL, _LARGE = 10, 1000


def number(value: float, unit: str) -> str:
    """Return a value as it is printed: a share as percent with one decimal, a count whole.

    Args:
        value: Unrounded; a share from 0 to 1.
        unit: The measure's unit.

    Returns:
        The number alone, without its unit but for the share's `%`. Rounded here and nowhere before.

    """
    if unit == "share":
        return f"{value * _HUNDRED:.1f} %"
    if unit == "count":
        return f"{value:,.0f}"
    if value == int(value) and abs(value) < _LARGE:
        return f"{value:.0f}"
    return f"{value:,.3f}" if abs(value) < _SMALL and unit not in {"days", "hours"} else f"{value:,.1f}"


def with_unit(value: float, unit: str) -> str:
    """Return a value with its unit: `61.2 %`, `1,204`, `12 days`, `0.013 per component`."""
    said = number(value, unit)
    return said if unit in {"share", "count"} else f"{said} {unit}"


def interval(figure: Figure, unit: str) -> str:
    """Return a figure's interval in brackets, `(60.9-61.5)` with a dash; empty where it has none."""
    if figure.low is None:
        return ""
    low = number(figure.low, unit).removesuffix(" %")
    if figure.high is None:
        return f"({low} or more)"
    return f"({low}–{number(figure.high, unit).removesuffix(' %')})"


def rests_on(figure: Figure, measure: Measure) -> str:
    """Return what a figure rests on: `of 1,204,331`, `over 50,210`; empty for a plain count."""
    if figure.denominator is None or measure.shape is Shape.COUNT:
        return ""
    word = {Shape.SHARE: "of", Shape.RATE: "over"}.get(measure.shape, "n =")
    return f"{word} {figure.denominator:,.0f}"


def said(figure: Figure, measure: Measure) -> str:
    """Return a whole figure: value, unit, interval and what it rests on, or why there is none."""
    if figure.value is None:
        return f"{OUTCOME_WORDS[figure.outcome]}: {figure.reason}"
    parts = (
        with_unit(figure.value, measure.unit),
        interval(figure, measure.unit),
        rests_on(figure, measure),
    )
    return " ".join(part for part in parts if part)


def target(measure: Measure) -> str:
    """Return a measure's target: `95 % or more`, `none` where it has none."""
    if measure.target is None:
        return "none"
    way = "or more" if measure.direction is Direction.UP else "or less"
    return f"{with_unit(measure.target.value, measure.unit).replace('.0 %', ' %')} {way}"


def verdict(result: Result) -> str:
    """Return a verdict in words; of what has no value, the outcome's own word."""
    outcome = result.figure.outcome
    if outcome is not Outcome.COMPUTED:
        return OUTCOME_WORDS[outcome]
    return VERDICT_WORDS[result.verdict]


def span(since: date | None, until: date) -> str:
    """Return the time a result is about: `2025-11-01 to 2026-10-31`, or `as of 2026-10-31`."""
    return f"{since} to {until}" if since else f"as of {until}"
