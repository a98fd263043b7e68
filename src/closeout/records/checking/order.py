"""The order in which tables are checked: those that others point into come first."""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable


def in_order(tables: Iterable[str]) -> list[str]:
    """Return the tables so that each comes after all it refers to; one that refers to itself may."""
    wanted = set(tables)
    graph = {
        name: sorted(set(TABLES[name].references().values()) & wanted - {name}) for name in sorted(wanted)
    }
    return list(TopologicalSorter(graph).static_order())
