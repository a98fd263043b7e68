"""SQLite through Python's own module; `closeout.engines.databases` says why not through ADBC.

Days and instants are kept as text, as Django writes them; claims as 0 and 1.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.compute as pc

from closeout.engines.databases import DatabaseError, DiskFullError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_WAIT_SECONDS = 20
_ROWS = 20_000
_START = ("PRAGMA cache_size=-64000", "PRAGMA synchronous=NORMAL")


class SqliteDatabase:
    """A connection to a SQLite file; see `closeout.engines.databases.Database`."""

    vendor = "sqlite"

    def __init__(self, url: str) -> None:
        with _told():
            path = unquote(urlsplit(url).path[1:])
            self._con = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
            for pragma in _START:
                self._con.execute(pragma)

    @contextmanager
    def transaction(self, *, is_snapshot: bool = False) -> Iterator[None]:
        """Run the statements inside as one."""
        with _told():
            self._con.execute("BEGIN" if is_snapshot else "BEGIN IMMEDIATE")
        try:
            with _told():
                yield
                self._con.execute("COMMIT")
        finally:
            # A full disk may have ended the transaction already.
            if self._con.in_transaction:
                self._con.execute("ROLLBACK")

    def execute(self, statement: str, values: Sequence[object] = ()) -> None:
        """Run one statement that gives no rows."""
        self._check_open()
        with _told():
            self._con.execute(statement, values)

    def fetch(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a small query."""
        self._check_open()
        with _told():
            return self._con.execute(statement, values).fetchall()

    def copy_in(self, table: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> int:
        """Append rows to a table and return how many."""
        self._check_open()
        columns = ", ".join(f'"{name}"' for name in schema.names)
        marks = ", ".join("?" for _ in schema.names)
        insert = f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'  # noqa: S608 - names of our declarations
        rows = 0
        with _told():
            for batch in batches:
                self._con.executemany(insert, zip(*map(_kept, batch.columns), strict=True))
                rows += batch.num_rows
        return rows

    def read_out(
        self, table: str, schema: pa.Schema, *, order_by: Sequence[str] = ()
    ) -> Iterator[pa.RecordBatch]:
        """Yield a table's rows."""
        self._check_open()
        columns = ", ".join(f'"{name}"' for name in schema.names)
        terms = ", ".join(f'"{name}"' for name in order_by)
        ordered = f" ORDER BY {terms}" if terms else ""
        with _told():
            cursor = self._con.execute(f'SELECT {columns} FROM "{table}"{ordered}')  # noqa: S608 - as above
            while rows := cursor.fetchmany(_ROWS):
                values = zip(*rows, strict=True)
                arrays = [_read(list(held), field.type) for held, field in zip(values, schema, strict=True)]
                yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    def close(self) -> None:
        """Let go of the connection."""
        self._con.close()

    def _check_open(self) -> None:
        if not self._con.in_transaction:
            msg = "a statement outside transaction()"
            raise RuntimeError(msg)


@contextmanager
def _told() -> Iterator[None]:
    """Turn the module's errors into ours, and say whether the disk is full."""
    try:
        yield
    except sqlite3.Error as error:
        is_full = error.sqlite_errorname == "SQLITE_FULL" if hasattr(error, "sqlite_errorname") else False
        raise (DiskFullError if is_full else DatabaseError)(str(error)) from error
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as error:
        msg = f"a value is not of its column's type: {error}"
        raise DatabaseError(msg) from error


def _kept(array: pa.Array) -> list[Any]:
    """Return values as SQLite keeps them."""
    if pa.types.is_date(array.type):
        array = array.cast(pa.string())
    elif pa.types.is_timestamp(array.type):
        text = array.cast(pa.timestamp("us")).cast(pa.string())
        array = pc.replace_substring_regex(text, pattern=r"\.000000$", replacement="")
    elif pa.types.is_boolean(array.type):
        array = array.cast(pa.int8())
    values: list[Any] = array.to_pylist()
    return values


def _read(values: list[Any], kind: pa.DataType) -> pa.Array:
    """Return values that SQLite kept as an array of a type."""
    if pa.types.is_temporal(kind):
        return pa.array(values, pa.string()).cast(kind)
    if pa.types.is_boolean(kind):
        return pa.array(values, pa.int64()).cast(kind)
    return pa.array(values, kind)
