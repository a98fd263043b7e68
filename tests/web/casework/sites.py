"""Databases of their own for tests whose rows other connections and processes must see.

A test that takes `site` runs on SQLite and on PostgreSQL, each time on a fresh, migrated and empty
database that nobody else uses; nothing is rolled back, it is thrown away.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import psycopg
import pytest

from closeout.engines import sqlite
from tests.migrated import led_to

if TYPE_CHECKING:
    from collections.abc import Iterator

_numbers = count(1)


@dataclass(frozen=True)
class Site:
    """A database of its own, which Django's default connection leads to."""

    vendor: str
    url: str


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def site(request, tmp_path, monkeypatch, django_db_setup, django_db_blocker) -> Iterator[Site]:
    """Yield a fresh database; the default connection leads to it for the time of the test."""
    # As in tests/conftest.py: nothing is to outlive a loss of power, and waiting for the disk takes long.
    monkeypatch.setattr("closeout.engines.sqlite._START", (*sqlite._START, "PRAGMA synchronous=OFF"))
    if request.param == "sqlite":
        path = tmp_path / "site.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        url = f"sqlite:///{path}"
    else:
        server = request.getfixturevalue("postgres_server")
        request.getfixturevalue("_postgres_settings")
        url = server.url.removesuffix("postgres") + _database(server.url)
    with django_db_blocker.unblock(), led_to(url):
        yield Site(request.param, url)
    if request.param == "postgresql":
        _administer(server.url, f'DROP DATABASE "{url.rpartition("/")[2]}" WITH (FORCE)')


def _database(server: str) -> str:
    name = f"site_{next(_numbers)}"
    _administer(server, f'CREATE DATABASE "{name}" TEMPLATE postgres')
    return name


def _administer(server: str, statement: str) -> None:
    with psycopg.connect(server.removesuffix("postgres") + "template1", autocommit=True) as connection:
        connection.execute(statement)
