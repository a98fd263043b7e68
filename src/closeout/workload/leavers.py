"""How many of the staff leave in a year, from the officers' own records."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from closeout.duties.run import tables_of
from closeout.workload.chances import LEAVING, Share, share_seen

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir

    from closeout.engines import Engine
    from closeout.records.snapshot import Snapshot

YEARS = 3
"""Looked back over."""
USUAL_YEARS = 50.0
"""Officer-years that the usual share counts as: a few leavers from a small agency do not overturn it."""
_DAYS_A_YEAR = 365.2425


def leaving_seen(engine: Engine, given: Snapshot | Mapping[str, ir.Table], as_of: date) -> Share:
    """Return the share of the staff who leave in a year, and how much offices differ in it beyond chance.

    Leavers of the last `YEARS` years over the officer-years served in them, by home office; the usual share
    (`chances.LEAVING`) is added as `USUAL_YEARS` officer-years.

    Args:
        engine: Where the tables are.
        given: A snapshot, or its tables.
        as_of: The day to stand on.

    """
    tables = tables_of(engine, given)
    if "officers" not in tables:
        return LEAVING
    officers = tables["officers"].select("office_id", "active_from", "active_to")
    return of_rows(pl.DataFrame(engine.to_arrow(officers)), as_of)


def of_rows(officers: pl.DataFrame, as_of: date) -> Share:
    """Return the same from rows of `office_id`, `active_from` and `active_to` (empty while serving).

    Args:
        officers: One row an officer.
        as_of: The day to stand on.

    """
    since = as_of - timedelta(days=round(YEARS * _DAYS_A_YEAR))
    left, joined = pl.col("active_to"), pl.col("active_from")
    until = pl.min_horizontal(left.fill_null(as_of), pl.lit(as_of))
    served = (until - pl.max_horizontal(joined, pl.lit(since))).dt.total_days().clip(0) / _DAYS_A_YEAR
    by_office = (
        officers.group_by("office_id")
        .agg(left.is_between(since, as_of, closed="right").sum().alias("left"), served.sum().alias("years"))
        .sort("office_id")
    )
    events, years = by_office["left"].to_list(), by_office["years"].to_list()
    seen = share_seen(events, years, otherwise=LEAVING)
    whole = float(sum(years))
    mean = (seen.mean * whole + LEAVING.mean * USUAL_YEARS) / (whole + USUAL_YEARS)
    return Share(mean, seen.deviation if whole >= USUAL_YEARS else LEAVING.deviation)
