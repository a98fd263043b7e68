"""What officers' recorded time went to: cases, collateral duties, support."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from closeout.workload.activities import Sort

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

    from closeout.workload.activities import Activity


def time_use(diary: pa.Table, activities: Iterable[Activity]) -> pl.DataFrame:
    """Return the shares of recorded minutes by kind of activity, of every office and of the nation.

    Args:
        diary: As `shapes.DIARY`.
        activities: The pack's list.

    Returns:
        By `office_id`, the nation (null) first: `minutes`, `officers`, and the shares `case`, `collateral`
        and `support`, which add up to 1.

    """
    kinds = {one.code: one.kind.value for one in activities}
    rows = pl.DataFrame(diary).with_columns(
        kind=pl.col("activity").replace_strict(kinds, default=None, return_dtype=pl.String)
    )
    rows = rows.filter(pl.col("kind").is_not_null() & (pl.col("minutes") > 0))
    both = pl.concat([rows.with_columns(office_id=pl.lit(None, pl.String)), rows])
    total = pl.col("minutes").sum()
    shares = {one.value: pl.col("minutes").filter(pl.col("kind") == one.value).sum() / total for one in Sort}
    made = both.group_by("office_id").agg(
        minutes=total, officers=pl.col("officer_no").n_unique().cast(pl.Int64), **shares
    )
    return made.sort("office_id", nulls_last=False)
