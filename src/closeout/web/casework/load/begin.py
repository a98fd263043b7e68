"""Start a load in the ledger, in one transaction with all that makes the database ready for it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import OperationalError, connection, transaction

from closeout.web.audit import actions as audit
from closeout.web.casework.load.away import take_away
from closeout.web.casework.load.plan import LoadError
from closeout.web.casework.models import Duty, DutyCount, Load, SubjectCount
from closeout.web.casework.stored import db_table, record_models

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.web.accounts.models import User
    from closeout.web.casework.load.plan import Plan

_LOCK_SECONDS = 30


def begin(planned: Plan, *, by: User | str) -> Load:
    """Return the load to go on with, or a new one with the database emptied and ready.

    Everything is done in one transaction: whoever is killed here finds the database as it was.

    Raises:
        LoadError: Somebody else holds the tables.

    """
    if planned.unfinished:
        return planned.unfinished
    try:
        with _without_checks(), transaction.atomic():
            return _begin(planned, by=by)
    except OperationalError as error:
        if "lock" not in str(error):
            raise
        msg = f"the tables are in use; stop the site and run the same command again ({error})"
        raise LoadError(msg) from error


def _begin(planned: Plan, *, by: User | str) -> Load:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'")
    earlier = Load.objects.filter(is_current=True)
    still_away = [one for load in earlier if load.finished_at is None for one in load.taken_away]
    earlier.update(is_current=False)
    if planned.holds or still_away:
        _empty()
    load = Load.objects.create(
        digest=planned.digest,
        as_of=planned.snapshot.as_of,
        source=planned.snapshot.manifest.source[:200],
        rows=planned.rows,
    )
    away = {one["name"]: one for one in [*still_away, *take_away(planned.rows)]}
    load.taken_away = list(away.values())
    load.save(update_fields=["taken_away"])
    after = {"digest": load.digest, "as_of": load.as_of, "rows": load.rows, "replaced": list(planned.holds)}
    audit.record(by=by, action="records.load_start", target=load, after=after)
    return load


def _empty() -> None:
    """Remove all records and what is derived from them."""
    derived = [model._meta.db_table for model in (Duty, DutyCount, SubjectCount)]  # noqa: SLF001 - Django's public _meta
    tables = [*(db_table(name) for name in record_models()), *derived]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = ", ".join(connection.ops.quote_name(name) for name in tables)
            cursor.execute(f"TRUNCATE {names}")
            return
        for name in tables:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")  # noqa: S608 - our own tables


@contextmanager
def _without_checks() -> Iterator[None]:
    """Let SQLite empty parents before children; it looks at the references when the load ends."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.disable_constraint_checking()
    try:
        yield
    finally:
        connection.enable_constraint_checking()
