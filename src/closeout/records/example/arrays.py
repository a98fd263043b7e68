"""What the example is made of: arrays of whole numbers in which a negative one means empty.

A date is days since 1970-01-01, an instant microseconds since then, a choice the place of its word in the
declaration, a reference the place of its key in a list of keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from closeout.records.snapshot import arrow_schema
from closeout.records.tables import TABLES

Ints: TypeAlias = npt.NDArray[np.int64]
Claims: TypeAlias = npt.NDArray[np.bool_]
Floats: TypeAlias = npt.NDArray[np.float64]

EMPTY = -1
DAY_US = 86_400_000_000
_EPOCH = date(1970, 1, 1)
_MONDAY = 3
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Picked:
    """Keys as places in a list of keys; negative is empty."""

    places: Ints
    keys: pa.Array


Column: TypeAlias = npt.NDArray[Any] | Picked | pa.Array | bool | int | float | str
Columns: TypeAlias = dict[str, Column]


def day(of: date) -> int:
    """Return a date as days since 1970-01-01."""
    return (of - _EPOCH).days


def on(days: int) -> date:
    """Return the date that lies `days` after 1970-01-01."""
    return _EPOCH + timedelta(days=int(days))


def to_weekday(days: Ints) -> Ints:
    """Return days moved forward from Saturday and Sunday to Monday; others as they are."""
    weekday = (days + _MONDAY) % 7
    return days + np.where(weekday >= _SATURDAY, 7 - weekday, 0)


def at(days: Ints, minute: Ints) -> Ints:
    """Return instants: `minute` minutes after midnight of each day; empty where the day is."""
    return np.where(days < 0, EMPTY, days * DAY_US + minute * 60_000_000)


def known_by(days: Ints, as_of: int) -> Ints:
    """Return days with those after the as-of date emptied: they have not happened."""
    return np.where(days <= as_of, days, EMPTY)


def where(claims: Claims, yes: Ints | int, no: Ints | int = EMPTY) -> Ints:
    """Return `yes` where claimed and `no` elsewhere, as whole numbers."""
    return np.where(claims, yes, no).astype(np.int64, copy=False)


@cache
def words(table: str, column: str) -> dict[str, int]:
    """Return the place of each word that a column may hold."""
    declared: Any = TABLES[table].columns()[column]
    return {word: place for place, word in enumerate(declared.categories)}


def word(table: str, column: str, said: str) -> int:
    """Return the place of one word that a column may hold; KeyError where it may not."""
    return words(table, column)[said]


def arrow_table(table: str, columns: Columns, rows: int) -> pa.Table:
    """Return columns as an Arrow table of a declared table's types.

    Args:
        table: The declared table.
        columns: By name; a single value stands for a whole column, a missing one is empty.
        rows: How many rows.

    Returns:
        The table; columns of words and keys are dictionary-encoded.

    Raises:
        KeyError: A column that the table does not have, or a word that a column may not hold.

    """
    schema = arrow_schema(table)
    if unknown := columns.keys() - set(schema.names):
        msg = f"{table} has no {', '.join(sorted(unknown))}"
        raise KeyError(msg)
    arrays = [_arrow(table, field, columns.get(field.name, EMPTY), rows) for field in schema]
    fields = [field.with_type(array.type) for field, array in zip(schema, arrays, strict=True)]
    return pa.table(arrays, schema=pa.schema(fields))


def _arrow(table: str, field: pa.Field, column: Column, rows: int) -> pa.Array:
    if isinstance(column, Picked):
        return _coded(column.places, column.keys)
    if isinstance(column, pa.Array):
        return column
    if pa.types.is_string(field.type):
        return _text(table, field.name, column, rows)
    return _number(field.type, column, rows)


def _text(table: str, name: str, column: Any, rows: int) -> pa.Array:  # noqa: ANN401 - any kind of column
    declared = TABLES[table].columns()[name]
    if hasattr(declared, "categories"):
        place = word(table, name, column) if isinstance(column, str) else column
        return _coded(np.broadcast_to(place, rows), pa.array(list(words(table, name))))
    if isinstance(column, str):
        return _coded(np.zeros(rows, dtype=np.int64), pa.array([column]))
    if not np.isscalar(column):
        msg = f"{table}.{name} needs keys, not numbers"
        raise TypeError(msg)
    return pa.nulls(rows, pa.string())


def _coded(places: npt.NDArray[Any], keys: pa.Array) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int32), mask=places < 0), keys)


def _number(kind: pa.DataType, column: Any, rows: int) -> pa.Array:  # noqa: ANN401 - any kind of column
    values = np.broadcast_to(column, rows)
    empty = np.isnan(values) | (values < 0) if values.dtype.kind == "f" else values < 0
    if pa.types.is_boolean(kind):
        return pa.array(values > 0, type=kind, mask=empty if values.dtype.kind == "i" else None)
    if pa.types.is_date32(kind):
        return pa.array(values.astype(np.int32), type=pa.int32(), mask=empty).cast(kind)
    return pa.array(values, mask=empty if empty.any() else None).cast(kind)


def last_of_each(sorted_groups: Ints) -> Ints:
    """Return the place of the last entry of each group; the entries of a group lie together."""
    if not len(sorted_groups):
        return np.zeros(0, dtype=np.int64)
    return np.append(np.flatnonzero(np.diff(sorted_groups)), len(sorted_groups) - 1).astype(np.int64)


def merged(pieces: list[dict[str, Ints]], by: str) -> dict[str, Ints]:
    """Return pieces of a table as one, in the order of a column; what a piece lacks is empty."""
    names = sorted({name for piece in pieces for name in piece})
    lengths = [len(piece[by]) for piece in pieces]
    joined = {
        name: np.concatenate(
            [
                np.broadcast_to(np.asarray(piece.get(name, EMPTY), dtype=np.int64), length)
                for piece, length in zip(pieces, lengths, strict=True)
            ]
        )
        for name in names
    }
    order = np.argsort(joined[by], kind="stable")
    return {name: values[order] for name, values in joined.items()}
