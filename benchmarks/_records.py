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
WORKER = "--worker"


@contextmanager
def records() -> Iterator[Path]:
    """Give the snapshot to measure with."""
    if SNAPSHOT:
        yield Path(SNAPSHOT)
        return
    with tempfile.TemporaryDirectory(prefix="closeout-bench-") as folder:
        out = Path(folder, "records")
        command = [sys.executable, "-m", "closeout.cli.main", "example", "--size", SIZE, "--out", str(out)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
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
