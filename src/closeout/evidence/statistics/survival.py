"""How long things take when some have not ended yet: Kaplan-Meier curves from counts."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import TYPE_CHECKING, TypeVar

from closeout.evidence.statistics.distributions import z_of

if TYPE_CHECKING:
    from collections.abc import Mapping

Length = TypeVar("Length", int, float)
_HALF = 0.5
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Moment:
    """One day of a survival curve.

    Attributes:
        length: Days since the start.
        at_risk: How many had neither ended nor dropped out of sight before.
        ended: How many ended then.
        censored: How many were last seen then, not ended.
        open_share: The share still open after that day, 0-1.
        low, high: Its interval; both are the share itself where it is 1, None where it is 0.

    """

    length: float
    at_risk: int
    ended: int
    censored: int
    open_share: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Survival:
    """A survival curve and its median.

    Attributes:
        n: How many there are.
        ended: How many of them ended.
        censored: How many are still open, or were lost sight of.
        moments: Each length that occurs, shortest first.
        median: The shortest length after which at most half are open; None while more than half are.
        low, high: Its interval; None where the curve's interval does not come down to a half.
        level: Confidence, 0-1.

    """

    n: int
    ended: int
    censored: int
    moments: tuple[Moment, ...]
    median: float | None
    low: float | None
    high: float | None
    level: float = 0.95

    def open_after(self, length: float) -> float:
        """Return the share still open after a length, 0-1."""
        shares = [moment.open_share for moment in self.moments if moment.length <= length]
        return shares[-1] if shares else 1.0


def kaplan_meier(
    ended: Mapping[Length, int], censored: Mapping[Length, int], *, level: float = 0.95
) -> Survival:
    """Return the product-limit curve (Kaplan & Meier 1958) with Greenwood's variance.

    The share open is the product of 1 - d / n over the lengths so far. Its interval is made on the log-log
    scale: share ** exp(+/- z x sqrt(sum d / (n (n - d))) / log share) (Kalbfleisch & Prentice 1980). The
    median's ends are where that interval comes down to a half (Brookmeyer & Crowley 1982). Whatever is
    censored on a day counts as at risk on it.

    Args:
        ended: How many ended after each length.
        censored: How many were open when last seen, by the length until then.
        level: Confidence, above 0 and below 1.

    Raises:
        ValueError: Nothing to follow, a negative length or count, or a level not between 0 and 1.

    """
    _check(ended, censored, level)
    z = z_of(level)
    at_risk = sum(ended.values()) + sum(censored.values())
    n, share, greenwood = at_risk, 1.0, 0.0
    moments = []
    lengths = {key for key, count in ended.items() if count} | {
        key for key, count in censored.items() if count
    }
    for length in sorted(lengths):
        gone, lost = ended.get(length, 0), censored.get(length, 0)
        share *= 1 - gone / at_risk
        greenwood += gone / (at_risk * (at_risk - gone)) if gone < at_risk else 0.0
        low, high = _ends(share, greenwood, z)
        moments.append(Moment(float(length), at_risk, gone, lost, share, low, high))
        at_risk -= gone + lost
    return Survival(
        n,
        sum(ended.values()),
        sum(censored.values()),
        tuple(moments),
        median=_crossing(moments, "open_share"),
        low=_crossing(moments, "low"),
        high=_crossing(moments, "high"),
        level=level,
    )


def _check(ended: Mapping[Length, int], censored: Mapping[Length, int], level: float) -> None:
    if not 0 < level < 1:
        msg = f"a level lies between 0 and 1, not at {level}"
        raise ValueError(msg)
    everything = [*ended.items(), *censored.items()]
    if any(length < 0 or count < 0 for length, count in everything):
        msg = "lengths and counts cannot be negative"
        raise ValueError(msg)
    if not any(count for _, count in everything):
        msg = "there is nothing to follow"
        raise ValueError(msg)


def _ends(share: float, greenwood: float, z: float) -> tuple[float | None, float | None]:
    if share <= _ROUNDING:
        return None, None
    if share >= 1 - _ROUNDING:
        return share, share
    half = z * sqrt(greenwood) / log(share)
    return share ** exp(-half), share ** exp(half)


def _crossing(moments: list[Moment], line: str) -> float | None:
    """Return the shortest length at which a line is at or under a half; the curve's end counts for all."""
    for moment in moments:
        value = getattr(moment, line)
        if value is None or value <= _HALF + _ROUNDING:
            return moment.length
    return None
