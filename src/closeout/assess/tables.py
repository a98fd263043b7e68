"""The results of a run as Parquet: measures by office and period, duties counted, staffing by office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from closeout.assess.plain import result

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from closeout.assess.work import Worked
    from closeout.evidence.measures.measure import Measured, Result
    from closeout.workload.figures import Staffing

MEASURES = pa.schema(
    [
        ("measure", pa.string()),
        ("of", pa.string()),
        ("category", pa.string()),
        ("office_id", pa.string()),
        ("since", pa.string()),
        ("until", pa.string()),
        ("outcome", pa.string()),
        ("value", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("numerator", pa.int64()),
        ("denominator", pa.float64()),
        ("level", pa.float64()),
        ("method", pa.string()),
        ("reason", pa.string()),
        ("verdict", pa.string()),
        ("verdict_words", pa.string()),
    ]
)
"""`of` is `total`, `office`, `series`, or of a breakdown `by` and its name with the `category`."""
DUTIES = pa.schema(
    [
        ("duty", pa.string()),
        ("office_id", pa.string()),
        ("standing", pa.string()),
        ("instances", pa.int64()),
    ]
)
_NEED = ("cases", "owed", "done", "demand_hours", "hours_available", "need_fte", "staff_fte", "gap_fte")
STAFFING = pa.schema(
    [
        ("office_id", pa.string()),
        ("cases", pa.int64()),
        *((name, pa.float64()) for name in _NEED[1:]),
        ("grade", pa.string()),
        ("reason", pa.string()),
    ]
)
"""`office_id` is empty for the nation."""


def write_tables(folder: Path, worked: Worked) -> None:
    """Write the tables into a folder: `measures.parquet`, `duties.parquet`, `staffing.parquet`."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "measures.parquet", MEASURES, [row for each in worked.measured for row in _rows(each)])
    _write(folder / "duties.parquet", DUTIES, worked.duties)
    staffing = worked.beside.staffing
    _write(folder / "staffing.parquet", STAFFING, _staffing(staffing) if staffing else [])


def _rows(each: Measured) -> list[dict[str, Any]]:
    parts: tuple[tuple[str, Sequence[Result]], ...] = (
        ("total", (each.total,)),
        ("office", each.offices),
        ("series", each.series),
        *((f"by {one.by}", one.parts) for one in each.breakdowns),
    )
    return [
        {"measure": each.measure.code, "of": of, "category": one.category, **result(one)}
        for of, results in parts
        for one in results
    ]


def _staffing(made: Staffing) -> list[dict[str, Any]]:
    return [
        {
            "office_id": need.office_id or "",
            **{name: getattr(need, name) for name in _NEED},
            "grade": need.grade.value,
            "reason": need.reason,
        }
        for need in (made.nation, *made.offices)
    ]


def _write(path: Path, schema: pa.Schema, rows: Sequence[Mapping[str, Any]]) -> None:
    columns = {name: [row[name] for row in rows] for name in schema.names}
    pq.write_table(pa.table(columns, schema=schema), path, compression="zstd")
