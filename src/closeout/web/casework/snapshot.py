"""Write the site's records as a snapshot: Parquet files as they stood at one moment, and a manifest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.db import transaction

from closeout.engines.databases import Database, DatabaseError, open_database
from closeout.records.snapshot import Manifest, Part, Snapshot, SnapshotError, sha256_of, write_manifest
from closeout.web.audit import actions as audit
from closeout.web.casework.models import Load
from closeout.web.casework.moments import Clocks
from closeout.web.casework.stored import columns, database_url, db_table, key_order, record_models

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from closeout.web.accounts.models import User

ROW_GROUP = 131_072
SOURCE = "closeout"


@dataclass(frozen=True, slots=True)
class Step:
    """How far a snapshot is: the table being written, and the rows written so far."""

    table: str
    rows: int


def write_snapshot(
    folder: Path,
    *,
    as_of: date,
    by: User | str = audit.SYSTEM,
    told: Callable[[Step], None] = lambda _step: None,
) -> Snapshot:
    """Write all declared tables of the site's database as a snapshot.

    Everything is read in one transaction, so that the tables agree with each other whoever works meanwhile.
    Rows are sorted as the declarations say. Tables without rows have no file.

    Args:
        folder: Where to; it must not exist, or be empty.
        as_of: The day the records are said to stand as of.
        by: Who asks, for the audit log.
        told: Is told how far it is.

    Returns:
        The snapshot. The manifest is written last: a folder without one was never finished.

    Raises:
        SnapshotError: The folder is not empty, cannot be written, or the database was not loaded whole.

    """
    if Load.objects.filter(is_current=True, finished_at=None).exists():
        msg = "a load was broken off, so the records are not whole: run that `closeout load` again first"
        raise SnapshotError(msg)
    try:
        tables = _write(folder, told)
        manifest = Manifest(as_of=as_of, source=SOURCE, tables=tables)
        write_manifest(folder, manifest)
    except (OSError, DatabaseError) as error:
        msg = f"the snapshot could not be written: {error}"
        raise SnapshotError(msg) from error
    with transaction.atomic():
        rows = sum(map(manifest.rows, tables))
        audit.record(by=by, action="records.snapshot", after={"as_of": as_of, "rows": rows})
    return Snapshot(folder, manifest)


def _write(folder: Path, told: Callable[[Step], None]) -> dict[str, tuple[Part, ...]]:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        msg = f"{folder} is not empty; give a folder that does not exist yet"
        raise SnapshotError(msg)
    tables: dict[str, tuple[Part, ...]] = {}
    total = 0
    with open_database(database_url()) as database, database.transaction(is_snapshot=True):
        clocks = Clocks(_zones(database), settings.TIME_ZONE)
        for table in record_models():
            told(Step(table, total))
            if part := _write_table(database, table, clocks, folder):
                tables[table] = (part,)
                total += part.rows
    return tables


def _write_table(database: Database, table: str, clocks: Clocks, folder: Path) -> Part | None:
    schema = columns(table)
    batches = database.read_out(db_table(table), schema, order_by=key_order(table))
    path = folder / table / "part-000.parquet"
    rows = 0
    writer = None
    try:
        for group in _grouped(map(clocks.to_wall, batches), schema):
            if writer is None:
                path.parent.mkdir()
                writer = pq.ParquetWriter(path, schema, compression="zstd")
            writer.write_table(group, row_group_size=ROW_GROUP)
            rows += group.num_rows
    finally:
        if writer is not None:
            writer.close()
    if writer is None:
        return None
    return Part(path.relative_to(folder).as_posix(), rows, sha256_of(path))


def _grouped(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    """Yield the rows in tables of `ROW_GROUP` rows, the last with what is left."""
    waiting: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        waiting.append(batch)
        count += batch.num_rows
        while count >= ROW_GROUP:
            held = pa.Table.from_batches(waiting, schema)
            yield held.slice(0, ROW_GROUP)
            waiting = held.slice(ROW_GROUP).to_batches()
            count -= ROW_GROUP
    if count:
        yield pa.Table.from_batches(waiting, schema)


def _zones(database: Database) -> dict[str, str]:
    wanted = pa.schema([columns("offices").field(name) for name in ("office_id", "time_zone")])
    rows = pa.Table.from_batches(database.read_out(db_table("offices"), wanted), wanted)
    return dict(zip(rows["office_id"].to_pylist(), rows["time_zone"].to_pylist(), strict=True))
