"""One example row of each table: fictional, valid by every declared rule, and referring to each other."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from closeout.records.columns import CASE_NO, OFFICER_NO
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import dataframely as dy

FIRST_DAY = date(2024, 1, 8)
"""A Monday; each date column of a row is a day later than the one before it."""
TWO_ROWS = ("offices", "officers")
"""Tables that others name twice in one row: sender and receiver, maker and second person."""
_OF_CODES = {
    "language": "es",
    "time_zone": "America/New_York",
    "skill": "lang-es",
    "series": "1801",
    "grade": "GS-12",
    "status_code": "8C",
    "area": "TX",
    "country": "GTM",
    "holder_no": "H-1001",
    "standard_set_id": "NDS-2019",
}
# What is left out of a row because it would contradict the rest: a case that is open was not closed.
_LEFT_EMPTY = {
    "cases": ("reopened_on", "closed_on", "closure_reason"),
    "positions": ("abolished_on", "vacant_from"),
    "offices": ("closed_on",),
    "transfers": ("rejected_on", "rejected_reason"),
    "agreements": ("suspended_on", "notice_on", "ended_on"),
    "assignments": ("to_on",),
    "docket_memberships": ("to_on",),
    "exceptions": ("hearing_id",),
    "closure_proposals": ("reversed_on",),
}
# A month whose cases add up: 100 + 12 - 10 = 102.
_OF_NUMBERS = {
    "docket_counts": {"opening": 100, "came_in": 12, "went_out": 10, "closing": 102},
    "training_evaluations": {"level": 1},
    "surveillance_events": {"lot": 100, "sampled": 10, "defects": 1},
}

Cell = str | int | float | bool | date | datetime | None


def example_rows(table: str) -> list[dict[str, Cell]]:
    """Return the example rows of a table, by column; one, or two where others refer to two.

    Raises:
        KeyError: There is no such table.

    """
    return [_row(table, number) for number in range(1, 3 if table in TWO_ROWS else 2)]


def _row(table: str, number: int) -> dict[str, Cell]:
    days = _days()
    named: dict[str, int] = {}
    row: dict[str, Cell] = {}
    for name, column in TABLES[table].columns().items():
        to = TABLES[table].references().get(name, "")
        named[to] = named.get(to, 0) + 1
        if name in _LEFT_EMPTY.get(table, ()) or to == table:
            row[name] = None
        elif to:
            row[name] = key_of(to, 2 if to in TWO_ROWS and named[to] % 2 == 0 else 1)
        elif column.primary_key:
            row[name] = key_of(table, number)
        else:
            row[name] = _cell(table, name, column, days)
    return row


def key_of(table: str, number: int) -> str | int:
    """Return the key of a table's example row."""
    column = TABLES[table].columns()[TABLES[table].key()]
    pattern = getattr(column, "regex", None)
    if pattern is None:
        return number
    if TABLES[table].key() in _OF_CODES:
        return _OF_CODES[TABLES[table].key()]
    if pattern in {CASE_NO, OFFICER_NO}:
        return f"C-{number:06d}" if pattern == CASE_NO else f"S-{1000 + number}"
    return f"{table.replace('_', '-').upper()}-{number}"


def _days() -> Iterator[date]:
    day = FIRST_DAY
    while True:
        yield day
        day += timedelta(days=1)


def _cell(table: str, name: str, column: dy.Column, days: Iterator[date]) -> Cell:
    kind = type(column).__name__
    if kind == "Enum":
        return str(column.categories[0])  # type: ignore[attr-defined]
    if kind == "Date":
        return next(days)
    if kind == "Datetime":
        return datetime.combine(next(days), time(9, 30))
    if kind == "Bool":
        return False
    if kind in {"Int64", "Float64"}:
        return _number(table, name, column)
    return _words(table, name, column)


def _number(table: str, name: str, column: dy.Column) -> int | float:
    if name in _OF_NUMBERS.get(table, {}):
        return _OF_NUMBERS[table][name]
    if name == "fiscal_year":
        return FIRST_DAY.year
    return 1 if type(column).__name__ == "Int64" else 0.5


def _words(table: str, name: str, column: dy.Column) -> str:
    if getattr(column, "max_length", None):
        return f"Example: {table.replace('_', ' ')}"
    if name.endswith("digest"):
        return hashlib.sha256(f"{table}.{name}".encode()).hexdigest()
    return _OF_CODES.get(name, f"{name.replace('_', '-').upper()}-1")
