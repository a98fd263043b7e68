"""Made-up records for every declared table that obey the declarations: types, choices, keys, references."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from closeout.records.snapshot import Manifest, Part, Snapshot, arrow_schema, sha256_of, write_manifest
from closeout.records.tables import TABLES
from closeout.web.casework.stored import key_order, record_models

if TYPE_CHECKING:
    from pathlib import Path

AS_OF = date(2026, 6, 1)
DAYS = (date(1, 1, 1), date(1969, 12, 31), date(2024, 2, 29), date(2025, 7, 4), AS_OF, date(9999, 12, 31))
MOMENTS = (
    datetime(1900, 1, 1),  # noqa: DTZ001 - the declarations' moments have no zone
    datetime(2025, 1, 15, 8, 30),  # noqa: DTZ001
    datetime(2025, 7, 15, 23, 59, 59, 999_999),  # noqa: DTZ001
    datetime(2025, 11, 2, 1, 30, 0, 1),  # noqa: DTZ001 - shown twice where clocks went back
    datetime(2090, 12, 31, 12),  # noqa: DTZ001
)
Rows = list[dict[str, Any]]
Keys = dict[str, list[object]]
LABELS = ("Harbor", "Käse & Söhne", "日本語", "a\nb\t\"c\" 'd'", "\U0001f5c2\u200d", "x" * 120)
ZONES = ("America/New_York", "America/Los_Angeles", "America/Phoenix", "no-such-zone")


@cache
def sampled(seed: int, *, rows: int = 6) -> dict[str, pa.Table]:
    """Return rows for every table, the same for the same seed; references point to rows that are there."""
    chance = random.Random(seed)  # noqa: S311 - made-up rows
    made: dict[str, Rows] = {name: [] for name in TABLES}
    keys = {name: [_key(name, number) for number in range(1, rows + 1)] for name in TABLES}
    for name in TABLES:
        drawn = [_row(name, key, keys, chance) for key in keys[name]]
        made[name] = [
            _alone(row, case)
            for row, case in zip(_obeying(name, drawn, keys, chance), keys["cases"], strict=True)
        ]
    return {name: _sorted(name, pa.Table.from_pylist(made[name], arrow_schema(name))) for name in TABLES}


def write_sampled(
    folder: Path, tables: dict[str, pa.Table], *, row_group: int = 3, parts: int = 2
) -> Snapshot:
    """Write tables as a snapshot with several files and row groups each."""
    listed = {}
    for name, table in tables.items():
        size = max(1, -(-table.num_rows // parts))
        made = []
        for number in range(parts):
            path = folder / name / f"part-{number:03}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            pq.write_table(table.slice(number * size, size), path, row_group_size=row_group)
            made.append(
                Part(f"{name}/{path.name}", table.slice(number * size, size).num_rows, sha256_of(path))
            )
        listed[name] = tuple(made)
    manifest = Manifest(as_of=AS_OF, source="sampled", tables=listed)
    write_manifest(folder, manifest)
    return Snapshot(folder, manifest)


def read_back(snapshot: Snapshot) -> dict[str, pa.Table]:
    """Return a snapshot's tables; one without files is empty."""
    return {
        name: pa.concat_tables(
            [arrow_schema(name).empty_table(), *(pq.read_table(path) for path in snapshot.files(name))]
        ).combine_chunks()
        for name in record_models()
    }


def _key(table: str, number: int) -> object:
    declared = TABLES[table].columns()[TABLES[table].key()]
    if type(declared).__name__ == "Int64":
        return number
    if table == "cases":
        return f"C-{number:06}"
    if table == "officers":
        return f"S-{number:04}"
    return f"{chr(64 + number)}AA" if table == "countries" else f"{table[:3].upper()}-{number}"


def _row(table: str, key: object, keys: Keys, chance: random.Random) -> dict[str, Any]:
    declared = TABLES[table]
    return {
        name: key if name == declared.key() else _cell(table, name, keys, chance)
        for name in declared.columns()
    }


def _cell(table: str, name: str, keys: Keys, chance: random.Random) -> object:
    declared = TABLES[table]
    column = declared.columns()[name]
    if column.nullable and chance.random() < 0.3:
        return None
    if name in declared.references():
        return chance.choice(keys[declared.references()[name]])
    return _value(name, column, chance)


def _value(name: str, column: Any, chance: random.Random) -> object:
    kind = type(column).__name__
    if kind == "Enum":
        return chance.choice(list(column.categories))
    if kind == "String" and column.max_length:
        return chance.choice(LABELS)
    if name == "time_zone":
        return chance.choice(ZONES)
    made = {
        "String": lambda: (
            "".join(chance.choices("0123456789abcdef", k=64))
            if "digest" in name
            else f"K{chance.randrange(99)}"
        ),
        "Int64": lambda: chance.choice([1, 2, 7, 2**53 + 1, 2**63 - 1]),
        "Float64": lambda: chance.choice([0.0, 0.1, 1 / 3, 1.0]),
        "Bool": lambda: chance.random() < 0.5,
        "Date": lambda: chance.choice(DAYS),
        "Datetime": lambda: chance.choice(MOMENTS) + timedelta(seconds=chance.randrange(60)),
    }
    return made[kind]()


def _obeying(table: str, rows: Rows, keys: Keys, chance: random.Random) -> Rows:
    """Return the rows changed until the database's constraints on the table are broken by none."""
    constraints = record_models()[table]._meta.constraints
    names = {constraint.name.removeprefix(f"{table}_") for constraint in constraints}
    # dataframely shows its rules nowhere else.
    declared = TABLES[table]._validation_rules(with_cast=False).items()
    rules = [made.expr for rule, made in declared if rule in names]
    types = dict(pl.DataFrame(arrow_schema(table).empty_table()).schema)
    for _ in range(200):
        frame = pl.DataFrame(rows, schema=types)
        broken = [(rule, frame.select(~rule).to_series().arg_true().to_list()) for rule in rules]
        if not any(places for _, places in broken):
            return rows
        for rule, places in broken:
            for place in places:
                for name in rule.meta.root_names():
                    rows[place][name] = _cell(table, name, keys, chance)
    msg = f"no rows of {table} obey its rules: {rows}"
    raise AssertionError(msg)


def _alone(row: dict[str, Any], case: object) -> dict[str, Any]:
    """Return the row on a case of its own, and a case closed exactly when it has a day of closing."""
    if row.get("case_no") is not None:
        row["case_no"] = case
    if "closure_reason" in row:
        row["state"] = "closed" if row["closed_on"] else "open"
    return row


def _sorted(table: str, rows: pa.Table) -> pa.Table:
    return rows.sort_by([(name, "ascending") for name in key_order(table)])
