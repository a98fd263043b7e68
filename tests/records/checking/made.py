"""Small tables that keep every rule, to be broken one cell at a time."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

from closeout.records.checking.check import check
from closeout.records.checking.report import CheckReport, TableReport

AS_OF = date(2026, 6, 30)
Row = dict[str, Any]


def office(office_id: str = "OFF-01", **other: Any) -> Row:
    return {"office_id": office_id, "label": "North office", "time_zone": "America/Chicago"} | other


def officer(officer_no: str = "S-0001", **other: Any) -> Row:
    return {
        "officer_no": officer_no,
        "office_id": "OFF-01",
        "role": "deportation_officer",
        "entered_on": "2020-01-06",
        "active_from": "2020-01-06",
        "contracted_hours": "40",
        "is_converted": "false",
    } | other


def case(case_no: str = "C-000001", **other: Any) -> Row:
    return {
        "case_no": case_no,
        "office_id": "OFF-01",
        "officer_no": "S-0001",
        "docket": "detained",
        "is_detained": "true",
        "state": "open",
        "opened_on": "2025-01-06",
        "has_representation": "false",
        "is_child": "false",
    } | other


def membership(membership_id: int = 1, **other: Any) -> Row:
    return {
        "membership_id": membership_id,
        "case_no": "C-000001",
        "office_id": "OFF-01",
        "docket": "detained",
        "is_detained": "true",
        "from_on": "2025-01-06",
        "reason": "opened",
    } | other


def docket_count(count_id: int = 1, **other: Any) -> Row:
    return {
        "count_id": count_id,
        "office_id": "OFF-01",
        "docket": "detained",
        "period_from": "2025-01-01",
        "period_to": "2025-01-31",
        "opening": 10,
        "came_in": 4,
        "went_out": 3,
        "closing": 11,
    } | other


def program_count(count_id: int, office_id: str, category: str, people: int) -> Row:
    return {
        "count_id": count_id,
        "as_of_on": "2025-01-31",
        "office_id": office_id,
        "category": category,
        "people": people,
    }


def write_csv(folder: Path, table: str, rows: list[Row], *, header: list[str] | None = None) -> Path:
    """Write rows as a CSV file; the header is what any row has, unless given."""
    folder.mkdir(parents=True, exist_ok=True)
    names = header or list(dict.fromkeys(name for row in rows for name in row))
    path = folder / f"{table}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
    return path


def checked(path: Path, **more: Any) -> CheckReport:
    """Check a path and hold the report to the promise that no row is lost."""
    report = check(path, **({"as_of": AS_OF} | more))
    for table in report.tables:
        assert table.accepted + table.quarantined == table.read
        assert table.read == sum(file.taken.rows for file in table.files)
        assert min(table.accepted, table.quarantined) >= 0
    return report


def only(report: CheckReport) -> TableReport:
    (table,) = report.tables
    return table


def table_of(report: CheckReport, name: str) -> TableReport:
    return next(table for table in report.tables if table.table == name)


def rules(table: TableReport) -> dict[tuple[str, str], int]:
    return {(broken.rule, broken.column): broken.rows for broken in table.broken}
