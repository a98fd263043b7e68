"""Write tables as Parquet parts and remember what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from closeout.records.example.arrays import Columns, arrow_table
from closeout.records.snapshot import Part, arrow_schema, sha256_of
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

ROW_GROUP = 1 << 20
_KEYS_AT_ONCE = 1 << 24
"""How large a list of words or keys may get inside a file, in bytes, before values are written out."""
_ROWS_A_KEY = 2
"""Rows to a key from which a list of keys shared by all tables is written as it is."""


class Sink:
    """A folder that takes tables part by part. Parts may come in any order and from several threads."""

    def __init__(self, folder: Path) -> None:
        """Take a folder, which is made if it is not there."""
        self.folder = folder
        self._parts: dict[str, dict[int, Part]] = {name: {} for name in TABLES}
        folder.mkdir(parents=True, exist_ok=True)

    def columns(self, table: str, columns: Columns, rows: int, part: int = 0) -> None:
        """Write one part of a table from arrays; a part without rows only where the table has none."""
        if rows or not part:
            self._write(table, arrow_table(table, columns, rows), part)

    def rows(self, table: str, rows: Sequence[Mapping[str, Any]], part: int = 0) -> None:
        """Write one part of a table from a row each, sorted by the table's `cluster_by` and key."""
        declared = TABLES[table]
        order = (*declared.cluster_by, declared.key())
        schema = arrow_schema(table)
        for row in rows[:1]:
            if unknown := row.keys() - set(schema.names):
                msg = f"{table} has no {', '.join(sorted(unknown))}"
                raise KeyError(msg)
        made = sorted(rows, key=lambda row: tuple(row[name] for name in order))
        self._write(table, pa.Table.from_pylist(made, schema=schema), part)

    def parts(self) -> dict[str, tuple[Part, ...]]:
        """Return the parts written, by table, in order."""
        return {name: tuple(parts[key] for key in sorted(parts)) for name, parts in self._parts.items()}

    def missing(self) -> list[str]:
        """Return the tables of which nothing has been written."""
        return [name for name, parts in self._parts.items() if not parts]

    def rows_written(self) -> int:
        """Return how many rows have been written."""
        return sum(part.rows for parts in list(self._parts.values()) for part in list(parts.values()))

    def _write(self, table: str, made: pa.Table, part: int) -> None:
        path = self.folder / table / f"part-{part:03d}.parquet"
        path.parent.mkdir(exist_ok=True)
        key = TABLES[table].key()
        pq.write_table(
            _compact(made),
            path,
            row_group_size=ROW_GROUP,
            compression="zstd",
            compression_level=1,
            use_dictionary=[name for name in made.schema.names if name != key],
            dictionary_pagesize_limit=_KEYS_AT_ONCE,
            store_schema=False,
        )
        relative = path.relative_to(self.folder).as_posix()
        self._parts[table][part] = Part(relative, made.num_rows, sha256_of(path))


def _compact(made: pa.Table) -> pa.Table:
    """Return rows without long lists of keys of which they use few: a reader reads the whole list."""
    for place, field in enumerate(made.schema):
        column = made.column(place)
        if pa.types.is_dictionary(field.type) and any(
            len(chunk.dictionary) > made.num_rows // _ROWS_A_KEY for chunk in column.chunks
        ):
            made = made.set_column(place, field.name, column.cast(field.type.value_type))
    return made


def keys(text: Sequence[str]) -> pa.Array:
    """Return keys as an Arrow list that `Picked` can point into."""
    return pa.array(list(text), type=pa.string())
