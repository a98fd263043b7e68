"""The accepted columns that reconciliations need, kept in memory while the tables go by."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from closeout.records.checking.chunks import ROW
from closeout.records.checking.keys import numbers_of
from closeout.records.checking.tally import AT, FILE
from closeout.records.tables import TABLES

_COLUMNS = {
    "docket_counts": (
        "office_id",
        "docket",
        "period_from",
        "period_to",
        "opening",
        "came_in",
        "went_out",
        "closing",
    ),
    "program_counts": ("as_of_on", "office_id", "category", "people"),
    "published_counts": ("kind", "as_of_on", "area", "category", "amount"),
    "docket_memberships": ("case_no", "office_id", "docket", "from_on", "to_on", "reason"),
    "cases": ("case_no", "docket", "state"),
}
KEPT = {table: columns for table, columns in _COLUMNS.items() if table in TABLES}
CASE = "case_no"


@dataclass(slots=True)
class Kept:
    """The kept columns by table, with the place of each row. Case numbers are kept as numbers of 64 bits."""

    tables: dict[str, pl.DataFrame] = field(default_factory=dict)
    files: dict[str, list[str]] = field(default_factory=dict)
    _parts: list[pl.DataFrame] = field(default_factory=list)

    def wants(self, table: str) -> tuple[str, ...]:
        """Return the columns to keep."""
        return KEPT.get(table, ())

    def accept(self, table: str, rows: pl.DataFrame) -> None:
        """Take accepted rows."""
        if table not in KEPT:
            return
        part = rows.select(AT, FILE, pl.col(ROW).cast(pl.UInt32), *KEPT[table])
        if CASE in part.columns:
            part = part.with_columns(pl.Series(CASE, numbers_of(part[CASE])))
        self._parts.append(part)

    def refuse(self, table: str, rows: pl.DataFrame) -> None:
        """Leave refused rows alone."""

    def close(self, table: str, files: list[str], late: pl.DataFrame) -> None:
        """End a table, without the rows that are quarantined after all."""
        if table not in KEPT:
            return
        if self._parts:
            rows = pl.concat(self._parts)
            self.tables[table] = rows.join(late, on=AT, how="anti") if late.height else rows
            self.files[table] = files
        self._parts = []
