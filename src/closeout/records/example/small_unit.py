"""The small unit: its mission's tasks, its recruiting, and what its members were told of a change."""

# ruff: noqa: PLR2004 - the numbers are the made-up figures themselves

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from closeout.records.example.arrays import on
from closeout.records.example.fiscal import quarter_starts
from closeout.records.example.offices import SPECIAL_OFFICE, SPECIAL_UNIT, codes
from closeout.records.example.posts import roles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.records.example.agency import Agency
    from closeout.records.example.defects import Plants

_TASKS = {
    "patrol": 18_000.0,
    "tracking": 9_500.0,
    "liaison": 2_400.0,
    "training": 1_900.0,
    "maintenance": 1_300.0,
}
_STAGES = ("announced", "applied", "screened", "interviewed", "offered", "entered", "trained")
_QUARTERS = 5


def unit_id() -> str:
    """Return the small unit's code."""
    return f"{codes()[SPECIAL_OFFICE]}-{SPECIAL_UNIT}"


def task_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield the mission's tasks and hours, worked out once, years ago."""
    plants.note("small-unit-need-not-assessed", [unit_id()])
    for number, (task, hours) in enumerate(_TASKS.items(), 1):
        yield {
            "task_id": number,
            "unit_id": unit_id(),
            "task": task,
            "hours_a_year": hours,
            "skill": "tracking" if task == "tracking" else None,
            "assessed_on": on(agency.as_of - 1_000),
        }


def recruitment_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield the stages of recruiting by quarter; the later stages' milestones were missed."""
    numbers = count(1)
    for back in range(_QUARTERS, -1, -1):
        starts = quarter_starts(agency.as_of, back)
        for place, stage in enumerate(_STAGES):
            number = next(numbers)
            due = quarter_starts(agency.as_of, back - 1) - 1
            target = max(1, 40 // (place + 1))
            is_missed = place >= 5 and back > 1
            is_known = due <= agency.as_of and back > 0
            if is_missed:
                plants.note("recruitment-milestone-missed", [number])
            yield {
                "stage_id": number,
                "unit_id": unit_id(),
                "office_id": codes()[SPECIAL_OFFICE],
                "stage": stage,
                "quarter_from": on(starts),
                "target": target,
                "reached": (0 if is_missed else target) if is_known else None,
                "median_days": 20.0 + 15 * place,
                "milestone_due_on": on(due),
                "met_on": on(due - 5) if is_known and not is_missed else None,
            }


def statement_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield the statements owed to the members; a third was never delivered."""
    members = [place for place, role in enumerate(roles(agency)) if role == "special_unit"]
    for number, place in enumerate(members, 1):
        owed = agency.as_of - 300
        is_missing = number % 3 == 0
        if is_missing:
            plants.note("worker-statement-undelivered", [number])
        yield {
            "statement_id": number,
            "officer_no": agency.officer_no(place),
            "unit_id": unit_id(),
            "office_id": codes()[SPECIAL_OFFICE],
            "subject": "reclassification",
            "owed_from": on(owed),
            "delivered_on": None if is_missing else on(owed + 20 + number),
            "acknowledged_on": on(owed + 40 + number) if number % 3 == 1 else None,
            "tables_version": "T-1" if not is_missing else None,
        }
