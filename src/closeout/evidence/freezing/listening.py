"""An engine that is listened to: the statements it runs are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from closeout.engines import Engine


class Listening:
    """Stands for an engine whose rows are fetched, and keeps each statement that ran."""

    def __init__(self, engine: Engine) -> None:
        """Begin with no statement."""
        self._engine = engine
        self.heard: list[str] = []

    def to_arrow(self, expression: ir.Table) -> pa.Table:
        """Run an expression, keep its statement and return its rows."""
        self.heard.append(self._engine.sql(expression))
        return self._engine.to_arrow(expression)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the engine has
        """Return anything else of the engine."""
        return getattr(self._engine, name)
