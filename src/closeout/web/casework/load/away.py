"""Foreign keys and indexes taken away for a load on PostgreSQL, and put back after it.

What was taken away stands in the ledger, so that whoever goes on with a load puts it back, and a load is
not finished before all of it is there and valid.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from queue import Empty, Queue
from typing import TYPE_CHECKING, TypedDict

from django.db import connection

from closeout.engines.databases import DatabaseError, open_database
from closeout.web.casework.load.plan import LoadError
from closeout.web.casework.stored import database_url, db_table, record_models

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from closeout.engines.databases import Database

INDEXES_FROM_ROWS = 100_000
"""Below, putting the indexes back costs more than keeping them."""
_WORKERS = 2
_TELL_SECONDS = 0.5
_MEMORY = "SET maintenance_work_mem = '512MB'"
_KEYS = """
    SELECT con.conname, rel.relname, pg_get_constraintdef(con.oid)
    FROM pg_constraint con JOIN pg_class rel ON rel.oid = con.conrelid
    WHERE con.contype = 'f' AND con.connamespace = current_schema()::regnamespace AND rel.relname = ANY(%s)
    ORDER BY rel.relname, con.conname
"""
_INDEXES = """
    SELECT made.relname, rel.relname, pg_get_indexdef(ind.indexrelid)
    FROM pg_index ind
    JOIN pg_class made ON made.oid = ind.indexrelid
    JOIN pg_class rel ON rel.oid = ind.indrelid
    WHERE rel.relnamespace = current_schema()::regnamespace AND rel.relname = ANY(%s) AND NOT ind.indisunique
      AND NOT EXISTS (
        SELECT 1 FROM pg_constraint con WHERE con.conindid = ind.indexrelid AND con.contype <> 'f'
      )
    ORDER BY rel.relname, made.relname
"""

_VALID_INDEXES = """
    SELECT rel.relname FROM pg_index ind JOIN pg_class rel ON rel.oid = ind.indexrelid WHERE ind.indisvalid
"""


class Away(TypedDict):
    """One thing that was taken away, and the statement that makes it again."""

    kind: str
    name: str
    table: str
    sql: str


def take_away(rows: int) -> list[Away]:
    """Drop the foreign keys of the declared tables, and their indexes where that pays; return them.

    Must run in the transaction that writes them to the ledger. On SQLite nothing is dropped: references
    are not looked at while the load writes, and all at its end.
    """
    if connection.vendor != "postgresql":
        return []
    tables = [db_table(name) for name in record_models()]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(_KEYS, [tables])
        away = [
            Away(
                kind="key",
                name=name,
                table=table,
                sql=_added(quote(table), quote(name), made),
            )
            for name, table, made in cursor.fetchall()
        ]
        for one in away:
            cursor.execute(f"ALTER TABLE {quote(one['table'])} DROP CONSTRAINT {quote(one['name'])}")
        if rows < INDEXES_FROM_ROWS:
            return away
        cursor.execute(_INDEXES, [tables])
        indexes = [
            Away(kind="index", name=name, table=table, sql=made) for name, table, made in cursor.fetchall()
        ]
        for one in indexes:
            cursor.execute(f"DROP INDEX {quote(one['name'])}")
    return [*indexes, *away]


def _added(table: str, name: str, made: str) -> str:
    return f"ALTER TABLE {table} ADD CONSTRAINT {name} {made.removesuffix(' NOT VALID')}"


def put_back(away: Sequence[Away], done: Callable[[int, int], None]) -> None:
    """Make again what was taken away; what is there already is left. Two at a time.

    Args:
        away: What the ledger says.
        done: Told how many are back, of how many.

    Raises:
        LoadError: Rows of the snapshot break a foreign key; the message names it.

    """
    _add_keys([one for one in away if one["kind"] == "key"])
    waiting: Queue[Away] = Queue()
    for one in sorted(away, key=lambda one: one["kind"] == "key"):
        waiting.put(one)
    with ThreadPoolExecutor(_WORKERS) as workers:
        url = database_url()
        works = [workers.submit(_make_all, waiting, url) for _ in range(_WORKERS)]
        while not all(work.done() for work in works):
            done(len(away) - waiting.qsize(), len(away))
            wait(works, timeout=_TELL_SECONDS)
        for work in works:
            work.result()
    done(len(away), len(away))


def still_away(away: Sequence[Away]) -> list[str]:
    """Return the names of what is not back, or not valid."""
    if not away:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE convalidated")
        there = {name for (name,) in cursor.fetchall()}
        cursor.execute(_VALID_INDEXES)
        there |= {name for (name,) in cursor.fetchall()}
    return [one["name"] for one in away if one["name"] not in there]


def _add_keys(keys: Sequence[Away]) -> None:
    """Add the foreign keys, for new rows only: the rows that are there are looked at one key at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'f'")
        there = {name for (name,) in cursor.fetchall()}
        for one in keys:
            if one["name"] not in there:
                cursor.execute(f"{one['sql']} NOT VALID")


def _make_all(waiting: Queue[Away], url: str) -> None:
    """Make what waits, one after the other, until nothing does."""
    with open_database(url) as database:
        while True:
            try:
                one = waiting.get_nowait()
            except Empty:
                return
            with database.transaction():
                _make(one, database)


def _make(one: Away, database: Database) -> None:
    database.execute(_MEMORY)
    if one["kind"] == "index":
        if not database.fetch("SELECT 1 FROM pg_class WHERE relname = ?", [one["name"]]):
            database.execute(one["sql"])
        return
    try:
        database.execute(f'ALTER TABLE "{one["table"]}" VALIDATE CONSTRAINT "{one["name"]}"')
    except DatabaseError as error:
        if "violates foreign key" not in str(error):
            raise
        msg = (
            f"rows of {one['table']} refer to rows that the snapshot lacks ({one['name']}): {error}. "
            "Run `closeout check` on the snapshot, then load what it writes with --replace."
        )
        raise LoadError(msg) from error
