"""Spark, on a cluster."""

from __future__ import annotations

import logging
import os
import re
import shutil
import socket
import tempfile
import threading
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import ibis
import ibis.expr.operations as ops
import pyarrow as pa
import pyarrow.parquet as pq

from closeout.engines.arrow import check_files, plain, plain_schema, write_batches
from closeout.engines.engine import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import ibis.expr.types as ir

DEFAULT_PORT = 7077
ANSWER_SECONDS = 10.0
"""How long a master may take to answer a call."""
WORKER_SECONDS = 60.0
"""How long the workers may take to run a first, empty task."""
_TYPES = {
    pa.string(): "string",
    pa.int64(): "bigint",
    pa.float64(): "double",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    pa.timestamp("us"): "timestamp_ntz",
}
_NAMED = re.compile(r"\[[A-Z_]{3,}(\.[A-Z_]+)*\]")
_CAUSE = re.compile(r"(java|org|py4j)[\w.$]+: .")
_SETTINGS = {
    # Days and instants are local and carry no zone: the same digits on every machine.
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    # An overflow or a text that is no number is an error, as in DuckDB, never a null.
    "spark.sql.ansi.enabled": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.parquet.compression.codec": "zstd",
    # How much a result may hold is for the driver's own memory to say.
    "spark.driver.maxResultSize": "0",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}


class SparkEngine:
    """A session on a Spark cluster.

    Parquet files are read, and results written, by the workers: the paths must lead to the same files on
    every machine of the cluster.
    """

    name = "spark"

    def __init__(self, address: str, *, memory_gb: float | None = None, threads: int | None = None) -> None:
        """Open a session; see `closeout.engines.connect`.

        Args:
            address: `spark://host:port`; without a port the usual one, 7077.
            memory_gb: How much memory each executor may take.
            threads: How many cores of the cluster may be used.

        Raises:
            EngineError: pyspark, pandas or Java is missing, a session is already open in this process,
                or the master or its workers do not answer.

        """
        _check_installed()
        master, own_host = _reach(address)
        settings = {**_SETTINGS, "spark.driver.host": own_host, "spark.driver.bindAddress": own_host}
        if memory_gb is not None:
            settings["spark.executor.memory"] = f"{memory_gb * 1000:.0f}m"
        if threads is not None:
            settings["spark.cores.max"] = str(threads)
        self._session = _session(master, settings)
        self._con = ibis.pyspark.connect(self._session)
        self._tables: dict[str, ir.Table] = {}

    def read_parquet(self, name: str, files: list[Path], schema: pa.Schema) -> ir.Table:
        """Return a table over Parquet files, with exactly the schema's columns and types, in its order."""
        if not files:
            return self.from_arrow(name, schema.empty_table())
        found = plain_schema(check_files(name, files, schema))
        said = ", ".join(f"`{one.name}` {_TYPES[one.type]}" for one in found if one.name in schema.names)
        typed = [f"CAST(`{one.name}` AS {_TYPES[one.type]}) AS `{one.name}`" for one in plain_schema(schema)]
        paths = [path.resolve().as_uri() for path in files]
        with _plain_errors():
            frame = self._session.read.schema(said).parquet(*paths).selectExpr(*typed)
            frame.createOrReplaceTempView(name)
            self._tables[name] = self._con.table(name)
        return self._tables[name]

    def from_arrow(self, name: str, rows: pa.Table) -> ir.Table:
        """Return a table over rows in memory, under a name. The rows are sent to the cluster when used."""
        self._register(name, rows)
        self._tables[name] = self._con.table(name)
        return self._tables[name]

    def tables(self) -> Mapping[str, ir.Table]:
        """Return the tables by name."""
        return self._tables

    def keep(self, name: str, expression: ir.Table) -> ir.Table:
        """Return a table over an expression's rows, under a name; the cluster keeps them from then on."""
        with _plain_errors():
            self._run(expression).cache().createOrReplaceTempView(name)
            self._tables[name] = self._con.table(name)
        return self._tables[name]

    def to_arrow(self, expression: ir.Table) -> pa.Table:
        """Run an expression and return its rows."""
        with _plain_errors():
            return self._run(expression).toArrow().cast(_schema(expression))

    def results(self, expressions: Iterable[ir.Table]) -> Iterator[pa.Table]:
        """Run expressions one after the other and yield each one's rows."""
        return map(self.to_arrow, expressions)

    def statements(self, expressions: Iterable[ir.Table]) -> Iterator[tuple[str, pa.Table]]:
        """Run expressions one after the other and yield each one's statement and rows."""
        for expression in expressions:
            with _plain_errors():
                statement = self._ready(expression)
                rows = self._session.sql(statement).toArrow().cast(_schema(expression))
            yield statement, rows

    def to_batches(self, expression: ir.Table, *, rows: int = 100_000) -> Iterator[pa.RecordBatch]:
        """Run an expression and yield its rows in batches, through a file that the workers write."""
        with tempfile.TemporaryDirectory(prefix="closeout-spark-") as folder:
            whole = Path(folder) / "rows.parquet"
            self.to_parquet(expression, whole)
            with pq.ParquetFile(whole) as file:
                yield from file.iter_batches(rows)

    def to_parquet(self, expression: ir.Table, path: Path) -> int:
        """Run an expression into a Parquet file and return how many rows it has."""
        parts = path.with_name(path.name + ".parts")
        try:
            with _plain_errors():
                self._run(expression).write.mode("overwrite").parquet(parts.resolve().as_uri())
            return write_batches(path, _schema(expression), _written(parts))
        finally:
            shutil.rmtree(parts, ignore_errors=True)

    def sql(self, expression: ir.Table) -> str:
        """Return the statement that the expression runs as."""
        return str(ibis.to_sql(expression, dialect="pyspark"))

    def close(self) -> None:
        """End the session; the cluster goes on."""
        self._tables.clear()
        self._session.stop()

    def _register(self, name: str, rows: pa.Table) -> None:
        with _plain_errors():
            self._session.createDataFrame(plain(rows)).createOrReplaceTempView(name)

    def _run(self, expression: ir.Table) -> Any:  # noqa: ANN401 - a pyspark frame; pyspark is an extra
        return self._session.sql(self._ready(expression))

    def _ready(self, expression: ir.Table) -> str:
        """Return the statement that an expression runs as, the rows in memory that it reads sent along."""
        for table in expression.op().find(ops.InMemoryTable):
            self._register(table.name, table.data.to_pyarrow(table.schema))
        return str(self._con.compile(expression))


def _schema(expression: ir.Table) -> pa.Schema:
    return expression.schema().to_pyarrow()


def _check_installed() -> None:
    try:
        import pandas  # noqa: F401, ICN001, PLC0415 - an extra
        import pyspark  # noqa: F401, PLC0415 - an extra
    except ImportError as error:
        msg = f"Spark needs {error.name}, which is not installed: pip install 'closeout[spark]'"
        raise EngineError(msg) from error
    home = os.environ.get("JAVA_HOME")
    if not (home and (Path(home) / "bin" / "java").is_file()) and shutil.which("java") is None:
        msg = "Spark needs Java 17, and there is no java on this machine: install it or set JAVA_HOME"
        raise EngineError(msg)


def _reach(address: str) -> tuple[str, str]:
    """Return the master's address, and this machine's own address as the master sees it."""
    said = urlsplit(address)
    try:
        host, port = said.hostname, said.port or DEFAULT_PORT
    except ValueError as error:
        msg = f"{address} is no address of a Spark master: {error}"
        raise EngineError(msg) from error
    if not host:
        msg = f"{address} is no address of a Spark master; give spark://host:port"
        raise EngineError(msg)
    try:
        with socket.create_connection((host, port), timeout=ANSWER_SECONDS) as call:
            return f"spark://{host}:{port}", call.getsockname()[0]
    except OSError as error:
        msg = f"no Spark master answers at {host}:{port} ({error}): start it, or give another address"
        raise EngineError(msg) from error


def _session(master: str, settings: Mapping[str, str]) -> Any:  # noqa: ANN401 - as above
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra

    if SparkSession.getActiveSession() is not None:
        msg = "a Spark session is already open in this process: close it first"
        raise EngineError(msg)
    # pyspark would log every error at length, with the Java stack: the error itself says it in a line.
    logging.getLogger("SQLQueryContextLogger").disabled = True
    builder = SparkSession.builder.master(master).appName("closeout")
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except Exception as error:  # a Java exception, whose type is pyspark's own
        msg = f"{master} takes no session: {_said(error)}"
        raise EngineError(msg) from error
    _wait_for_workers(session, master)
    cores = session.sparkContext.defaultParallelism
    session.conf.set("spark.sql.shuffle.partitions", str(2 * cores))
    return session


def _wait_for_workers(session: Any, master: str) -> None:  # noqa: ANN401 - as above
    """Run an empty task, so that a cluster without a free worker is noticed here."""
    has_run = threading.Event()

    def give_up() -> None:
        # Again and again: a job that is not yet submitted cannot be called off.
        wait = WORKER_SECONDS
        while not has_run.wait(wait):
            session.sparkContext.cancelAllJobs()
            wait = 1.0

    watch = threading.Thread(target=give_up, daemon=True)
    watch.start()
    try:
        session.range(1).write.format("noop").mode("overwrite").save()
    except Exception as error:
        has_run.set()
        session.stop()
        msg = (
            f"{master} has no worker to spare: it ran nothing in {WORKER_SECONDS:.0f} seconds. "
            "Start a worker, or ask for less memory"
        )
        raise EngineError(msg) from error
    finally:
        has_run.set()
        watch.join()


def _written(parts: Path) -> Iterator[pa.RecordBatch]:
    files = sorted(parts.glob("part-*.parquet"))
    if not files:
        msg = f"the workers wrote nothing that can be seen at {parts}: give a path on storage they share"
        raise EngineError(msg)
    for file in files:
        with pq.ParquetFile(file) as part:
            yield from part.iter_batches()


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Turn what Spark says when a machine or a file is at fault into one line.

    pyspark leaves it to the garbage collector to close the socket that a result comes through: nobody
    else can do anything about that warning.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            yield
        except Exception as error:
            if type(error).__module__.partition(".")[0] not in {"pyspark", "py4j"}:
                raise
            msg = f"Spark could not do it: {_said(error)}"
            raise EngineError(msg) from error


def _said(error: BaseException) -> str:
    """Return the line that says most: the one with Spark's own name of the error, else the root cause."""
    lines = [line.strip().removeprefix("Caused by: ") for line in str(error).splitlines()]
    named = [line[line.index("[") :] for line in lines if _NAMED.search(line)]
    causes = [line for line in lines if _CAUSE.match(line)]
    return (named or causes[-1:] or [line for line in lines if line] or [type(error).__name__])[0]
