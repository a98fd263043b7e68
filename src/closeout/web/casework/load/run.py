"""Run a load from where it is to its end."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
from django.conf import settings
from django.db import connection

from closeout.engines.databases import Database, DatabaseError, DiskFullError, open_database
from closeout.web.audit.actions import SYSTEM
from closeout.web.casework.load.begin import begin
from closeout.web.casework.load.doubled import doubled_rows
from closeout.web.casework.load.finish import finish
from closeout.web.casework.load.plan import Chunk, LoadError, Plan, plan
from closeout.web.casework.models import Load, LoadChunk
from closeout.web.casework.moments import Clocks
from closeout.web.casework.stored import columns, database_url, db_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from closeout.records.snapshot import Snapshot
    from closeout.web.accounts.models import User

_LOCK = 0x6C6F6164
_LEDGER = "INSERT INTO {0} (load_id, {1}, part, row_group, rows) VALUES (?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Step:
    """How far a load is: `what` is `rows` or `constraints`; `table` the one being written."""

    what: str
    done: int
    total: int
    table: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did. `rows_before` were there from a run that was broken off; times are in seconds."""

    plan: Plan
    rows_written: int
    rows_before: int
    seconds_rows: float
    seconds_after: float


def load(
    folder: Path,
    *,
    by: User | str = SYSTEM,
    is_replacing: bool = False,
    told: Callable[[Step], None] = lambda _step: None,
) -> Loaded:
    """Load a snapshot into the site's database; go on where an earlier run of the same was broken off.

    Each row group is one transaction together with its line in the ledger: killed at any moment, nothing is
    lost or doubled, and the same call continues.

    Args:
        folder: The snapshot.
        by: Who asks, for the audit log.
        is_replacing: Remove what the database holds first.
        told: Is told how far it is.

    Returns:
        What was done; nothing where this very snapshot is loaded already.

    Raises:
        SnapshotError: The folder is no snapshot.
        LoadError: It cannot be loaded, or was broken off by a full disk or the database; the message says
            what to do.

    """
    planned = plan(folder, is_replacing=is_replacing)
    if planned.is_there:
        return Loaded(planned, 0, planned.rows, 0.0, 0.0)
    try:
        with open_database(database_url()) as database:
            _check_alone(database)
            return _run(planned, database, by=by, told=told)
    except DiskFullError as error:
        msg = f"the database's disk is full: make room and run the same command again ({error})"
        raise LoadError(msg) from error
    except DatabaseError as error:
        raise LoadError(_refused(planned.snapshot, error)) from error


def _refused(snapshot: Snapshot, error: DatabaseError) -> str:
    if doubled := doubled_rows(snapshot):
        return (
            f"more than one row has the same key: {'; '.join(doubled)}. Run `closeout check` on the "
            "snapshot: it keeps them apart and names them; then load what it writes with --replace."
        )
    return f"the database refused: {error}. What is loaded stays; the same command goes on from there."


def _run(planned: Plan, database: Database, *, by: User | str, told: Callable[[Step], None]) -> Loaded:
    ledger = begin(planned, by=by)
    there = set(LoadChunk.objects.filter(load=ledger).values_list("part", "row_group"))
    before = sum(chunk.rows for chunk in planned.chunks if chunk.key in there)
    clocks = _clocks(planned.snapshot)
    started = time.monotonic()
    done = before
    for chunk in planned.chunks:
        if chunk.key in there:
            continue
        told(Step("rows", done, planned.rows, chunk.table))
        _copy(database, ledger, chunk, clocks)
        done += chunk.rows
    told(Step("rows", done, planned.rows))
    copied = time.monotonic()
    finish(ledger, planned, by=by, done=lambda count, total: told(Step("constraints", count, total)))
    return Loaded(planned, done - before, before, copied - started, time.monotonic() - copied)


def _copy(database: Database, ledger: Load, chunk: Chunk, clocks: Clocks) -> None:
    schema = columns(chunk.table)
    with database.transaction():
        rows = database.copy_in(db_table(chunk.table), schema, map(clocks.to_utc, chunk.batches()))
        if rows != chunk.rows:
            msg = f"{chunk.part} gave {rows:,} rows where its metadata says {chunk.rows:,}"
            raise LoadError(msg)
        quote = connection.ops.quote_name
        said = _LEDGER.format(quote(LoadChunk._meta.db_table), quote("table"))  # noqa: SLF001 - Django's public _meta
        database.execute(said, [ledger.pk, chunk.table, chunk.part, chunk.row_group, chunk.rows])


def _check_alone(database: Database) -> None:
    """Refuse a second load beside one that runs; SQLite's ledger refuses the doubled chunk itself."""
    if database.vendor != "postgresql":
        return
    with database.transaction():
        ((is_alone,),) = database.fetch(f"SELECT pg_try_advisory_lock({_LOCK})")
    if not is_alone:
        msg = "another load is running on this database; wait until it ends"
        raise LoadError(msg)


def _clocks(snapshot: Snapshot) -> Clocks:
    zones: dict[str, str] = {}
    for path in snapshot.files("offices"):
        table = pq.read_table(path, columns=["office_id", "time_zone"])
        zones |= dict(zip(table["office_id"].to_pylist(), table["time_zone"].to_pylist(), strict=True))
    return Clocks(zones, settings.TIME_ZONE)
