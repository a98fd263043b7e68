"""End a load: what was taken away put back, sequences set, and the proof that every row is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone

from closeout.web.audit import actions as audit
from closeout.web.casework.load.away import put_back, still_away
from closeout.web.casework.load.plan import LoadError
from closeout.web.casework.stored import db_table, record_models

if TYPE_CHECKING:
    from collections.abc import Callable

    from closeout.web.accounts.models import User
    from closeout.web.casework.load.plan import Plan
    from closeout.web.casework.models import Load

_NAMED = 5


def finish(load: Load, planned: Plan, *, by: User | str, done: Callable[[int, int], None]) -> None:
    """Put back what was taken away, check, and write the load down as finished.

    Raises:
        LoadError: A reference points nowhere, a constraint is not back, or rows are missing.

    """
    if connection.vendor == "postgresql":
        put_back(load.taken_away, done)
    else:
        _check_references()
    _set_sequences()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    _check_rows(planned)
    if missing := still_away(load.taken_away):
        msg = f"not back or not valid: {', '.join(missing[:_NAMED])}. Run the same command again."
        raise LoadError(msg)
    with transaction.atomic():
        load.finished_at = timezone.now()
        load.save(update_fields=["finished_at"])
        after = {"digest": load.digest, "as_of": load.as_of, "rows": load.rows}
        audit.record(by=by, action="records.load_end", target=load, after=after)


def _check_references() -> None:
    """Look at every reference of the declared tables; only SQLite needs it."""
    with connection.cursor() as cursor:
        broken = []
        for table in record_models():
            cursor.execute(f"PRAGMA foreign_key_check({connection.ops.quote_name(db_table(table))})")
            if rows := cursor.fetchmany(1):
                broken.append(f"{table} into {rows[0][2]}")
    if broken:
        msg = (
            f"rows refer to rows that the snapshot lacks: {', '.join(broken[:_NAMED])}. "
            "Run `closeout check` on the snapshot, then load what it writes with --replace."
        )
        raise LoadError(msg)


def _set_sequences() -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), list(record_models().values()))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _check_rows(planned: Plan) -> None:
    wanted: dict[str, int] = {}
    for chunk in planned.chunks:
        wanted[chunk.table] = wanted.get(chunk.table, 0) + chunk.rows
    short = []
    with connection.cursor() as cursor:
        for table, rows in wanted.items():
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(db_table(table))}")  # noqa: S608 - our own tables
            (found,) = cursor.fetchone()
            if found != rows:
                short.append(f"{table} has {found:,} rows, the snapshot {rows:,}")
    if short:
        msg = f"{'; '.join(short[:_NAMED])}. Somebody wrote while it was loaded: load anew with --replace."
        raise LoadError(msg)
