"""What sets a day apart from the day that a snapshot stands on, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from datetime import date

    from closeout.records.snapshot import Snapshot

_CASES, _OPENED = "cases", "opened_on"


def before_records(snapshot: Snapshot, day: date) -> str:
    """Return a sentence on a day before that of the records; empty for their own day and later ones.

    Where no case had been opened yet it says when the first one was: whatever is counted on such a day
    rests on rows that do not tell since when they are there.
    """
    if day >= snapshot.as_of:
        return ""
    first = _first_case(snapshot)
    if first is None or day >= first:
        return f"the records stand as of {snapshot.as_of}; what happened after {day} is left out"
    return (
        f"{day} lies before the records begin: the first case was opened on {first}; "
        f"take a day from then to {snapshot.as_of}, since little can be concluded of any earlier one"
    )


def _first_case(snapshot: Snapshot) -> date | None:
    """Return the day the first case was opened; None where the cases do not say, or cannot be read."""
    files = snapshot.files(_CASES)
    try:
        found = pl.scan_parquet(files).select(pl.col(_OPENED).min()).collect().item() if files else None
    except (pl.exceptions.PolarsError, OSError):
        return None  # what is wrong with the table is said where it is read
    first: date | None = found
    return first
