"""The diary entries that no weight rests on, in a line for each reason: which, how many, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.workload.study.faults import WHY, Fault

if TYPE_CHECKING:
    import polars as pl

    from closeout.workload.study.check import Checked

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


def _some(values: pl.Series) -> str:
    """Return the first different values in their order, and how many more there are."""
    kept = values.drop_nulls().unique().sort()
    said = ", ".join(str(one) for one in kept.head(_NAMED))
    return said + (f" and {len(kept) - _NAMED:,} more" if len(kept) > _NAMED else "")
