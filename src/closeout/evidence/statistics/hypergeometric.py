"""Samples of a lot of known size: exact tails and intervals without replacement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.statistics.distributions import hypergeometric_at_least
from closeout.evidence.statistics.intervals import Interval, check_share

if TYPE_CHECKING:
    from collections.abc import Callable


_ROUNDING = 1e-9


def tail_at_least(defects: int, sampled: int, lot: int, bad: int) -> float:
    """Return the chance of at least so many defects in a sample of a lot that holds `bad` of them, 0-1."""
    return hypergeometric_at_least(defects, sampled, lot, bad)


def tail_at_most(defects: int, sampled: int, lot: int, bad: int) -> float:
    """Return the chance of at most so many defects in a sample of a lot that holds `bad` of them, 0-1."""
    return hypergeometric_at_least(sampled - defects, sampled, lot, lot - bad)


def hypergeometric_interval(defects: int, sampled: int, lot: int, *, level: float = 0.95) -> Interval:
    """Return the exact interval of the share of defects in a lot (Konijn 1973; Buonaccorsi 1987).

    It holds every number of defects in the lot that neither tail refuses at half of 1 - level.

    Args:
        defects: How many of those looked at had a defect.
        sampled: How many were looked at; 1 to `lot`.
        lot: How many there are.
        level: Confidence, above 0 and below 1.

    Returns:
        Ends between 0 and 1, each a number of defects over the lot; equal when all were looked at.

    Raises:
        ValueError: The counts make no share, or more were looked at than there are.

    """
    check_share(defects, sampled, level)
    if sampled > lot:
        msg = f"{sampled} looked at of a lot of {lot} cannot be"
        raise ValueError(msg)
    # A tail of exactly half of 1 - level is refused, on whichever side of it its float lies.
    tail = (1 - level) / 2 * (1 + _ROUNDING)
    least, most = defects, lot - sampled + defects
    low = _first(least, most, lambda bad: tail_at_least(defects, sampled, lot, bad) > tail)
    beyond = _first(low, most + 1, lambda bad: tail_at_most(defects, sampled, lot, bad) <= tail)
    return Interval(low / lot, (beyond - 1) / lot, level, "exact")


def _first(start: int, end: int, holds: Callable[[int], bool]) -> int:
    """Return the first number from `start` from which on something holds; `end` if it never does."""
    low, high = start, end
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low
