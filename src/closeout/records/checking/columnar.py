"""Parquet, read a stretch of rows at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa
from pyarrow import parquet

from closeout.records.checking.chunks import LINES, ROW, Chunk, FileFacts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

ROWS = 250_000


class Columnar:
    """A Parquet file, open for reading."""

    def __init__(self, path: Path, name: str) -> None:
        """Look at the file's footer."""
        self.facts = FileFacts(name, encoding="parquet")
        self._file: parquet.ParquetFile | None = None
        try:
            self._file = parquet.ParquetFile(path)
            self.facts.columns = list(self._file.schema_arrow.names)
        except (pa.ArrowException, OSError, ValueError):
            self.facts.problems.append("cannot be read as Parquet: it is cut off or damaged")

    def chunks(self, positions: Sequence[int]) -> Iterator[Chunk]:
        """Yield all rows, with the columns at these positions of the header.

        Rows that the footer promises and the file does not yield are unreadable, each of them.
        """
        if self._file is None:
            return
        # One column is read even where nobody asks, to know how many rows there are.
        positions = positions or [0]
        names = [self.facts.columns[position] for position in positions]
        promised, done = self._file.metadata.num_rows, 0
        try:
            for batch in self._file.iter_batches(batch_size=ROWS, columns=names):
                rows = _frame(batch, positions, names).with_row_index(ROW, offset=done + 1)
                done += batch.num_rows
                yield Chunk(rows.with_columns(pl.col(ROW).cast(pl.Int64)))
        except (pa.ArrowException, OSError, ValueError, pl.exceptions.PolarsError):
            self.facts.problems.append(f"damaged after row {done:,} of {promised:,}")
        if done < promised:
            numbers = pl.int_range(done + 1, promised + 1, dtype=pl.Int64, eager=True).alias(ROW)
            rest = pl.DataFrame([numbers]).with_columns(_line=pl.lit("")).cast(LINES)  # type: ignore[arg-type]
            nothing = pl.DataFrame(schema={ROW: pl.Int64} | dict.fromkeys(map(str, positions), pl.String()))
            yield Chunk(nothing, unreadable=rest)


def _frame(batch: pa.RecordBatch, positions: Sequence[int], names: Sequence[str]) -> pl.DataFrame:
    """Return a batch's columns by position; what cannot be a cell of a table is text that says so."""
    return pl.DataFrame(
        [
            _plain(pl.Series(str(position), pl.from_arrow(batch.column(batch.schema.get_field_index(name)))))
            for position, name in zip(positions, names, strict=True)
        ]
    )


def _plain(column: pl.Series) -> pl.Series:
    if column.dtype in {pl.Categorical, pl.Enum}:
        column = column.cast(pl.String)
    if column.dtype == pl.String:
        return pl.select(pl.when(column != "").then(column).alias(column.name)).to_series()
    if column.dtype.is_nested() or column.dtype in {pl.Binary, pl.Object}:
        is_filled = column.is_not_null()
        said = pl.lit(f"({column.dtype.base_type().__name__.lower()})")
        return pl.select(pl.when(is_filled).then(said).alias(column.name)).to_series()
    return column
