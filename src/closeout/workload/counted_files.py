"""The same rows counted by Polars from a snapshot's files.

What is counted is what `closeout.duties.compile.rates` states as Ibis expressions; here is only how. The
files are sorted by case, so that events and cases can be gone through side by side, and only what is kept
of an event, a few small numbers, is ever held in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from closeout.duties.compile.rate_clauses import CASE_NO, OF_CASES
from closeout.duties.compile.rate_reads import A_WORD, BITS
from closeout.duties.compile.rates import HOLDER, UNKNOWN
from closeout.workload.counted_rows import CountedRows, office_names
from closeout.workload.unfold import coded_cases, groups_of, no_groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.duties.compile.rate_clauses import About
    from closeout.duties.compile.rates import Branch, Rates
    from closeout.engines.files import FilesFirst

_SIGNED_BITS = 63


def counted_from_files(files: FilesFirst, made: Rates) -> CountedRows:
    """Return the rows of all clauses, counted from files.

    Args:
        files: Where the tables are.
        made: The clauses, over those tables.

    Raises:
        pl.exceptions.PolarsError: The files cannot be read so.
        EngineError: Nor can another engine.

    """
    groups = no_groups()
    offices: tuple[str, ...] = ()
    parts: list[tuple[pl.DataFrame, Branch]] = []
    if made.has_cases:
        cases = _collected(_packed(files, made, OF_CASES))
        is_open = pl.col("is_open").sum().cast(pl.Int64)
        by_holder = _counted(cases.lazy(), [*HOLDER, "marks"], made.cases_branch, open=is_open)
        counted = _collected(by_holder)
        groups = groups_of(counted)
        offices = office_names(groups, _offices(files, made))
        parts.append((coded_cases(counted, groups), made.cases_branch))
        parts += _of_events(files, made, _places(cases, groups), groups.height, offices)
    others = made.abouts(is_case=False)
    found = pl.collect_all(
        [
            _counted(_packed(files, made, about), ["own_office", "own_officer"], made.branch(about))
            for about in others
        ]
    )
    parts += [(rows, made.branch(about)) for rows, about in zip(found, others, strict=True)]
    return CountedRows(groups, offices, tuple(parts))


def _packed(files: FilesFirst, made: Rates, about: About) -> pl.LazyFrame:
    """Return the rows of a table that may count, their columns packed as `Reads.packed` packs them."""
    columns = made.branch(about).columns
    words = [columns[at : at + A_WORD] for at in range(0, len(columns), A_WORD)]
    packed = {
        f"p{number}": pl.sum_horizontal(
            pl.col(name).cast(pl.Int64) * (1 << (BITS * place)) for place, name in enumerate(word)
        )
        for number, word in enumerate(words)
    }
    return files.scan(made.listed(about)).with_columns(**packed).drop(columns)


def _counted(rows: pl.LazyFrame, by: Sequence[str], branch: Branch, **more: pl.Expr) -> pl.LazyFrame:
    """Return packed rows, counted by whose they are and by the packed columns."""
    words = [f"p{number}" for number in range(-(-len(branch.columns) // A_WORD))]
    sums = {name: pl.col(name).sum() for name in branch.measures}
    return rows.group_by(*by, *words).agg(n=pl.len().cast(pl.Int64), **more, **sums)


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
    rows = [(_packed(files, made, about), made.branch(about)) for about in made.abouts(is_case=True)]
    in_order = places.set_sorted(CASE_NO)
    found = pl.collect_all(
        [_of_holders(one.set_sorted(CASE_NO), in_order, branch, holders) for one, branch in rows],
        engine="streaming",
    )
    for number, (one, branch) in enumerate(rows):
        # A row has no case, or the file was not sorted by case after all: then without relying on it.
        if found[number]["code"].has_nulls():
            again = _of_holders(one, places, branch, holders)
            found[number] = _collected(again).drop_nulls("code")
    return [(_with_own(one, offices), branch) for one, (_, branch) in zip(found, rows, strict=True)]


def _of_holders(rows: pl.LazyFrame, places: pl.LazyFrame, branch: Branch, holders: int) -> pl.LazyFrame:
    """Return packed rows, counted by the code of their case's holder; null for rows without a case."""
    own = [name for name in ("own_office", "own_officer") if name in rows.collect_schema()]
    joined = rows.join(places, on=CASE_NO, how="left")
    bits = BITS * len(branch.columns)
    if bits + holders.bit_length() > _SIGNED_BITS:
        return _counted(joined, ["code", *own], branch)
    # Rows are counted by one number in half the time that two take.
    both = pl.col("code").cast(pl.Int64) * (1 << bits) + pl.col("p0")
    counted = _counted(joined.with_columns(p0=both), own, branch)
    return counted.with_columns(code=pl.col("p0") // (1 << bits), p0=pl.col("p0") % (1 << bits))


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
