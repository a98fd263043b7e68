"""CSV and its relatives, read with Arrow: rows that do not fit the header are kept apart, not mended."""

from __future__ import annotations

import csv as standard_csv
import re
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pyarrow as pa
from pyarrow import csv

from closeout.records.checking.chunks import LINES, ROW, Chunk, FileFacts
from closeout.records.checking.encodings import Encoding, encoding_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from closeout.records.mapping import Form

BLOCK = 16 << 20
_LARGEST_BLOCK = (1 << 31) - 1
_FEW = 1 << 16
_DELIMITERS = ",;\t|"
_TOO_SMALL = ("straddl", "Empty CSV file or block")
_ALL_TEXT = {f"f{place}": pa.string() for place in range(2000)}


class Delimited:
    """A delimited file, open for reading."""

    def __init__(self, path: Path, name: str, *, form: Form | None = None, block: int = BLOCK) -> None:
        """Look at the file's encoding and header.

        Args:
            path: The file.
            name: What to call it.
            form: How a mapping says it is written, if one does.
            block: How many bytes are read at a time.

        """
        self._path, self._block, self._form = path, block, form
        self._is_bare = False
        try:
            self._written: Encoding = encoding_of(path)
        except (OSError, EOFError, zlib.error):
            self._written = Encoding("", has_quotes=False)
            self.facts = FileFacts(name, problems=["cannot be opened: it is damaged, or not yours to read"])
            return
        if form and not _is_utf8(form.encoding):
            self._written = replace(self._written, name=form.encoding, has_quotes=True)
        self.facts = FileFacts(name, encoding=self._written.name)
        if self._written.is_empty:
            self.facts.problems.append("the file is empty: it has not even a header")
        else:
            self._look_at_header()

    def chunks(self, positions: Sequence[int]) -> Iterator[Chunk]:
        """Yield all rows, with the columns at these positions of the header.

        A row that is longer than a block is read with a larger one. Where the file cannot be split into
        rows any further, what is left counts as one unreadable row.
        """
        if not self.facts.columns or self._is_bare:
            return
        block, last = self._block, 0
        while True:
            try:
                for chunk in self._read(positions, block, last):
                    last += chunk.read
                    yield chunk
            except (pa.ArrowException, ValueError, OSError) as error:
                if larger := self._larger(block, error):
                    block = larger
                    continue
                self.facts.problems.append(f"cannot be split into rows after row {last:,}")
                yield _unreadable(last + 1, positions)
            return

    def _read(self, positions: Sequence[int], block: int, done: int) -> Iterator[Chunk]:
        """Yield the rows after row `done`. The header is row 0 of what Arrow sees."""
        ragged: list[tuple[int, str]] = []
        # The first column is read even where nobody asks, to know how many rows there are.
        names = [f"f{position}" for position in dict.fromkeys((0, *positions))]
        wanted = [pl.col(f"f{position}").alias(str(position)) for position in positions]
        first, is_new = 0, pl.col(ROW) > done
        for batch in self._open(block, ragged, names):
            if not batch.num_rows:
                continue
            _check_text(batch)
            numbers = _numbers(first, batch.num_rows, [number for number, _ in ragged])
            first = int(numbers[-1]) + 1
            lines = [one for one in ragged if one[0] < first]
            del ragged[: len(lines)]
            frame = pl.DataFrame(pl.from_arrow(batch)).with_columns(pl.Series(ROW, numbers))
            yield Chunk(frame.select(ROW, *wanted).filter(is_new), _lines(lines).filter(is_new))
        yield Chunk(_no_rows(positions), _lines(ragged).filter(is_new))

    def _open(
        self, block: int, ragged: list[tuple[int, str]], names: list[str] | None = None
    ) -> Iterator[pa.RecordBatch]:
        def set_apart(row: csv.InvalidRow) -> str:
            ragged.append((row.number - 1, row.text))
            return "skip"

        return csv.open_csv(  # type: ignore[no-any-return]
            self._path,
            read_options=csv.ReadOptions(
                # Row numbers are only given by a single thread.
                use_threads=False,
                block_size=block,
                autogenerate_column_names=True,
                skip_rows=self._form.skip_lines if self._form else 0,
                encoding=self._written.name.replace("utf-8-sig", "utf-8"),
            ),
            parse_options=csv.ParseOptions(
                delimiter=self.facts.delimiter,
                quote_char='"' if self._written.has_quotes else False,
                newlines_in_values=self._written.has_quotes,
                invalid_row_handler=set_apart,
            ),
            convert_options=csv.ConvertOptions(
                column_types=_ALL_TEXT,
                include_columns=names,
                # Looked at over whole columns instead: `_check_text`.
                check_utf8=False,
                null_values=[""],
                strings_can_be_null=True,
            ),
        )

    def _look_at_header(self) -> None:
        self.facts.delimiter = self._form.delimiter if self._form else self._sniffed()
        block = _FEW
        while True:
            try:
                batch = next(iter(self._open(block, [])), None)
                if batch is not None:
                    _check_text(batch)
            except (pa.ArrowException, ValueError, OSError) as error:
                if larger := self._larger(block, error):
                    block = larger
                    continue
                self._look_at_bare_header()
                return
            if batch is not None and batch.num_rows:
                self.facts.columns = [str(column[0].as_py() or "").strip() for column in batch.columns]
            return

    def _look_at_bare_header(self) -> None:
        """Take the header of a file that is nothing else; Arrow refuses one without a line end."""
        with text_of(self._path, self._written.name) as file:
            lines = file.read(_FEW).splitlines()
        if len(lines) == 1 and "\ufffd" not in lines[0]:
            (cells,) = standard_csv.reader(lines, delimiter=self.facts.delimiter)
            self.facts.columns, self._is_bare = [cell.strip() for cell in cells], True
        else:
            self.facts.problems.append(f"cannot be split into rows and cells as {self._written.name}")

    def _larger(self, block: int, error: Exception) -> int | None:
        """Return a larger block to try where one was too small for a row; None where that is no cure."""
        size = self._path.stat().st_size * (1000 if self._path.suffix.lower() == ".gz" else 4)
        most = min(size + _FEW, _LARGEST_BLOCK)
        is_too_small = any(word in str(error) for word in _TOO_SMALL)
        return min(block * 16, most) if is_too_small and block < most else None

    def _sniffed(self) -> str:
        with text_of(self._path, self._written.name) as file:
            line = next((line for line in iter(lambda: file.readline(_FEW), "") if line.strip()), "")
        bare = re.sub(r'"[^"]*"', "", line)
        return max(_DELIMITERS, key=bare.count)


def _is_utf8(encoding: str) -> bool:
    return encoding.lower().replace("-", "") == "utf8"


def _check_text(batch: pa.RecordBatch) -> None:
    """Pass when all cells are UTF-8; quick where they are ASCII.

    Raises:
        pa.ArrowInvalid: The file is not what it was when its encoding was looked at.

    """
    for column in batch.columns:
        held = column.buffers()[-1]
        if held is not None and held.size and np.frombuffer(held, np.int8).min() < 0:
            column.validate(full=True)


def _numbers(first: int, count: int, taken: list[int]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the numbers of rows from `first` on, leaving out those that other rows have."""
    numbers = np.arange(first, first + count + len(taken), dtype=np.int64)
    return numbers[~np.isin(numbers, taken)][:count] if taken else numbers


def _lines(ragged: list[tuple[int, str]]) -> pl.DataFrame:
    return pl.DataFrame(ragged, schema=LINES, orient="row")


def _no_rows(positions: Sequence[int]) -> pl.DataFrame:
    return pl.DataFrame(schema={ROW: pl.Int64} | {str(position): pl.String for position in positions})


def _unreadable(row: int, positions: Sequence[int]) -> Chunk:
    return Chunk(_no_rows(positions), unreadable=_lines([(row, "")]))
