"""Sums that must agree: said in one place, counted in another. They are reported, never smoothed.

All is computed over accepted rows: where rows were quarantined, a sum may miss by them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

import polars as pl

from closeout.records.checking.dockets import counted_members, one_docket
from closeout.records.checking.tally import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from closeout.records.checking.kept import Kept

ALL = "ALL"
_DAY = pl.duration(days=1)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Two figures that must be the same.

    Attributes:
        kind: `flow`, `carry`, `parts`, `members` or `one_docket`.
        table: The table that says the figure.
        where: The row it is about, by its columns.
        said: What the table says.
        counted: What adds up.
        examples: Rows to look at, of those that break it.

    """

    kind: str
    table: str
    where: Mapping[str, str]
    said: int
    counted: int
    examples: tuple[Place, ...] = field(default=())

    @property
    def holds(self) -> bool:
        """Return whether both are the same."""
        return self.said == self.counted

    @property
    def difference(self) -> int:
        """Return by how much what adds up is above what is said."""
        return self.counted - self.said


def reconcile(kept: Kept) -> list[Reconciliation]:
    """Return every reconciliation there is data for, those that miss first."""
    found = list(chain(_flow(kept), _carry(kept), _parts(kept), _members(kept), _dockets(kept)))
    return sorted(found, key=lambda one: one.holds)


def _flow(kept: Kept) -> Iterator[Reconciliation]:
    """Opening + in - out = closing, for each office, docket and period."""
    if (counts := kept.tables.get("docket_counts")) is None:
        return
    sums = counts.with_columns(
        said="closing", counted=pl.col("opening") + pl.col("came_in") - pl.col("went_out")
    )
    keys = ("office_id", "docket", "period_from", "period_to")
    yield from _made("flow", "docket_counts", sums, keys, kept)


def _carry(kept: Kept) -> Iterator[Reconciliation]:
    """The opening of a period = the closing of the one before, where that one is there."""
    if (counts := kept.tables.get("docket_counts")) is None:
        return
    before = counts.select("office_id", "docket", said="closing", period_from=pl.col("period_to") + _DAY)
    joined = counts.join(before, on=["office_id", "docket", "period_from"]).with_columns(counted="opening")
    yield from _made("carry", "docket_counts", joined, ("office_id", "docket", "period_from"), kept)


def _parts(kept: Kept) -> Iterator[Reconciliation]:
    """The parts add up to the printed total (ALL), across offices and across categories."""
    for table, area, amount, rest in (
        ("program_counts", "office_id", "people", ["as_of_on"]),
        ("published_counts", "area", "amount", ["kind", "as_of_on"]),
    ):
        if (counts := kept.tables.get(table)) is None:
            continue
        for across, other in ((area, "category"), ("category", area)):
            total = counts.filter(pl.col(across) == ALL)
            parts = (
                counts.filter(pl.col(across) != ALL).group_by(*rest, other).agg(counted=pl.col(amount).sum())
            )
            both = total.join(parts, on=[*rest, other], nulls_equal=True).with_columns(said=amount)
            yield from _made("parts", table, both, (*rest, area, "category"), kept, across=across)


def _members(kept: Kept) -> Iterator[Reconciliation]:
    """An office's count of a docket = the cases that were on it then, by their memberships."""
    counts, members = kept.tables.get("docket_counts"), kept.tables.get("docket_memberships")
    if counts is None or members is None:
        return
    counts = counts.filter(pl.col("docket").is_in(members["docket"].unique().implode()))
    for column, day in (("opening", pl.col("period_from") - _DAY), ("closing", pl.col("period_to"))):
        sums = counted_members(counts.with_columns(day=day, said=column), members)
        keys = ("office_id", "docket", "day")
        yield from _made("members", "docket_counts", sums, keys, kept, figure=column)


def _dockets(kept: Kept) -> Iterator[Reconciliation]:
    """Each case is on exactly one docket at a time."""
    members = kept.tables.get("docket_memberships")
    if members is None:
        return
    for what, table, rows in one_docket(members, kept.tables.get("cases")):
        yield Reconciliation("one_docket", table, {"what": what}, 0, rows.height, _places(rows, table, kept))


def _made(
    kind: str, table: str, rows: pl.DataFrame, keys: tuple[str, ...], kept: Kept, **more: str
) -> Iterator[Reconciliation]:
    shown = rows.sort(*keys).select(
        "_file", "_row", pl.col("said", "counted").cast(pl.Float64).round().cast(pl.Int64), *keys
    )
    for file, row, said, counted, *values in shown.iter_rows():
        if said is None or counted is None:
            continue
        where = {key: str(value) for key, value in zip(keys, values, strict=True)} | more
        yield Reconciliation(kind, table, where, said, counted, (Place(kept.files[table][file], row),))


def _places(rows: pl.DataFrame, table: str, kept: Kept) -> tuple[Place, ...]:
    files = kept.files[table]
    return tuple(Place(files[file], row) for file, row in rows.select("_file", "_row").head(5).iter_rows())
