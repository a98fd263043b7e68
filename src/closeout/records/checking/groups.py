"""Rules that only several rows together can break: of these, one at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from closeout.records.checking.keys import hashed
from closeout.records.checking.tally import AT

if TYPE_CHECKING:
    from typing import Any

    from closeout.records.columns import OneAtATime

GROUP = "group"


@dataclass(slots=True)
class GroupLedger:
    """The rows that a rule counts, while a table's rows come in: its values as a number, and which row."""

    rule: OneAtATime
    _groups: list[np.ndarray[Any, np.dtype[np.uint64]]] = field(default_factory=list)
    _at: list[np.ndarray[Any, np.dtype[np.uint32]]] = field(default_factory=list)

    @property
    def columns(self) -> frozenset[str]:
        """The columns the rule looks at."""
        return frozenset(self.rule.columns) | frozenset(self.rule.while_.meta.root_names())

    def accept(self, rows: pl.DataFrame) -> None:
        """Take in accepted rows: `_at` and the rule's columns."""
        is_given = pl.all_horizontal(pl.col(*self.rule.columns).is_not_null())
        counts = rows.select(counts=self.rule.while_ & is_given)["counts"]
        counted = rows.select(AT, *self.rule.columns).filter(counts)
        self._groups.append(hashed(counted.drop(AT)))
        self._at.append(counted[AT].to_numpy().astype(np.uint32))

    def close(self) -> pl.DataFrame:
        """Return the rows that share their values with another: `_at` and a number for the values."""
        groups = pl.Series(GROUP, np.concatenate(self._groups) if self._groups else [], pl.UInt64)
        shared = pl.DataFrame(schema={AT: pl.Int64, GROUP: pl.UInt64})
        if groups.n_unique() < groups.len():
            at = pl.Series(AT, np.concatenate(self._at)).cast(pl.Int64)
            shared = pl.DataFrame([at, groups]).filter(pl.col(GROUP).is_duplicated())
        self._groups.clear()
        self._at.clear()
        return shared
