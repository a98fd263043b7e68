"""The diaries as one table: minutes and units by study, office, officer, week and activity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from closeout.workload.activities import load_activities
from closeout.workload.shapes import DIARY
from closeout.workload.study.cases import case_months
from closeout.workload.study.check import WORKDAYS, check_studies
from closeout.workload.study.read import read_records, study_tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir
    import pyarrow as pa

    from closeout.engines.files import Reader
    from closeout.records.snapshot import Snapshot
    from closeout.workload.activities import Activity
    from closeout.workload.study.check import Checked

_KEY = ("study", "office_id", "officer_no", "week")


def read_diary(
    engine: Reader,
    given: Snapshot | Mapping[str, ir.Table],
    activities: Sequence[Activity] | None = None,
) -> pa.Table:
    """Return the usable entries of all time studies of a snapshot, as a table like `shapes.DIARY`.

    Args:
        engine: Where the tables are.
        given: A snapshot, or its tables.
        activities: The pack's list; the own pack's if None.

    """
    tables = study_tables(engine, given)
    listed = activities or load_activities()
    return diary_of(engine, tables, check_studies(read_records(engine, tables), listed), listed)


def diary_of(
    engine: Reader, tables: Mapping[str, ir.Table], checked: Checked, activities: Sequence[Activity]
) -> pa.Table:
    """Return what passed the check as a table like `shapes.DIARY`.

    `tasks` are duties done; an entry that does not say how many is one. For activities measured a case and
    month they are the case-months the officer led in the week, times the share of working days recorded,
    and a week without a minute of such work stands there with its case-months all the same. Support and
    collateral activities have no tasks. A study of moments gives minutes of support, collateral and work a
    case and month only: nobody counts the duties done between two moments.

    """
    duties = [one.code for one in activities if one.kind == "case" and not one.is_stock]
    stock = [one for one in activities if one.is_stock]
    tasks = pl.when(pl.col("activity").is_in(duties)).then(pl.col("tasks").fill_null(1)).otherwise(0)
    entered = checked.good.group_by(*_KEY, "activity", maintain_order=True).agg(
        minutes=pl.col("minutes").sum().cast(pl.Float64),
        tasks=tasks.sum().cast(pl.Float64),
        entries=pl.len().cast(pl.Int64),
    )
    recorded = pl.col("worked_on").filter(pl.col("worked_on").dt.weekday() <= WORKDAYS).n_unique() / WORKDAYS
    weeks = checked.good.group_by(_KEY).agg(recorded=recorded)
    seen = checked.moments.filter(~pl.col("activity").is_in(duties))
    watched = checked.moments.select(*_KEY, recorded=pl.lit(1.0)).unique()
    entered = pl.concat([entered, seen.with_columns(tasks=pl.lit(0.0)).select(entered.columns)])
    weeks = pl.concat([weeks, watched])
    led = case_months(engine, tables, weeks, stock)
    untouched = weeks.join(led, on=["officer_no", "week"]).select(
        *_KEY, "activity", units=pl.col("case_months") * pl.col("recorded")
    )
    both = entered.join(untouched, on=[*_KEY, "activity"], how="full", coalesce=True).with_columns(
        minutes=pl.col("minutes").fill_null(0.0),
        entries=pl.col("entries").fill_null(0),
        tasks=pl.coalesce("units", "tasks"),
    )
    return both.select(DIARY.names).sort(*_KEY, "activity").to_arrow().cast(DIARY)
