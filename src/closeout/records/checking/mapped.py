"""The rows a file gives to one table through a mapping."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import polars as pl

from closeout.records.checking.chunks import ROW, Chunk, FileFacts
from closeout.records.checking.columnar import Columnar
from closeout.records.checking.delimited import Delimited
from closeout.records.checking.feeds import Apart, Leftovers, Stretch, set_apart
from closeout.records.mapping import read_source
from closeout.records.privacy import find_identifiers
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.records.checking.chunks import Reader
    from closeout.records.checking.sources import Source
    from closeout.records.mapping import Form, Mapped, Mapping

UNMAPPED = "_unmapped"
EARLIER = "the same thing as in an earlier row or file"


class MappedFeed:
    """A file that a mapping turns into rows of declared tables; this is one of them."""

    def __init__(self, table: str, source: Source, mapping: Mapping, seen: set[object]) -> None:
        """Open the file as the mapping says it is written.

        Args:
            table: The table whose rows are wanted.
            source: The file.
            mapping: What becomes of it.
            seen: Keys that earlier files gave, of tables that keep one row for each key; added to.

        """
        self._table, self._source, self._mapping, self._seen = table, source, mapping, seen
        self._reader = _opened(source, mapping.form(source.name))
        self.facts, self.leftovers = self._reader.facts, Leftovers()
        # What is no row of cells belongs to no table: the first that the file feeds counts it.
        self._is_first = mapping.tables(source.name)[0] == table

    def stretches(self) -> Iterator[Stretch]:
        """Yield all rows.

        Raises:
            MappingError: The file lacks a column that the mapping uses.

        """
        chunks = self._reader.chunks(range(len(self.facts.columns)))
        if self._mapping.is_whole(self._source.name):
            chunks = _joined(list(chunks))
        for chunk in chunks:
            apart = tuple(set_apart(chunk, keeps_lines=False)) if self._is_first else ()
            names = _names(self.facts.columns)
            for mapped in self._mapping.apply(self._source.name, chunk.rows.rename(names)):
                if mapped.table == self._table:
                    yield self._stretch(mapped, apart)
                    apart = ()

    def _stretch(self, mapped: Mapped, apart: tuple[Apart, ...]) -> Stretch:
        self._note(mapped)
        frame = self._without_seen(mapped.frame) if mapped.is_one_each else mapped.frame
        is_unmapped = pl.col(UNMAPPED).is_not_null()
        lost = frame.filter(is_unmapped)
        refused = [
            Apart("unmapped", name, f"the mapping knows no value like the one in {name}", rows.drop(UNMAPPED))
            for (name,), rows in lost.group_by(UNMAPPED, maintain_order=True)
        ]
        return Stretch(frame.filter(~is_unmapped).drop(UNMAPPED), (*apart, *refused))

    def _without_seen(self, frame: pl.DataFrame) -> pl.DataFrame:
        key = frame[TABLES[self._table].key()]
        is_new = pl.Series([value not in self._seen for value in key.to_list()], dtype=pl.Boolean)
        self._seen.update(key.to_list())
        if not is_new.all():
            self.leftovers.left_out[EARLIER] += int((~is_new).sum())
        return frame.filter(is_new)

    def _note(self, mapped: Mapped) -> None:
        left = self.leftovers
        left.left_out.update(Counter(dict(mapped.left_out)))
        for column, value, count in mapped.unmapped:
            shown = "(not shown: it looks as if it identified a person)" if find_identifiers(value) else value
            left.unmapped[column, shown] += count
        for rate in mapped.rates:
            before = left.rates.setdefault(rate.column, [0, 0, 0, 0])
            now = (rate.resolved, rate.of, rate.weight or 0, rate.of_weight or 0)
            left.rates[rate.column] = [one + other for one, other in zip(before, now, strict=True)]
        left.note_unknown([name for name, _ in mapped.dropped], is_header=True)
        left.missing = [
            name for name in TABLES[self._table].column_names() if name not in mapped.frame.columns
        ]


class _Whole:
    """A file that only the mapping's own reader can split."""

    def __init__(self, source: Source, form: Form) -> None:
        frame = read_source(source.path, form)
        self._frame = frame.with_row_index(ROW, offset=1).with_columns(pl.col(ROW).cast(pl.Int64))
        self.facts = FileFacts(source.name, form.encoding, form.delimiter, columns=frame.columns)

    def chunks(self, positions: range) -> Iterator[Chunk]:
        names = {self.facts.columns[position]: str(position) for position in positions}
        yield Chunk(self._frame.rename(names))


def _opened(source: Source, form: Form | None) -> Reader:
    if source.is_columnar:
        return Columnar(source.path, source.name)
    if form and form.skip_initial_space:
        return _Whole(source, form)  # type: ignore[return-value]
    return Delimited(source.path, source.name, form=form)


def _names(header: list[str]) -> dict[str, str]:
    """Return the header's names by position; one that is there again gets a number behind it."""
    names: dict[str, str] = {}
    for position, name in enumerate(header):
        taken = name in names.values() or name in {"", ROW}
        names[str(position)] = f"{name}#{position}" if taken else name
    return names


def _joined(chunks: list[Chunk]) -> Iterator[Chunk]:
    if chunks:
        yield Chunk(
            pl.concat([chunk.rows for chunk in chunks]),
            pl.concat([chunk.ragged for chunk in chunks]),
            pl.concat([chunk.unreadable for chunk in chunks]),
        )
