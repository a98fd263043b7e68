"""Case-months: how many open cases each officer led in the weeks of a diary, the untouched ones included."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import ibis
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir
    from numpy.typing import NDArray

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
    first, last = mondays[0], mondays[-1] + timedelta(days=WEEK_DAYS)
    is_there = (led.from_on < last) & (led.to_on.isnull() | (led.to_on > first))
    led = led.filter(led.role == "lead", led.officer_no.notnull(), is_there)
    rows = engine.to_arrow(led.select("officer_no", "from_on", "to_on"))
    officers = rows["officer_no"].combine_chunks().dictionary_encode()
    days = _days(rows, first, last, mondays, officers)
    place, week = np.nonzero(days)
    return pl.DataFrame(
        {
            "officer_no": pl.Series(officers.dictionary.take(pa.array(place)), dtype=pl.String),
            "week": pl.Series(mondays, dtype=pl.Date).gather(week),
            "days": days[place, week].astype(np.float64),
        }
    )


def _days(
    rows: pa.Table, first: date, last: date, mondays: Sequence[date], officers: pa.DictionaryArray
) -> NDArray[np.int64]:
    """Return case-days by officer and week.

    The days of the weeks asked for are numbered through. Cases begun by a day less those ended by it are
    led on it: both are counts by officer and day, so that no row is looked at again for each week.
    """
    is_asked = np.zeros((last - first).days, dtype=np.int64)
    for monday in mondays:
        is_asked[(monday - first).days :][:WEEK_DAYS] = 1
    before = np.concatenate([[0], is_asked.cumsum()])
    begins, ends = (_numbers(rows[name], first, before) for name in ("from_on", "to_on"))
    size = (len(officers.dictionary), int(before[-1]) + 1)
    officer = officers.indices.to_numpy() * size[1]
    begun, ended = (
        np.bincount(officer + day, minlength=size[0] * size[1]).reshape(size)
        for day in (begins, np.maximum(begins, ends))
    )
    led = (begun - ended).cumsum(axis=1)[:, :-1]
    made: NDArray[np.int64] = led.reshape(size[0], len(mondays), WEEK_DAYS).sum(axis=2)
    return made


def _numbers(days: pa.ChunkedArray, first: date, before: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many days asked for lie before each day; all of them where it is null."""
    found = pc.fill_null(days, _FOR_EVER).to_numpy().astype("datetime64[D]").astype(np.int64)
    here = found - np.datetime64(first).astype(np.int64)
    made: NDArray[np.int64] = before[np.clip(here, 0, len(before) - 1)]
    return made


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
