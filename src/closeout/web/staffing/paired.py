"""Differences of a scenario as they read: both intervals, and whether there is a difference at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from closeout.web.staffing.wording import number

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDE, NARROW = 0.9, 0.8
_POINTS = 100


@dataclass(frozen=True, slots=True)
class Paired:
    """A mean difference over replications with its 80 and 90 % intervals; none from one replication."""

    mean: float
    low: float | None
    high: float | None
    low_80: float | None
    high_80: float | None
    replications: int

    @property
    def is_told_apart(self) -> bool:
        """Say whether the 90 % interval leaves 0 out."""
        if self.low is None or self.high is None:
            return False
        return self.low > 0 or self.high < 0

    @property
    def is_none(self) -> bool:
        """Say whether nothing differs in any replication."""
        return self.mean == 0 and self.low in {0, None} and self.high in {0, None}

    def is_seen(self, places: int = 1) -> bool:
        """Say whether anything but zero is left of the figure or its interval at so many decimals."""
        parts = (self.mean, self.low, self.high)
        return any(part is not None and round(part, places) != 0 for part in parts)


def paired(said: Mapping[str, Any] | None, *, times: float = 1.0) -> Paired | None:
    """Return a difference from what was stored of it; None where there is nothing to compare.

    The stored interval is Student's, symmetric around the mean; the narrower one follows from the same
    standard error: half width x t(0.90, n - 1) / t(0.95, n - 1).

    Args:
        said: `Estimate.plain()`.
        times: What to multiply every figure by: 100 for percentage points of a share.

    """
    if said is None:
        return None
    mean, count = said["mean"] * times, said["replications"]
    if said["low"] is None or said["high"] is None:
        return Paired(mean, None, None, None, None, count)
    low, high = said["low"] * times, said["high"] * times
    half = (high - low) / 2 * _narrower(said["level"], count)
    return Paired(mean, low, high, mean - half, mean + half, count)


def points(said: Mapping[str, Any] | None) -> Paired | None:
    """Return a difference of shares in percentage points."""
    return paired(said, times=_POINTS)


def _narrower(level: float, count: int) -> float:
    from scipy.special import stdtrit  # noqa: PLC0415 - no page but a scenario's needs it

    return float(stdtrit(count - 1, (1 + NARROW) / 2) / stdtrit(count - 1, (1 + level) / 2))


def signed(value: float | None, places: int = 1) -> str:
    """Return a difference with its sign: +3.2, −0.4, 0.0."""
    said = number(value, places)
    is_above = value is not None and value > 0 and any(sign in "123456789" for sign in said)
    return f"+{said}" if is_above else said


def span(low: float | None, high: float | None, places: int = 1) -> str:
    """Return an interval of a difference: "−5.1 to −3.2"; empty for none."""
    if low is None or high is None:
        return ""
    return f"{signed(low, places)} to {signed(high, places)}"
