"""How much the minutes of a task vary, from task to task and from officer to officer, by the diaries.

Only entries of one task tell it: an entry of four tasks shows their sum.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import polars as pl
from dateutil.relativedelta import relativedelta

from closeout.workload.activities import Sort, activities_of
from closeout.workload.study.check import check_studies
from closeout.workload.study.read import read_records, study_tables
from closeout.workload.study.weigh import EXPIRES_YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.clauses import Pack
    from closeout.engines.files import Reader
    from closeout.records.snapshot import Snapshot
    from closeout.workload.activities import Activity

LEAST_ENTRIES, LEAST_OFFICERS = 30, 3
"""Entries of one task, and officers who made them, below which an activity's spread is not told."""
_EACH = 2
"""Entries of an officer from which they tell of the tasks."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How the minutes of one activity vary."""

    activity: str
    cv: float
    """Of an officer's own tasks: standard deviation over mean, 0 or more."""
    officer_spread: float
    """Standard deviation of the logarithm of officers' means beyond what few tasks explain, 0 or more."""
    entries: int
    officers: int

    def plain(self) -> dict[str, Any]:
        """Return the spread as plain values."""
        return asdict(self)


def spreads(
    engine: Reader,
    given: Snapshot | Mapping[str, ir.Table],
    pack: Pack,
    as_of: date,
    activities: Sequence[Activity] | None = None,
) -> Mapping[str, Spread]:
    """Return how the minutes of each activity vary, where the time studies of a snapshot tell it.

    Args:
        engine: Where the tables are.
        given: A snapshot, or its tables.
        pack: The rules; its list of activities is taken.
        as_of: The day to stand on. Expired entries, later ones, and those from before an activity changed
            do not count.
        activities: The list, where it has been read already.

    Raises:
        PackError: The pack's list of activities is faulty.

    """
    listed = tuple(activities or activities_of(pack))
    records = read_records(engine, study_tables(engine, given))
    good = check_studies(records, listed).good
    changes = records.changes.filter(pl.col("changed_on") <= as_of)
    since = changes.group_by("activity").agg(pl.col("changed_on").max())
    rows = good.join(since, on="activity", how="left")
    is_today = (pl.col("worked_on") >= pl.col("changed_on")).fill_null(value=True)
    is_known = pl.col("worked_on").is_between(as_of - relativedelta(years=EXPIRES_YEARS), as_of)
    duties = [one.code for one in listed if one.kind is Sort.CASE and not one.is_stock]
    return of_entries(rows.filter(is_today, is_known, pl.col("activity").is_in(duties)))


def of_entries(entries: pl.DataFrame) -> Mapping[str, Spread]:
    """Return how minutes vary from `activity`, `officer_no`, `minutes` and `tasks` (null: one) an entry.

    With x an entry of an officer whose mean is m: cv squared is the sum of (x / m - 1) squared over entries
    less officers, of officers with at least two. Between officers the variance of log m, less the mean of cv
    squared over each one's entries, is what is left beyond chance (method of moments).
    """
    single = entries.filter(pl.col("tasks").fill_null(1) == 1, pl.col("minutes") > 0)
    minutes = pl.col("minutes").cast(pl.Float64)
    single = single.with_columns(minutes, mean=minutes.mean().over("activity", "officer_no"))
    by_officer = (
        single.group_by("activity", "officer_no")
        .agg(
            n=pl.len(),
            mean=pl.col("mean").first(),
            squares=((pl.col("minutes") / pl.col("mean") - 1) ** 2).sum(),
        )
        .filter(pl.col("n") >= _EACH)
    )
    within = pl.col("squares").sum() / (pl.col("n").sum() - pl.len())
    chance = within * (1 / pl.col("n")).mean()
    found = by_officer.group_by("activity").agg(
        cv=within.sqrt(),
        officer_spread=(pl.col("mean").log().var() - chance).clip(lower_bound=0.0).sqrt(),
        entries=pl.col("n").sum().cast(pl.Int64),
        officers=pl.len().cast(pl.Int64),
    )
    enough = (pl.col("entries") >= LEAST_ENTRIES) & (pl.col("officers") >= LEAST_OFFICERS)
    rows = found.filter(enough).sort("activity").select(list(Spread.__slots__))
    return {row["activity"]: Spread(**row) for row in rows.iter_rows(named=True)}
