"""What no weight rests on, in a line for each reason: which diary entries and decisions, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from closeout.workload.study.faults import WHY, Fault
from closeout.workload.weights import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from closeout.workload.activities import Activity
    from closeout.workload.study.check import Checked
    from closeout.workload.study.read import Records

_NAMED = 3
_SHOWN = {
    Fault.UNKNOWN_ACTIVITY: "activity",
    Fault.UNKNOWN_OFFICER: "officer_no",
    Fault.STUDY_UNKNOWN: "study",
}
"""Of which faults an entry's own words are shown: what is unknown."""


def refused_entries(checked: Checked) -> tuple[str, ...]:
    """Return what a check of time studies refused, a line for each fault, in the order of their names.

    Args:
        checked: As `check_studies` returns it.

    Returns:
        First a line where nothing can be used at all; then
        "time_entries 1, 2, 3 and 40 more: why and what to do (activity is lunch)": the first three keys, and
        up to three of the words that are unknown.

    """
    none = ""
    if checked.good.is_empty():
        of = f" of {checked.refused.height:,}" if checked.refused.height else ""
        none = (
            f"time_entries: none{of} can be used, so duties take the minutes that experts gave; keep diaries"
        )
    made = []
    by_fault = checked.refused.select("entry_id", "fault", *_SHOWN.values())
    for (fault,), rows in by_fault.group_by("fault", maintain_order=True):
        found = Fault(str(fault))
        column = _SHOWN.get(found)
        shown = f" ({column} is {_some(rows[column])})" if column else ""
        made.append((found, f"time_entries {_some(rows['entry_id'])}: {WHY[found]}{shown}"))
    return tuple(line for line in (none, *(line for _, line in sorted(made))) if line)


def unlisted_rows(records: Records, activities: Sequence[Activity]) -> tuple[str, ...]:
    """Return decisions and estimates of activities that the pack's list lacks, a line for each table."""
    listed = [one.code for one in activities]
    made = []
    for table, key, rows in (
        ("weight_adjustments", "adjustment_id", records.adjustments),
        ("delphi_estimates", "estimate_id", records.estimates),
        ("sufficiency_answers", "answer_id", records.answers),
    ):
        lost = rows.filter(~rows["activity"].is_in(listed))
        if lost.height:
            why = f"{WHY[Fault.UNKNOWN_ACTIVITY]} (activity is {_some(lost['activity'])})"
            made.append(f"{table} {_some(lost[key])}: {why}")
    return tuple(made)


def without_cases(diary: pa.Table, activities: Sequence[Activity]) -> tuple[str, ...]:
    """Return a line where minutes a case and month were recorded, and nobody is on record as leading a case.

    Args:
        diary: As `shapes.DIARY`.
        activities: The pack's list.

    """
    stock = [one.code for one in activities if one.unit is Unit.CASE_MONTH]
    rows = pl.DataFrame(diary).filter(pl.col("activity").is_in(stock))
    if not rows["minutes"].sum() or rows["tasks"].sum():
        return ()
    said = (
        "assignments: nobody is on record as leading a case in the weeks recorded, so work measured a case "
        "and month takes the minutes that experts gave; add who led which case"
    )
    return (said,)


def _some(values: pl.Series) -> str:
    """Return the first different values in their order, and how many more there are."""
    kept = values.drop_nulls().unique().sort()
    said = ", ".join(str(one) for one in kept.head(_NAMED))
    return said + (f" and {len(kept) - _NAMED:,} more" if len(kept) > _NAMED else "")
