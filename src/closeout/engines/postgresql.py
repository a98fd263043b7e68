"""PostgreSQL through ADBC: its binary COPY, both ways."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from adbc_driver_manager import Error as DriverError
from adbc_driver_postgresql import dbapi

from closeout.engines.databases import DatabaseError, DiskFullError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_FULL = ("no space left", "disk full", "could not extend")
_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


class PostgresDatabase:
    """A connection to PostgreSQL; see `closeout.engines.databases.Database`."""

    vendor = "postgresql"

    def __init__(self, url: str) -> None:
        with _told():
            # The driver knows only this scheme.
            self._con = dbapi.connect("postgresql" + url[url.index("://") :])
        self._is_open = False

    @contextmanager
    def transaction(self, *, is_snapshot: bool = False) -> Iterator[None]:
        """Run the statements inside as one."""
        self._is_open = True
        try:
            with _told():
                if is_snapshot:
                    self.execute(_SNAPSHOT)
                yield
                self._con.commit()
        except BaseException:
            with _told():
                self._con.rollback()
            raise
        finally:
            self._is_open = False

    def execute(self, statement: str, values: Sequence[object] = ()) -> None:
        """Run one statement that gives no rows."""
        with _told(), closing(self._cursor()) as cursor:
            cursor.execute(_numbered(statement, len(values)), list(values) or None)

    def fetch(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a small query."""
        with _told(), closing(self._cursor()) as cursor:
            cursor.execute(_numbered(statement, len(values)), list(values) or None)
            return list(cursor.fetchall())

    def copy_in(self, table: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> int:
        """Append rows to a table and return how many."""
        rows = 0

        def counted() -> Iterator[pa.RecordBatch]:
            nonlocal rows
            for batch in batches:
                rows += batch.num_rows
                yield batch

        reader = pa.RecordBatchReader.from_batches(schema, counted())
        with _told(), closing(self._cursor()) as cursor:
            cursor.adbc_ingest(table, reader, mode="append")
        return rows

    def read_out(
        self, table: str, schema: pa.Schema, *, order_by: Sequence[str] = ()
    ) -> Iterator[pa.RecordBatch]:
        """Yield a table's rows."""
        columns = ", ".join(f'"{name}"' for name in schema.names)
        ordered = f" ORDER BY {', '.join(_term(schema.field(name)) for name in order_by)}" if order_by else ""
        with _told(), closing(self._cursor()) as cursor:
            cursor.execute(f'SELECT {columns} FROM "{table}"{ordered}')  # noqa: S608 - names of our declarations
            for batch in cursor.fetch_record_batch():
                arrays = [_as_type(batch.column(field.name), field.type) for field in schema]
                yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    def close(self) -> None:
        """Let go of the connection."""
        with _told():
            self._con.close()

    def _cursor(self) -> Any:  # noqa: ANN401 - the driver has no types
        if not self._is_open:
            msg = "a statement outside transaction()"
            raise RuntimeError(msg)
        return self._con.cursor()


@contextmanager
def _told() -> Iterator[None]:
    """Turn a driver's error into ours: its first line, and whether the disk is full."""
    try:
        yield
    except DriverError as error:
        said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        is_full = any(word in str(error).lower() for word in _FULL)
        raise (DiskFullError if is_full else DatabaseError)(said) from error


def _numbered(statement: str, count: int) -> str:
    for number in range(1, count + 1):
        statement = statement.replace("?", f"${number}", 1)
    return statement


def _term(field: pa.Field) -> str:
    return f'"{field.name}" COLLATE "C"' if pa.types.is_string(field.type) else f'"{field.name}"'


def _as_type(array: pa.Array, kind: pa.DataType) -> pa.Array:
    if pa.types.is_timestamp(kind) and pa.types.is_timestamp(array.type):
        array = array.cast(pa.timestamp("us", array.type.tz))
    return array.cast(kind)
