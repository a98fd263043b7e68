"""DuckDB, in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import ibis.expr.types as ir
    import pyarrow as pa


class DuckEngine:
    """An in-memory DuckDB that reads Parquet files where they lie."""

    name = "duckdb"

    def __init__(self, *, memory_gb: float | None = None, threads: int | None = None) -> None:
        settings: dict[str, object] = {"autoinstall_known_extensions": False, "TimeZone": "UTC"}
        if memory_gb is not None:
            settings["memory_limit"] = f"{memory_gb}GB"
        if threads is not None:
            settings["threads"] = threads
        self._con = ibis.duckdb.connect(**settings)
        self._tables: dict[str, ir.Table] = {}

    def read_parquet(self, name: str, files: list[Path], schema: pa.Schema) -> ir.Table:
        """Return a table over Parquet files, with exactly the schema's columns and types, in its order."""
        if not files:
            return self.from_arrow(name, schema.empty_table())
        found = self._con.read_parquet([str(path) for path in files], table_name=f"{name}_files")
        wanted = ibis.schema(schema)
        self._tables[name] = found.select([found[column].cast(kind) for column, kind in wanted.items()])
        return self._tables[name]

    def from_arrow(self, name: str, rows: pa.Table) -> ir.Table:
        """Return a table over rows in memory, under a name."""
        self._tables[name] = self._con.create_table(name, rows, overwrite=True, temp=True)
        return self._tables[name]

    def tables(self) -> Mapping[str, ir.Table]:
        """Return the tables by name."""
        return self._tables

    def to_arrow(self, expression: ir.Table) -> pa.Table:
        """Run an expression and return its rows."""
        return self._con.to_pyarrow(expression)

    def to_batches(self, expression: ir.Table, *, rows: int = 100_000) -> Iterator[pa.RecordBatch]:
        """Run an expression and yield its rows in batches."""
        yield from self._con.to_pyarrow_batches(expression, chunk_size=rows)

    def to_parquet(self, expression: ir.Table, path: Path) -> int:
        """Run an expression into a Parquet file and return how many rows it has."""
        self._con.to_parquet(expression, str(path))
        return int(pq.read_metadata(path).num_rows)

    def sql(self, expression: ir.Table) -> str:
        """Return the statement that the expression runs as."""
        return str(ibis.to_sql(expression, dialect="duckdb"))

    def close(self) -> None:
        """Let go of everything."""
        self._con.disconnect()
