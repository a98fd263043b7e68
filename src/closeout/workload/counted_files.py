"""The same rows counted by Polars from a snapshot's files.

What is counted is what `closeout.duties.compile.rates` states as Ibis expressions; here is only how. The
files are sorted by case, so that events and cases can be gone through side by side, and only what is kept
of an event, a few small numbers, is ever held in memory.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import polars as pl

from closeout.duties.compile.rate_about import CASE_NO, OF_CASES
from closeout.duties.compile.rate_reads import BITS, How
from closeout.duties.compile.rates import HOLDER, UNKNOWN
from closeout.workload.counted_rows import CountedRows, office_names
from closeout.workload.unfold import coded_cases, groups_of, no_groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.duties.compile.rate_about import About
    from closeout.duties.compile.rates import Branch, Rates
    from closeout.engines.files import FilesFirst

_WIDTHS = ((15, pl.Int16()), (31, pl.Int32()), (63, pl.Int64()), (127, pl.Int128()))


def counted_from_files(files: FilesFirst, made: Rates) -> CountedRows:
    """Return the rows of all clauses, counted from files.

    Args:
        files: Where the tables are.
        made: The clauses, over those tables.

    Raises:
        pl.exceptions.PolarsError: The files cannot be read so.
        EngineError: Nor can another engine.

    """
    with ThreadPoolExecutor(1) as beside:
        # Many short tables: put into words while the long ones are read.
        others = beside.submit(_of_others, files, made)
        groups, offices, parts = _of_cases(files, made)
        return CountedRows(groups, offices, (*parts, *others.result()))


def _of_cases(
    files: FilesFirst, made: Rates
) -> tuple[pl.DataFrame, tuple[str, ...], list[tuple[pl.DataFrame, Branch]]]:
    """Return the holders, the offices, and the counted rows of cases and of all tables about cases."""
    groups = no_groups()
    offices: tuple[str, ...] = ()
    parts: list[tuple[pl.DataFrame, Branch]] = []
    if made.has_cases:
        packing = _packing(made, OF_CASES)
        cases = _collected(packing.put(files.scan(made.listed(OF_CASES))))
        is_open = pl.col("is_open").sum().cast(pl.Int64)
        counted = _collected(packing.counted(cases.lazy(), [*HOLDER, "marks"], open=is_open))
        groups = groups_of(counted)
        offices = office_names(groups, _offices(files, made))
        parts.append((coded_cases(counted, groups), made.cases_branch))
        parts += _of_events(files, made, _places(cases, groups), groups.height, offices)
    return groups, offices, parts


@dataclass(frozen=True, slots=True)
class _Packing:
    """How the columns of a table are kept in one whole number while its rows are counted."""

    columns: tuple[str, ...]
    measures: tuple[str, ...]
    bits: int
    """Of each column."""
    ahead: int
    """Of what stands before the columns: the code of a holder."""

    @property
    def kind(self) -> pl.DataType:
        """Return the narrowest type that holds the columns and what stands before them."""
        needed = self.bits * len(self.columns) + self.ahead
        if needed > _WIDTHS[-1][0]:
            msg = f"{len(self.columns)} columns are too many for one number"
            raise pl.exceptions.ComputeError(msg)
        return next(kind for most, kind in _WIDTHS if needed <= most)

    def put(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        """Return rows with their columns as one number."""
        places = enumerate(self.columns)
        parts = [pl.col(name).cast(self.kind) * (1 << (self.bits * place)) for place, name in places]
        packed = reduce(add, parts, pl.lit(0, dtype=self.kind))
        return rows.with_columns(packed=packed).drop(self.columns)

    def counted(self, rows: pl.LazyFrame, by: Sequence[str], **more: pl.Expr) -> pl.LazyFrame:
        """Return packed rows counted by whose they are and by their columns, which are taken out again."""
        sums = {name: pl.col(name).sum() for name in self.measures}
        made = rows.group_by(*by, "packed").agg(n=pl.len().cast(pl.Int64), **more, **sums)
        taken = {name: self._taken(place) for place, name in enumerate(self.columns)}
        return made.with_columns(**taken)

    def _taken(self, place: int) -> pl.Expr:
        return (pl.col("packed") // (1 << (self.bits * place)) % (1 << self.bits)).cast(pl.Int64)

    @property
    def code(self) -> pl.Expr:
        """Return what stands before the columns."""
        return (pl.col("packed") // (1 << (self.bits * len(self.columns)))).cast(pl.Int64)


def _packing(made: Rates, about: About, ahead: int = 0) -> _Packing:
    branch = made.branch(about)
    only_events = all(count.how is How.EVENT for count in branch.counts)
    bits = made.months.count.bit_length() if only_events else BITS
    return _Packing(branch.columns, branch.measures, bits, ahead)


def _of_others(files: FilesFirst, made: Rates) -> list[tuple[pl.DataFrame, Branch]]:
    """Return the counted rows of all tables that are not about cases."""
    abouts = made.abouts(is_case=False)
    found = pl.collect_all([_of_other(files, made, about) for about in abouts])
    return [(rows, made.branch(about)) for rows, about in zip(found, abouts, strict=True)]


def _of_other(files: FilesFirst, made: Rates, about: About) -> pl.LazyFrame:
    """Return the rows of a table that is not about cases, counted."""
    packing = _packing(made, about)
    return packing.counted(packing.put(files.scan(made.listed(about))), ["own_office", "own_officer"])


def _collected(rows: pl.LazyFrame) -> pl.DataFrame:
    return rows.collect(engine="streaming")


def _places(cases: pl.DataFrame, groups: pl.DataFrame) -> pl.LazyFrame:
    """Return the cases in the order of their numbers, with the code of their holder."""
    known = groups.select(pl.col(HOLDER).replace("", None), "marks", pl.col("code").cast(pl.Int32))
    by = [*HOLDER, "marks"]
    found = cases.lazy().select(CASE_NO, *by)
    found = found.join(known.lazy(), on=by, nulls_equal=True, maintain_order="left").select(CASE_NO, "code")
    made = _collected(found)
    return (made if made[CASE_NO].is_sorted() else made.sort(CASE_NO)).lazy()


def _of_events(
    files: FilesFirst, made: Rates, places: pl.LazyFrame, holders: int, offices: tuple[str, ...]
) -> list[tuple[pl.DataFrame, Branch]]:
    """Return the counted rows of all tables about cases."""
    abouts = made.abouts(is_case=True)
    packings = [_packing(made, about, holders.bit_length()) for about in abouts]
    rows = [one.put(files.scan(made.listed(about))) for one, about in zip(packings, abouts, strict=True)]
    in_order = places.set_sorted(CASE_NO)
    both = list(zip(rows, packings, strict=True))
    found = pl.collect_all(
        [
            _of_holders(one, places, packing)
            if made.is_joined(about)
            else _of_holders(one.set_sorted(CASE_NO), in_order, packing)
            for (one, packing), about in zip(both, abouts, strict=True)
        ],
        engine="streaming",
    )
    for number, (one, packing) in enumerate(both):
        # A row has no case, or the file was not sorted by case after all: then without relying on it.
        if found[number]["code"].has_nulls():
            found[number] = _collected(_of_holders(one, places, packing)).drop_nulls("code")
    return [(_with_own(one, offices), made.branch(about)) for one, about in zip(found, abouts, strict=True)]


def _of_holders(rows: pl.LazyFrame, places: pl.LazyFrame, packing: _Packing) -> pl.LazyFrame:
    """Return packed rows, counted by the code of their case's holder; null for rows without a case."""
    own = [name for name in ("own_office", "own_officer") if name in rows.collect_schema()]
    joined = rows.join(places, on=CASE_NO, how="left")
    # Rows are counted by one number in half the time that two take.
    ahead = pl.col("code").cast(packing.kind) * (1 << (packing.bits * len(packing.columns)))
    counted = packing.counted(joined.with_columns(packed=ahead + pl.col("packed")), own)
    return counted.with_columns(code=packing.code).drop("packed")


def _with_own(rows: pl.DataFrame, offices: tuple[str, ...]) -> pl.DataFrame:
    """Return counted rows with the place of their own office, as `Rates.over_events` numbers them."""
    if "own_office" not in rows.columns:
        return rows
    places = {office: place for place, office in enumerate(offices, 1)}
    own = pl.col("own_office").replace_strict(places, default=UNKNOWN, return_dtype=pl.Int64)
    is_none = pl.col("own_office").is_null()
    return rows.with_columns(own=pl.when(is_none).then(0).otherwise(own)).drop("own_office")


def _offices(files: FilesFirst, made: Rates) -> list[str]:
    if "offices" not in made.tables:
        return []
    found = files.scan(made.tables["offices"].select("office_id")).collect()
    return found["office_id"].to_list()
