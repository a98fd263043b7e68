"""The rows a file gives to one table: as they stand, or through a mapping."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import polars as pl

from closeout.records.checking.chunks import LINE, ROW, Chunk, FileFacts, Reader
from closeout.records.checking.private import identifies
from closeout.records.privacy import find_identifiers
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_LINE = 10_000
_PLAIN_NAME = re.compile(r"[A-Za-z_][\w .:/()#-]{0,63}")
RAGGED = "the row has more or fewer cells than the header; look for a delimiter or a quote too many"
UNREADABLE = "the row is there but cannot be read"


@dataclass(frozen=True, slots=True)
class Apart:
    """Rows that are refused before their cells are looked at: `_row`, perhaps `_line` and cells."""

    rule: str
    column: str
    reason: str
    rows: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows of one table: `_row` and declared columns, and those refused already."""

    rows: pl.DataFrame
    apart: tuple[Apart, ...] = ()

    @property
    def read(self) -> int:
        """Return how many rows it holds."""
        return self.rows.height + sum(each.rows.height for each in self.apart)


@dataclass(slots=True)
class Leftovers:
    """What a file holds and its table does not take.

    Attributes:
        unknown: Columns that the table does not have; their values are never kept.
        unnamed: How many more columns, whose names do not look like names.
        missing: Declared columns that the file does not have.
        left_out: Reason and rows that a mapping leaves out on purpose.
        unmapped: Column, value and rows of values that a mapping does not know.
        rates: For a column brought to codes: how many values were, and of how many.

    """

    unknown: list[str] = field(default_factory=list)
    unnamed: int = 0
    missing: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[tuple[str, str]] = field(default_factory=Counter)
    rates: dict[str, list[float]] = field(default_factory=dict)

    def note_unknown(self, names: list[str], *, is_header: bool) -> None:
        """Take in undeclared columns; a name that is not plainly one may be somebody's data."""
        for name in names:
            is_plain = is_header and _PLAIN_NAME.fullmatch(name) and not find_identifiers(name)
            if not is_plain:
                self.unnamed += 1
            elif name not in self.unknown:
                self.unknown.append(name)


class Feed(Protocol):
    """A file as one table's rows."""

    facts: FileFacts
    leftovers: Leftovers

    def stretches(self) -> Iterator[Stretch]:
        """Yield all its rows."""


class PlainFeed:
    """A file whose header names the table's own columns, in any order."""

    def __init__(self, table: str, reader: Reader) -> None:
        """Match the header with the declaration."""
        self._reader, self.facts, self.leftovers = reader, reader.facts, Leftovers()
        declared = TABLES[table].column_names()
        header = [_folded(name) for name in self.facts.columns]
        often = Counter(header)
        self._repeated = [name for name in declared if often[name] > 1]
        self._positions = {name: header.index(name) for name in declared if often[name] == 1}
        self._is_pure = set(header) <= set(declared)
        unknown = [
            name for name, plain in zip(self.facts.columns, header, strict=True) if plain not in declared
        ]
        self.leftovers.note_unknown(unknown, is_header=bool(self._positions))
        if header:
            self.leftovers.missing = [name for name in declared if name not in often]

    def stretches(self) -> Iterator[Stretch]:
        """Yield all rows; where a column is there twice, none can be told to be right."""
        names = {str(position): name for name, position in self._positions.items()}
        for chunk in self._reader.chunks(list(self._positions.values())):
            apart = tuple(set_apart(chunk, keeps_lines=self._is_pure))
            if self._repeated:
                name = self._repeated[0]
                reason = f"the header names {name} more than once"
                yield Stretch(
                    chunk.rows.head(0), (*apart, Apart("header", name, reason, chunk.rows.select(ROW)))
                )
            else:
                yield Stretch(chunk.rows.select(ROW, *names).rename(names), apart)


def set_apart(chunk: Chunk, *, keeps_lines: bool) -> Iterator[Apart]:
    """Yield the rows of a chunk that are no rows of cells.

    Args:
        chunk: The chunk.
        keeps_lines: Whether the text of a ragged row may be kept: only where every column of the file is
            one of the table's, and then only if it is short and holds nothing that identifies a person.

    """
    if not chunk.ragged.is_empty():
        line = pl.col(LINE)
        kept = (
            pl.when(line.str.len_bytes() <= LONGEST_LINE).then(line)
            if keeps_lines
            else pl.lit(None, pl.String)
        )
        lines = chunk.ragged.with_columns(kept.alias(LINE))
        hidden = identifies(lines[LINE])
        yield Apart("ragged", "", RAGGED, lines.with_columns(pl.when(~hidden).then(line).alias(LINE)))
    if not chunk.unreadable.is_empty():
        yield Apart("unreadable", "", UNREADABLE, chunk.unreadable.select(ROW))


def _folded(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().lower())
