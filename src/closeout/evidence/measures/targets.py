"""What a figure says beside its target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.figures import Outcome
from closeout.evidence.measures.measure import Direction, Shape, Verdict

if TYPE_CHECKING:
    from closeout.evidence.figures import Figure
    from closeout.evidence.measures.measure import Measure

VERDICT_WORDS = {
    Verdict.MET: "met",
    Verdict.MET_NOT_ESTABLISHED: "met, not established",
    Verdict.NOT_MET: "not met",
    Verdict.NOT_MET_NOT_ESTABLISHED: "not met, not established",
    Verdict.NO_TARGET: "no target",
    Verdict.NOT_ASSESSED: "not assessed",
}


def verdict(figure: Figure, measure: Measure) -> Verdict:
    """Return what a figure says beside its measure's target.

    A value on the right side of the target, or at it, meets it. That is established where the whole interval
    lies there too, and for a target that nothing can go beyond (every row, none at all) where the value is
    at it: no interval of a share stops short of 1, and all there were were done.

    Args:
        figure: The figure.
        measure: The measure with its target and direction.

    Returns:
        NO_TARGET without a target, NOT_ASSESSED without a value, else which side and whether established. A
        value without an interval is taken as counted in full.

    """
    if figure.value is None or figure.outcome is not Outcome.COMPUTED:
        return Verdict.NOT_ASSESSED
    if measure.target is None:
        return Verdict.NO_TARGET
    sign = 1 if measure.direction is Direction.UP else -1
    aim = sign * measure.target.value
    value = sign * figure.value
    worst, best = _ends(figure, sign)
    if value >= aim:
        is_at_the_edge = value == aim and _is_utmost(measure)
        return Verdict.MET if worst >= aim or is_at_the_edge else Verdict.MET_NOT_ESTABLISHED
    return Verdict.NOT_MET if best < aim else Verdict.NOT_MET_NOT_ESTABLISHED


def _ends(figure: Figure, sign: int) -> tuple[float, float]:
    """Return the worse and the better end of the interval; an open end lies infinitely far away."""
    if not figure.method:
        return (sign * (figure.value or 0.0),) * 2
    low = float("-inf") if figure.low is None else figure.low
    high = float("inf") if figure.high is None else figure.high
    return (low, high) if sign > 0 else (-high, -low)


def _is_utmost(measure: Measure) -> bool:
    """Say whether nothing can be better than the target: a share of 1 upwards, none at all downwards."""
    if measure.target is None:
        return False
    if measure.direction is Direction.UP:
        return measure.shape is Shape.SHARE and measure.target.value == 1
    return measure.target.value == 0
