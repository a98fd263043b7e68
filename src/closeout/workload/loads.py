"""The minutes a month that each open case is expected to take: what sharing out cases starts from.

A case takes the mean of its like: cases of its office and docket that the same duties are about. Which of two
such cases will be the one whose person misses a check-in is not known beforehand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa

from closeout.duties.compile.rate_reads import Months
from closeout.duties.compile.rates import Rates, rates
from closeout.workload.demand import MINUTES_AN_HOUR, demand
from closeout.workload.parameters import Parameters
from closeout.workload.tables import quickest, tables_in
from closeout.workload.volumes import count_volumes, months_before

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.clauses import Pack
    from closeout.engines import Engine
    from closeout.records.snapshot import Snapshot
    from closeout.workload.demand import Demand, Weights

_ENOUGH = 10
"""Open cases from which a group has a mean of its own."""
LOADS = pa.schema(
    [
        # One row an open case.
        pa.field("case_no", pa.string(), nullable=False),
        pa.field("office_id", pa.string(), nullable=False),
        # Null where nobody leads it.
        pa.field("officer_no", pa.string()),
        pa.field("docket", pa.string(), nullable=False),
        # Expected, from the duties called for and their weights.
        pa.field("minutes_a_month", pa.float64(), nullable=False),
        # What decides who may lead it.
        pa.field("language", pa.string()),
        pa.field("is_child", pa.bool_()),
        pa.field("site_id", pa.string()),
    ]
)


def case_loads(
    engine: Engine,
    given: Snapshot | Mapping[str, ir.Table],
    pack: Pack,
    weights: Weights,
    *,
    as_of: date,
    parameters: Parameters | None = None,
) -> pa.Table:
    """Return the minutes a month that each open case is expected to take.

    The minutes of all cases of an office, docket and marks (which duties are about them, whether they are
    held or being closed) add up to the demand of that group. A group of fewer than ten open cases takes the
    mean of such cases in the nation.

    Args:
        engine: Where the tables are.
        given: A snapshot, or its tables.
        pack: The rules.
        weights: The minutes by activity and office.
        as_of: The day to stand on; the full months before it are averaged.
        parameters: Months and kind of weights; the defaults if None.

    Returns:
        Rows as `LOADS`, in the order of case numbers.

    """
    parameters = parameters or Parameters()
    reader = quickest(engine, given)
    tables = tables_in(reader, given)
    first, last = months_before(as_of, parameters.months)
    counted = count_volumes(reader, given, pack, first, last, as_of=as_of, is_whole=True)
    work = demand(counted, weights, [], parameters)
    minutes = _minutes(work)
    made = rates(pack, tables, Months(first, last, is_whole=True), as_of=as_of)
    rows = pl.DataFrame(reader.to_arrow(_open_cases(tables["cases"], made)))
    for name in LOADS.names:
        if name not in (*rows.columns, "minutes_a_month"):
            rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias(name))
    found = rows.join(minutes, on=["office_id", "docket", "marks"], how="left")
    found = found.with_columns(pl.col("minutes_a_month").fill_null(0.0)).sort("case_no")
    return found.select(LOADS.names).to_arrow().cast(LOADS)


def _open_cases(cases: ir.Table, made: Rates) -> ir.Table:
    names = [name for name in LOADS.names if name in cases.columns]
    rows = cases.select(*names, **made.marked(), is_open=made.is_open(cases))
    return rows.filter(rows.is_open).drop("is_open")


def _minutes(work: Demand) -> pl.DataFrame:
    """Return the minutes a month of one open case by office, docket and marks."""
    rows = work.holders.select("office_id", "docket", "marks", "cases").with_columns(
        hours=pl.Series(work.hours)
    )
    rows = rows.filter(pl.col("docket") != "")
    by = ["office_id", "docket", "marks"]
    own = (
        rows.group_by(by, maintain_order=True).agg(pl.col("cases", "hours").sum()).filter(pl.col("cases") > 0)
    )
    for keys, name in ((by[1:], "alike"), (by[1:2], "docket_mean")):
        mean = (pl.col("hours").sum() / pl.col("cases").sum()).alias(name)
        own = own.join(rows.group_by(keys, maintain_order=True).agg(mean), on=keys, how="left")
    is_enough = (pl.col("cases") >= _ENOUGH) & pl.col("hours").is_finite()
    alike = (
        pl.when(pl.col("alike").is_finite() & (pl.col("alike") > 0)).then("alike").otherwise("docket_mean")
    )
    hours = pl.when(is_enough).then(pl.col("hours") / pl.col("cases")).otherwise(alike)
    return own.select(*by, minutes_a_month=hours * MINUTES_AN_HOUR)
