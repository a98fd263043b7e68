"""Counted rows, as `closeout.duties.compile.rates` counts them, turned into duties a month by holder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from closeout.duties.compile.rate_reads import A_WORD, BITS, How, Side

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from closeout.duties.compile.rate_reads import Count, Months
    from closeout.duties.compile.rates import Branch

NO_OFFICE = "(no office)"
"""Stands for the office of a duty whose row names none."""
HOLDER = ("office_id", "officer_no", "docket")


@dataclass(frozen=True, slots=True)
class Block:
    """What one count came to: three arrays of one length, a row each."""

    count: Count
    holders: NDArray[np.int64]
    """Places in the table of holders."""
    months: NDArray[np.int64]
    values: NDArray[np.float64]


def groups_of(counted: pa.Table | pl.DataFrame) -> pl.DataFrame:
    """Return the holders and marks among the counted cases, with `code` and how many cases are open.

    Args:
        counted: Rows of `Rates.over_cases`.

    Returns:
        `code`, `office_id`, `officer_no`, `docket` (empty words for null), `marks`, `cases`.

    """
    rows = pl.DataFrame(counted).select(*HOLDER, "marks", "open")
    grouped = (
        rows.with_columns(pl.col(HOLDER).fill_null(""))
        .group_by(*HOLDER, "marks")
        .agg(cases=pl.col("open").sum())
    )
    return grouped.sort(*HOLDER, "marks").with_row_index("code").with_columns(pl.col("code").cast(pl.Int64))


def coded_cases(counted: pa.Table | pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Return the counted cases with the `code` of their holder."""
    rows = pl.DataFrame(counted).with_columns(pl.col(HOLDER).fill_null(""))
    return rows.join(groups.select("code", *HOLDER, "marks"), on=[*HOLDER, "marks"], how="left")


@dataclass(slots=True)
class Holders:
    """Who owes: a growing table of office, officer, docket and marks; a place in it stands for one."""

    rows: pl.DataFrame
    offices: tuple[str, ...] = ()
    """What `own` stands for, from 1."""

    def own(self, found: pl.DataFrame) -> NDArray[np.int64]:
        """Return the places of rows that say their own office or officer; new ones are added.

        Args:
            found: `own_office` and `own_officer`; of rows about cases `own`, `code`, perhaps the latter.

        """
        if "code" in found.columns:
            own = pl.Series([None, *self.offices, NO_OFFICE], dtype=pl.String)
            found = found.with_columns(own_office=own.gather(found["own"] % len(own)))
            if "own_officer" not in found.columns:
                found = found.with_columns(own_officer=pl.lit(None, dtype=pl.String))
            by_code = self.rows.select("code", *HOLDER, "marks")
            known = found.join(by_code, on="code", how="left", maintain_order="left")
        else:
            known = found.with_columns(
                *[pl.lit("").alias(name) for name in HOLDER], marks=pl.lit(0, dtype=pl.Int64)
            )
        said = known.select(
            office_id=pl.coalesce("own_office", pl.col("office_id").replace("", NO_OFFICE)),
            officer_no=pl.coalesce("own_officer", "officer_no"),
            docket="docket",
            marks="marks",
        )
        by = [*HOLDER, "marks"]
        new = said.unique().join(self.rows, on=by, how="anti").sort(by)
        first = self.rows.height
        codes = pl.int_range(first, first + new.height, dtype=pl.Int64, eager=True).alias("code")
        added = new.with_columns(codes, cases=pl.lit(0, dtype=self.rows.schema["cases"]))
        self.rows = pl.concat([self.rows, added.select(self.rows.columns)])
        return said.join(self.rows.select("code", *by), on=by, how="left", maintain_order="left")[
            "code"
        ].to_numpy()


def no_groups() -> pl.DataFrame:
    """Return holders and marks where there are no cases."""
    kinds = {"code": pl.Int64, "office_id": pl.String, "officer_no": pl.String, "docket": pl.String}
    return pl.DataFrame(schema=kinds | {"marks": pl.Int64, "cases": pl.Int64})


def unfold(counted: pl.DataFrame, branch: Branch, holders: Holders, months: Months) -> list[Block]:
    """Return what every count over one table came to.

    Args:
        counted: The rows.
        branch: What their columns mean.
        holders: Who owes; grows by holders of their own.
        months: The months counted over.

    """
    if not counted.height:
        return []
    # In one order, so that sums are the same to the last digit whoever counted the rows.
    rows = counted.sort(pl.all())
    plain = rows["code"].to_numpy() if "code" in rows.columns else None
    own = holders.own(rows) if any(count.own for count in branch.counts) else None
    marks = holders.rows["marks"].to_numpy()
    rows = unpacked(rows, branch.columns)
    made = []
    for count in branch.counts:
        places = own if count.own or plain is None else plain
        if places is not None:
            made.append(_block(rows, count, places, marks, months))
    return made


def unpacked(rows: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    """Return rows with their columns, also of those packed into `p0`, `p1` …: from 0 on, null for none."""
    made = {}
    for place, name in enumerate(columns):
        word, at = divmod(place, A_WORD)
        is_packed = name not in rows.columns
        number = (pl.col(f"p{word}") // (1 << (BITS * at))) % (1 << BITS) if is_packed else pl.col(name)
        made[name] = pl.when(number > 0).then(number - 1)
    return rows.with_columns(**made)


def _block(
    rows: pl.DataFrame, count: Count, places: NDArray[np.int64], marks: NDArray[np.int64], months: Months
) -> Block:
    is_counted = rows[count.columns[0]].is_not_null().to_numpy()
    if count.bit is not None:
        is_counted = is_counted & ((marks[places] >> count.bit) & 1 == 1)
    rows, places = rows.filter(is_counted), places[is_counted]
    numbers = rows["n"].to_numpy().astype(np.float64)
    if count.how is How.EVENT:
        return Block(count, places, rows[count.columns[0]].to_numpy().astype(np.int64), numbers)
    size = len(marks)
    if count.how is How.CYCLE:
        table = _periods(rows, count, places, size, months)
    else:
        table = _days_in_scope(rows, count, places, size, months)
        days = np.diff(np.array(months.firsts, dtype="datetime64[D]")).astype(np.float64)
        a_month = days * months.count / months.length
        table = table / (a_month if count.how is How.STOCK else count.days)
    held, month = np.nonzero(table)
    return Block(count, held, month, table[held, month])


def _tallied(
    rows: pl.DataFrame, column: str, weight: str, places: NDArray[np.int64], size: int, width: int
) -> NDArray[np.float64]:
    at = places * width + rows[column].to_numpy().astype(np.int64)
    weights = rows[weight].to_numpy().astype(np.float64)
    tally = np.bincount(at, weights=weights, minlength=size * width).astype(np.float64)
    return tally.reshape(size, width)


def _days_in_scope(
    rows: pl.DataFrame, count: Count, places: NDArray[np.int64], size: int, months: Months
) -> NDArray[np.float64]:
    """Return the days in scope by holder and month.

    Of a stretch that ends in month b on day o of it (counted from 0), a month before b lies before the
    end with all its days, month b with o days. Days before the end less days before the start are the
    stretch's own, and both are sums, so that the rows need not be looked at one by one.
    """
    if months.is_whole:
        return _summed(rows, count.columns[0], places, size)
    start, start_day, end, end_day = count.columns
    days = np.diff(np.array(months.firsts, dtype="datetime64[D]")).astype(np.float64)

    def before(column: str, offset: str) -> NDArray[np.float64]:
        number = _tallied(rows, column, "n", places, size, months.count + 1)
        later = number[:, ::-1].cumsum(axis=1)[:, ::-1][:, 1:]
        return later * days + _tallied(rows, column, offset, places, size, months.count + 1)[:, :-1]

    return before(end, end_day) - before(start, start_day)


def _summed(rows: pl.DataFrame, column: str, places: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    weights = rows[column].to_numpy().astype(np.float64)
    return np.bincount(places, weights=weights, minlength=size).astype(np.float64).reshape(size, 1)


def _periods(
    rows: pl.DataFrame, count: Count, places: NDArray[np.int64], size: int, months: Months
) -> NDArray[np.float64]:
    """Return the periods owed by holder and month: subjects begun by a period, less those ended before it."""
    width = len(count.ends)
    # Null for the last: it ended before the first of the periods.
    last = rows.with_columns((pl.col(count.columns[1]).fill_null(-1) + 1).clip(0, width))
    begun = _tallied(rows, count.columns[0], "n", places, size, width + 1).cumsum(axis=1)
    ended = _tallied(last, count.columns[1], "n", places, size, width + 1).cumsum(axis=1)
    made = np.zeros((size, months.count))
    for place, month in enumerate(count.ends):
        if month is not None:
            made[:, month] += begun[:, place] - ended[:, place]
    return made


def side_of(block: Block) -> Side:
    """Return which of the two volumes a block goes to."""
    return block.count.side
