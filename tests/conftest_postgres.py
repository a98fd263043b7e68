"""A throw-away PostgreSQL server, and a `store` fixture that runs a test on both databases.

A test that takes `store` runs twice: on SQLite as pytest-django set it up, and, marked `postgres`,
on a fresh PostgreSQL cluster in a temporary folder. Where no server is installed the second
run is skipped and says so. PostgreSQL refuses to run as root: it is then run as `nobody`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dj_database_url
import pytest
from django.core.management import call_command
from django.db import connections, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORDLESS_USER = "closeout"
UNPRIVILEGED = "nobody"
# Waits until nobody holds its input any more, however the tests came to their end; then tidies up.
_WATCH = 'cat >/dev/null; "$0" -D "$1" -m immediate stop >/dev/null 2>&1; rm -rf "$2"'


class PostgresServer:
    """A cluster of its own, reached through a socket in its folder."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self.binaries = binaries
        self.folder = folder
        self.data = folder / "data"
        self._watcher: subprocess.Popen[bytes] | None = None
        self._as: dict[str, Any] = {"user": UNPRIVILEGED, "extra_groups": []} if os.geteuid() == 0 else {}

    @property
    def url(self) -> str:
        """Return the URL of the database `postgres` of this cluster."""
        socket = str(self.folder).replace("/", "%2F")
        return f"postgres://{PASSWORDLESS_USER}@{socket}/postgres"

    def start(self) -> None:
        """Make the cluster and wait until it answers."""
        if self._as:
            shutil.chown(self.folder, UNPRIVILEGED)
        self._run(
            "initdb", "-D", str(self.data), "-U", PASSWORDLESS_USER, "-A", "trust", "-E", "UTF8", "--no-sync"
        )
        options = f"-c listen_addresses='' -c fsync=off -c full_page_writes=off -k {self.folder}"
        log = str(self.folder / "log")
        self._watcher = subprocess.Popen(  # noqa: S603 - as below
            ["/bin/sh", "-c", _WATCH, self.binaries / "pg_ctl", self.data, self.folder],
            stdin=subprocess.PIPE,
            cwd="/",
            start_new_session=True,
            **self._as,
        )
        self._run("pg_ctl", "-D", str(self.data), "-l", log, "-o", options, "-w", "start")

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        if self._watcher:
            self._watcher.communicate()

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(  # noqa: S603 - its own programs, named here
            [self.binaries / program, *arguments],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self._as,
        )


def server_binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL server on this machine, or None."""
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda path: int(path.parent.name), default=None)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Yield a running server; skip where none is installed."""
    binaries = server_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server is installed: initdb is neither on PATH nor in /usr/lib/postgresql")
    server = PostgresServer(binaries, Path(tempfile.mkdtemp(prefix="closeout-pg-")))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def _postgres_settings(postgres_server: PostgresServer, django_db_setup, django_db_blocker) -> dict[str, Any]:
    """Return the connection settings of a migrated database."""
    original = connections["default"]
    defaults = dict(original.settings_dict)
    settings = {**defaults, "OPTIONS": {}, **dj_database_url.parse(postgres_server.url), "CONN_MAX_AGE": 0}
    with django_db_blocker.unblock():
        _use(settings)
        call_command("migrate", interactive=False, verbosity=0)
        connections["default"].close()
        connections["default"] = original
        connections.databases["default"] = defaults
    return settings


def _use(settings: dict[str, Any]) -> None:
    connections.databases["default"] = settings
    connections["default"] = connections.create_connection("default")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request, db, django_db_blocker) -> Iterator[str]:
    """Run the test on this database; everything it writes is rolled back. Yields the vendor."""
    if request.param == "sqlite":
        yield request.param
        return
    settings = request.getfixturevalue("_postgres_settings")
    original, before = connections["default"], connections.databases["default"]
    _use(settings)
    try:
        with transaction.atomic():
            yield request.param
            transaction.set_rollback(True)
    finally:
        connections["default"].close()
        connections["default"] = original
        connections.databases["default"] = before
