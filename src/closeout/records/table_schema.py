"""The declared tables in Frictionless terms: a Table Schema each, and a data package of them.

Other tools read these: they check a CSV file against its schema, or make a database from the package.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from closeout.records.tables import SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import dataframely as dy

PACKAGE = "datapackage.json"
TRUE = ["true", "True", "TRUE", "1"]
FALSE = ["false", "False", "FALSE", "0"]
TIME_FORMAT = "%Y-%m-%dT%H:%M:%S"
"""Times are the office's own, without a zone; the specification's default asks for one."""
_TYPES = {
    "Int64": "integer",
    "Float64": "number",
    "Bool": "boolean",
    "Date": "date",
    "Datetime": "datetime",
}
_MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}

Json = dict[str, Any]


def table_schema(table: str) -> Json:
    """Return a table's Frictionless Table Schema.

    Raises:
        KeyError: There is no such table.

    """
    declared = TABLES[table]
    made: Json = {
        "fields": [_field(name, column) for name, column in declared.columns().items()],
        "primaryKey": [declared.key()],
        "missingValues": [""],
    }
    keys = [
        {
            "fields": [name],
            "reference": {"resource": "" if to == table else to, "fields": [TABLES[to].key()]},
        }
        for name, to in declared.references().items()
    ]
    return made | ({"foreignKeys": keys} if keys else {})


def data_package(tables: Iterable[str], *, form: str = "csv") -> Json:
    """Return a Frictionless data package: one resource a table, `<table>.csv` or `.parquet`."""
    return {
        "profile": "tabular-data-package",
        "name": "closeout-records",
        "title": "The tables of an agency's records, as Closeout declares them",
        "version": f"{SCHEMA_VERSION}.0.0",
        "resources": [_resource(table, form) for table in tables],
    }


def write_schemas(tables: Iterable[str], folder: Path, *, form: str = "csv") -> list[Path]:
    """Write `datapackage.json` and each table's `<table>.schema.json` into a folder; return the files.

    Raises:
        FileExistsError: One of them is there already; nothing is written then.
        OSError: The folder cannot be written.

    """
    wanted = list(tables)
    made = {folder / PACKAGE: data_package(wanted, form=form)}
    made |= {folder / f"{table}.schema.json": table_schema(table) for table in wanted}
    for file in made:
        if file.exists():
            msg = f"{file} is there already; name an empty folder"
            raise FileExistsError(msg)
    folder.mkdir(parents=True, exist_ok=True)
    for file, content in made.items():
        file.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return list(made)


def described(table: str) -> str:
    """Return what a row of a table is: the first line of its docstring."""
    return (TABLES[table].__doc__ or "").strip().splitlines()[0]


def _resource(table: str, form: str) -> Json:
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "path": f"{table}.{form}",
        "description": described(table),
        "format": form,
        "mediatype": _MEDIA[form],
        "encoding": "utf-8",
        "schema": table_schema(table),
    }


def _field(name: str, column: dy.Column) -> Json:
    kind = type(column).__name__
    made: Json = {"name": name, "type": _TYPES.get(kind, "string"), "description": column.description or ""}
    if unit := (column.metadata or {}).get("unit"):
        made["unit"] = unit
    if kind == "Bool":
        made |= {"trueValues": TRUE, "falseValues": FALSE}
    if kind == "Datetime":
        made["format"] = TIME_FORMAT
    constraints = _constraints(column)
    return made | ({"constraints": constraints} if constraints else {})


def _constraints(column: dy.Column) -> Json:
    """Return what a cell must be. A pattern holds for the whole cell, so it goes without its anchors."""
    made: Json = {}
    if not column.nullable:
        made["required"] = True
    if column.primary_key:
        made["unique"] = True
    if categories := getattr(column, "categories", None):
        made["enum"] = list(categories)
    if pattern := getattr(column, "regex", None):
        made["pattern"] = pattern.removeprefix("^").removesuffix("$")
    limits = {"minimum": "min", "maximum": "max", "maxLength": "max_length"}
    for name, own in limits.items():
        if (value := getattr(column, own, None)) is not None:
            made[name] = value
    return made
