"""A migrated and empty SQLite database, made once for all workers of a run.

To apply every migration takes longer than hundreds of tests: whoever needs such a database takes a copy.
"""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dj_database_url
import pytest
from django.core.management import call_command
from django.db import connections

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="session")
def migrated_file(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> Path:
    """Return the database: the first worker that asks makes it, the others wait."""
    folder = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):
        folder = folder.parent
    made = folder / "migrated.sqlite3"
    with (folder / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            begun = folder / "begun.sqlite3"
            with django_db_blocker.unblock(), led_to(f"sqlite:///{begun}"):
                call_command("migrate", interactive=False, verbosity=0)
            begun.rename(made)
    return made


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_modify_db_settings: None) -> bool:
    """Lay the migrated database where Django would make its own, and let it keep what it finds.

    Django still looks for migrations that were not applied, and applies them.
    """
    settings = connections["default"].settings_dict
    if settings["ENGINE"].endswith("sqlite3") and not request.config.getvalue("reuse_db"):
        shutil.copy(request.getfixturevalue("migrated_file"), settings["TEST"]["NAME"])
        return True
    return bool(request.config.getvalue("reuse_db"))


class led_to:  # noqa: N801 - a context manager
    """Lead the default connection to another database."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __enter__(self) -> None:
        self._connection, self._settings = connections["default"], connections.databases["default"]
        said: dict[str, Any] = {**self._settings, "OPTIONS": {}, **dj_database_url.parse(self._url)}
        said["CONN_MAX_AGE"] = 0
        if said["ENGINE"].endswith("sqlite3"):
            pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
            said["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "init_command": pragmas}
        connections.databases["default"] = said
        connections["default"] = connections.create_connection("default")

    def __exit__(self, *_: object) -> None:
        connections["default"].close()
        connections["default"], connections.databases["default"] = self._connection, self._settings
