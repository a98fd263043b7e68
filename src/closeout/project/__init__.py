"""The Django project: settings, addresses, and the way in for commands."""

from __future__ import annotations

import os


class StoreAlreadyOpenError(RuntimeError):
    """This process already works on another store; one process serves one store."""


def configure(database_url: str | None = None, *, migrate: bool = True) -> None:
    """Set Django up for a command, once, and bring the store's tables up to date.

    Django is imported here and not at the top of the module, so that commands without a store
    start fast. A second call with the same store does nothing.

    Args:
        database_url: The store, as a URL; None for `store_url()`.
        migrate: Whether to create or update tables when some are behind.

    Raises:
        StoreAlreadyOpenError: Another store is open in this process.

    """
    from closeout.project.store import DATABASE_URL, store_url  # noqa: PLC0415

    before = store_url()
    if database_url:
        os.environ[DATABASE_URL] = database_url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "closeout.project.settings")

    import django  # noqa: PLC0415
    from django.apps import apps  # noqa: PLC0415

    if not apps.ready:
        django.setup()
    elif database_url and store_url() != before:
        os.environ[DATABASE_URL] = before
        msg = f"{before} is open in this process"
        raise StoreAlreadyOpenError(msg)
    if migrate:
        migrate_when_behind()


def migrate_when_behind() -> int:
    """Apply the migrations that the store lacks; return how many there were."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if behind:
        call_command("migrate", interactive=False, verbosity=0)
    return len(behind)
