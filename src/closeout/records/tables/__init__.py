"""Every table, by name, in the order in which a newcomer should read them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from closeout.records.table import Table
from closeout.records.tables import (
    casework,
    contacts,
    organization,
    oversight,
    partners,
    policies,
    safeguards,
    time_study,
    travel,
)

if TYPE_CHECKING:
    from types import ModuleType

ROOMS: tuple[ModuleType, ...] = (
    organization,
    casework,
    contacts,
    travel,
    partners,
    policies,
    safeguards,
    oversight,
    time_study,
)


def table_name(declared: type[Table]) -> str:
    """Return the table's name: `CheckIns` is `check_ins`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", declared.__name__).lower()


def _declared_in(room: ModuleType) -> list[type[Table]]:
    return [
        value
        for value in vars(room).values()
        if isinstance(value, type) and issubclass(value, Table) and value.__module__ == room.__name__
    ]


TABLES: dict[str, type[Table]] = {table_name(one): one for room in ROOMS for one in _declared_in(room)}
SCHEMA_VERSION = 2
"""Raised with every change of a declaration that an existing snapshot would notice."""
