"""Intervals of shares, counts, rates and lengths of time, from nothing but counts."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from closeout.duties.statistics import wilson as wilson_share
from closeout.evidence.statistics.distributions import (
    beta_quantile,
    binomial_quantile,
    gamma_beyond_quantile,
    gamma_quantile,
    z_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

Length = TypeVar("Length", int, float)
FEW_CLUSTERS = 30
"""With fewer groups a bootstrap over groups comes out too narrow (Cameron, Gelbach & Miller 2008)."""
_CHUNK = 4_000_000
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Interval:
    """Both ends of an interval, in the unit of the value it belongs to, unrounded.

    Attributes:
        low: Lower end. None: the data set no lower end at this level.
        high: Upper end. None: the data set no upper end at this level.
        level: Confidence, 0-1.
        method: In the words of `Figure.method`.
        note: What weakens it, a sentence; empty otherwise.

    """

    low: float | None
    high: float | None
    level: float
    method: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Quantile:
    """A quantile of lengths with its interval.

    Attributes:
        value: The smallest length that at least the asked share of rows does not exceed.
        at_or_under: How many rows are that long or shorter.
        n: How many rows there are.
        interval: From order statistics; an end is None where too few rows allow none.

    """

    value: float
    at_or_under: int
    n: int
    interval: Interval


def wilson(numerator: int, denominator: int, *, level: float = 0.95) -> Interval:
    """Return the Wilson score interval of a share (Wilson 1927).

    Args:
        numerator: Rows that do; 0 to `denominator`.
        denominator: Rows that could; at least 1.
        level: Confidence, above 0 and below 1.

    Returns:
        Ends between 0 and 1.

    Raises:
        ValueError: The counts make no share, or the level is not between 0 and 1.

    """
    check_share(numerator, denominator, level)
    share = wilson_share(numerator, denominator, z=z_of(level))
    return Interval(share.low, share.high, level, "wilson")


def clopper_pearson(numerator: int, denominator: int, *, level: float = 0.95) -> Interval:
    """Return the exact interval of a share (Clopper & Pearson 1934).

    The ends are quantiles of the beta distribution: Beta(d, n-d+1) and Beta(d+1, n-d).

    Args:
        numerator: Rows that do; 0 to `denominator`.
        denominator: Rows that could; at least 1.
        level: Confidence, above 0 and below 1.

    Returns:
        Ends between 0 and 1; 0 or 1 itself where no row or every row does.

    Raises:
        ValueError: The counts make no share, or the level is not between 0 and 1.

    """
    check_share(numerator, denominator, level)
    tail = (1 - level) / 2
    others = denominator - numerator
    low = beta_quantile(tail, numerator, others + 1) if numerator else 0.0
    high = 1 - beta_quantile(tail, others, numerator + 1) if others else 1.0
    return Interval(low, high, level, "exact")


def poisson_exact(count: int, *, exposure: float = 1.0, level: float = 0.95) -> Interval:
    """Return the exact interval of a count, or of a count over an exposure (Garwood 1936).

    The ends of the expected count are half the quantiles of chi-square with 2c and 2c+2 degrees of freedom.

    Args:
        count: Events; zero or more.
        exposure: What they are counted over, above 0; 1 for a plain count.
        level: Confidence, above 0 and below 1.

    Returns:
        Ends in events per unit of exposure.

    Raises:
        ValueError: A negative count, no exposure, or a level that is not between 0 and 1.

    """
    _check_level(level)
    if count < 0 or exposure <= 0:
        msg = f"{count} events over an exposure of {exposure} make no rate"
        raise ValueError(msg)
    tail = (1 - level) / 2
    low = gamma_quantile(tail, count) if count else 0.0
    high = gamma_beyond_quantile(tail, count + 1)
    return Interval(low / exposure, high / exposure, level, "poisson")


def quantile_interval(
    lengths: Mapping[Length, int], *, quantile: float = 0.5, level: float = 0.95
) -> Quantile:
    """Return a quantile of lengths and its interval from order statistics (Conover 1999, section 3.2).

    The value is the inverse of the empirical distribution (definition 1 of Hyndman & Fan 1996), the same
    that a survival curve without censoring gives. The l-th and u-th shortest are the ends: l is the largest
    rank with P(B < l) at most half of 1 - level, u the smallest with P(B >= u) at most that, B binomial of n
    and the quantile. The interval holds at least its level.

    Args:
        lengths: How many rows have each length.
        quantile: Above 0 and below 1.
        level: Confidence, above 0 and below 1.

    Raises:
        ValueError: No row, a negative count, or a quantile or level that is not between 0 and 1.

    """
    _check_level(level)
    if not 0 < quantile < 1:
        msg = f"a quantile lies between 0 and 1, not at {quantile}"
        raise ValueError(msg)
    values = sorted(length for length, count in lengths.items() if count)
    counts = np.array([lengths[value] for value in values], dtype=np.int64)
    if not values or counts.min() < 0:
        msg = "no lengths to take a quantile of"
        raise ValueError(msg)
    reached = np.cumsum(counts)
    n = int(reached[-1])
    at = int(np.searchsorted(reached, ceil(quantile * n - _ROUNDING)))
    tail = (1 - level) / 2
    lower, upper = _ranks(n, quantile, tail)
    low = float(values[int(np.searchsorted(reached, lower))]) if lower >= 1 else None
    high = float(values[int(np.searchsorted(reached, upper))]) if upper <= n else None
    ends = Interval(low, high, level, "order statistics")
    return Quantile(float(values[at]), int(reached[at]), n, ends)


def cluster_bootstrap(
    clusters: Iterable[tuple[float, float]], *, seed: int, level: float = 0.95, resamples: int = 2000
) -> Interval:
    """Return the interval of a ratio of sums whose rows depend on each other within groups.

    Whole groups are drawn with replacement, as many as there are; the ends are percentiles of the ratios
    (Davison & Hinkley 1997, section 2.4). Groups are sorted first and drawn from the raw stream of PCG64,
    which is fixed for ever, so that the same groups and seed give the same ends on every machine.

    Args:
        clusters: Numerator and denominator of each group; groups without a denominator count too.
        seed: Of the random generator.
        level: Confidence, above 0 and below 1.
        resamples: How often to draw.

    Returns:
        Ends in the unit of the ratio; both None with fewer than two groups; a note with fewer than 30.

    Raises:
        ValueError: All denominators are zero, or the level is not between 0 and 1.

    """
    _check_level(level)
    sums = np.array(sorted(clusters), dtype=np.float64).reshape(-1, 2)
    if sums[:, 1].sum() <= 0:
        msg = "no group has a denominator"
        raise ValueError(msg)
    groups = len(sums)
    if groups == 1:
        return Interval(None, None, level, "cluster bootstrap", "one group only: no interval")
    ratios = _drawn_ratios(sums, seed, resamples)
    tail = (1 - level) / 2
    low, high = np.quantile(ratios, [tail, 1 - tail])
    note = f"only {groups} groups: the interval may be too narrow" if groups < FEW_CLUSTERS else ""
    return Interval(float(low), float(high), level, "cluster bootstrap", note)


def check_share(numerator: int, denominator: int, level: float) -> None:
    """Raise ValueError unless the counts make a share and the level lies between 0 and 1."""
    _check_level(level)
    if not 0 <= numerator <= denominator or denominator == 0:
        msg = f"{numerator} of {denominator} is no share"
        raise ValueError(msg)


def _check_level(level: float) -> None:
    """Raise ValueError unless the level lies between 0 and 1."""
    if not 0 < level < 1:
        msg = f"a level lies between 0 and 1, not at {level}"
        raise ValueError(msg)


def _ranks(n: int, quantile: float, tail: float) -> tuple[int, int]:
    """Return the ranks of the two ends; 0 or n + 1 where there is no such row."""
    # The upper rank is the lower one of the other quantile, counted from the other end.
    lower = binomial_quantile(tail, n, quantile)
    return lower, n + 1 - binomial_quantile(tail, n, 1 - quantile)


def _drawn_ratios(sums: NDArray[np.float64], seed: int, resamples: int) -> NDArray[np.float64]:
    """Return the ratio of sums of each resample, without those that drew no denominator.

    Both columns are added up on their own, where their numbers lie side by side: a fifth of the time that
    the pairs take. Counts are whole numbers, whose sum is the same in whatever order.
    """
    stream, groups = np.random.PCG64(seed), len(sums)
    counts = [np.ascontiguousarray(column) for column in sums.T]
    at_once = max(1, _CHUNK // groups)
    ratios = []
    for start in range(0, resamples, at_once):
        rows = min(at_once, resamples - start)
        raw = np.asarray(stream.random_raw(rows * groups), dtype=np.uint64)
        raw >>= np.uint64(32)
        raw *= np.uint64(groups)
        raw >>= np.uint64(32)
        drawn = raw.view(np.int64).reshape(rows, groups)
        numerators, denominators = (column.take(drawn).sum(axis=1) for column in counts)
        has_any = denominators > 0
        ratios.append(numerators[has_any] / denominators[has_any])
    return np.concatenate(ratios)
