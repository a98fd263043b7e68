"""Rows as they were found in a file, a stretch at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROW = "_row"
"""The column that holds a row's number: the first row of data of a file is 1."""
LINE = "_line"

LINES = {ROW: pl.Int64, LINE: pl.String}

Item = TypeVar("Item")


@dataclass(slots=True)
class FileFacts:
    """What was noticed of a file itself. `columns` is its header as it stands there."""

    name: str
    encoding: str = ""
    delimiter: str = ""
    columns: list[str] = field(default_factory=list)
    rows: int = 0
    ragged: int = 0
    unreadable: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of rows.

    Attributes:
        rows: `_row` and the columns that were asked for, by position in the header: `0`, `1` …
        ragged: `_row` and `_line` of rows with more or fewer cells than the header.
        unreadable: `_row` and an empty `_line` of rows that are there but cannot be read.

    """

    rows: pl.DataFrame
    ragged: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=LINES))
    unreadable: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=LINES))

    @property
    def read(self) -> int:
        """Return how many rows it holds, readable or not."""
        return self.rows.height + self.ragged.height + self.unreadable.height


class Reader(Protocol):
    """A file that is open for reading."""

    facts: FileFacts

    def chunks(self, positions: Sequence[int]) -> Iterator[Chunk]:
        """Yield all rows, with the columns at these positions of the header."""


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Yield the items, the next one being made in another thread while one is worked on."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = pool.submit(next, items, None)
            yield item
