"""Open an engine by its address."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from closeout.engines.engine import EngineError

if TYPE_CHECKING:
    from pathlib import Path

    from closeout.engines.engine import Engine


def connect(
    address: str = "duckdb://",
    *,
    memory_gb: float | None = None,
    threads: int | None = None,
    spill: Path | None = None,
) -> Engine:
    """Open an engine.

    Args:
        address: `duckdb://` or `spark://host:port`.
        memory_gb: How much memory it may take (of a cluster: each executor), in units of 10^9 bytes; its
            own default if None.
        threads: How many threads or cores it may use; all there are if None.
        spill: The folder in which DuckDB puts what does not fit into memory; the system's folder for
            temporary files if None. A cluster has its own.

    Returns:
        The engine, to be closed by the caller.

    Raises:
        EngineError: The address names no engine, what the engine needs is not installed, or a cluster
            does not answer.

    """
    scheme = urlsplit(address).scheme
    if scheme == "duckdb":
        from closeout.engines.duck import DuckEngine  # noqa: PLC0415 - one engine's driver must not slow another

        return DuckEngine(memory_gb=memory_gb, threads=threads, spill=spill)
    if scheme == "spark":
        from closeout.engines.spark import SparkEngine  # noqa: PLC0415 - as above; and it is an extra

        return SparkEngine(address, memory_gb=memory_gb, threads=threads)
    msg = f"{address} names no engine; give duckdb:// or spark://host:port"
    raise EngineError(msg)
