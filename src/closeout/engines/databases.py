"""Rows between Arrow and a database, SQLite or PostgreSQL.

Types are always given. What comes back has exactly the schema that was asked for: days as `date32`, instants
as `timestamp[us]` in UTC without a zone, claims as `bool`, whole numbers as `int64`.

PostgreSQL is reached through ADBC, which copies without a loop over rows. SQLite is reached through Python's
own module: ADBC brings a second copy of the SQLite library, and two copies in one process break each other's
locks on the file (sqlite.org/howtocorrupt.html, 2.2.1): what the site wrote afterwards was lost.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote, urlencode, urlsplit

from closeout.engines.engine import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    import pyarrow as pa


class DatabaseError(EngineError):
    """The database refused or cannot be reached; the message is its own first line."""


class DiskFullError(DatabaseError):
    """The database has no room left; nothing of the open transaction is kept."""


class Database(Protocol):
    """One connection. Statements outside `transaction` are refused, so that none is left half done."""

    vendor: str

    def transaction(self, *, is_snapshot: bool = False) -> AbstractContextManager[None]:
        """Run the statements inside as one: kept whole at the end, gone whole if anything is raised.

        Args:
            is_snapshot: Nothing is written, and everything read stands as of one moment.

        """

    def execute(self, statement: str, values: Sequence[object] = ()) -> None:
        """Run one statement that gives no rows; `?` stands for each value."""

    def fetch(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a small query; `?` stands for each value."""

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

    def close(self) -> None:
        """Let go of the connection; what was not committed is gone."""


@contextmanager
def open_database(url: str) -> Iterator[Database]:
    """Open a database for the time of a block.

    Args:
        url: `sqlite:///PATH`, or `postgres://USER:PASSWORD@HOST:PORT/NAME` (a host that is a folder,
            written with %2F, is a socket).

    Raises:
        DatabaseError: The URL names neither, or nobody answers there.

    """
    database = _connect(url)
    try:
        yield database
    finally:
        database.close()


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


def _connect(url: str) -> Database:
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        from closeout.engines.sqlite import SqliteDatabase  # noqa: PLC0415 - one driver must not slow the other

        return SqliteDatabase(url)
    if scheme in {"postgres", "postgresql"}:
        from closeout.engines.postgresql import PostgresDatabase  # noqa: PLC0415 - as above

        return PostgresDatabase(url)
    msg = f"{scheme or url} names no database that can be loaded; give sqlite:/// or postgres://"
    raise DatabaseError(msg)
