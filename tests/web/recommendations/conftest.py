"""Fixtures for the register's tests: both databases."""

from tests.conftest_postgres import _postgres_settings, postgres_server, store

__all__ = ["_postgres_settings", "postgres_server", "store"]
