"""Polars over the files of a snapshot, for the expressions that it is known to take as the engines do.

DuckDB gathers and joins tables whichever way they lie; where a run is one pass over files sorted by case,
Polars reads them in half the time and less. Ibis puts an expression into the words of Polars: nothing is
stated twice. What is not on the list below, and files that Polars cannot read, are left to the engine.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Protocol

import ibis.expr.operations as ops
import polars as pl
from ibis.backends.polars import Backend
from ibis.util import gen_name

if TYPE_CHECKING:
    from pathlib import Path

    import ibis.expr.datatypes as dt
    import ibis.expr.types as ir
    import pyarrow as pa

_ALIKE: frozenset[type[ops.Node]] = frozenset(
    {
        ops.Add, ops.Aggregate, ops.And, ops.Between, ops.Cast, ops.Coalesce, ops.Count, ops.CountStar,
        ops.DatabaseTable, ops.Date, ops.DateAdd, ops.DateDelta, ops.DateFromYMD, ops.DateSub,
        ops.DayOfWeekIndex, ops.Equals, ops.ExtractDay, ops.ExtractHour, ops.ExtractMonth, ops.ExtractYear,
        ops.Field, ops.Filter, ops.FloorDivide, ops.Greater, ops.GreaterEqual, ops.Greatest, ops.IfElse,
        ops.InSubquery, ops.InValues, ops.IsNull, ops.JoinChain, ops.JoinLink, ops.JoinReference, ops.Least,
        ops.Less, ops.LessEqual, ops.Literal, ops.Min, ops.Multiply, ops.Not, ops.NotEquals, ops.NotNull,
        ops.Or, ops.Project, ops.SearchedCase, ops.Subtract, ops.Sum,
    }
)  # fmt: skip


class Reader(Protocol):
    """What reads tables and runs expressions over them: any engine, and `FilesFirst`."""

    name: str

    def read_parquet(self, name: str, files: list[Path], schema: pa.Schema) -> ir.Table:
        """Return a table over Parquet files, with exactly the schema's columns and types, in its order."""

    def to_arrow(self, expression: ir.Table) -> pa.Table:
        """Run an expression and return its rows."""


class FilesFirst:
    """Reads Parquet files by Polars, and leaves to another engine what Polars might take otherwise.

    May be used by several threads; the other engine is then asked by one at a time.
    """

    name = "files"

    def __init__(self, other: Reader) -> None:
        """Read files by Polars, and by another engine where that cannot be."""
        self._other = other
        self._ours = Backend()
        self._ours.do_connect({})
        self._files: dict[str, tuple[list[Path], pa.Schema]] = {}
        self._opened: set[str] = set()
        self._asking = Lock()

    def read_parquet(self, name: str, files: list[Path], schema: pa.Schema) -> ir.Table:
        """Return a table over Parquet files, with exactly the schema's columns and types, in its order."""
        frame = _declared(files, schema)
        if frame is None:
            with self._asking:
                return self._other.read_parquet(name, files, schema)
        self._files[name] = files, schema
        self._opened.discard(name)
        made: ir.Table = self._ours.create_table(name, frame, overwrite=True)
        return made

    def scan(self, expression: ir.Table) -> pl.LazyFrame:
        """Return the rows of an expression, not worked out yet where Polars does it.

        Raises:
            EngineError: Another engine has to be asked, and cannot read the files.

        """
        if self._is_ours(expression):
            made: pl.LazyFrame = self._ours.compile(self._joined(expression))
            return made
        return pl.DataFrame(self._asked(expression)).lazy()

    def to_arrow(self, expression: ir.Table) -> pa.Table:
        """Run an expression and return its rows."""
        if not self._is_ours(expression):
            return self._asked(expression)
        try:
            found = self.scan(expression).collect(engine="streaming")
        except pl.exceptions.PolarsError:
            return self._asked(expression)
        return found.to_arrow().cast(expression.schema().to_pyarrow())

    def _joined(self, expression: ir.Table) -> ir.Table:
        """Return an expression that asks whether a column is in another table's, with that table joined.

        Polars would gather the other table while the expression is put into its words.
        """
        while found := expression.op().find(ops.InSubquery):
            asked = found[0]
            table, column, (name,) = asked.needle.rel, asked.needle.name, asked.rel.schema.names
            among: pl.LazyFrame = self._ours.compile(asked.rel.to_expr())
            among = among.select(pl.col(name).alias(column)).drop_nulls().unique().with_columns(is_in=True)
            rows: pl.LazyFrame = self._ours.compile(table.to_expr())
            both = rows.join(among, on=column, how="left", maintain_order="left")
            wide = self._ours.create_table(gen_name("joined"), both)
            changed = {table: wide.op(), asked: wide.is_in.notnull().op()}
            expression = expression.op().replace(changed).to_expr()
        return expression

    def _is_ours(self, expression: ir.Table) -> bool:
        return all(
            type(op) in _ALIKE
            and is_taken_alike(op)
            and (not isinstance(op, ops.DatabaseTable) or op.source is self._ours)
            for op in expression.op().find(ops.Node)
        )

    def _asked(self, expression: ir.Table) -> pa.Table:
        with self._asking:
            for table in expression.op().find(ops.DatabaseTable):
                if table.source is self._ours and table.name not in self._opened:
                    self._other.read_parquet(table.name, *self._files[table.name])
                    self._opened.add(table.name)
            return self._other.to_arrow(expression)


def is_taken_alike(op: ops.Node) -> bool:
    """Return whether a piece of a known kind means the same everywhere, whatever it is made of."""
    if isinstance(op, ops.JoinLink):
        return bool(op.how == "inner")
    if isinstance(op, ops.InSubquery):
        needle = op.needle
        return isinstance(needle, ops.Field) and isinstance(needle.rel, ops.DatabaseTable)
    if isinstance(op, ops.DateAdd | ops.DateSub):
        return isinstance(op.right, ops.Literal) and bool(op.right.dtype.unit.short == "D")
    if isinstance(op, ops.Cast):
        return _is_cast_alike(op.arg.dtype, op.to)
    # Fractions add up to other last digits in another order, and engines differ in what is no number.
    parts = op.args if isinstance(op, ops.Value) and not isinstance(op, ops.Field) else ()
    return not any(isinstance(part, ops.Value) and part.dtype.is_floating() for part in parts)


def _is_cast_alike(found: dt.DataType, to: dt.DataType) -> bool:
    is_number = to.is_integer() and (found.is_integer() or found.is_boolean())
    return bool(
        is_number or (to.is_temporal() and found.is_temporal()) or (to.is_string() and found.is_null())
    )


def _declared(files: list[Path], schema: pa.Schema) -> pl.LazyFrame | None:
    """Return a table with its declared columns and types; None where it has none of some name."""
    if not files:
        return pl.DataFrame(schema.empty_table()).lazy()
    try:
        frame = pl.scan_parquet(files)
        found = frame.collect_schema()
    except (pl.exceptions.PolarsError, OSError):
        return None
    wanted = pl.Schema(schema)
    if not wanted.keys() <= found.keys():
        return None
    casts = [pl.col(name).cast(kind) for name, kind in wanted.items() if found[name] != kind]
    return frame.select(wanted.names()).with_columns(casts) if casts else frame.select(wanted.names())
