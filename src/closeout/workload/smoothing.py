"""Ways to carry a monthly count forward: each gives what to expect and how far off it may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Way = Callable[["Floats", int], "Projection"]

YEAR = 12
_SPEEDS = np.array([0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9])
"""Of smoothing: the weight of the newest month."""

_NO_SEASON = 0.02
"""Share of its year's mean below which a month is taken as always empty."""


@dataclass(frozen=True, slots=True)
class Projection:
    """What months ahead are expected to bring, months by series."""

    mean: Floats
    variance: Floats
    """Of one month around the mean, the uncertainty of the mean included."""


def mean_of_year(history: Floats, ahead: int) -> Projection:
    """Return the mean of the last twelve months, or of all if there are fewer.

    Args:
        history: Months by series, the oldest first; at least one month.
        ahead: Months to carry forward.

    """
    last = history[-YEAR:]
    n = len(last)
    # The variance of Student's t: a mean of four months may be far off.
    wide = (n - 1) / (n - 3) if n > 3 else 3.0  # noqa: PLR2004 - below four months it has no variance
    variance = last.var(axis=0, ddof=1) * (1 + 1 / n) * wide if n > 1 else last[0]
    return _flat(last.mean(axis=0), np.broadcast_to(variance, last.shape[1:]), ahead)


def smoothed(history: Floats, ahead: int) -> Projection:
    """Return simple exponential smoothing; each series with the speed that would have erred least.

    The variance grows with the square of the speed from month to month (Hyndman and others, 2008, for the
    model with additive errors).

    Args:
        history: Months by series, the oldest first; at least two months.
        ahead: Months to carry forward.

    """
    level = np.broadcast_to(history[0], (len(_SPEEDS), history.shape[1])).copy()
    squares = np.zeros_like(level)
    for month in history[1:]:
        error = month - level
        squares += error**2
        level += _SPEEDS[:, None] * error
    best, column = squares.argmin(axis=0), np.arange(history.shape[1])
    variance = squares[best, column] / max(1, len(history) - 2)
    grown = 1 + np.arange(ahead)[:, None] * _SPEEDS[best] ** 2
    return Projection(np.repeat(level[best, column][None], ahead, axis=0), variance * grown)


def seasonal_naive(history: Floats, ahead: int) -> Projection:
    """Return each month as it was a year before.

    Args:
        history: Months by series, the oldest first; at least thirteen months.
        ahead: Months to carry forward.

    """
    errors = history[YEAR:] - history[:-YEAR]
    variance = (errors**2).mean(axis=0)
    place = np.arange(ahead)
    mean = history[-YEAR:][place % YEAR]
    return Projection(mean, variance * (1 + place // YEAR)[:, None])


def seasonally_smoothed(history: Floats, ahead: int) -> Projection:
    """Return smoothing of the months without their season, and the season put back.

    A month's season is its share of its year's mean, averaged over the whole years up to the last month.

    Args:
        history: Months by series, the oldest first; at least twenty-four months.
        ahead: Months to carry forward.

    """
    years = len(history) // YEAR
    whole = history[-years * YEAR :].reshape(years, YEAR, -1)
    year_mean = whole.mean(axis=1, keepdims=True)
    season = np.divide(whole, year_mean, out=np.ones_like(whole), where=year_mean > 0).mean(axis=0)
    place = (np.arange(len(history)) - len(history)) % YEAR
    has_season = season[place] > _NO_SEASON
    # A month of the year that hardly ever brings anything tells nothing of the level.
    bare = np.divide(
        history, season[place], out=np.repeat(year_mean[-1], len(history), axis=0), where=has_season
    )
    plain = smoothed(bare, ahead)
    coming = season[np.arange(ahead) % YEAR]
    return Projection(plain.mean * coming, plain.variance * coming**2)


def _flat(mean: Floats, variance: Floats, ahead: int) -> Projection:
    return Projection(np.repeat(mean[None], ahead, axis=0), np.repeat(variance[None], ahead, axis=0))


WAYS: Mapping[str, tuple[Way, int]] = {
    "mean of the last year": (mean_of_year, 1),
    "smoothing": (smoothed, 4),
    "same month a year before": (seasonal_naive, YEAR + 1),
    "smoothing with season": (seasonally_smoothed, 2 * YEAR),
}
"""Each way with the months it needs, the plainest first: of ways that erred alike, the plainest is taken."""
