"""Spark, on a cluster."""

from __future__ import annotations

from closeout.engines.engine import EngineError


class SparkEngine:
    """A session on a Spark cluster."""

    name = "spark"

    def __init__(self, address: str) -> None:
        msg = f"{address}: Spark is not supported yet; give duckdb://"
        raise EngineError(msg)
