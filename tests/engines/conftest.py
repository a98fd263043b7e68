"""Engines to test: a DuckDB, and one session on one Spark cluster for the whole run."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from closeout.engines import connect
from tests.engines.cluster import Cluster, why_not

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.engines import Engine

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
def spark_engine(cluster: Cluster) -> Iterator[Engine]:
    """Yield a session on the cluster."""
    os.environ.update(cluster.environment())
    opened = connect(cluster.address, memory_gb=0.7)
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
