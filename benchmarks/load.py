"""Loading a national snapshot into PostgreSQL, beside what else could write the rows.

The whole load is timed as `closeout load` runs it: digests, rows, foreign keys and indexes put back and
valid, every table counted. The peers write the largest table alone, into a copy of it without keys and
indexes, the same rows each; their sums must agree. psycopg copies a CSV file that was made before the clock
started; Django's bulk_create takes a sample. The server is a cluster of its own with PostgreSQL's defaults,
except that it does not wait for the disk (`fsync=off`). The bar is 100,000 rows a second over the whole load.
"""

# ruff: noqa: PLC0415 - Django is set up for the store that is measured
from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks._records import WORKER, in_own_process, records, server

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

BAR_ROWS = 100_000
SAMPLE = 20_000
_BARE = "bench_bare"


def main() -> None:
    """Print how fast the snapshot is loaded, and the peers."""
    print("## Loading a snapshot into PostgreSQL\n")
    with records() as folder, server() as url:
        if url:
            in_own_process("benchmarks.load", url, str(folder))


def measure(url: str, folder: Path) -> None:
    """Load a snapshot and print the figures; then the peers on its largest table."""
    os.environ["CLOSEOUT_FILES"] = tempfile.mkdtemp(prefix="closeout-bench-")
    from closeout.project import configure

    configure(url)
    from closeout.web.casework.load import load

    started = time.perf_counter()
    done = load(folder)
    seconds = time.perf_counter() - started
    rate = done.rows_written / seconds
    print(
        f"{done.rows_written:,} rows in {len(done.plan.snapshot.manifest.tables)} tables: {seconds:.0f} s\n"
    )
    print("| step | seconds |\n|---|---:|")
    print(f"| rows | {done.seconds_rows:.0f} |")
    print(f"| foreign keys, indexes, counts | {done.seconds_after:.0f} |")
    print(f"| digests and the rest | {seconds - done.seconds_rows - done.seconds_after:.0f} |\n")
    verdict = "met" if rate >= BAR_ROWS else "MISSED"
    print(f"{rate:,.0f} rows/s over the whole load; bar {BAR_ROWS:,}: {verdict}\n")
    manifest = done.plan.snapshot.manifest
    peers(folder, max(manifest.tables, key=manifest.rows))


def peers(folder: Path, table: str) -> None:
    """Write the largest table by each way and print the rates; the sums must be the same."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from closeout.records.snapshot import open_snapshot
    from closeout.web.casework.stored import columns

    files = open_snapshot(folder).files(table)
    rows = pa.concat_tables(pq.read_table(path) for path in files).cast(columns(table))
    sample = rows.slice(0, SAMPLE)
    ways: list[tuple[str, Callable[[str, pa.Table], float], pa.Table]] = [
        ("Closeout (ADBC, binary COPY)", by_adbc, rows),
        ("psycopg, COPY of a CSV file made before", by_csv, rows),
        (f"Django bulk_create, the first {SAMPLE:,} rows", by_django, sample),
    ]
    print(f"One table, {table}, without keys and indexes:\n\n| way | rows | seconds | rows/s |")
    print("|---|---:|---:|---:|")
    sums = {}
    for name, way, given in ways:
        _bare(table)
        seconds = way(table, given)
        sums[name] = _sum(table)
        print(
            f"| {name} | {given.num_rows:,} | {seconds:.1f} | {given.num_rows / seconds:,.0f} |", flush=True
        )
    whole = [sums[name] for name, _, given in ways if given is rows]
    same = len(set(whole)) == 1
    print(f"\nThe sums over the rows written are {'the same' if same else 'DIFFERENT'}.\n")


def by_adbc(table: str, rows: pa.Table) -> float:
    """Copy as the load does."""
    from closeout.engines.databases import open_database
    from closeout.web.casework.stored import columns, database_url

    with open_database(database_url()) as database:
        started = time.perf_counter()
        with database.transaction():
            database.copy_in(_BARE, columns(table), rows.to_batches(65_536))
        return time.perf_counter() - started


def by_csv(table: str, rows: pa.Table) -> float:
    """Copy a CSV file."""
    from django.db import connection
    from pyarrow import csv

    del table
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        csv.write_csv(rows, file.name)
        names = ", ".join(f'"{name}"' for name in rows.column_names)
        with connection.cursor() as cursor, Path(file.name).open("rb") as source:
            started = time.perf_counter()
            with cursor.copy(f"COPY {_BARE} ({names}) FROM STDIN (FORMAT csv, HEADER)") as copy:
                while block := source.read(1 << 20):
                    copy.write(block)
            return time.perf_counter() - started


def by_django(table: str, rows: pa.Table) -> float:
    """Make model objects and insert them."""
    from django.db import connection

    from closeout.web.casework.stored import record_models

    model: Any = record_models()[table]
    attributes = {field.column: field.attname for field in model._meta.concrete_fields}  # noqa: SLF001 - Django's public _meta
    before, model._meta.db_table = model._meta.db_table, _BARE  # noqa: SLF001 - as above
    try:
        started = time.perf_counter()
        made = [
            model(**{attributes[name]: _aware(value) for name, value in row.items()})
            for row in rows.to_pylist()
        ]
        model._default_manager.using(connection.alias).bulk_create(made, batch_size=2_000)  # noqa: SLF001 - as above
        return time.perf_counter() - started
    finally:
        model._meta.db_table = before  # noqa: SLF001 - as above


def _aware(value: object) -> object:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


def _bare(table: str) -> None:
    from django.db import connection

    from closeout.web.casework.stored import db_table

    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {_BARE}")
        cursor.execute(f"CREATE TABLE {_BARE} (LIKE {db_table(table)} INCLUDING DEFAULTS INCLUDING IDENTITY)")


def _sum(table: str) -> tuple[int, ...]:
    from django.db import connection

    from closeout.records.tables import TABLES

    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*), sum(hashtext("{TABLES[table].key()}"::text)::bigint) FROM {_BARE}')
        return tuple(cursor.fetchone())


if __name__ == "__main__":
    if sys.argv[1:2] == [WORKER]:
        measure(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
