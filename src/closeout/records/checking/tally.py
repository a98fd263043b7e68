"""How many rows broke which rule, with the first few of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from closeout.records.checking.chunks import LINE, ROW
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

AT, FILE, RULES, REASON = "_at", "_file", "_rules", "_reason"
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a file; the first row of data is 1."""

    file: str
    row: int


@dataclass(slots=True)
class Broken:
    """A rule that rows broke. `column` is empty for a rule across columns."""

    rule: str
    column: str
    reason: str
    rows: int = 0
    examples: list[Place] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Failing:
    """A rule, and for each row whether it breaks it."""

    rule: str
    column: str
    reason: str
    rows: pl.Series


@dataclass(slots=True)
class Tally:
    """The broken rules of a table."""

    _broken: dict[tuple[str, str], Broken] = field(default_factory=dict)

    def add(self, failing: Failing, file: str, numbers: pl.Series) -> None:
        """Count the rows of one file that break a rule."""
        count = int(failing.rows.sum())
        if not count:
            return
        key = (failing.rule, failing.column)
        broken = self._broken.setdefault(key, Broken(*key, failing.reason))
        broken.rows += count
        for row in numbers.filter(failing.rows).head(EXAMPLES - len(broken.examples)).to_list():
            broken.examples.append(Place(file, row))

    def broken(self) -> list[Broken]:
        """Return the broken rules, the most often broken first."""
        return sorted(self._broken.values(), key=lambda each: (-each.rows, each.rule, each.column))


def kept_apart(table: str, rows: pl.DataFrame, file: str, failing: Iterable[Failing]) -> pl.DataFrame:
    """Return rows as the quarantine keeps them: place, rules, reasons, and the cells as they stood.

    Args:
        table: Its name.
        rows: `_row`, perhaps `_line`, and cells by declared column.
        file: Where they stood.
        failing: The rules, in the order in which reasons are given.

    """
    masks = {f"?{place}": each for place, each in enumerate(failing) if each.rows.any()}
    said = rows.with_columns(each.rows.alias(name) for name, each in masks.items())
    rules = [pl.when(pl.col(name)).then(pl.lit(each.rule)) for name, each in masks.items()]
    reasons = [pl.when(pl.col(name)).then(pl.lit(each.reason)) for name, each in masks.items()]
    there = set(rows.columns)
    cells = [
        pl.col(name).cast(pl.String) if name in there else pl.lit(None, pl.String).alias(name)
        for name in (LINE, *TABLES[table].column_names())
    ]
    return said.select(
        pl.lit(file).alias(FILE),
        ROW,
        pl.concat_list(rules).list.drop_nulls().list.unique(maintain_order=True).alias(RULES),
        pl.concat_str(reasons, separator="; ", ignore_nulls=True).alias(REASON),
        *cells,
    )
