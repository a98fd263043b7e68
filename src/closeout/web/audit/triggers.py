"""What the database itself refuses: changing or removing an event, or adding one out of order.

The statements are part of migration 0002 and must not change; a change needs a new migration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_SQLITE_CREATE = (
    """CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    """CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    # Runs before INSERT OR REPLACE would quietly remove a row.
    """CREATE TRIGGER audit_event_in_order BEFORE INSERT ON audit_event
    WHEN NEW.seq <> COALESCE((SELECT MAX(seq) FROM audit_event), 0) + 1
      OR NEW.prev_hash <> COALESCE(
        (SELECT hash FROM audit_event ORDER BY seq DESC LIMIT 1), printf('%064d', 0))
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only: out of order'); END""",
)
_SQLITE_DROP = tuple(
    f"DROP TRIGGER IF EXISTS audit_event_{name}" for name in ("no_update", "no_delete", "in_order")
)

_POSTGRESQL_CREATE = (
    """CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    """CREATE FUNCTION audit_event_check_order() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE last_seq bigint := 0; last_hash text := repeat('0', 64);
    BEGIN
      SELECT seq, hash INTO last_seq, last_hash FROM audit_event ORDER BY seq DESC LIMIT 1;
      IF NEW.seq <> COALESCE(last_seq, 0) + 1 OR NEW.prev_hash <> COALESCE(last_hash, repeat('0', 64)) THEN
        RAISE EXCEPTION 'the audit log is append-only: out of order'
          USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$""",
    """CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()""",
    """CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()""",
    """CREATE TRIGGER audit_event_in_order BEFORE INSERT ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_check_order()""",
)
_POSTGRESQL_DROP = (
    "DROP TRIGGER IF EXISTS audit_event_no_change ON audit_event",
    "DROP TRIGGER IF EXISTS audit_event_no_truncate ON audit_event",
    "DROP TRIGGER IF EXISTS audit_event_in_order ON audit_event",
    "DROP FUNCTION IF EXISTS audit_event_refuse()",
    "DROP FUNCTION IF EXISTS audit_event_check_order()",
)

CREATE = {"sqlite": _SQLITE_CREATE, "postgresql": _POSTGRESQL_CREATE}
DROP = {"sqlite": _SQLITE_DROP, "postgresql": _POSTGRESQL_DROP}


class DatabaseNotKnownError(LookupError):
    """The audit log cannot be protected on this database, so it is not set up there."""


def create(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in place.

    Raises:
        DatabaseNotKnownError: The database is neither SQLite nor PostgreSQL.

    """
    vendor = schema_editor.connection.vendor
    if vendor not in CREATE:
        raise DatabaseNotKnownError(vendor)
    for statement in CREATE[vendor]:
        schema_editor.execute(statement, params=None)


def drop(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away, for a migration back."""
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)
