"""Counted rows, as `closeout.duties.compile.rates` counts them, turned into duties a month by holder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from closeout.duties.compile.rate_reads import A_WORD, BITS, How, Side

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


def own_holders(
    groups: pl.DataFrame, offices: tuple[str, ...], found: Sequence[pl.DataFrame]
) -> tuple[pl.DataFrame, list[NDArray[np.int64]]]:
    """Return everybody who owes, and who owes the rows that say their own office or officer.

    Args:
        groups: As `groups_of`.
        offices: What `own` stands for, from 1.
        found: Rows of some tables with `own_office` and `own_officer`; of rows about cases `own`, `code`,
            perhaps the latter.

    Returns:
        The groups and below them the holders that none of them is, by name, `cases` 0; and for each table
        the places of its rows in it.

    """
    by = [*HOLDER, "marks"]
    if not found:
        return groups, []
    said = pl.concat(_said(groups, offices, one) for one in found)
    new = said.unique().join(groups, on=by, how="anti").sort(by)
    codes = pl.int_range(groups.height, groups.height + new.height, dtype=pl.Int64, eager=True)
    added = new.with_columns(code=codes, cases=pl.lit(0, dtype=groups.schema["cases"]))
    holders = pl.concat([groups, added.select(groups.columns)])
    places = said.join(holders.select("code", *by), on=by, how="left", maintain_order="left")["code"]
    ends = np.cumsum([one.height for one in found])[:-1]
    return holders, np.split(places.to_numpy(), ends)


def _said(groups: pl.DataFrame, offices: tuple[str, ...], found: pl.DataFrame) -> pl.DataFrame:
    """Return the office, officer, docket and marks that the rows of a table say they are of."""
    if "code" in found.columns:
        own = pl.Series([None, *offices, NO_OFFICE], dtype=pl.String)
        its = groups[found["code"].to_numpy()]
        its = its.with_columns(
            own_office=own.gather(found["own"] % len(own)),
            own_officer=found.get_column(
                "own_officer", default=pl.repeat(None, found.height, dtype=pl.String, eager=True)
            ),
        )
    else:
        nobody = {name: pl.lit("") for name in HOLDER}
        its = found.select("own_office", "own_officer", **nobody, marks=pl.lit(0, dtype=pl.Int64))
    return its.select(
        office_id=pl.coalesce("own_office", pl.col("office_id").replace("", NO_OFFICE)),
        officer_no=pl.coalesce("own_officer", "officer_no"),
        docket="docket",
        marks="marks",
    )


def no_groups() -> pl.DataFrame:
    """Return holders and marks where there are no cases."""
    kinds = {"code": pl.Int64, "office_id": pl.String, "officer_no": pl.String, "docket": pl.String}
    return pl.DataFrame(schema=kinds | {"marks": pl.Int64, "cases": pl.Int64})


def unfold(
    groups: pl.DataFrame,
    offices: tuple[str, ...],
    parts: Sequence[tuple[pl.DataFrame, Branch]],
    months: Months,
) -> tuple[pl.DataFrame, list[Block]]:
    """Return everybody who owes, and what every count over the tables came to.

    Args:
        groups: As `groups_of`.
        offices: What `own` stands for, from 1.
        parts: The counted rows of each table, and what their columns mean.
        months: The months counted over.

    """
    # In one order, so that sums are the same to the last digit whoever counted the rows.
    ordered = [(counted.sort(pl.all()), branch) for counted, branch in parts if counted.height]
    says_own = [any(count.own for count in branch.counts) for _, branch in ordered]
    saying = [rows for (rows, _), says in zip(ordered, says_own, strict=True) if says]
    holders, places = own_holders(groups, offices, saying)
    own = iter(places)
    marks = holders["marks"].to_numpy()
    made = [
        block
        for (rows, branch), says in zip(ordered, says_own, strict=True)
        for block in _blocks(rows, branch, next(own) if says else None, marks, months)
    ]
    return holders, made


def _blocks(
    rows: pl.DataFrame,
    branch: Branch,
    own: NDArray[np.int64] | None,
    marks: NDArray[np.int64],
    months: Months,
) -> Iterator[Block]:
    plain = rows["code"].to_numpy() if "code" in rows.columns else None
    rows = unpacked(rows, branch.columns)
    acts: dict[tuple[str, ...], NDArray[np.bool_]] = {}
    for count in branch.counts:
        places = own if count.own or plain is None else plain
        if places is None:
            continue
        is_counted = _is_counted(rows, count, places, marks)
        if count.source:
            # Work done that discharges two duties of one activity is work once.
            seen = acts.get(count.source, np.zeros(rows.height, dtype=bool))
            acts[count.source] = seen | is_counted
            is_counted &= ~seen
        yield _block(rows.filter(is_counted), count, places[is_counted], len(marks), months)


def unpacked(rows: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    """Return rows with their columns, also of those packed into `p0`, `p1` …: from 0 on, null for none."""
    made = {}
    for place, name in enumerate(columns):
        word, at = divmod(place, A_WORD)
        is_packed = name not in rows.columns
        number = (pl.col(f"p{word}") // (1 << (BITS * at))) % (1 << BITS) if is_packed else pl.col(name)
        made[name] = pl.when(number > 0).then(number - 1)
    return rows.with_columns(**made)


def _is_counted(
    rows: pl.DataFrame, count: Count, places: NDArray[np.int64], marks: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which rows a count is of."""
    found: NDArray[np.bool_] = rows[count.columns[0]].is_not_null().to_numpy()
    if count.bit is not None:
        found = found & ((marks[places] >> count.bit) & 1 == 1)
    return found.copy()


def _block(rows: pl.DataFrame, count: Count, places: NDArray[np.int64], size: int, months: Months) -> Block:
    numbers = rows["n"].to_numpy().astype(np.float64) * count.sign
    if count.how is How.EVENT:
        return Block(count, places, rows[count.columns[0]].to_numpy().astype(np.int64), numbers)
    if count.how is How.CYCLE:
        table = _periods(rows, count, places, size, months)
    else:
        table = _days_in_scope(rows, count, places, size, months)
        days = np.diff(np.array(months.firsts, dtype="datetime64[D]")).astype(np.float64)
        a_month = days * months.count / months.length
        table = table / (a_month if count.how is How.STOCK else count.days)
    held, month = np.nonzero(table)
    return Block(count, held, month, table[held, month] * count.sign)


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
