"""How often each duty is called for, and how often it was done, by office, officer, docket and month.

A case's volumes are those of whoever holds the case today: the question is what the present caseload calls
for, not who worked when. Backlog is not in them; the duty engine counts it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from dateutil.relativedelta import relativedelta

from closeout.duties.compile.rate_clauses import STOCK
from closeout.duties.compile.rate_reads import How, Months, Side
from closeout.duties.compile.rates import rates
from closeout.engines.files import FilesFirst
from closeout.workload.activities import activities_of, stock_activity
from closeout.workload.counted_files import counted_from_files
from closeout.workload.counted_rows import counted_by_engine
from closeout.workload.netted import netted
from closeout.workload.shapes import VOLUMES
from closeout.workload.tables import quickest, tables_in
from closeout.workload.unfold import Block, unfold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir
    import pyarrow as pa
    from numpy.typing import NDArray

    from closeout.duties.clauses import Pack
    from closeout.duties.compile.rates import Rates
    from closeout.engines.files import Reader
    from closeout.records.snapshot import Snapshot
    from closeout.workload.activities import Activity
    from closeout.workload.counted_rows import CountedRows

STOCK_ACTIVITY = "case-management"
"""Work on a case that no duty names, in open case-months, where the pack's list has no name for it."""


def months_before(as_of: date, count: int) -> tuple[date, date]:
    """Return the first days of the first and last of the full months that end by a day."""
    after = as_of + timedelta(days=1)
    last = after.replace(day=1) - relativedelta(months=1)
    return last - relativedelta(months=count - 1), last


@dataclass(frozen=True, slots=True)
class Counted:
    """All volumes of some months, before they are laid out as a table."""

    months: Months
    holders: pl.DataFrame
    """`code`, `office_id`, `officer_no`, `docket` (empty words for none), `marks`, `cases` open."""
    blocks: tuple[Block, ...]
    activities: Mapping[str, str]
    """The activity of each duty."""
    stock: frozenset[str]
    """The activities that are measured in case-months."""
    marks: tuple[str, ...]
    """What each bit of `marks` says of a case."""
    lacking: Mapping[str, tuple[str, ...]]
    """Duties not counted, with the tables they lack."""

    def totals(self, names: Sequence[str], side: Side) -> NDArray[np.float64]:
        """Return the volumes of all months together, by holder and activity.

        Args:
            names: The activities, in the order of the columns wanted.
            side: Owed or done.

        Returns:
            Holders x activities. An act that discharges two duties of one activity counts once.

        """
        place = {name: number for number, name in enumerate(names)}
        made = np.zeros((len(names), self.holders.height))
        for block in self._of(side):
            activity = place.get(self.activities.get(block.count.duty, ""))
            if activity is not None:
                made[activity] += np.bincount(
                    block.holders, weights=block.values, minlength=self.holders.height
                )
        return made.T

    def table(self, *, by_officer: bool = True) -> pa.Table:
        """Return the volumes as rows of `VOLUMES`, in the order of its columns.

        Args:
            by_officer: Whether officers stand apart; else the column is null, and the table short.

        """
        parts = [
            self._part(block, side)
            for side in Side
            for block in self._of(side)
            if block.count.duty in self.activities
        ]
        if not parts:
            return VOLUMES.empty_table()
        by = ["office_id", "officer_no", "docket", "activity", "month"]
        holders = self.holders if by_officer else self.holders.with_columns(officer_no=pl.lit(""))
        rows = pl.concat(parts).join(holders.select("code", *by[:3]), on="code", how="left")
        summed = (
            rows.group_by(by, maintain_order=True).agg(pl.col("owed").sum(), pl.col("done").sum()).sort(by)
        )
        firsts = pl.Series(self.months.firsts, dtype=pl.Date)
        made = summed.with_columns(
            officer_no=pl.col("officer_no").replace("", None),
            docket=pl.col("docket").replace("", None),
            month=firsts.gather(summed["month"]),
        )
        return made.select(VOLUMES.names).to_arrow().cast(VOLUMES)

    def _of(self, side: Side) -> list[Block]:
        return [block for block in self.blocks if block.count.side is side]

    def _part(self, block: Block, side: Side) -> pl.DataFrame:
        nothing = np.zeros(len(block.values))
        owed, done = (block.values, nothing) if side is Side.OWED else (nothing, block.values)
        columns = {"code": block.holders, "month": block.months, "owed": owed, "done": done}
        made = (
            pl.DataFrame(columns)
            .group_by("code", "month", maintain_order=True)
            .agg(pl.col("owed").sum(), pl.col("done").sum())
        )
        return made.with_columns(activity=pl.lit(self.activities[block.count.duty]))


def count_volumes(
    engine: Reader,
    given: Snapshot | Mapping[str, ir.Table],
    pack: Pack,
    first_month: date,
    last_month: date,
    *,
    as_of: date | None = None,
    is_whole: bool = False,
    activities: Sequence[Activity] | None = None,
) -> Counted:
    """Count what the pack calls for and what was done, in three statements.

    Args:
        engine: Where the tables are.
        given: A snapshot, or its tables.
        pack: The pack.
        first_month: The first day of the first month.
        last_month: The first day of the last month.
        as_of: The day that open cases are counted on; as the tables have them if None.
        is_whole: Count all months together, which is quicker; there is no series then.
        activities: The pack's list, where it has been read already.

    Raises:
        ValueError: The months are not given by their first days, or are not in order.

    """
    months = Months(first_month, last_month, is_whole)
    made, counted = _counted_rows(engine, given, pack, months, as_of)
    holders, unfolded = unfold(counted.groups, counted.offices, counted.parts, months)
    blocks = netted(unfolded)
    stock = _stock(activities_of(pack) if activities is None else activities, holders)
    laid = tuple(one for block in blocks for one in _by_docket(block, holders, stock))
    names = {f"{STOCK} {activity}": activity for activity in stock.values()}
    return Counted(
        months,
        holders,
        laid,
        {clause.duty: clause.minutes for clause in pack.clauses if clause.minutes} | names,
        frozenset(stock.values()),
        tuple(made.marks),
        made.lacking,
    )


def _counted_rows(
    engine: Reader,
    given: Snapshot | Mapping[str, ir.Table],
    pack: Pack,
    months: Months,
    as_of: date | None,
) -> tuple[Rates, CountedRows]:
    """Return the clauses of a pack and their rows, counted from a snapshot's files where that can be."""
    reader = quickest(engine, given)
    if isinstance(reader, FilesFirst):
        made = rates(pack, tables_in(reader, given), months, as_of=as_of)
        try:
            return made, counted_from_files(reader, made)
        except pl.exceptions.PolarsError:
            # What an engine makes of the files counts, and what it says where it cannot read them.
            pass
    made = rates(pack, tables_in(engine, given), months, as_of=as_of)
    return made, counted_by_engine(engine, made)


def volumes(
    engine: Reader, given: Snapshot | Mapping[str, ir.Table], pack: Pack, first_month: date, last_month: date
) -> pa.Table:
    """Return how often each activity is called for and was done, as rows of `VOLUMES`.

    Args and errors are those of `count_volumes`.
    """
    return count_volumes(engine, given, pack, first_month, last_month).table()


def _stock(listed: Sequence[Activity], holders: pl.DataFrame) -> dict[str, str]:
    """Return the activity of work on open cases, by docket."""
    dockets = sorted(set(holders["docket"].to_list()))
    return {docket: stock_activity(listed, docket) or STOCK_ACTIVITY for docket in dockets}


def _by_docket(block: Block, holders: pl.DataFrame, stock: Mapping[str, str]) -> list[Block]:
    """Return open case-months apart by the activity that their docket is measured under."""
    if block.count.how is not How.STOCK:
        return [block]
    named = np.array([stock[docket] for docket in holders["docket"].to_list()])
    mine = named[block.holders]
    return [
        Block(
            replace(block.count, duty=f"{STOCK} {activity}"),
            block.holders[mine == activity],
            block.months[mine == activity],
            block.values[mine == activity],
        )
        for activity in sorted(set(stock.values()))
    ]
