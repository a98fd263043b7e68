"""The largest gaps: how many rows more, or fewer, the target of a measure asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.assessment import Gap
from closeout.evidence.measures.measure import Direction, Shape, Verdict
from closeout.evidence.wording import said, target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.evidence.measures.measure import Measured

MOST = 5
_OFF_TARGET = frozenset({Verdict.NOT_MET, Verdict.NOT_MET_NOT_ESTABLISHED})


def largest_gaps(measured: Sequence[Measured], most: int = MOST) -> tuple[Gap, ...]:
    """Return the measures furthest from their targets in rows, the largest first.

    Lengths of time (medians and survival) have no rows that a target asks for, and are left out. A measure
    of which parts miss their targets is left out for these, so that no row is told of twice.

    Args:
        measured: The measures.
        most: How many at most.

    Returns:
        The gaps; of equal ones, in the order of the measures' codes.

    """
    wholes = {each.measure.part_of for each in measured if shortfall(each) is not None}
    found = [gap for each in measured if each.measure.code not in wholes and (gap := _gap(each)) is not None]
    return tuple(sorted(found, key=lambda gap: (-gap.shortfall, gap.measure))[:most])


def _gap(each: Measured) -> Gap | None:
    rows = shortfall(each)
    if rows is None:
        return None
    measure = each.measure
    way = "more" if measure.direction is Direction.UP else "fewer"
    sentence = f"{measure.title}: target {target(measure)}, is {said(each.total.figure, measure)}"
    return Gap(measure.code, measure.title, rows, f"{sentence}; {rows:,.0f} {way} are asked for")


def shortfall(each: Measured) -> float | None:
    """Return how many rows a measure is from its target, over 0; None where it is not off target.

    A share of n rows with target p and k that count is `p n - k` short; a rate over an exposure likewise;
    a count with target c is `k - c` over. Unrounded.
    """
    measure, figure = each.measure, each.total.figure
    if each.total.verdict not in _OFF_TARGET or measure.target is None or figure.numerator is None:
        return None
    if measure.shape is Shape.COUNT:
        wanted = measure.target.value
    elif measure.shape in {Shape.SHARE, Shape.RATE} and figure.denominator is not None:
        wanted = measure.target.value * figure.denominator
    else:
        return None
    rows = abs(wanted - figure.numerator)
    return rows or None
