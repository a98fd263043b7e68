"""Cells as the declared types: exact and quick for all rows, lenient for the few that fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    import dataframely as dy

TRUE = ("true", "True", "TRUE", "1")
FALSE = ("false", "False", "FALSE", "0")
_TYPES: dict[str, pl.DataType] = {
    "Int64": pl.Int64(),
    "Float64": pl.Float64(),
    "Bool": pl.Boolean(),
    "Date": pl.Date(),
    "Datetime": pl.Datetime("us"),
}
_TAKEN_AS_IT_IS = {
    "Int64": pl.Int64,
    "Float64": (pl.Float64, pl.Float32, pl.Int64, pl.Int32, pl.Int16, pl.Int8),
    "Bool": pl.Boolean,
    "Date": pl.Date,
}
MEANT = {
    "Int64": "a whole number",
    "Float64": "a number",
    "Bool": "true or false",
    "Date": "a date as YYYY-MM-DD",
    "Datetime": "a time as YYYY-MM-DDTHH:MM:SS without a zone",
    "Enum": "one of the declared words",
}


def kind_of(column: dy.Column) -> str:
    """Return the declared type's name: Int64, Float64, Bool, Date, Datetime, Enum or String."""
    return type(column).__name__


def type_of(column: dy.Column) -> pl.DataType:
    """Return the type a column has once it is checked; codes and choices are text."""
    return _TYPES.get(kind_of(column), pl.String())


def typed(column: dy.Column, cell: pl.Expr, found: pl.DataType) -> pl.Expr:
    """Return a cell as its declared type; null where it is not of that type.

    Args:
        column: The declaration.
        cell: The cell as it was found.
        found: Its type there.

    """
    kind = kind_of(column)
    if _fits(kind, found):
        return cell.cast(type_of(column), strict=False)
    text = cell if found == pl.String() else cell.cast(pl.String, strict=False)
    if kind == "Enum":
        return pl.when(text.is_in(list(column.categories))).then(text)  # type: ignore[attr-defined]
    if kind == "Bool":
        return pl.when(text.is_in(TRUE)).then(statement=True).when(text.is_in(FALSE)).then(statement=False)
    if kind == "Date":
        return text.str.to_date("%Y-%m-%d", strict=False)
    if kind == "Datetime":
        joined = text.str.replace(" ", "T", literal=True)
        return joined.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f", strict=False, time_unit="us")
    return text.cast(type_of(column), strict=False)


def _fits(kind: str, found: pl.DataType) -> bool:
    if kind == "Int64":
        return found.is_integer()
    if kind == "Float64":
        return found.is_numeric() and not found.is_decimal()
    if kind == "Datetime":
        return isinstance(found, pl.Datetime) and found.time_zone is None
    return {"Bool": pl.Boolean(), "Date": pl.Date()}.get(kind) == found


def lenient(column: dy.Column, cell: pl.Expr) -> pl.Expr:
    """Return a cell's text as it may be meant without doubt.

    Blanks around it do not count, nor do a whole number's `.0`, a date's midnight and a time's missing
    seconds. Nothing else is guessed.
    """
    text = cell.cast(pl.String, strict=False).str.strip_chars()
    kind = kind_of(column)
    if kind == "Int64":
        text = text.str.replace(r"^([+-]?\d+)\.0*$", "$1")
    if kind == "Date":
        text = text.str.replace(r"^(\d{4}-\d{2}-\d{2})[T ]00:00(:00(\.0+)?)?$", "$1")
    if kind == "Datetime":
        text = text.str.replace(r"^(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2})$", "$1:00")
    return pl.when(text != "").then(text)
