"""Rows that a check must keep apart, in CSV files beside the snapshot's own parts.

The manifest does not list the files among the tables, so whoever reads the snapshot never sees them;
`closeout check` reads the folder and does.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from closeout.records.snapshot import Snapshot

FILE = "part-900.csv"
_NEW_KEY = 900_000_000
Change = dict[str, Any]
_CHANGES: dict[str, tuple[tuple[str, Change], ...]] = {
    "cases": (
        ("a docket that there is not", {"docket": "unknown"}),
        ("a case number of another form", {"case_no": "12345"}),
        ("a date that is none", {"opened_on": "2025-13-45"}),
        ("no date of opening", {"opened_on": None}),
        ("closed without a reason", {"closed_on": "2026-01-15", "closure_reason": None}),
        ("an office that there is not", {"office_id": "F99"}),
    ),
    "check_ins": (
        ("a case that there is not", {"case_no": "C-00000000"}),
        ("a day of outcome long after the as-of date", {"outcome_on": "2099-01-01"}),
        ("a window of less than nothing", {"window_days": -1}),
        ("neither yes nor no", {"is_service_issue": "perhaps"}),
    ),
    "transfers": (
        ("accepted before it was requested", {"requested_on": "2026-02-02", "accepted_on": "2026-02-01"}),
        ("to the office it comes from", {"to_office_id": "F01", "from_office_id": "F01"}),
    ),
    "absences": (("it ends before it begins", {"from_on": "2026-03-02", "to_on": "2026-03-01"}),),
    "time_entries": (("minutes of less than nothing", {"minutes": -30}),),
    "positions": (("a role that there is not", {"role": "astronaut"}),),
}


def write_bad_rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Write the bad rows into a snapshot's folder and return where each is and what is wrong with it.

    Args:
        snapshot: A snapshot whose tables have rows.

    Returns:
        A row of the list for each: `file`, `row` (from 1, the header not counted), `table`, `wrong`.

    """
    said = []
    for table, changes in _CHANGES.items():
        sound = pq.ParquetFile(snapshot.files(table)[0]).read_row_group(0).slice(0, 1).to_pylist()[0]
        rows = [_bad(table, sound, place) | change for place, (_, change) in enumerate(changes)]
        path = snapshot.folder / table / FILE
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(sound), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        for place, (wrong, _) in enumerate(changes, 1):
            said.append({"file": f"{table}/{FILE}", "row": place, "table": table, "wrong": wrong})
    return said


def _bad(table: str, sound: dict[str, Any], place: int) -> dict[str, Any]:
    """Return a sound row under a key of its own, as text."""
    key = TABLES[table].key()
    own = _NEW_KEY + place if isinstance(sound[key], int) else f"{sound[key][:2]}BAD0000{place}"
    return {name: _text(value) for name, value in sound.items()} | {key: own}


def _text(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value
