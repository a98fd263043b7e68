"""What every test can count on: no network, quick passwords, and people in each role."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import dj_database_url
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management.commands import flush as flush_command
from django.db import connection, connections
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client, override_settings
from hypothesis import settings as hypothesis_settings
from pytest_socket import socket_allow_hosts

from closeout.web.accounts.models import User
from closeout.web.audit import triggers
from tests import grouping
from tests.conftest_postgres import _postgres_settings, postgres_server, store
from tests.migrated import django_db_keepdb, migrated_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["_postgres_settings", "django_db_keepdb", "migrated_file", "postgres_server", "store"]
PASSWORD = "correct horse battery staple"  # noqa: S105 - of people who exist only in tests
FILES = tempfile.mkdtemp(prefix="closeout-tests-")
THIS_MACHINE = ["127.0.0.1", "::1", "localhost"]

hypothesis_settings.register_profile("here", max_examples=100, deadline=None)
hypothesis_settings.register_profile("nightly", max_examples=1000, deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "here"))


def pytest_configure(config: pytest.Config) -> None:
    """Change, for the whole run, the settings that would make tests slow or leave files behind.

    pytest-django reads the settings before any conftest, so they are changed here rather than
    through the environment.
    """
    override_settings(
        SECRET_KEY="only-for-tests-" * 5,
        ALLOWED_HOSTS=["testserver", "localhost", "127.0.0.1"],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        TASKS={"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}},
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        STATIC_ROOT=FILES,
        MEDIA_ROOT=f"{FILES}/uploads",
        WHITENOISE_USE_FINDERS=True,
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    ).enable()
    if url := os.environ.get("CLOSEOUT_TEST_DATABASE_URL"):
        # Changed in place: threads of the live server make their connections from the same dict.
        settings.DATABASES["default"] = dj_database_url.parse(url)
        connections.settings = connections.configure_settings(settings.DATABASES)
        # Django's checks at start have already made one to the other database.
        del connections["default"]
    else:
        # A file, as on a user's machine: the live server's threads cannot share one in memory.
        connections.settings["default"]["TEST"]["NAME"] = f"{FILES}/test.sqlite3"
        # Nothing is to outlive a loss of power here, and waiting for the disk takes longest of all.
        connections.settings["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Leave out of every look for garbage what is collected: it grows, and all of it stays to the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Begin with what takes longest, after tests were put in any order."""
    yield
    grouping.put_longest_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> grouping.ByGroup:
    """Keep together what shares much, and keep the order in which tests were put."""
    config.option.loadscopereorder = False
    return grouping.ByGroup(config, log)


def pytest_unconfigure() -> None:
    """Remove the run's files."""
    shutil.rmtree(FILES, ignore_errors=True)


@pytest.fixture(autouse=True)
def no_network() -> None:
    """Refuse connections to any other machine (pytest-socket lifts it after each test)."""
    socket_allow_hosts(THIS_MACHINE, allow_unix_socket=True)


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Start each test without lockouts from the one before."""
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def flush_empties_the_audit_log_too() -> Iterator[None]:
    """Let the flush after a transactional test empty the audit log, which refuses to be emptied.

    Changed on the class: while Playwright's event loop runs, Django keeps connections of their own.
    """
    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_audit_too(operations: BaseDatabaseOperations, statements: list[str]) -> None:
        vendor = operations.connection.vendor
        flush(operations, [*triggers.DROP[vendor], *statements, *triggers.CREATE[vendor]])

    BaseDatabaseOperations.execute_sql_flush = flush_audit_too
    yield
    BaseDatabaseOperations.execute_sql_flush = flush


@pytest.fixture(scope="session", autouse=True)
def flush_makes_no_permissions() -> Iterator[None]:
    """Leave Django's own permissions away after a transactional test: nobody reads them, and they take long.

    What a role may do stands in `closeout.web.accounts.permissions`, in no table.
    """
    tell = flush_command.emit_post_migrate_signal
    flush_command.emit_post_migrate_signal = lambda *_told, **_kept: None
    yield
    flush_command.emit_post_migrate_signal = tell


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    """Return a function that makes a user in a role; staff numbers count up from the role's name."""
    made = 0

    def make(role: str, **fields: Any) -> User:
        nonlocal made
        made += 1
        fields.setdefault("username", f"{role}-{made}")
        return User.objects.create_user(password=fields.pop("password", PASSWORD), role=role, **fields)

    return make


@pytest.fixture
def client_for(make_user: Callable[..., User]) -> Callable[[str], Client]:
    """Return a function that gives a client signed in as somebody in a role."""

    def sign_in(role: str) -> Client:
        client = Client()
        client.force_login(make_user(role))
        return client

    return sign_in


@contextmanager
def tampering() -> Iterator[None]:
    """Lift the audit log's triggers, as somebody with the database's own password could."""

    def run(statements: tuple[str, ...]) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    run(triggers.DROP[connection.vendor])
    yield
    run(triggers.CREATE[connection.vendor])
