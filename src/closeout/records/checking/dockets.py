"""Docket memberships added up: who was on which docket when, and whether it was one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMBERSHIPS = "docket_memberships"
_DOCKET = ["office_id", "docket"]


def counted_members(counts: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """Return counts with `counted`: the memberships in force at the end of `day`.

    Args:
        counts: Rows with `office_id`, `docket` and `day`.
        members: Memberships: from `from_on` on, until the day before `to_on`.

    """
    came = members.select(*_DOCKET, day="from_on", change=pl.lit(1, pl.Int64))
    left = members.filter(pl.col("to_on").is_not_null()).select(
        *_DOCKET, day="to_on", change=pl.lit(-1, pl.Int64)
    )
    days = pl.concat([came, left]).group_by(*_DOCKET, "day").agg(pl.col("change").sum())
    running = days.sort("day").with_columns(counted=pl.col("change").cum_sum().over(_DOCKET)).drop("change")
    joined = counts.sort("day").join_asof(
        running.sort("day"), on="day", by=_DOCKET, strategy="backward", check_sortedness=False
    )
    return joined.with_columns(pl.col("counted").fill_null(0))


def one_docket(members: pl.DataFrame, cases: pl.DataFrame | None) -> Iterator[tuple[str, str, pl.DataFrame]]:
    """Yield each way in which a case is not on exactly one docket, with its table and the rows that show it.

    Args:
        members: Memberships, with case numbers as numbers.
        cases: The cases, where they are there.

    """
    ordered = members.sort("case_no", "from_on", "to_on", nulls_last=True)
    is_same = pl.col("case_no") == pl.col("case_no").shift()
    until = pl.col("to_on").shift()
    begins = pl.col("from_on")
    yield (
        "on two dockets at once",
        MEMBERSHIPS,
        ordered.filter(is_same & (until.is_null() | (begins < until))),
    )
    is_apart = is_same & (begins > until) & (pl.col("reason") != "reopened")
    yield "days on no docket between two", MEMBERSHIPS, ordered.filter(is_apart)
    if cases is None:
        return
    now = members.filter(pl.col("to_on").is_null()).select("case_no", now="docket").unique("case_no")
    both = cases.join(now, on="case_no", how="left")
    is_closed = pl.col("state") == "closed"
    yield "open case on no docket", "cases", both.filter(~is_closed & pl.col("now").is_null())
    yield "closed case still on a docket", "cases", both.filter(is_closed & pl.col("now").is_not_null())
    differs = ~is_closed & (pl.col("now") != pl.col("docket"))
    yield "case on another docket than its membership says", "cases", both.filter(differs)
