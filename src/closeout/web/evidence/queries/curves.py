"""A stored survival curve at days that people ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

DAYS = (30, 60, 90, 120, 180, 270, 365, 540, 730)


@dataclass(frozen=True, slots=True)
class OpenAfter:
    """How many are still open after some days.

    Attributes:
        days: Since the start.
        at_risk: How many had neither ended by then nor been last seen before.
        share: The share still open, 0-1, by Kaplan-Meier.
        low, high: Its interval; None where it has none.

    """

    days: int
    at_risk: int
    share: float
    low: float | None
    high: float | None


def open_after(curve: Mapping[str, Any] | None) -> list[OpenAfter]:
    """Return a stored curve (`Survival`) at each of `DAYS` after which any are still followed."""
    if not curve:
        return []
    found = []
    for days in DAYS:
        past = [each for each in curve["moments"] if each["length"] <= days]
        left = curve["n"] - sum(each["ended"] + each["censored"] for each in past)
        if left:
            last = past[-1] if past else {"open_share": 1.0, "low": 1.0, "high": 1.0}
            found.append(OpenAfter(days, left, last["open_share"], last["low"], last["high"]))
    return found
