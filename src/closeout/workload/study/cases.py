"""Case-months: how many open cases each officer led in the weeks of a diary, the untouched ones included."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import ibis
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir

    from closeout.engines.files import Reader
    from closeout.workload.activities import Activity

WEEK_DAYS = 7
MONTH_DAYS = 365.2425 / 12
_FOR_EVER = date(9999, 12, 31)
_KINDS = {"officer_no": pl.String, "week": pl.Date, "activity": pl.String, "case_months": pl.Float64}


def case_months(
    engine: Reader,
    tables: Mapping[str, ir.Table],
    weeks: pl.DataFrame,
    stock: Sequence[Activity],
) -> pl.DataFrame:
    """Return the case-months each officer led, by week and stock activity.

    A case led for all seven days of a week is 7 / 30.44 case-months. An officer's cases of a week are split
    over the activities as the cases are by docket that name the officer in the records: exact for whoever
    leads one kind of docket, and no join of all cases with all assignments.

    Args:
        engine: Where the tables are.
        tables: With `assignments` and `cases`; without one of them nothing is counted.
        weeks: The officer-weeks to count: `officer_no`, `week` (its Monday).
        stock: The activities measured a case and month.

    Returns:
        `officer_no`, `week`, `activity`, `case_months` (above 0), of officers asked for and all their weeks
        in which they led a case; weeks of others are among them.

    """
    if not stock or not weeks.height or not {"assignments", "cases"} <= set(tables):
        return pl.DataFrame(schema=_KINDS)
    mondays = sorted(weeks["week"].unique().to_list())
    led = _days_led(engine, tables["assignments"], mondays)
    led = led.join(weeks, on=["officer_no", "week"], how="semi")
    cases = tables["cases"].filter(tables["cases"].officer_no.notnull())
    counted = cases.group_by("officer_no", "docket").aggregate(cases=ibis._.count())
    shares = _shares(pl.DataFrame(engine.to_arrow(counted)), stock)
    made = led.join(shares, on="officer_no").with_columns(
        case_months=pl.col("days") * pl.col("share") / MONTH_DAYS
    )
    return made.select(*_KINDS).sort("officer_no", "week", "activity")


def _days_led(engine: Reader, led: ir.Table, mondays: list[date]) -> pl.DataFrame:
    """Return case-days by officer and week: one pass over the assignments for all weeks."""
    last = mondays[-1] + timedelta(days=WEEK_DAYS)
    is_there = (led.from_on < last) & (led.to_on.isnull() | (led.to_on > mondays[0]))
    led = led.filter(led.role == "lead", is_there)
    names = {f"w{place}": monday for place, monday in enumerate(mondays)}
    days = {name: _days(led, monday).sum() for name, monday in names.items()}
    found = pl.DataFrame(engine.to_arrow(led.group_by("officer_no").aggregate(**days)))
    long = found.unpivot(index="officer_no", on=list(names), variable_name="week", value_name="days")
    return long.filter(pl.col("days") > 0).with_columns(
        pl.col("week").replace_strict(names, return_dtype=pl.Date), pl.col("days").cast(pl.Float64)
    )


def _days(led: ir.Table, monday: date) -> ir.IntegerValue:
    """Return the days of one week on which each case was led."""
    end = monday + timedelta(days=WEEK_DAYS)
    last = ibis.least(ibis.coalesce(led.to_on, ibis.literal(_FOR_EVER)), ibis.literal(end))
    first = ibis.greatest(led.from_on, ibis.literal(monday))
    return ibis.greatest(last.delta(first, unit="day"), 0)


def _shares(counted: pl.DataFrame, stock: Sequence[Activity]) -> pl.DataFrame:
    """Return which share of an officer's cases each activity covers."""
    everything = pl.lit(value=True)
    pieces = [
        counted.filter(pl.col("docket").is_in(one.dockets) if one.dockets else everything)
        .group_by("officer_no")
        .agg(pl.col("cases").sum())
        .with_columns(activity=pl.lit(one.code))
        for one in stock
    ]
    total = counted.group_by("officer_no").agg(total=pl.col("cases").sum())
    return (
        pl.concat(pieces)
        .join(total, on="officer_no")
        .select("officer_no", "activity", share=pl.col("cases") / pl.col("total"))
    )
