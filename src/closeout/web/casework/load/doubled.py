"""Which rows of a snapshot have a key that another row has: what a database refuses without naming them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.compute as pc
import pyarrow.parquet as pq

from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from closeout.records.snapshot import Snapshot

_NAMED = 3


def doubled_rows(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the tables of a snapshot in which keys stand more than once, each with the first three keys.

    Only the column of the key is read of each table: seconds for tens of millions of rows.
    """
    return tuple(said for table in snapshot.manifest.tables if (said := _doubled(snapshot, table)))


def _doubled(snapshot: Snapshot, table: str) -> str:
    key = TABLES[table].key()
    counted = pq.ParquetDataset(snapshot.files(table)).read([key]).group_by(key).aggregate([(key, "count")])
    keys = counted.filter(pc.greater(counted[f"{key}_count"], 1))[key].sort().to_pylist()
    if not keys:
        return ""
    more = f" and {len(keys) - _NAMED:,} more" if len(keys) > _NAMED else ""
    return f"{table} {', '.join(map(str, keys[:_NAMED]))}{more}"
