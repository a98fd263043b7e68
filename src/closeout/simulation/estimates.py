"""Means over independent replications with their t intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.stats import t as student

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

LEVEL = 0.9
"""The level of every interval unless another is asked for."""
_TWO = 2


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over replications. No interval from a single one."""

    mean: float
    low: float | None
    high: float | None
    level: float
    replications: int
    """Those in which there was anything to take the mean of."""

    @property
    def half_width(self) -> float:
        """Half of the interval's width; infinite where there is no interval."""
        if self.low is None or self.high is None:
            return float("inf")
        return (self.high - self.low) / 2

    def plain(self) -> dict[str, Any]:
        """Return the estimate as plain values, unrounded."""
        return {
            "mean": self.mean,
            "low": self.low,
            "high": self.high,
            "level": self.level,
            "replications": self.replications,
        }


def estimate(values: ArrayLike, *, level: float = LEVEL) -> Estimate | None:
    """Return the mean of some replications' figures with Student's interval.

    One figure a replication: replications are independent, while days within one are not, so an interval
    from the parts of one long run would be too narrow.

    Args:
        values: One figure a replication; NaN where there was nothing to measure.
        level: Between 0 and 1.

    Returns:
        None where no replication had anything.

    """
    given = np.asarray(values, dtype=np.float64)
    given = given[~np.isnan(given)]
    if not given.size:
        return None
    mean = float(given.mean())
    if given.size < _TWO:
        return Estimate(mean, None, None, level, int(given.size))
    half = float(student.ppf((1 + level) / 2, given.size - 1) * given.std(ddof=1) / np.sqrt(given.size))
    return Estimate(mean, mean - half, mean + half, level, int(given.size))


def within(found: Estimate | None, least: float, most: float) -> Estimate | None:
    """Return an estimate whose interval is cut where the figure cannot lie beyond, as a share at 0 and 1."""
    if found is None or found.low is None or found.high is None:
        return found
    low, high = max(least, found.low), min(most, found.high)
    return Estimate(found.mean, low, high, found.level, found.replications)


def plain(found: Estimate | None) -> dict[str, Any] | None:
    """Return an estimate as plain values; None where there is none."""
    return None if found is None else found.plain()
