"""The response to a time study: officer-weeks recorded, of those asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from closeout.workload.study.read import Records


def responses(records: Records, good: pl.DataFrame) -> pl.DataFrame:
    """Return the response by study and office.

    An officer away for the whole week is not asked for it. A week said to be recorded that has no usable
    entry is not recorded. For a study of moments, an officer-week with one answer is recorded.

    Args:
        records: The time studies as read.
        good: The entries that can be used, with `week`.

    Returns:
        A row a study and office, in that order: `asked`, `recorded`, `absent` in officer-weeks, and
        `response` from 0 to 1, null where nobody was asked.

    """
    asked = (
        records.samples.group_by(study="study_id", officer_no="officer_no", week="week_from")
        .agg(pl.col("office_id").first(), pl.col("state").first())
        .with_columns(is_absent=pl.col("state") == "absent")
    )
    entered = good.select("study", "officer_no", "week").unique()
    answered = records.moments.select(
        "officer_no", study="study_id", week=pl.col("observed_at").dt.truncate("1w").dt.date()
    ).unique()
    have = (
        pl.concat([entered, answered.select(entered.columns)]).unique().with_columns(has=pl.lit(value=True))
    )
    both = asked.join(have, on=["study", "officer_no", "week"], how="left")
    is_asked = ~pl.col("is_absent") | pl.col("has").fill_null(value=False)
    made = both.group_by("study", "office_id").agg(
        asked=is_asked.sum().cast(pl.Int64),
        recorded=pl.col("has").fill_null(value=False).sum().cast(pl.Int64),
        absent=(~is_asked).sum().cast(pl.Int64),
    )
    response = pl.when(pl.col("asked") > 0).then(pl.col("recorded") / pl.col("asked"))
    return made.with_columns(response=response).sort("study", "office_id")
