"""A table's accepted rows as the Parquet files of a snapshot, sorted, a stretch of keys at a time."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import polars as pl
from pyarrow import parquet

from closeout.records.snapshot import Part, arrow_schema, sha256_of
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROWS = 4_000_000
"""How many rows a part has at most, but for a key that has more; so many are sorted at once."""


def write_parts(
    table: str, rows: pl.LazyFrame | None, folder: Path, *, at_once: int = ROWS
) -> tuple[Part, ...]:
    """Write a table's rows and return its parts; one of no rows where there are none.

    Args:
        table: Its name.
        rows: The accepted rows, in the order they came; None if there are none.
        folder: The snapshot's.
        at_once: Rows to sort and write at once.

    """
    (folder / table).mkdir()
    frames = _sorted(table, rows, at_once) if rows is not None else iter([_empty(table)])
    return tuple(
        _write(table, frame, folder, f"{table}/part-{number:03}.parquet")
        for number, frame in enumerate(frames)
    )


def _sorted(table: str, rows: pl.LazyFrame, at_once: int) -> Iterator[pl.DataFrame]:
    declared = TABLES[table]
    wanted = rows.select(declared.column_names())
    count = int(rows.select(pl.len()).collect().item())
    if not declared.cluster_by or not count:
        for start in range(0, max(count, 1), at_once):
            yield wanted.slice(start, at_once).collect()
        return
    first = declared.cluster_by[0]
    for stretch in _stretches(rows, first, count, at_once):
        yield wanted.filter(stretch).collect().sort(declared.cluster_by, maintain_order=True)


def _stretches(rows: pl.LazyFrame, key: str, count: int, at_once: int) -> Iterator[pl.Expr]:
    """Yield conditions that part the rows by key into stretches of about equal size."""
    wanted = -(-count // at_once)
    if wanted == 1:
        yield pl.lit(value=True)
        return
    keys = rows.select(pl.col(key).gather_every(max(1, at_once // 100_000))).collect().to_series().sort()
    cuts = keys.gather([keys.len() * place // wanted for place in range(1, wanted)]).unique().sort()
    column = pl.col(key)
    yield column < cuts[0]
    for low, high in itertools.pairwise(cuts):
        yield (column >= low) & (column < high)
    yield column >= cuts[-1]


def _empty(table: str) -> pl.DataFrame:
    return pl.DataFrame(pl.from_arrow(arrow_schema(table).empty_table()))


def _write(table: str, frame: pl.DataFrame, folder: Path, name: str) -> Part:
    parquet.write_table(frame.to_arrow().cast(arrow_schema(table)), folder / name, compression="zstd")
    return Part(name, frame.height, sha256_of(folder / name))
