"""The defects that are planted, what the reports said of each, and where each must be found again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from closeout.records.example.arrays import Claims, Ints
    from closeout.records.example.chance import Chance

LISTED = 500
"""Keys listed of one defect; beyond that only how many there are."""


@dataclass(frozen=True, slots=True)
class Defect:
    """A kind of planted defect."""

    id: str
    section: str
    says: str
    table: str
    found_by: str
    """`duty`, `integrity`, `check`, `records` or `study`."""
    name: str
    """Of the duty, the integrity rule, the reconciliation, the column, or the fault of a time study."""
    state: str = ""
    """Of the duty's instances."""


class Plants:
    """What has been planted in one chunk: which keys, and which cases are taken."""

    def __init__(self, chance: Chance, cases: int = 0, quota: int = 0) -> None:
        """Plant up to `quota` cases of each kind among `cases`."""
        self._chance = chance
        self.quota = quota
        self._taken = np.zeros(cases, dtype=np.bool_)
        self.keys: dict[str, list[str]] = defaultdict(list)

    def take(self, eligible: Claims, share: float = 1.0) -> Ints:
        """Return some eligible cases that no other defect has, in rising order, and take them.

        Args:
            eligible: Which cases may be taken.
            share: Of the quota.

        Returns:
            Places of cases; fewer than the quota where fewer are eligible.

        """
        found = np.flatnonzero(eligible & ~self._taken)
        wanted = min(len(found), max(1, round(self.quota * share)))
        chosen = np.sort(self._chance.generator.choice(found, wanted, replace=False))
        self._taken[chosen] = True
        return chosen.astype(np.int64)

    def is_free(self) -> Claims:
        """Return which cases no defect has taken."""
        return ~self._taken

    def note(self, defect: str, keys: Iterable[Any]) -> None:
        """Remember the keys of rows with a defect."""
        self.keys[defect].extend(str(key) for key in keys)


def listed(defects: Iterable[Defect], planted: Iterable[Plants]) -> list[dict[str, Any]]:
    """Return one entry per defect for the manifest, with its keys in order and how many there are."""
    all_keys: dict[str, list[str]] = defaultdict(list)
    for plants in planted:
        for defect, keys in plants.keys.items():
            all_keys[defect].extend(keys)
    return [
        {
            "id": one.id,
            "section": one.section,
            "says": one.says,
            "table": one.table,
            "found_by": one.found_by,
            "name": one.name,
            "state": one.state,
            "count": len(all_keys[one.id]),
            "keys": all_keys[one.id][:LISTED],
        }
        for one in defects
    ]
