"""Databases of their own for tests whose rows other connections and processes must see.

A test that takes `site` runs on SQLite and on PostgreSQL, each time on a fresh, migrated and empty
database that nobody else uses; nothing is rolled back, it is thrown away. Tests that all begin with the same
rows write them once, and take copies of that database instead.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import psycopg
import pytest

from closeout.engines import sqlite
from tests.migrated import led_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_numbers = count(1)


@dataclass(frozen=True)
class Site:
    """A database of its own, which Django's default connection leads to."""

    vendor: str
    url: str


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def site(request, tmp_path) -> Iterator[Site]:
    """Yield a fresh database; the default connection leads to it for the time of the test."""
    with fresh_site(request, request.param, tmp_path / "site.sqlite3") as made, led_here(request, made):
        yield made


@contextmanager
def fresh_site(request, vendor: str, path: Path, *, of: Site | None = None) -> Iterator[Site]:
    """Yield a database of its own, thrown away at the end; nothing leads to it yet.

    Args:
        request: Of the fixture that asks.
        vendor: `sqlite` or `postgresql`.
        path: The file that SQLite is to write.
        of: What it is a copy of, to which nobody may be connected; a migrated and empty one when not given.

    """
    request.getfixturevalue("django_db_setup")
    if vendor == "sqlite":
        held = of.url.removeprefix("sqlite:///") if of else request.getfixturevalue("migrated_file")
        shutil.copy(held, path)
        yield Site(vendor, f"sqlite:///{path}")
        return
    server = request.getfixturevalue("postgres_server").url
    request.getfixturevalue("_postgres_settings")
    name = _database(server, of.url.rpartition("/")[2] if of else "postgres")
    yield Site(vendor, server.removesuffix("postgres") + name)
    _administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def led_here(request, made: Site) -> Iterator[None]:
    """Lead the default connection to a database."""
    # As in tests/conftest.py: nothing is to outlive a loss of power, and waiting for the disk takes long.
    start = (*sqlite._START, "PRAGMA synchronous=OFF")
    blocker = request.getfixturevalue("django_db_blocker")
    with pytest.MonkeyPatch.context() as patch, blocker.unblock(), led_to(made.url):
        patch.setattr("closeout.engines.sqlite._START", start)
        yield


def _database(server: str, template: str) -> str:
    name = f"site_{next(_numbers)}"
    _administer(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return name


def _administer(server: str, statement: str) -> None:
    with psycopg.connect(server.removesuffix("postgres") + "template1", autocommit=True) as connection:
        connection.execute(statement)
