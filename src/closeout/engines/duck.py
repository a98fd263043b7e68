"""DuckDB, in this process."""

from __future__ import annotations

import gc
import tempfile
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

import duckdb
import ibis
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.schema as sch
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.backends.sql.datatypes import DuckDBType
from sqlglot import ErrorLevel

from closeout.engines.arrow import check_files, plain
from closeout.engines.engine import EngineError
from closeout.engines.translate import translate

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
    from concurrent.futures import Future
    from pathlib import Path

    import ibis.expr.types as ir

OFFLINE = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
"""Nothing is ever fetched: whatever is needed is built into the wheel."""
WITHOUT_PUSHDOWN = {"disabled_optimizers": "join_filter_pushdown"}
"""A join may hand a Bloom filter to rows in memory, which cannot take it and fail (duckdb-python issue 463).
All 99 clauses over a national snapshot take the same time without."""
_AHEAD = 3
"""How many statements are compiled beside the one that runs."""


class DuckEngine:
    """An in-memory DuckDB that reads Parquet files where they lie.

    What does not fit into its memory goes to a folder of its own under the system's folder for temporary
    files (or `spill`), which goes away with the engine.
    """

    name = "duckdb"

    def __init__(
        self, *, memory_gb: float | None = None, threads: int | None = None, spill: Path | None = None
    ) -> None:
        """Open the engine; see `closeout.engines.connect`."""
        self._spill = tempfile.TemporaryDirectory(prefix="closeout-spill-", dir=spill)
        settings: dict[str, object] = {**OFFLINE, **WITHOUT_PUSHDOWN, "temp_directory": self._spill.name}
        if memory_gb is not None:
            settings["memory_limit"] = f"{memory_gb * 1000:.0f}MB"
        if threads is not None:
            settings["threads"] = threads
        self._con = ibis.duckdb.connect(**settings)
        self._tables: dict[str, ir.Table] = {}
        self._kept: set[str] = set()
        self._in_memory: set[str] = set()

    def read_parquet(self, name: str, files: list[Path], schema: pa.Schema) -> ir.Table:
        """Return a table over Parquet files, with exactly the schema's columns and types, in its order."""
        if not files:
            return self.from_arrow(name, schema.empty_table())
        check_files(name, files, schema)
        # One statement, not what Ibis makes of it: a snapshot has a hundred tables, opened for every run.
        known = sch.Schema({field.name: _type(field.type) for field in schema})
        columns = ", ".join(
            f"CAST({_quoted(column)} AS {_type_name(kind)}) AS {_quoted(column)}"
            for column, kind in known.items()
        )
        self._forget(name)
        # A view, so that a statement that reads a table twice does not keep a copy of it.
        with _plain_errors():
            found = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
            self._con.con.execute(
                f"CREATE VIEW {_quoted(name)} AS SELECT {columns} FROM read_parquet([{found}])"  # noqa: S608 - all quoted
            )
        view = ops.DatabaseTable(name, schema=known, source=self._con, namespace=ops.Namespace())
        self._tables[name] = view.to_expr()
        return self._tables[name]

    def from_arrow(self, name: str, rows: pa.Table) -> ir.Table:
        """Return a table over rows in memory, under a name. The rows are read where they are."""
        self._forget(name)
        self._con.con.register(name, plain(rows))
        self._tables[name] = self._con.table(name)
        return self._tables[name]

    def tables(self) -> Mapping[str, ir.Table]:
        """Return the tables by name."""
        return self._tables

    def keep(self, name: str, expression: ir.Table) -> ir.Table:
        """Work an expression out once, and return a table over its rows, under a name.

        The rows count towards the engine's memory, and go to its spill folder where they do not fit.
        """
        self._register_memory(expression)
        statement = self._compiled(expression)
        with _plain_errors():
            if name not in self._kept:
                self._forget(name)
            self._con.con.execute(f'CREATE OR REPLACE TABLE "{name}" AS {statement}')
        self._kept.add(name)
        self._tables[name] = self._con.table(name)
        return self._tables[name]

    def to_arrow(self, expression: ir.Table) -> pa.Table:
        """Run an expression and return its rows."""
        return self._runner(expression)()[1]

    def results(self, expressions: Iterable[ir.Table]) -> Iterator[pa.Table]:
        """Run expressions one after the other and yield each one's rows. Run nothing else before the last."""
        found = self.statements(expressions)
        try:
            for _, rows in found:
                yield rows
        finally:
            found.close()

    def statements(self, expressions: Iterable[ir.Table]) -> Generator[tuple[str, pa.Table]]:
        """Run expressions one after the other and yield each one's statement and rows.

        DuckDB lets go of Python's lock while it runs a statement: meanwhile this thread makes and compiles
        the next ones, a few ahead. Run nothing else before the last one.
        """
        with ThreadPoolExecutor(1) as runner:
            coming: deque[Future[tuple[str, pa.Table]]] = deque()
            try:
                for expression in expressions:
                    coming.append(runner.submit(self._runner(expression)))
                    while coming and (len(coming) > _AHEAD or coming[0].done()):
                        yield coming.popleft().result()
                while coming:
                    yield coming.popleft().result()
            finally:
                if coming:  # nobody waits for the rest
                    for one in coming:
                        one.cancel()
                    self._con.con.interrupt()

    def to_batches(self, expression: ir.Table, *, rows: int = 100_000) -> Iterator[pa.RecordBatch]:
        """Run an expression and yield its rows in batches. Run nothing else before the last one."""
        schema = _schema(expression)
        with _plain_errors():
            for batch in self._run(expression).to_arrow_reader(rows):
                yield batch.cast(schema)

    def to_parquet(self, expression: ir.Table, path: Path) -> int:
        """Run an expression into a Parquet file and return how many rows it has."""
        part = path.with_name(path.name + ".part")
        try:
            with _plain_errors():
                self._run(expression).write_parquet(str(part), compression="zstd")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return int(pq.read_metadata(path).num_rows)

    def refill(self, name: str, rows: pa.Table) -> None:
        """Put other rows of the same columns under a name that `from_arrow` gave."""
        self._con.con.register(name, plain(rows))

    def prepare(self, expression: ir.Table) -> Callable[[], pa.Table]:
        """Return what runs an expression again and again, over what its tables hold then; compiled once."""
        self._register_memory(expression)
        statement, schema = self._compiled(expression), _schema(expression)

        def run() -> pa.Table:
            return self._rows(statement).cast(schema)

        return run

    def sql(self, expression: ir.Table) -> str:
        """Return the statement that the expression runs as."""
        with _unmerged():
            return str(ibis.to_sql(expression, dialect="duckdb"))

    def close(self) -> None:
        """Let go of everything; the spill folder goes with it."""
        self._tables.clear()
        self._con.disconnect()
        self._spill.cleanup()

    def _forget(self, name: str) -> None:
        """Free a name, whether files, rows in memory or rows worked out have it."""
        if name not in self._tables:
            return
        if name in self._kept:
            self._kept.remove(name)
            self._con.drop_table(name)
        self._con.con.unregister(name)
        self._con.con.execute(f"DROP VIEW IF EXISTS {_quoted(name)}")

    def _run(self, expression: ir.Table) -> duckdb.DuckDBPyRelation:
        self._register_memory(expression)
        ran: duckdb.DuckDBPyRelation = self._con.con.sql(self._compiled(expression))
        return ran

    def _runner(self, expression: ir.Table) -> Callable[[], tuple[str, pa.Table]]:
        """Return what runs an expression, compiled already. Only what is returned uses the connection."""
        statement, schema = self._compiled(expression), _schema(expression)

        def run() -> tuple[str, pa.Table]:
            self._register_memory(expression)
            return statement, self._rows(statement).cast(schema)

        return run

    def _rows(self, statement: str) -> pa.Table:
        """Run a statement and return its rows.

        As a relation: it is planned twice, a fifth of the time over few rows, but `execute` was seen to wait
        for ever for its own tasks, with one thread too.
        """
        with _plain_errors():
            return self._con.con.sql(statement).to_arrow_table()

    def _register_memory(self, expression: ir.Table) -> None:
        """Let DuckDB see the rows in memory that an expression reads."""
        for table in expression.op().find(ops.InMemoryTable):
            if table.name not in self._in_memory:  # the same calendars stand in many statements
                self._con.con.register(table.name, plain(table.data.to_pyarrow(table.schema)))
                self._in_memory.add(table.name)

    def _compiled(self, expression: ir.Table) -> str:
        with _unmerged(), _uncollected():
            tree = translate(self._con.compiler, expression)
            if tree is None:
                return str(self._con.compile(expression))
            return tree.sql(dialect=self._con.dialect, unsupported_level=ErrorLevel.RAISE, copy=False)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@cache
def _type(kind: pa.DataType) -> dt.DataType:
    return dt.DataType.from_pyarrow(kind, nullable=True)


@cache
def _type_name(kind: dt.DataType) -> str:
    return str(DuckDBType.to_string(kind))


def _schema(expression: ir.Table) -> pa.Schema:
    return expression.schema().to_pyarrow()


@contextmanager
def _unmerged() -> Iterator[None]:
    """Leave it to DuckDB to merge selects; it is a quarter of the time Ibis takes to compile."""
    options = ibis.options.sql
    before = options.fuse_selects
    options.fuse_selects = False
    try:
        yield
    finally:
        options.fuse_selects = before


@contextmanager
def _uncollected() -> Iterator[None]:
    """Put off garbage collection: looking through the trees that Ibis makes is a fifth of its time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Turn what DuckDB says when a machine or a file is at fault into an error that says what to do."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        msg = (
            "DuckDB ran out of memory, or of disk to put what does not fit: "
            "allow more memory, use fewer threads, or free some of the temporary folder's disk"
        )
        raise EngineError(msg) from error
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        msg = f"DuckDB cannot read or write a file: {str(error).partition(chr(10))[0]}"
        raise EngineError(msg) from error
