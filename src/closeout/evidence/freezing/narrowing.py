"""A snapshot with no more tables than a result reads, so that no other can change or spoil it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.records.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable


def narrowed_to(snapshot: Snapshot, names: Iterable[str]) -> Snapshot:
    """Return a snapshot with some of its tables; names that it lacks are passed over."""
    wanted = frozenset(names)
    tables = {name: parts for name, parts in snapshot.manifest.tables.items() if name in wanted}
    return Snapshot(snapshot.folder, replace(snapshot.manifest, tables=tables))
