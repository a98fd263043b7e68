"""Records for benchmarks, and a PostgreSQL server of their own to load them into."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE = os.environ.get("CLOSEOUT_BENCH_SIZE", "national")
"""Of the example agency: small, region or national."""
SNAPSHOT = os.environ.get("CLOSEOUT_BENCH_SNAPSHOT", "")
"""A snapshot that is there already; the example agency is written anew if empty."""
IS_LARGER_ASKED = os.environ.get("CLOSEOUT_BENCH_LARGER", "") not in {"", "0"}
"""Whether an agency of 7.6 million cases is measured as well; making it takes a minute and 2 GB of disk."""
LARGER_SNAPSHOT = os.environ.get("CLOSEOUT_BENCH_LARGER_SNAPSHOT", "")
"""The larger agency that is there already; it is written anew if empty."""
WORKER = "--worker"


@contextmanager
def records() -> Iterator[Path]:
    """Give the snapshot to measure with."""
    command = ["closeout.cli.main", "example", "--size", SIZE, "--out"]
    with _written(SNAPSHOT, command) as folder:
        yield folder


@contextmanager
def larger_records() -> Iterator[Path]:
    """Give a snapshot of 7.6 million cases."""
    with _written(LARGER_SNAPSHOT, ["benchmarks._larger"]) as folder:
        yield folder


@contextmanager
def _written(there: str, module: list[str]) -> Iterator[Path]:
    """Give the snapshot that is there, or one that a module writes into the folder it is given last."""
    if there:
        yield Path(there)
        return
    with tempfile.TemporaryDirectory(prefix="closeout-bench-") as folder:
        out = Path(folder, "records")
        subprocess.run([sys.executable, "-m", *module, str(out)], check=True, stdout=subprocess.DEVNULL)
        yield out


@contextmanager
def server() -> Iterator[str | None]:
    """Give the URL of a throw-away server that writes its log to disk; None where none is installed."""
    from tests.conftest_postgres import PostgresServer, server_binaries  # noqa: PLC0415 - not in a worker

    binaries = server_binaries()
    if binaries is None:
        print("PostgreSQL: no server is installed, not measured")
        yield None
        return
    made = PostgresServer(binaries, Path(tempfile.mkdtemp(prefix="closeout-pg-")))
    made.start()
    try:
        yield made.url
    finally:
        made.stop()


def in_own_process(module: str, *arguments: str) -> None:
    """Run a benchmark's worker: a process serves one store."""
    subprocess.run([sys.executable, "-m", module, WORKER, *arguments], check=True)
