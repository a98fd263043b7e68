"""What an engine can do, whichever it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import ibis.expr.types as ir
    import pyarrow as pa


class EngineError(RuntimeError):
    """An engine cannot be had or cannot do what was asked; the message says what to do."""


class Engine(Protocol):
    """Runs Ibis expressions over tables it was given."""

    name: str

    def read_parquet(self, name: str, files: list[Path], schema: pa.Schema) -> ir.Table:
        """Return a table over Parquet files, with exactly the schema's columns and types, in its order."""

    def from_arrow(self, name: str, rows: pa.Table) -> ir.Table:
        """Return a table over rows in memory, under a name."""

    def tables(self) -> Mapping[str, ir.Table]:
        """Return the tables by name."""

    def keep(self, name: str, expression: ir.Table) -> ir.Table:
        """Work an expression out once, and return a table over its rows, under a name."""

    def to_arrow(self, expression: ir.Table) -> pa.Table:
        """Run an expression and return its rows."""

    def results(self, expressions: Iterable[ir.Table]) -> Iterator[pa.Table]:
        """Run expressions one after the other and yield each one's rows.

        The next one is made and compiled while one runs. Run nothing else before the last one.
        """

    def statements(self, expressions: Iterable[ir.Table]) -> Iterator[tuple[str, pa.Table]]:
        """Run expressions as `results` does, and yield with each one's rows the statement that ran."""

    def to_batches(self, expression: ir.Table, *, rows: int = 100_000) -> Iterator[pa.RecordBatch]:
        """Run an expression and yield its rows in batches."""

    def to_parquet(self, expression: ir.Table, path: Path) -> int:
        """Run an expression into a Parquet file and return how many rows it has."""

    def sql(self, expression: ir.Table) -> str:
        """Return the statement that the expression runs as."""

    def close(self) -> None:
        """Let go of everything."""
