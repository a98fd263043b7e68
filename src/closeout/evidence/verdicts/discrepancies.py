"""Discrepancies of contract standards: whether a cause was found and the fix was verified (G3)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from closeout.evidence.statistics.survival import Survival, kaplan_meier
from closeout.evidence.verdicts.reading import known, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir

    from closeout.engines import Engine

_COLUMNS = (
    "discrepancy_id",
    "standard_id",
    "reported_on",
    "root_cause",
    "root_cause_on",
    "action_due_on",
    "action_done_on",
    "verified_on",
)


@dataclass(frozen=True, slots=True)
class Discrepancies:
    """The discrepancies of one standard.

    Attributes:
        reported: How many were reported by the as-of date.
        with_cause: Of these, with an established cause.
        done: Of these, with the corrective action done.
        verified: Of these, with the fix verified by a new sample.
        overdue: Of these, with the action neither done nor due later.
        to_verified: Days from report to verified fix, open ones censored; None where none was reported.

    """

    reported: int = 0
    with_cause: int = 0
    done: int = 0
    verified: int = 0
    overdue: int = 0
    to_verified: Survival | None = None


def discrepancies_by_standard(
    engine: Engine, tables: Mapping[str, ir.Table], as_of: date
) -> dict[str, Discrepancies]:
    """Return the discrepancies of each standard that has any, as known on a day.

    Args:
        engine: Where the tables are.
        tables: The tables by name.
        as_of: The day to stand on; what was reported later is left out, what was done later is not done.

    """
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows_of(engine, tables, "discrepancies", _COLUMNS):
        if row["reported_on"] <= as_of:
            found[row["standard_id"]].append(row)
    return {standard: _counted(rows, as_of) for standard, rows in found.items()}


def _counted(rows: Sequence[Mapping[str, Any]], as_of: date) -> Discrepancies:
    ended: Counter[int] = Counter()
    censored: Counter[int] = Counter()
    for row in rows:
        verified = known(row["verified_on"], as_of)
        days = max(0, ((verified or as_of) - row["reported_on"]).days)
        (ended if verified else censored)[days] += 1
    undone = [row for row in rows if known(row["action_done_on"], as_of) is None]
    return Discrepancies(
        len(rows),
        sum(row["root_cause"] is not None and known(row["root_cause_on"], as_of) is not None for row in rows),
        len(rows) - len(undone),
        sum(ended.values()),
        sum(row["action_due_on"] is not None and row["action_due_on"] < as_of for row in undone),
        kaplan_meier(ended, censored),
    )
