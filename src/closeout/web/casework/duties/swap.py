"""A table written anew beside the old one, which it replaces at once."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.db.models import Model

    from closeout.engines.databases import Database

_NEXT = "_next"
_INDEXES = """
    SELECT made.relname, pg_get_indexdef(ind.indexrelid), COALESCE(con.contype::text, '')
    FROM pg_index ind
    JOIN pg_class made ON made.oid = ind.indexrelid
    LEFT JOIN pg_constraint con ON con.conindid = ind.indexrelid AND con.contype IN ('p', 'u')
    WHERE ind.indrelid = %s::regclass
"""


class Fresh(Protocol):
    """The table being written."""

    def copy_in(self, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> int:
        """Append rows and return how many."""

    def put_in_place(self, newest: int, also: Callable[[Database], None]) -> list[str]:
        """Let the new rows take the place of the old; return the cases with old rows newer than a key.

        `also` is done in the same transaction, once nobody else can write to the table.
        """


@contextmanager
def fresh_table(database: Database, model: type[Model], *, newest: int) -> Iterator[Fresh]:
    """Give a table like a model's, to be filled and put in place of the old.

    If anything is raised before it is in place, the old rows stay. Others go on reading and writing; on
    SQLite, where there is one writer at a time, they wait only while the rows are put in place.

    Args:
        database: Where.
        model: Whose table; with a whole-number key and the column `case_no`.
        newest: The old table's greatest key; new keys are greater.

    """
    table = model._meta.db_table  # noqa: SLF001 - Django's public _meta
    if database.vendor == "sqlite":
        with tempfile.TemporaryDirectory(prefix="closeout-duties-") as folder:
            yield _Waiting(database, table, Path(folder))
        return
    beside = _Beside(database, table, newest)
    try:
        yield beside
    finally:
        beside.forget()


class _Waiting:
    """SQLite: the new rows wait in files, and take the place of the old in one short transaction."""

    def __init__(self, database: Database, table: str, folder: Path) -> None:
        self._database, self._table, self._folder = database, table, folder
        self._files: list[Path] = []

    def copy_in(self, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> int:
        """Append rows."""
        path = self._folder / f"{len(self._files)}.arrow"
        self._files.append(path)
        rows = 0
        with pa.ipc.new_stream(str(path), schema) as file:
            for batch in batches:
                file.write_batch(batch)
                rows += batch.num_rows
        return rows

    def put_in_place(self, newest: int, also: Callable[[Database], None]) -> list[str]:
        """Write the rows that wait where the old were."""
        with self._database.transaction():
            cases = self._database.fetch(
                f'SELECT DISTINCT case_no FROM "{self._table}" WHERE id > {newest} AND case_no IS NOT NULL'  # noqa: S608 - our own table
            )
            self._database.execute(f'DELETE FROM "{self._table}"')  # noqa: S608 - as above
            for path in self._files:
                with pa.OSFile(str(path)) as file, pa.ipc.open_stream(file) as rows:
                    self._database.copy_in(self._table, rows.schema, rows)
            also(self._database)
        return sorted(case_no for (case_no,) in cases)


class _Beside:
    """PostgreSQL: a second table, made without indexes, that takes the first one's name in the end."""

    def __init__(self, database: Database, table: str, newest: int) -> None:
        self._database, self._table, self._new = database, table, table + _NEXT
        self.forget()
        with connection.cursor() as cursor:
            cursor.execute(
                f'CREATE TABLE "{self._new}" '
                f'(LIKE "{table}" INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING CONSTRAINTS)'
            )
            cursor.execute(f'ALTER TABLE "{self._new}" ALTER COLUMN id RESTART WITH {newest + 1}')

    def copy_in(self, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> int:
        """Append rows."""
        with self._database.transaction():
            return self._database.copy_in(self._new, schema, batches)

    def put_in_place(self, newest: int, also: Callable[[Database], None]) -> list[str]:
        """Make the indexes, then change the names in one short transaction."""
        indexes = self._make_indexes()
        with connection.cursor() as cursor:
            # So that counts read the indexes alone from the first.
            cursor.execute(f'VACUUM ANALYZE "{self._new}"')
        with self._database.transaction():
            run = self._database.execute
            run(f'LOCK TABLE "{self._table}" IN ACCESS EXCLUSIVE MODE')
            cases = self._database.fetch(
                f'SELECT DISTINCT case_no FROM "{self._table}" WHERE id > {newest} AND case_no IS NOT NULL'  # noqa: S608 - our own table
            )
            run(f'DROP TABLE "{self._table}"')
            run(f'ALTER TABLE "{self._new}" RENAME TO "{self._table}"')
            run(f'ALTER SEQUENCE "{self._new}_id_seq" RENAME TO "{self._table}_id_seq"')
            for name in indexes:
                run(f'ALTER INDEX "{name}{_NEXT}" RENAME TO "{name}"')
            also(self._database)
        return sorted(case_no for (case_no,) in cases)

    def forget(self) -> None:
        """Drop the table if it was not put in place, and what an earlier run left."""
        with connection.cursor() as cursor:
            cursor.execute(f'DROP TABLE IF EXISTS "{self._new}"')

    def _make_indexes(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(_INDEXES, [self._table])
            found = cursor.fetchall()
            for name, made, kind in found:
                after = made[made.index(" USING ") :]
                unique = "UNIQUE " if made.startswith("CREATE UNIQUE") else ""
                cursor.execute(f'CREATE {unique}INDEX "{name}{_NEXT}" ON "{self._new}"{after}')
                if kind:
                    what = "PRIMARY KEY" if kind == "p" else "UNIQUE"
                    new = f"{name}{_NEXT}"
                    cursor.execute(
                        f'ALTER TABLE "{self._new}" ADD CONSTRAINT "{new}" {what} USING INDEX "{new}"'
                    )
        return [name for name, _, _ in found]
