"""The declared tables as they are stored: each one's model, its columns, and the database's address."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import connection

from closeout.engines.databases import postgres_url
from closeout.records.snapshot import arrow_schema
from closeout.records.tables import TABLES
from closeout.web.casework.models import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa


@cache
def record_models() -> Mapping[str, type[Record]]:
    """Return the model of each declared table, in the order of the declarations."""
    found = {model.table: model for model in apps.get_models() if issubclass(model, Record)}
    return {name: found[name] for name in TABLES}


def db_table(table: str) -> str:
    """Return what a declared table is called in the database."""
    return record_models()[table]._meta.db_table  # noqa: SLF001 - Django's public _meta


def columns(table: str) -> pa.Schema:
    """Return the columns of a table as Arrow types; they are called alike in the database."""
    return arrow_schema(table)


def key_order(table: str) -> tuple[str, ...]:
    """Return the columns a table is sorted by in a snapshot: as declared, then by its key."""
    declared = TABLES[table]
    return (*(name for name in declared.cluster_by if name != declared.key()), declared.key())


def database_url() -> str:
    """Return the address of the site's database, for `closeout.engines.databases`."""
    said = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{said['NAME']}"
    options = {name: str(value) for name, value in said.get("OPTIONS", {}).items() if isinstance(value, str)}
    return postgres_url(
        name=said["NAME"],
        user=said["USER"],
        password=said["PASSWORD"],
        host=said["HOST"],
        port=str(said["PORT"]),
        options=options,
    )
