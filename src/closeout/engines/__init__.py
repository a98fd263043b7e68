"""Where expressions run: the only room that knows a driver.

`connect` opens an engine by its address: `duckdb://` (on this machine, the default) or `spark://host:port`
(a cluster; needs the extra `spark`). Everybody else speaks Ibis.
"""

from closeout.engines.engine import Engine, EngineError
from closeout.engines.open import connect

__all__ = ["Engine", "EngineError", "connect"]
