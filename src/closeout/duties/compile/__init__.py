"""From a clause of a pack to one expression that lists every instance of its duty.

`instances` is the listing, `counts` the grouped totals. Both are plain Ibis: nothing runs here.
"""

from closeout.duties.compile.instance import counts, instances
from closeout.duties.compile.needs import missing_tables, needed_tables

__all__ = ["counts", "instances", "missing_tables", "needed_tables"]
