"""Minutes per unit as a ratio of sums, with an interval that knows that officers differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy.special import stdtrit

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVEL = 0.9


def ratios(sums: pl.DataFrame, by: Sequence[str], *, level: float = LEVEL) -> pl.DataFrame:
    """Return minutes per unit by group: the ratio estimator with officers as clusters.

    R = sum(y) / sum(x) over officers, y their minutes and x their units (duties, or case-months with the
    untouched ones). Its variance is the delete-one-officer jackknife, (n - 1) / n x sum((R without i - R)^2),
    and the interval Student's t with n - 1 degrees on the logarithm of R, which keeps it above 0. Ratio
    estimators: Cochran, *Sampling Techniques* (1977), chapter 6, and 9 for clusters; the jackknife of a
    ratio: Wolter, *Introduction to Variance Estimation*, chapter 4. Entries are never resampled: whoever
    recorded a hundred of them is one officer.

    Args:
        sums: `by` columns, and of each officer in each group `minutes` and `tasks` (in units), one row each.
        by: The columns that make a group.
        level: The share the interval is to enclose, between 0 and 1.

    Returns:
        A row a group in the order of `by`: `minutes` a unit, `low`, `high`, `error` (standard error of the
        logarithm), `officers` and `tasks`. `minutes` is null where there are no units; `low`, `high` and
        `error` where fewer than two officers have any.

    """
    by = list(by)
    of = pl.col("minutes").sum().over(by), pl.col("tasks").sum().over(by)
    totals = sums.with_columns(all_minutes=of[0], all_tasks=of[1])
    ratio = pl.col("all_minutes") / pl.col("all_tasks")
    others = pl.col("all_tasks") - pl.col("tasks")
    without = (pl.col("all_minutes") - pl.col("minutes")) / others
    off = pl.when(others > 0).then(without - ratio)
    officers = (pl.col("minutes") > 0) | (pl.col("tasks") > 0)
    made = (
        totals.filter(officers)
        .group_by(by, maintain_order=True)
        .agg(
            minutes=pl.when(pl.col("all_tasks").first() > 0).then(ratio.first()),
            squares=(off**2).sum(),
            is_whole=off.is_not_null().all(),
            officers=pl.len().cast(pl.Int64),
            tasks=pl.col("all_tasks").first(),
        )
        .sort(by)
    )
    count = pl.col("officers")
    is_known = (count > 1) & pl.col("is_whole") & (pl.col("minutes") > 0)
    error = pl.when(is_known).then(((count - 1) / count * pl.col("squares")).sqrt() / pl.col("minutes"))
    made = made.with_columns(error=error)
    half = made["error"].to_numpy() * _quantile(made["officers"].to_numpy(), level)
    spread = pl.Series("spread", np.exp(half)).fill_nan(None)
    return made.with_columns(low=pl.col("minutes") / spread, high=pl.col("minutes") * spread).select(
        *by, "minutes", "low", "high", "error", "officers", "tasks"
    )


def _quantile(officers: np.ndarray, level: float) -> np.ndarray:
    degrees = np.maximum(officers.astype(np.float64) - 1, 1)
    return np.asarray(stdtrit(degrees, (1 + level) / 2))


def between_offices(logs: np.ndarray, errors: np.ndarray) -> float:
    """Return how far offices differ beyond chance: the standard deviation of their logarithms.

    The moment estimator of DerSimonian and Laird, *Controlled Clinical Trials* 7 (1986): with w = 1 / e^2,
    tau^2 = (Q - (k - 1)) / (sum w - sum w^2 / sum w), at least 0, Q the weighted squares around the mean.

    Args:
        logs: The logarithm of each office's minutes a unit.
        errors: Its standard error, above 0.

    Returns:
        tau; 0 where there are fewer than two offices.

    """
    if len(logs) < 2:  # noqa: PLR2004 - a spread needs two
        return 0.0
    weights = 1 / np.maximum(errors, 1e-9) ** 2
    mean = (weights * logs).sum() / weights.sum()
    spread = (weights * (logs - mean) ** 2).sum()
    scale = weights.sum() - (weights**2).sum() / weights.sum()
    return float(np.sqrt(max(0.0, (spread - (len(logs) - 1)) / scale)))
