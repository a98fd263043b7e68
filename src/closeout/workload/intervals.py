"""An estimate with its interval: what every figure of the workload is given as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

LEVELS = (0.8, 0.9, 0.95)
"""The levels that are published, besides the median."""
USUAL_LEVEL = 0.9
"""The one that is shown where no other is asked for."""
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Interval:
    """A median with an interval around it.

    `low` and `high` enclose `level` of the draws, an equal share left out at each end.
    """

    low: float
    middle: float
    high: float
    level: float = 0.9


def name_at(name: str, level: float) -> str:
    """Return what the interval of a figure is called at a level: `gap_fte` at 90 %, `gap_fte_80` at 80 %."""
    return name if level == USUAL_LEVEL else f"{name}_{round(level * _PERCENT)}"


def intervals(draws: ArrayLike, levels: Sequence[float] = LEVELS) -> tuple[Interval, ...]:
    """Return the median and the equal-tailed intervals of some draws at several levels.

    Args and errors are those of `interval`.
    """
    values = np.asarray(draws, dtype=np.float64)
    if not values.size or np.isnan(values).any():
        msg = "an interval needs at least one draw, and none that is no number"
        raise ValueError(msg)
    tails = [(1 - level) / 2 for level in levels]
    found = np.quantile(values, [*tails, 0.5, *[1 - tail for tail in tails]]).tolist()
    middle, highs = found[len(tails)], found[len(tails) + 1 :]
    return tuple(
        Interval(low, middle, high, level)
        for low, high, level in zip(found[: len(tails)], highs, levels, strict=True)
    )


def interval(draws: ArrayLike, *, level: float = 0.9) -> Interval:
    """Return the median and the equal-tailed interval of some draws.

    Args:
        draws: The draws, in any order; at least one, none of them NaN.
        level: The share to enclose, between 0 and 1.

    Raises:
        ValueError: There are no draws, or one is NaN.

    """
    return intervals(draws, (level,))[0]
