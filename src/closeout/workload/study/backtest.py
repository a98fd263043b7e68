"""Do the weights hold? Minutes predicted from earlier diaries against those recorded, month by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from closeout.workload.study.weigh import observed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from closeout.workload.activities import Activity
    from closeout.workload.study.weigh import Frame

BAND = (0.9, 1.1)
"""Predicted over recorded minutes outside this band is drift."""


@dataclass(frozen=True, slots=True)
class Backtest:
    """One month's recorded minutes against what the weights of earlier diaries predict for its tasks."""

    month: date
    """Its first day."""
    activity: str | None
    """None: all activities that had a weight by then."""
    recorded: float
    """Minutes."""
    predicted: float | None
    """Minutes; None where no earlier diary gives a weight: not assessed."""
    has_drifted: bool
    """The weights are off by more than the band: study the activity anew."""

    @property
    def ratio(self) -> float | None:
        """Return predicted over recorded minutes; None where there is nothing to compare."""
        return self.predicted / self.recorded if self.predicted is not None and self.recorded else None


def backtest(
    diary: pa.Table,
    frame: Frame,
    activities: Sequence[Activity],
    *,
    band: tuple[float, float] = BAND,
) -> tuple[Backtest, ...]:
    """Return the back-test of every month with diaries, all activities together and each by itself.

    For a month only diaries that ended before it count, so the weights are those a planner would have had.

    Args:
        diary: As `shapes.DIARY`.
        frame: Responses and changes.
        activities: The pack's list.
        band: Least and most of predicted over recorded minutes.

    Returns:
        By month, all activities first, then each in the list's order.

    """
    rows = pl.DataFrame(diary).with_columns(month=pl.col("week").dt.truncate("1mo"))
    made: list[Backtest] = []
    for month in rows["month"].unique().sort().to_list():
        earlier = rows.filter(pl.col("week") < month - timedelta(days=6)).drop("month")
        weights = {
            one.activity: one.minutes
            for one in observed(earlier.to_arrow().cast(diary.schema), frame, activities, month)
            if one.office_id is None and one.minutes is not None
        }
        now = rows.filter((pl.col("month") == month) & (pl.col("tasks") > 0))
        sums = {activity: (minutes, tasks) for activity, minutes, tasks in _sums(now).iter_rows()}
        each = [
            _one(month, one.code, sums[one.code], weights.get(one.code), band)
            for one in activities
            if one.code in sums
        ]
        made += [_together(month, each, band), *each]
    return tuple(made)


def _sums(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.group_by("activity").agg(pl.col("minutes").sum(), pl.col("tasks").sum()).sort("activity")


def _one(
    month: date,
    activity: str,
    done: tuple[float, float],
    minutes: float | None,
    band: tuple[float, float],
) -> Backtest:
    recorded, tasks = done
    predicted = None if minutes is None else minutes * tasks
    return Backtest(month, activity, recorded, predicted, _is_off(recorded, predicted, band))


def _together(month: date, each: Sequence[Backtest], band: tuple[float, float]) -> Backtest:
    known = [one for one in each if one.predicted is not None]
    recorded = sum(one.recorded for one in known)
    if not known:
        return Backtest(month, None, sum(one.recorded for one in each), None, has_drifted=False)
    predicted = sum(one.predicted or 0.0 for one in known)
    return Backtest(month, None, recorded, predicted, _is_off(recorded, predicted, band))


def _is_off(recorded: float, predicted: float | None, band: tuple[float, float]) -> bool:
    if predicted is None or not recorded:
        return False
    return not band[0] <= predicted / recorded <= band[1]
