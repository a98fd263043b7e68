"""What is wrong with the loads of a rebalancing, each with the rows that it is about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from closeout.assignment.shapes import CASES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from closeout.assignment.shapes import Loads

_HOURS_A_MONTH = 744
_MINUTES_A_MONTH = _HOURS_A_MONTH * 60
_NAMED = 5


class LoadsError(ValueError):
    """Loads that cannot be shared out; the message names the rows and what to do."""


def check_loads(loads: Loads) -> None:
    """Refuse loads that contradict themselves.

    Raises:
        LoadsError: Columns are missing; an officer or a case is given twice, or an officer in two offices;
            hours or minutes are negative, no number, or more than a month has; a case is led by someone
            who is not among the officers.

    """
    if missing := [name for name in CASES.names if name not in loads.cases.column_names]:
        msg = f"the cases lack the columns {', '.join(missing)}"
        raise LoadsError(msg)
    if faults := [*_officer_faults(loads), *_case_faults(loads.cases), *_unknown(loads)]:
        raise LoadsError("; ".join(faults))


def _officer_faults(loads: Loads) -> Iterator[str]:
    offices: dict[str, set[str]] = {}
    for who in loads.officers:
        offices.setdefault(who.officer_no, set()).add(who.office_id)
    for officer_no, where in sorted(offices.items()):
        if len(where) > 1:
            yield (
                f"officer {officer_no} is in offices {', '.join(sorted(where))}: give the home office only, "
                "and a detail as hours"
            )
    times = Counter((who.officer_no, who.office_id) for who in loads.officers)
    if twice := sorted(officer_no for (officer_no, _), n in times.items() if n > 1):
        yield f"given twice: officer {_some(twice)}; leave one row each"
    wrong = sorted(who.officer_no for who in loads.officers if not 0 <= who.hours <= _HOURS_A_MONTH)
    if wrong:
        yield f"hours a month outside 0 to {_HOURS_A_MONTH}: officer {_some(wrong)}; correct the ledger"


def _case_faults(cases: pa.Table) -> Iterator[str]:
    for name in ("case_no", "office_id", "minutes_a_month", "is_child"):
        if cases[name].null_count:
            yield f"{name} is empty in {cases[name].null_count:,} of the cases; fill it in"
            return
    minutes = cases["minutes_a_month"].to_numpy()
    wrong = np.flatnonzero(~((minutes >= 0) & (minutes <= _MINUTES_A_MONTH)))
    if wrong.size:
        named = cases["case_no"].take(pa.array(wrong[:_NAMED])).to_pylist()
        more = "" if wrong.size <= _NAMED else f" and {wrong.size - _NAMED:,} more"
        yield f"minutes a month outside 0 to {_MINUTES_A_MONTH}: case {', '.join(named)}{more}"
    if not _is_rising(cases["case_no"]) and pc.count_distinct(cases["case_no"]).as_py() < len(cases):
        counts = cases["case_no"].value_counts()
        twice = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
        yield f"given twice: case {_some(sorted(twice.to_pylist()))}; leave one row each"


def _is_rising(column: pa.ChunkedArray) -> bool:
    """Say whether each value is above the one before, as in a snapshot: then none is there twice."""
    return bool(pc.all(pc.less(column.slice(0, max(0, len(column) - 1)), column.slice(1))).as_py())


def _unknown(loads: Loads) -> Iterator[str]:
    known = {who.officer_no for who in loads.officers}
    found = loads.cases["officer_no"].unique().to_pylist()
    if unknown := sorted(one for one in found if one is not None and one not in known):
        yield (
            f"cases are led by {_some(unknown)}, who is not among the officers; "
            "add a row, with 0 hours if the officer has left"
        )


def _some(names: Sequence[str]) -> str:
    more = "" if len(names) <= _NAMED else f" and {len(names) - _NAMED:,} more"
    return ", ".join(names[:_NAMED]) + more
