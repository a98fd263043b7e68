"""The time studies of a snapshot as frames: what was asked, what was recorded, what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from closeout.records.snapshot import arrow_schema
from closeout.workload.tables import tables_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir

    from closeout.engines.files import Reader
    from closeout.records.snapshot import Snapshot

_TABLES = {
    "entries": "time_entries",
    "studies": "time_studies",
    "samples": "study_samples",
    "moments": "study_moments",
    "officers": "officers",
    "changes": "activity_changes",
    "answers": "sufficiency_answers",
    "estimates": "delphi_estimates",
    "adjustments": "weight_adjustments",
}
_ENTRIES = (
    "entry_id", "officer_no", "office_id", "worked_on", "activity", "minutes", "case_no", "tasks", "study",
)  # fmt: skip
_OFFICERS = ("officer_no", "office_id", "unit_id", "role", "active_from", "active_to", "contracted_hours")


@dataclass(frozen=True, slots=True)
class Records:
    """The tables that a time study rests on; one without rows where the snapshot lacks it."""

    entries: pl.DataFrame
    """Of time studies only, in the order of their keys."""
    studies: pl.DataFrame
    samples: pl.DataFrame
    moments: pl.DataFrame
    officers: pl.DataFrame
    changes: pl.DataFrame
    answers: pl.DataFrame
    estimates: pl.DataFrame
    adjustments: pl.DataFrame
    lacking: tuple[str, ...] = ()
    """Tables that the snapshot lacks."""


def study_tables(engine: Reader, given: Snapshot | Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Return the tables that time studies rest on: those given, or a snapshot's."""
    return tables_in(engine, given)


def read_records(engine: Reader, given: Snapshot | Mapping[str, ir.Table]) -> Records:
    """Return the time studies of a snapshot, or of tables opened already.

    Args:
        engine: Where the tables are.
        given: A snapshot, or its tables.

    """
    tables = study_tables(engine, given)
    frames = {field: _frame(engine, tables, name) for field, name in _TABLES.items()}
    return Records(**frames, lacking=tuple(name for name in _TABLES.values() if name not in tables))


def _frame(engine: Reader, tables: Mapping[str, ir.Table], name: str) -> pl.DataFrame:
    wanted = {"time_entries": _ENTRIES, "officers": _OFFICERS}.get(name, tuple(arrow_schema(name).names))
    if name not in tables:
        empty = arrow_schema(name).empty_table().select(list(wanted))
        return pl.DataFrame(empty)
    table = tables[name].select(*wanted)
    if name == "time_entries":
        table = table.filter(table.study.notnull())
    found = pl.DataFrame(engine.to_arrow(table))
    return found if found[wanted[0]].is_sorted() else found.sort(wanted[0])
