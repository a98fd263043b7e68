"""Rows between Arrow and a database, SQLite or PostgreSQL, through ADBC: no loop over rows.

Types are always given. SQLite's driver would guess them from the first rows, and fail on a column that
starts with NULL; PostgreSQL's gives what the catalog says. Either way what comes back has exactly the
schema that was asked for: days as `date32`, instants as `timestamp[us]` in UTC without a zone, claims as
`bool`, whole numbers as `int64`.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlencode, urlsplit

import pyarrow as pa
import pyarrow.compute as pc
from adbc_driver_manager import Error as DriverError

from closeout.engines.engine import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_SQLITE_START = ("PRAGMA busy_timeout=20000", "PRAGMA cache_size=-64000")
_FULL = ("no space left", "disk is full", "could not extend", "disk full")
_FIRST = "_typed"


class DatabaseError(EngineError):
    """The database refused or cannot be reached; the message is its own first line."""


class DiskFullError(DatabaseError):
    """The database has no room left; nothing of the open transaction is kept."""


class Database:
    """One connection. Statements outside `transaction` are refused, so that none is left half done."""

    def __init__(self, url: str) -> None:
        """Connect.

        Args:
            url: `sqlite:///PATH`, or `postgres://USER:PASSWORD@HOST:PORT/NAME` (a host that is a folder,
                written with %2F, is a socket).

        Raises:
            DatabaseError: The URL names neither, or nobody answers there.

        """
        with _told():
            self.vendor, self._con = _connect(url)
        self._is_open = False

    def close(self) -> None:
        """Let go of the connection; what was not committed is gone."""
        with _told():
            self._con.close()

    @contextmanager
    def transaction(self, *, is_snapshot: bool = False) -> Iterator[None]:
        """Run the statements inside as one: kept whole at the end, gone whole if anything is raised.

        Args:
            is_snapshot: Everything read inside stands as of one moment (repeatable read).

        """
        self._is_open = True
        try:
            with _told():
                if is_snapshot and self.vendor == "postgresql":
                    self.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                yield
                self._con.commit()
        except BaseException:
            self._con.rollback()
            raise
        finally:
            self._is_open = False

    def execute(self, statement: str, values: Sequence[object] = ()) -> None:
        """Run one statement that gives no rows; `?` stands for each value."""
        with _told(), closing(self._cursor()) as cursor:
            cursor.execute(self._marked(statement, len(values)), list(values) or None)

    def fetch(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a small query; `?` stands for each value."""
        with _told(), closing(self._cursor()) as cursor:
            cursor.execute(self._marked(statement, len(values)), list(values) or None)
            return list(cursor.fetchall())

    def copy_in(self, table: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> int:
        """Append rows to a table and return how many.

        Args:
            table: The table's name in the database.
            schema: The columns the batches have; the table's other columns take their defaults.
            batches: The rows; instants in UTC without a zone.

        Raises:
            DiskFullError: There is no room left.
            DatabaseError: The database refuses a row, or has no such table or column.

        """
        stored = schema if self.vendor == "postgresql" else _sqlite_schema(schema)
        counted = _Counted(batches, stored, is_text=self.vendor == "sqlite")
        reader = pa.RecordBatchReader.from_batches(stored, iter(counted))
        with _told(), closing(self._cursor()) as cursor:
            cursor.adbc_ingest(table, reader, mode="append")
        return counted.rows

    def read_out(
        self, table: str, schema: pa.Schema, *, order_by: Sequence[str] = ()
    ) -> Iterator[pa.RecordBatch]:
        """Yield a table's rows.

        Args:
            table: The table's name in the database.
            schema: The columns wanted, with their types.
            order_by: Columns to sort by; texts by code point, the same in each database.

        Raises:
            DatabaseError: No such table or column, or a value that is not of its type.

        """
        query = self._typed_query(table, schema, order_by)
        with _told(), closing(self._cursor()) as cursor:
            cursor.execute(query)
            for number, batch in enumerate(cursor.fetch_record_batch()):
                rows = batch
                if self.vendor == "sqlite":
                    rows = batch.slice(1) if number == 0 else batch
                yield _as_schema(rows, schema)

    def _cursor(self) -> Any:  # noqa: ANN401 - the driver has no types
        if not self._is_open:
            msg = "a statement outside Database.transaction()"
            raise RuntimeError(msg)
        return self._con.cursor()

    def _marked(self, statement: str, count: int) -> str:
        if self.vendor == "postgresql":
            for number in range(1, count + 1):
                statement = statement.replace("?", f"${number}", 1)
        return statement

    def _typed_query(self, table: str, schema: pa.Schema, order_by: Sequence[str]) -> str:
        columns = ", ".join(f'"{name}"' for name in schema.names)
        if self.vendor == "postgresql":
            terms = [_postgres_term(name, schema.field(name).type) for name in order_by]
            ordered = f" ORDER BY {', '.join(terms)}" if terms else ""
            return f'SELECT {columns} FROM "{table}"{ordered}'  # noqa: S608 - names of our own declarations
        # The first row is ours: it shows the driver every column's type.
        typed = ", ".join(f'{_sqlite_example(field.type)} AS "{field.name}"' for field in schema)
        terms = [f'"{_FIRST}"', *(f'"{name}"' for name in order_by)]
        return (
            f'SELECT 0 AS "{_FIRST}", {typed} UNION ALL SELECT 1, {columns} FROM "{table}" '  # noqa: S608 - as above
            f"ORDER BY {', '.join(terms)}"
        )


class _Counted:
    """Batches as the database wants them, counted on their way."""

    def __init__(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, *, is_text: bool) -> None:
        self._batches, self._schema, self._is_text = batches, schema, is_text
        self.rows = 0

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        for batch in self._batches:
            self.rows += batch.num_rows
            arrays = [_sqlite_array(array) if self._is_text else array for array in batch.columns]
            yield pa.RecordBatch.from_arrays(arrays, schema=self._schema)


@contextmanager
def open_database(url: str) -> Iterator[Database]:
    """Open a database for the time of a block; see `Database`."""
    database = Database(url)
    try:
        yield database
    finally:
        database.close()


def _connect(url: str) -> tuple[str, Any]:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        from adbc_driver_sqlite import dbapi as sqlite  # noqa: PLC0415 - one driver must not slow the other

        connection = sqlite.connect(unquote(parts.path[1:]))
        with closing(connection.cursor()) as cursor:
            for pragma in _SQLITE_START:
                cursor.execute(pragma)
                cursor.fetchall()
        connection.commit()
        return "sqlite", connection
    if parts.scheme in {"postgres", "postgresql"}:
        from adbc_driver_postgresql import dbapi as postgresql  # noqa: PLC0415 - as above

        return "postgresql", postgresql.connect(_libpq(url))
    msg = f"{parts.scheme or url} names no database that can be loaded; give sqlite:/// or postgres://"
    raise DatabaseError(msg)


def _libpq(url: str) -> str:
    """Return the URL with the scheme that the driver knows."""
    return "postgresql" + url[url.index("://") :]


def postgres_url(
    *,
    name: str,
    user: str = "",
    password: str = "",
    host: str = "",
    port: str = "",
    options: Mapping[str, str] | None = None,
) -> str:
    """Return the URL of a PostgreSQL database from its parts, each quoted as it must be.

    `options` are libpq's own, such as `sslmode`.
    """
    person = quote(user, safe="") + (":" + quote(password, safe="") if password else "")
    place = quote(host, safe="") + (f":{port}" if port else "")
    asked = "?" + urlencode(options, quote_via=quote) if options else ""
    return f"postgres://{person}{'@' if person else ''}{place}/{quote(name, safe='')}{asked}"


@contextmanager
def _told() -> Iterator[None]:
    """Turn a driver's error into ours: its first line, and whether the disk is full."""
    try:
        yield
    except DriverError as error:
        said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        kind = DiskFullError if any(word in str(error).lower() for word in _FULL) else DatabaseError
        raise kind(said) from error


def _sqlite_schema(schema: pa.Schema) -> pa.Schema:
    """Return the types as they are kept in SQLite: days and instants as text, as Django writes them."""
    return pa.schema(
        [
            field.with_type(pa.string()) if pa.types.is_temporal(field.type) else field.with_nullable(True)
            for field in schema
        ]
    )


def _sqlite_array(array: pa.Array) -> pa.Array:
    if pa.types.is_date(array.type):
        return array.cast(pa.string())
    if pa.types.is_timestamp(array.type):
        text = array.cast(pa.timestamp("us")).cast(pa.string())
        return pc.replace_substring_regex(text, pattern=r"\.000000$", replacement="")
    return array


def _sqlite_example(kind: pa.DataType) -> str:
    if pa.types.is_floating(kind):
        return "0.0"
    return "0" if pa.types.is_integer(kind) or pa.types.is_boolean(kind) else "''"


def _postgres_term(name: str, kind: pa.DataType) -> str:
    return f'"{name}" COLLATE "C"' if pa.types.is_string(kind) else f'"{name}"'


def _as_schema(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    arrays = [_as_type(batch.column(field.name), field.type) for field in schema]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _as_type(array: pa.Array, kind: pa.DataType) -> pa.Array:
    if array.type == kind:
        return array
    if pa.types.is_timestamp(kind) and pa.types.is_timestamp(array.type):
        return array.cast(pa.timestamp("us", array.type.tz)).cast(kind)
    return array.cast(kind)
