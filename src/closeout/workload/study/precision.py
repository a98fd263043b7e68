"""How sure a study is, and how many officers it must ask to be as sure as wanted."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl
from scipy.special import stdtrit

from closeout.workload.study.ratio import LEVEL, ratios

if TYPE_CHECKING:
    import pyarrow as pa

_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Precision:
    """How sure the minutes of one activity are, and what it takes to be as sure as wanted."""

    activity: str
    officers: int
    """With diaries of it, so far."""
    half_width: float | None
    """Half the 90 % interval now, as a share of the minutes; None with fewer than two officers."""
    needed: int | None
    """Officers who must record it for the width wanted; None where nothing says how they differ."""
    to_ask: int | None
    """As many, and those who will not answer."""


def precision(diary: pa.Table, aim: float, response: float = 1.0) -> tuple[Precision, ...]:
    """Return how sure the minutes of each activity are, from a pilot's diaries.

    With s the spread of officers (the standard error of the logarithm times the root of their number), n
    officers give a half width of t(n - 1) s / sqrt(n) on the logarithm; needed is the least n for which
    exp of it is at most 1 + aim.

    Args:
        diary: As `shapes.DIARY`.
        aim: Half the 90 % interval wanted, as a share of the minutes: 0.1 is ten percent.
        response: Share of those asked who will record, above 0 to 1.

    Returns:
        By activity; those without tasks (support, collateral) are left out.

    Raises:
        ValueError: The aim or the response is out of range.

    """
    if not 0 < aim < 1:
        msg = f"the width aimed at is a share above 0 and below 1, such as 0.1, not {aim:g}"
        raise ValueError(msg)
    if not 0 < response <= 1:
        msg = f"the response expected is a share above 0 and up to 1, not {response:g}"
        raise ValueError(msg)
    sums = (
        pl.DataFrame(diary)
        .group_by("activity", "officer_no", maintain_order=True)
        .agg(pl.col("minutes").sum(), pl.col("tasks").sum())
    )
    found = ratios(sums, ["activity"]).filter(pl.col("minutes").is_not_null())
    made = []
    for row in found.iter_rows(named=True):
        error, officers = row["error"], row["officers"]
        needed = None if error is None else officers_needed(error * math.sqrt(officers), aim)
        made.append(
            Precision(
                row["activity"],
                officers,
                None if error is None else row["high"] / row["minutes"] - 1,
                needed,
                None if needed is None else math.ceil(needed / response),
            )
        )
    return tuple(made)


def officers_needed(spread: float, aim: float, level: float = LEVEL) -> int | None:
    """Return the fewest officers whose interval is narrow enough.

    Args:
        spread: Standard deviation of officers' minutes, on the logarithm.
        aim: Half width wanted, as a share.
        level: Of the interval, 0 to 1.

    Returns:
        At least two; None where 100,000 would not do.

    """
    if _half(_MOST, spread, level) > math.log1p(aim):
        return None
    low, high = 2, _MOST
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _half(middle, spread, level) <= math.log1p(aim) else (middle + 1, high)
    return low


def _half(officers: int, spread: float, level: float) -> float:
    quantile = float(stdtrit(officers - 1, (1 + level) / 2))
    return quantile * spread / math.sqrt(officers)
