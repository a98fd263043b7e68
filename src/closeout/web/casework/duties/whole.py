"""Work out all duties anew, and look for what must not be so: from a snapshot of the records as they are."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from django.conf import settings
from django.db import transaction
from django.db.models import Max

from closeout.duties.integrity import run_integrity
from closeout.duties.pack import load_pack
from closeout.duties.run import open_tables, run_pack
from closeout.engines import connect
from closeout.engines.databases import DatabaseError, DiskFullError, open_database
from closeout.records.snapshot import arrow_schema
from closeout.records.tables import TABLES
from closeout.web.audit import actions as audit
from closeout.web.casework.duties.counts import Counting
from closeout.web.casework.duties.kept import STORED, kept
from closeout.web.casework.duties.outcome import Refreshed, RefreshError, Step
from closeout.web.casework.duties.refresh import refresh_cases
from closeout.web.casework.duties.swap import fresh_table
from closeout.web.casework.models import Duty, Finding, Office
from closeout.web.casework.moments import Clocks
from closeout.web.casework.snapshot import write_snapshot
from closeout.web.casework.stored import database_url, record_models

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    import ibis.expr.types as ir

    from closeout.engines import Engine
    from closeout.records.snapshot import Snapshot
    from closeout.web.accounts.models import User
    from closeout.web.casework.snapshot import Step as ReadStep

_FINDING_BATCH = 2_000


def refresh_all(
    *,
    today: date,
    by: User | str = audit.SYSTEM,
    told: Callable[[Step], None] = lambda _step: None,
) -> Refreshed:
    """Replace the whole duty table by what the pack's clauses list from the records as they are now.

    The records are read as of one moment, the clauses run over them on the engine, and the new rows take the
    place of the old at once: whoever reads meanwhile sees the old ones whole. Cases that somebody worked on
    meanwhile are done once more at the end.

    Args:
        today: The day the states are worked out for.
        by: Who asks, for the audit log.
        told: Is told how far it is; what it raises ends the work with the old rows in place.

    Returns:
        What was worked out.

    Raises:
        SnapshotError: The records are not whole: a load was broken off.
        RefreshError: The database's disk is full, or it refused.

    """
    newest = Duty.objects.aggregate(last=Max("pk"))["last"] or 0
    with tempfile.TemporaryDirectory(prefix="closeout-duties-") as folder:
        told(Step("reading the records", 0, 1))
        snapshot = write_snapshot(Path(folder, "records"), as_of=today, by=by, told=_reading(told))
        engine = connect()
        try:
            tables = _tables(engine, snapshot)
            clauses, duties, again = _write(engine, tables, today, newest, told)
            told(Step("looking for what must not be so", clauses, clauses))
            findings = _find(engine, tables, today)
        except (DiskFullError, DatabaseError, OSError) as error:
            msg = f"the duties could not be written: {error}"
            raise RefreshError(msg) from error
        finally:
            engine.close()
    refresh_cases(again, today=today)
    with transaction.atomic():
        after = {"as_of": today, "duties": duties, "findings": findings}
        audit.record(by=by, action="records.duties", after=after)
    return Refreshed(clauses, duties, findings, len(again))


def _reading(told: Callable[[Step], None]) -> Callable[[ReadStep], None]:
    """Return what the snapshot tells each table to: at national size the reading takes minutes."""
    place = {table: number for number, table in enumerate(record_models())}
    return lambda read: told(Step(f"reading {read.table}", place[read.table], len(place)))


def _tables(engine: Engine, snapshot: Snapshot) -> Mapping[str, ir.Table]:
    """Return all declared tables: an empty one owes nothing, but does not keep a clause from running."""
    tables = dict(open_tables(engine, snapshot))
    for name in TABLES:
        if name not in tables:
            tables[name] = engine.from_arrow(name, arrow_schema(name).empty_table())
    return tables


def _write(
    engine: Engine,
    tables: Mapping[str, ir.Table],
    today: date,
    newest: int,
    told: Callable[[Step], None],
) -> tuple[int, int, list[str]]:
    """Write the duty table anew; return clauses, rows, and the cases that were worked on meanwhile."""
    pack = load_pack()
    clocks = Clocks(dict(Office.objects.values_list("office_id", "time_zone")), settings.TIME_ZONE)
    rows, counting = 0, Counting()
    url = database_url()
    with open_database(url) as database, fresh_table(database, Duty, newest=newest) as fresh:
        for done, (clause, listing) in enumerate(run_pack(engine, tables, pack, today)):
            told(Step(clause.duty, done, len(pack.clauses)))
            batches = engine.to_batches(kept(listing, today))
            rows += fresh.copy_in(STORED, (clocks.to_utc(counting.take(_stored(batch))) for batch in batches))
            counting.end_duty()
        told(Step("putting the rows in place", len(pack.clauses), len(pack.clauses)))
        again = fresh.put_in_place(newest, counting.write)
    return len(pack.clauses), rows, again


def _stored(batch: pa.RecordBatch) -> pa.RecordBatch:
    arrays = [batch.column(field.name).cast(field.type) for field in STORED]
    return pa.RecordBatch.from_arrays(arrays, schema=STORED)


def _find(engine: Engine, tables: Mapping[str, ir.Table], today: date) -> int:
    """Replace the findings by what the integrity checkers find in the same records; return how many."""
    found: list[Finding] = []
    for _, expression in run_integrity(tables, today):
        found += [Finding(**row, found_on=today) for row in engine.to_arrow(expression).to_pylist()]
    with transaction.atomic():
        Finding.objects.all().delete()
        Finding.objects.bulk_create(found, batch_size=_FINDING_BATCH)
    return len(found)
