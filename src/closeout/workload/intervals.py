"""An estimate with its interval: what every figure of the workload is given as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

LEVELS = (0.8, 0.9)
"""The levels that are published, besides the median."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A median with an interval around it.

    `low` and `high` enclose `level` of the draws, an equal share left out at each end.
    """

    low: float
    middle: float
    high: float
    level: float = 0.9


def interval(draws: ArrayLike, *, level: float = 0.9) -> Interval:
    """Return the median and the equal-tailed interval of some draws.

    Args:
        draws: The draws, in any order; at least one, none of them NaN.
        level: The share to enclose, between 0 and 1.

    Raises:
        ValueError: There are no draws, or one is NaN.

    """
    values = np.asarray(draws, dtype=np.float64)
    if not values.size or np.isnan(values).any():
        msg = "an interval needs at least one draw, and none that is no number"
        raise ValueError(msg)
    tail = (1 - level) / 2
    low, middle, high = np.quantile(values, (tail, 0.5, 1 - tail))
    return Interval(float(low), float(middle), float(high), level)
