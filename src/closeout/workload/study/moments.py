"""Moments drawn by chance: the share of them spent on an activity is the share of paid time it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from closeout.workload.study.ratio import LEVEL, ratios

if TYPE_CHECKING:
    from closeout.workload.study.read import Records

_MINUTES_AN_HOUR = 60
KIND = {
    "study": pl.String,
    "office_id": pl.String,
    "officer_no": pl.String,
    "week": pl.Date,
    "activity": pl.String,
    "minutes": pl.Float64,
    "entries": pl.Int64,
}


def moment_minutes(records: Records, codes: list[str]) -> pl.DataFrame:
    """Return the minutes that officers' moments stand for: their share, times the contracted week.

    Moments of an activity that is not listed, of an unknown study or officer, are left out, and the week's
    share is of those that remain.

    Args:
        records: The time studies as read.
        codes: The activities of the pack's list.

    Returns:
        `study`, `office_id`, `officer_no`, `week`, `activity`, `minutes`, and `entries`: moments.

    """
    known = (
        pl.col("activity").is_in(codes)
        & pl.col("study_id").is_in(records.studies["study_id"].implode())
        & pl.col("officer_no").is_in(records.officers["officer_no"].implode())
    )
    seen = records.moments.filter(known).select(
        "office_id",
        "officer_no",
        "activity",
        study="study_id",
        week=pl.col("observed_at").dt.date().dt.truncate("1w"),
    )
    hours = records.officers.select("officer_no", "contracted_hours")
    week = ["study", "office_id", "officer_no", "week"]
    counted = seen.group_by(*week, "activity").agg(entries=pl.len().cast(pl.Int64))
    share = pl.col("entries") / pl.col("entries").sum().over(week)
    made = counted.join(hours, on="officer_no").with_columns(
        minutes=share * pl.col("contracted_hours") * _MINUTES_AN_HOUR
    )
    return made.select(*KIND).sort(*week, "activity")


def moment_shares(moments: pl.DataFrame, *, level: float = LEVEL) -> pl.DataFrame:
    """Return the share of moments of each activity with an interval that counts officers, not moments.

    Args:
        moments: `officer_no` and `activity`, a row a moment.
        level: Of the interval, 0 to 1.

    Returns:
        By activity: `share`, `low` and `high` from 0 to 1, `officers` with any moment, and `moments`.

    """
    answered = moments.group_by("officer_no").agg(tasks=pl.len().cast(pl.Float64))
    named = moments.select("activity").unique()
    hits = moments.group_by("activity", "officer_no").agg(minutes=pl.len().cast(pl.Float64))
    sums = named.join(answered, how="cross").join(hits, on=["activity", "officer_no"], how="left")
    made = ratios(sums.with_columns(pl.col("minutes").fill_null(0.0)), ["activity"], level=level)
    return made.select(
        "activity",
        pl.col("minutes").alias("share"),
        "low",
        pl.min_horizontal("high", pl.lit(1.0)).alias("high"),
        "officers",
        pl.col("tasks").cast(pl.Int64).alias("moments"),
    )
