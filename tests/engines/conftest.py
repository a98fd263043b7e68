"""Engines to test: a DuckDB, and one session on one Spark cluster for the whole run."""

from __future__ import annotations

import os
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from closeout.engines import EngineError, connect, spark
from closeout.records.example import write_example
from tests.engines.cluster import WORKERS, Cluster, why_not

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.engines import Engine
    from closeout.records.snapshot import Snapshot

SPARK = [
    pytest.mark.spark,
    # After an error pyspark leaves a socket to the garbage collector.
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Yield a running cluster; skip where Java or pyspark is absent, except in CI."""
    if reason := why_not():
        if os.environ.get("CI"):
            pytest.fail(f"no Spark cluster can be started: {reason}")
        pytest.skip(f"no Spark cluster can be started: {reason}")
    with tempfile.TemporaryDirectory(prefix="closeout-spark-", ignore_cleanup_errors=True) as folder:
        started = Cluster(Path(folder))
        started.start()
        yield started
        started.stop()


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Return the small example agency, which nobody changes."""
    return write_example(tmp_path_factory.mktemp("agency") / "small", size="small", seed=3)


@pytest.fixture(scope="session")
def said_without_room(cluster: Cluster) -> str:
    """Return what is said where more memory is asked for than any worker has; empty if nothing is.

    There is one session a process, and Java takes long to start: this one comes before that of the tests.
    """
    os.environ.update(cluster.environment())
    said = [""]

    def ask() -> None:
        try:
            connect(cluster.address, memory_gb=64).close()
        except EngineError as error:
            said[0] = str(error)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(spark, "WORKER_SECONDS", 3.0)
        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(120)
    return "it hangs" if asking.is_alive() else said[0]


@pytest.fixture(scope="session")
def spark_engine(cluster: Cluster, said_without_room: str) -> Iterator[Engine]:
    """Yield a session on the cluster, opened after one that was refused.

    Rows are dealt out to as many parts as there are workers, for each part of few rows is a task.
    """
    opened = connect(cluster.address, memory_gb=0.7)
    opened._session.conf.set("spark.sql.shuffle.partitions", str(WORKERS))
    yield opened
    opened.close()


@pytest.fixture
def duck_engine() -> Iterator[Engine]:
    """Yield a fresh DuckDB."""
    opened = connect("duckdb://", memory_gb=1, threads=1)
    yield opened
    opened.close()


@pytest.fixture(params=["duckdb", pytest.param("spark", marks=SPARK)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Run the test on each engine."""
    name = "duck_engine" if request.param == "duckdb" else "spark_engine"
    found: Engine = request.getfixturevalue(name)
    return found
