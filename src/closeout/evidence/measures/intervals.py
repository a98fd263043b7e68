"""Figures from counts: the value, the interval that fits its shape, or the reason why there is none."""

from __future__ import annotations

import hashlib
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from closeout.duties.statistics import Z_95
from closeout.evidence.figures import Figure, Outcome, without
from closeout.evidence.measures.measure import Shape
from closeout.evidence.statistics.intervals import (
    Interval,
    clopper_pearson,
    cluster_bootstrap,
    poisson_exact,
    quantile_interval,
    wilson,
)
from closeout.evidence.statistics.survival import kaplan_meier

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from closeout.evidence.measures.declared import OverTable
    from closeout.evidence.measures.measure import Measure
    from closeout.evidence.measures.run_tally import Tally

FEW = 40
"""With fewer rows a share has the exact interval rather than Wilson's."""
MANY = 2_000
"""With more groups than this the interval is by their variance: to draw them thousands of times is idle."""
FEWEST = 6
"""With fewer rows no interval of a median holds 95 %: 2 x 0.5 ** 5 of samples lie on one side of it."""


def figure(measure: Measure, tally: Tally, over: OverTable | None = None) -> Figure:
    """Return a measure's figure.

    Args:
        measure: The measure.
        tally: The counts of one office or all, and one period.
        over: What the measure counts in its table; None for one over duties.

    Returns:
        The figure with its interval at 95 %: of a share Wilson's (Clopper-Pearson's below 40 rows), of a
        count or a rate the exact Poisson interval, of a quantile that of order statistics, of a median with
        open ones Kaplan-Meier's, where rows depend on each other the bootstrap of their groups, or of more
        than 2,000 groups the one that follows from their variance.

    """
    if measure.shape is Shape.COUNT:
        return _count(measure, tally)
    if tally.denominator == 0:
        return _nothing(tally)
    if tally.denominator < measure.min_n:
        reason = f"{tally.denominator:,} of at least {measure.min_n:,} that a figure needs"
        return without(Outcome.INSUFFICIENT_SAMPLE, reason, denominator=tally.denominator)
    if measure.shape is Shape.SURVIVAL:
        return _survival(tally, measure.unit)
    if measure.shape is Shape.MEDIAN:
        return _median(tally, 0.5 if over is None else over.quantile)
    return _ratio(measure, tally)


def seed_of(code: str) -> int:
    """Return the seed of a measure's random draws: the same for ever, another for another code."""
    return int.from_bytes(hashlib.sha256(code.encode()).digest()[:8], "big")


def _nothing(tally: Tally) -> Figure:
    if tally.without_basis and not tally.instances:
        reason = f"no rule was in force for any of {tally.without_basis:,}"
        return without(Outcome.NO_RULE, reason, denominator=0)
    return without(Outcome.NO_DATA, "the records hold no row that counts", denominator=0)


def _count(measure: Measure, tally: Tally) -> Figure:
    if measure.duties and not tally.instances:
        return _nothing(tally)
    ends = poisson_exact(tally.numerator)
    return _made(float(tally.numerator), tally, ends, None)


def _ratio(measure: Measure, tally: Tally) -> Figure:
    numerator, denominator = tally.numerator, tally.denominator
    if measure.shape is Shape.SHARE and numerator > denominator:
        reason = f"the records count {numerator:,} of {denominator:,}, which is no share"
        return without(Outcome.NOT_ASSESSED, reason, denominator=denominator)
    if tally.groups is not None:
        ends = _of_groups(measure, tally.groups)
    elif measure.shape is Shape.RATE:
        ends = poisson_exact(numerator, exposure=denominator)
    else:
        ends = (clopper_pearson if denominator < FEW else wilson)(numerator, denominator)
    return _made(numerator / denominator, tally, ends, denominator)


def _of_groups(measure: Measure, groups: NDArray[np.int64]) -> Interval:
    """Return the interval of a ratio of groups: by drawing groups, of very many by their variance."""
    if len(groups) > MANY:
        return linearized(groups, most=1.0 if measure.shape is Shape.SHARE else None)
    pairs = [(float(one), float(other)) for one, other in groups.tolist()]
    return cluster_bootstrap(pairs, seed=seed_of(measure.code))


def linearized(groups: NDArray[np.int64], *, most: float | None = None) -> Interval:
    """Return the interval of a ratio of sums over very many groups, by linearization (Cochran 1977, 6.4).

    The variance of the ratio r is k / (k - 1) times the sum over the k groups of (numerator - r x
    denominator) squared, over the denominator squared. With thousands of groups it is what drawing them
    comes to, in no time.

    Args:
        groups: Numerator and denominator of each group, a row each; at least two, and some denominator.
        most: What the ratio cannot exceed; None if nothing.

    Returns:
        Ends at 95 % in the unit of the ratio, never below 0.

    """
    numerators, denominators = groups[:, 0].astype(np.float64), groups[:, 1].astype(np.float64)
    whole, count = denominators.sum(), len(groups)
    ratio = numerators.sum() / whole
    spread = float(((numerators - ratio * denominators) ** 2).sum()) * count / (count - 1)
    half = Z_95 * sqrt(spread) / whole
    high = ratio + half if most is None else min(ratio + half, most)
    return Interval(float(max(ratio - half, 0.0)), float(high), 0.95, "cluster variance")


def _median(tally: Tally, quantile: float) -> Figure:
    found = quantile_interval(tally.ended, quantile=quantile)
    return Figure(
        Outcome.COMPUTED,
        found.value,
        found.interval.low,
        found.interval.high,
        found.at_or_under,
        found.n,
        found.interval.level,
        found.interval.method,
        found.interval.note,
    )


def _survival(tally: Tally, unit: str) -> Figure:
    curve = kaplan_meier(tally.ended, tally.still_open)
    if curve.median is None:
        reason = f"{curve.ended:,} of {curve.n:,} have ended: more than half last longer than is known"
        return without(Outcome.INSUFFICIENT_SAMPLE, reason, denominator=curve.n)
    low, high = (curve.low, curve.high) if curve.n >= FEWEST else (None, None)
    note = "" if high is not None else f"how many {unit} at most is not known yet"
    return Figure(
        Outcome.COMPUTED,
        curve.median,
        low,
        high,
        curve.ended,
        curve.n,
        curve.level,
        "kaplan-meier",
        note,
    )


def _made(value: float, tally: Tally, ends: Interval, denominator: int | None) -> Figure:
    return Figure(
        Outcome.COMPUTED,
        value,
        ends.low,
        ends.high,
        tally.numerator,
        denominator,
        ends.level,
        ends.method,
        ends.note,
    )
