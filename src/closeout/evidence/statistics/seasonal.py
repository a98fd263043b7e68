"""Trends of series with a season: months are compared with the same month of other years only."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from closeout.evidence.statistics.distributions import z_of
from closeout.evidence.statistics.trend import (
    MannKendall,
    TheilSen,
    Trend,
    direction_of,
    from_s,
    mann_kendall,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MONTHS = 12
LEAST_YEARS = 2
"""With one value a season nothing can be compared with its like."""
RECOMMENDED_YEARS = 3
"""With two years' months no more than 12 pairs are compared, and the normal approximation is coarse."""


def seasonal_mann_kendall(values: Sequence[float], *, period: int = MONTHS) -> MannKendall:
    """Return the seasonal Mann-Kendall test (Hirsch, Slack & Smith 1982).

    S and its variance are those of the seasons added up, each season tested by itself: seasons are taken to
    be independent of each other. z has the continuity correction of the plain test.

    Args:
        values: In order of time, one for each season of each year from any season on, without gaps.
        period: How many seasons a year has; at least 2.

    Returns:
        The test; tau is S over all pairs that were compared, -1 to 1.

    Raises:
        ValueError: Fewer values than two years have, a period below 2, or a value that is no number.

    """
    seasons = _seasons(values, period)
    parts = [mann_kendall(season.tolist()) for season in seasons]
    pairs = sum(len(season) * (len(season) - 1) // 2 for season in seasons)
    return from_s(len(values), sum(one.s for one in parts), sum(one.variance for one in parts), pairs=pairs)


def seasonal_theil_sen(values: Sequence[float], *, period: int = MONTHS, level: float = 0.95) -> TheilSen:
    """Return the median of all slopes between two values of one season, per year (Hirsch et al. 1982).

    The ends are slopes at ranks as for `theil_sen`, with the variance of the seasonal S.

    Args:
        values: As for `seasonal_mann_kendall`.
        period: How many seasons a year has.
        level: Confidence, above 0 and below 1.

    Returns:
        Slopes per year; an end is None where the slopes are too few to set one.

    """
    slopes = np.sort(np.concatenate([_slopes(season) for season in _seasons(values, period)]))
    half = z_of(level) * sqrt(seasonal_mann_kendall(values, period=period).variance)
    lower = int(np.floor((len(slopes) - half) / 2))
    upper = int(np.ceil((len(slopes) + half) / 2)) + 1
    low = float(slopes[lower - 1]) if lower >= 1 else None
    high = float(slopes[upper - 1]) if upper <= len(slopes) else None
    return TheilSen(float(np.median(slopes)), low, high, level)


def seasonal_trend(values: Sequence[float], *, period: int = MONTHS) -> Trend:
    """Return what a series with a season shows, with the slope per year; weak below three years."""
    test = seasonal_mann_kendall(values, period=period)
    notes = [f"each of {period} seasons compared with its like (Hirsch-Slack)"]
    if len(values) < RECOMMENDED_YEARS * period:
        notes.append(f"{len(values)} points are few; {RECOMMENDED_YEARS * period} are recommended")
    slope = seasonal_theil_sen(values, period=period)
    return Trend(direction_of(test.s, test.p), len(values), test, slope, note="; ".join(notes))


def _seasons(values: Sequence[float], period: int) -> list[NDArray[np.float64]]:
    x = np.asarray(values, dtype=np.float64)
    if period < 2 or len(x) < LEAST_YEARS * period:  # noqa: PLR2004 - one season is no season
        msg = f"{len(x)} values are too few for {LEAST_YEARS} years of {period} seasons, or seasons too few"
        raise ValueError(msg)
    return [x[start::period] for start in range(period)]


def _slopes(season: NDArray[np.float64]) -> NDArray[np.float64]:
    earlier, later = np.triu_indices(len(season), 1)
    slopes: NDArray[np.float64] = (season[later] - season[earlier]) / (later - earlier)
    return slopes
