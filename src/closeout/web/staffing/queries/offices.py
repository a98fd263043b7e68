"""All offices: where hours fall short, and how sure that is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.records.columns import CODE
from closeout.web.staffing.confidence import USUAL, chosen, need_at
from closeout.web.staffing.models.runs import StaffingOffice
from closeout.web.staffing.results import read
from closeout.workload.figures import Need
from closeout.workload.intervals import Interval

if TYPE_CHECKING:
    from datetime import date

from closeout.web.staffing.models.runs import StaffingRun


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """One office in the list. Hours are a month; what cannot be given is None, and `reason` says why."""

    office_id: str
    label: str
    demand_hours: float | None
    hours_available: float
    need_fte: float | None
    staff_fte: float
    gap_fte: float | None
    pressure: float | None
    probability_short: float | None
    grade: str
    observed_to: date | None
    flags: tuple[str, ...]
    reason: str
    demand: Interval | None
    need: Interval | None
    gap: Interval | None
    ratio: Interval | None

    @property
    def has_page(self) -> bool:
        """Say whether it is an office; work that belongs to none has a line and no page."""
        return re.fullmatch(CODE, self.office_id) is not None


_COLUMNS = tuple(name for name in OfficeLine.__slots__ if name not in {"demand", "need", "gap", "ratio"})


def office_lines(run: StaffingRun, confidence: int = USUAL) -> tuple[OfficeLine, ...]:
    """Return the offices of a run in the order of their names, intervals at a confidence in percent."""
    rows = StaffingOffice.objects.filter(run=run).values(*_COLUMNS, "intervals")
    return tuple(_line(row, confidence) for row in rows.order_by("label", "office_id"))


def nation(run: StaffingRun, confidence: int = USUAL) -> Need:
    """Return the nation's figures of a run, intervals at a confidence in percent."""
    return need_at(read(Need, run.result["nation"]), confidence)


def _line(row: dict[str, object], confidence: int) -> OfficeLine:
    said = row.pop("intervals")
    kept = {name: Interval(**one) for name, one in (said.items() if isinstance(said, dict) else ())}
    found = chosen(kept, confidence)
    row["flags"] = tuple(row["flags"])  # type: ignore[arg-type]
    return OfficeLine(
        **row,  # type: ignore[arg-type]
        demand=found.get("demand_hours"),
        need=found.get("need_fte"),
        gap=found.get("gap_fte"),
        ratio=found.get("pressure"),
    )
