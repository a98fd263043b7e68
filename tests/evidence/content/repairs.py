"""How each planted defect of the example agency is put right: the rows as they would be without it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyarrow as pa

DIGEST = "0" * 64


@dataclass(slots=True)
class Records:
    """Some tables of an agency while rows are put right; what was touched is in `changed`."""

    tables: Mapping[str, pa.Table]
    as_of: date
    changed: dict[str, pl.DataFrame]

    def __getitem__(self, name: str) -> pl.DataFrame:
        if name in self.changed:
            return self.changed[name]
        return pl.DataFrame(pl.from_arrow(self.tables[name]))

    def key(self, name: str) -> str:
        return self.tables[name].column_names[0]

    def of(self, name: str, keys: Iterable[str], column: str = "") -> pl.DataFrame:
        """Return the rows with some keys, given as text."""
        rows = self[name]
        return rows.filter(pl.col(column or self.key(name)).cast(pl.String).is_in(list(keys)))

    def put(self, name: str, keys: Iterable[str], column: str = "", **values: Any) -> None:
        """Write values into the rows with some keys; an expression is worked out over the row."""
        rows = self[name]
        is_one = pl.col(column or self.key(name)).cast(pl.String).is_in(list(keys))
        made = [
            pl.when(is_one)
            .then((value if isinstance(value, pl.Expr) else pl.lit(value)).cast(rows.schema[field]))
            .otherwise(pl.col(field))
            .alias(field)
            for field, value in values.items()
        ]
        self.changed[name] = rows.with_columns(made)

    def add(self, name: str, new: Iterable[Mapping[str, Any]]) -> None:
        """Add rows, each like the first row of its table but for what is given; keys count on."""
        rows, key = self[name], self.key(name)
        like = dict.fromkeys(rows.columns) | REQUIRED.get(name, {})
        last = rows[key].max() if rows.schema[key] == pl.Int64 else None
        made = []
        for number, one in enumerate(new, 1):
            named = {key: last + number} if isinstance(last, int) else {}
            made.append({**like, **named, **one})
        self.changed[name] = pl.concat([rows, pl.DataFrame(made, schema=rows.schema)])


REQUIRED: dict[str, dict[str, Any]] = {
    "exceptions": {
        "attempts": 1, "kind": "missed_check_in", "state": "dispositioned", "disposition": "excused",
    },
    "verifications": {"method": "phone", "result": "confirmed"},
    "file_reviews": {
        "checklist_version": "FR-1", "items": 8, "defects": 0, "sample_basis": "all", "reviewer": "S-00",
    },
    "transfers": {"state": "accepted", "reason": "area_changed"},
    "closure_proposals": {
        "state": "confirmed", "evidence_kind": "agency_record", "evidence_digest": DIGEST,
    },
    "assignments": {"role": "lead", "reason": "new"},
    "custody_reviews": {"kind": "day_90", "decision": "continue", "decider_role": "field_director"},
    "parental_decisions": {
        "information_version": "PI-2.0", "language": "es", "interpreter_used": True,
        "offered_reunification": True, "offered_child_remains": True, "offered_consultation": True,
        "decision": "together", "form_version": "PD-1.1", "signed_kind": "wet", "state": "valid",
    },
    "parental_inquiries": {"answer": "no"},
    "partner_inspections": {"kind": "routine", "is_on_site": True},
    "partner_summaries": {"warrants_served": 1},
    "policy_reviews": {"result": "no_change"},
    "interval_deviations": {"reason": "court_order", "days": 1},
    "training_evaluations": {"level": 1},
    "analysis_reports": {"has_actions": True},
    "small_unit_tasks": {"task": "patrol", "hours_a_year": 100.0},
    "surveillance_events": {"method": "full", "sampled": 50, "defects": 0, "inference_allowed": True},
    "corrective_actions": {"state": "verified"},
    "waivers": {"authority": "DIRECTOR", "reason": "structural", "requested_by": "S-00"},
}  # fmt: skip
"""What rows that are added need besides."""


def day_after(column: str, count: int) -> pl.Expr:
    """Return the day so many days after a column's; before it, if negative."""
    return pl.col(column) + timedelta(days=count)


def at_noon(column: str) -> pl.Expr:
    """Return noon of a column's day."""
    return pl.col(column).cast(pl.Datetime("us")) + timedelta(hours=12)
