"""Whether a series goes up or down: Mann-Kendall, Theil-Sen, and corrections for what fools them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from closeout.evidence.statistics.distributions import normal_beyond, normal_quantile, ranks, z_of
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LEAST_POINTS = 5
"""Four points can never give p < 0.05."""
RECOMMENDED_POINTS = 8
ALPHA = 0.05


class Direction(StrEnum):
    """What may be said of a trend."""

    INCREASING = "increasing"
    DECREASING = "decreasing"
    NOT_SHOWN = "not shown"
    """No trend was found at the level: it may be there all the same."""
    TOO_SHORT = "too short"
    """So few points that none could be found."""


@dataclass(frozen=True, slots=True)
class MannKendall:
    """The test for a monotonic trend.

    Attributes:
        n: Points.
        s: Pairs that go up less pairs that go down.
        variance: Of s if nothing changes, ties allowed for.
        z: (s - sign) / sqrt(variance), 0 where s is 0.
        p: Two-sided, 0-1.
        tau: s over all pairs, -1 to 1.
        is_corrected: Whether the variance was corrected for autocorrelation.
        note: What weakens it; empty otherwise.

    """

    n: int
    s: int
    variance: float
    z: float
    p: float
    tau: float
    is_corrected: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class TheilSen:
    """The median slope, per unit of time, with its interval (None where the pairs set no end)."""

    slope: float
    low: float | None
    high: float | None
    level: float = 0.95


@dataclass(frozen=True, slots=True)
class Trend:
    """What a series shows.

    Attributes:
        direction: By the sign of s and p, or `adjusted_p` where there is one.
        n: Points.
        test: None where the series is too short.
        slope: None where the series is too short.
        adjusted_p: After Benjamini-Hochberg over all series of the analysis; None alone.
        note: What weakens it, a sentence; empty otherwise.

    """

    direction: Direction
    n: int
    test: MannKendall | None = None
    slope: TheilSen | None = None
    adjusted_p: float | None = None
    note: str = ""


def mann_kendall(values: Sequence[float]) -> MannKendall:
    """Return the Mann-Kendall test (Mann 1945, Kendall 1975), normal with continuity correction.

    var(S) = [n(n-1)(2n+5) - sum t(t-1)(2t+5)] / 18 over groups of t tied values.

    Args:
        values: In order of time, no gaps; at least 2.

    Raises:
        ValueError: Fewer than two values, or one that is no number.

    """
    x = _series(values)
    n = len(x)
    s = int(np.sign(x[None, :] - x[:, None])[np.triu_indices(n, 1)].sum())
    ties = np.unique(x, return_counts=True)[1]
    variance = (n * (n - 1) * (2 * n + 5) - float((ties * (ties - 1) * (2 * ties + 5)).sum())) / 18
    return from_s(n, s, variance)


def hamed_rao(values: Sequence[float]) -> MannKendall:
    """Return the test with its variance corrected for autocorrelation (Hamed & Rao 1998).

    The variance is multiplied by 1 + 2 / (n(n-1)(n-2)) x sum (n-k)(n-k-1)(n-k-2) r_k over the lags k at
    which the autocorrelation r_k of the ranks, freed of the Theil-Sen slope, is significant at 5 %.

    Args:
        values: In order of time, evenly spaced; at least 3.

    Returns:
        The corrected test; the plain one with a note where the correction would leave no variance.

    Raises:
        ValueError: Fewer than three values, or one that is no number.

    """
    plain = mann_kendall(values)
    n, x = plain.n, _series(values)
    if n < 3:  # noqa: PLR2004 - the formula divides by n - 2
        msg = f"{n} values have no autocorrelation"
        raise ValueError(msg)
    r = autocorrelation(ranks(x - np.arange(1, n + 1) * theil_sen(values).slope))
    lags = np.arange(1, n)
    weights = (n - lags) * (n - lags - 1) * (n - lags - 2)
    significant = np.abs(r[1:]) > _bound(n)
    factor = 1 + 2 / (n * (n - 1) * (n - 2)) * float((weights * r[1:] * significant).sum())
    if factor <= 0:
        note = "the correction for autocorrelation leaves no variance; the test is uncorrected"
        return MannKendall(n, plain.s, plain.variance, plain.z, plain.p, plain.tau, note=note)
    return from_s(n, plain.s, plain.variance * factor, is_corrected=True)


def theil_sen(
    values: Sequence[float], *, times: Sequence[float] | None = None, level: float = 0.95
) -> TheilSen:
    """Return the median of all slopes between two points, with its interval (Sen 1968).

    The ends are the slopes at ranks (N - C) / 2 and (N + C) / 2 + 1 of N, rounded outward; C is
    z x sqrt(var(S)).

    Args:
        values: In order of time; at least 2.
        times: When each was, in any unit; 0, 1, 2 ... if None.
        level: Confidence, above 0 and below 1.

    Returns:
        Slopes per unit of time; an end is None where the slopes are too few to set one.

    Raises:
        ValueError: Fewer than two values, times that do not match, or all at the same time.

    """
    x = _series(values)
    t = np.arange(len(x), dtype=np.float64) if times is None else np.asarray(times, dtype=np.float64)
    if len(t) != len(x):
        msg = f"{len(x)} values and {len(t)} times do not match"
        raise ValueError(msg)
    earlier, later = np.triu_indices(len(x), 1)
    apart = t[later] - t[earlier]
    if not (apart != 0).any():
        msg = "all values are of the same time"
        raise ValueError(msg)
    slopes = np.sort((x[later] - x[earlier])[apart != 0] / apart[apart != 0])
    half = z_of(level) * sqrt(mann_kendall(values).variance)
    lower = int(np.floor((len(slopes) - half) / 2))
    upper = int(np.ceil((len(slopes) + half) / 2)) + 1
    low = float(slopes[lower - 1]) if lower >= 1 else None
    high = float(slopes[upper - 1]) if upper <= len(slopes) else None
    return TheilSen(float(np.median(slopes)), low, high, level)


def autocorrelation(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the autocorrelation at lags 0 to n - 1; zeros behind lag 0 where nothing varies."""
    centered = values - values.mean()
    total = float((centered**2).sum())
    products: NDArray[np.float64] = np.correlate(centered, centered, "full")[len(values) - 1 :]
    if total == 0:
        products[0] = 1.0
        return products
    products /= total
    return products


def is_autocorrelated(values: Sequence[float]) -> bool:
    """Return whether the ranks, freed of the slope, are correlated with the ones before at 5 %."""
    x = _series(values)
    r = autocorrelation(ranks(x - np.arange(1, len(x) + 1) * theil_sen(values).slope))
    return bool(abs(r[1]) > _bound(len(x)))


def trend(values: Sequence[float], *, times: Sequence[float] | None = None) -> Trend:
    """Return what a series shows: refused below 5 points, weak below 8, corrected where autocorrelated.

    Args:
        values: In order of time.
        times: When each was, for the slope, each later than the one before; 0, 1, 2 ... if None.

    Raises:
        ValueError: Times that do not match or do not rise, or a value that is no number.

    """
    n = len(values)
    if times is not None and any(after <= before for before, after in pairwise(times)):
        msg = "the times of a trend must rise: values of one time are to be put together first"
        raise ValueError(msg)
    if n < LEAST_POINTS:
        return Trend(
            Direction.TOO_SHORT,
            n,
            note=f"{counted(n, 'point')} can never show a trend; {LEAST_POINTS} is the least",
        )
    test = hamed_rao(values) if is_autocorrelated(values) else mann_kendall(values)
    notes = [f"{n} points are few; {RECOMMENDED_POINTS} are recommended"] if n < RECOMMENDED_POINTS else []
    notes += ["corrected for autocorrelation (Hamed-Rao)"] if test.is_corrected else []
    notes += [test.note] if test.note else []
    return Trend(direction_of(test.s, test.p), n, test, theil_sen(values, times=times), note="; ".join(notes))


def with_many(trends: Sequence[Trend], *, rate: float = ALPHA) -> list[Trend]:
    """Return trends with p-values adjusted for how many were tested, and directions by these.

    Args:
        trends: Of all units that were looked at; those too short take no part.
        rate: The share of false ones among the trends found that is accepted, 0-1.

    """
    tested = [one.test.p for one in trends if one.test is not None]
    adjusted = iter(benjamini_hochberg(tested))
    return [one if one.test is None else _adjusted(one, one.test.s, next(adjusted), rate) for one in trends]


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Return p-values adjusted for the false discovery rate (Benjamini & Hochberg 1995), in the order given.

    Adjusted p of rank i of m: the least of p_j x m / j over ranks j from i on, at most 1.

    Raises:
        ValueError: A p-value is not between 0 and 1.

    """
    p = np.asarray(p_values, dtype=np.float64)
    if len(p) and not ((p >= 0) & (p <= 1)).all():
        msg = "p-values lie between 0 and 1"
        raise ValueError(msg)
    order = np.argsort(p, kind="stable")[::-1]
    m = len(p)
    adjusted = np.empty(m)
    adjusted[order] = np.minimum.accumulate(p[order] * m / np.arange(m, 0, -1)) if m else []
    return [float(min(1.0, one)) for one in adjusted]


def _series(values: Sequence[float]) -> NDArray[np.float64]:
    x = np.asarray(values, dtype=np.float64)
    if len(x) < 2 or not np.isfinite(x).all():  # noqa: PLR2004 - a pair
        msg = "a trend needs two numbers or more, and nothing but numbers"
        raise ValueError(msg)
    return x


def from_s(
    n: int, s: int, variance: float, *, is_corrected: bool = False, pairs: int | None = None
) -> MannKendall:
    """Return the test of an S with its variance, normal with continuity correction.

    Args:
        n: Points.
        s: Pairs that go up less pairs that go down.
        variance: Of s if nothing changes.
        is_corrected: Whether the variance was corrected for autocorrelation.
        pairs: How many pairs were compared; all of n points if None.

    """
    compared = n * (n - 1) // 2 if pairs is None else pairs
    z = 0.0 if s == 0 or variance <= 0 else (s - (1 if s > 0 else -1)) / sqrt(variance)
    p = 2 * normal_beyond(abs(z))
    return MannKendall(n, s, variance, z, p, s / compared, is_corrected)


def _bound(n: int) -> float:
    return normal_quantile(1 - ALPHA / 2) / sqrt(n)


def direction_of(s: int, p: float, alpha: float = ALPHA) -> Direction:
    """Return what S and its p-value, or one adjusted for many tests, let us say at a level."""
    if p >= alpha:
        return Direction.NOT_SHOWN
    return Direction.INCREASING if s > 0 else Direction.DECREASING


def _adjusted(one: Trend, s: int, p: float, rate: float) -> Trend:
    return Trend(direction_of(s, p, rate), one.n, one.test, one.slope, p, one.note)
