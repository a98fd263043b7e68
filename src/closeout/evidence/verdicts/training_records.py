"""What the records say an officer completed, and what the attendance sheets show (D5)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.evidence.verdicts.reading import known, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import ibis.expr.types as ir

    from closeout.engines import Engine

_ASSIGNMENTS = (
    "assignment_id",
    "officer_no",
    "requirement_id",
    "state",
    "completed_on",
    "valid_to",
    "exempt_until",
)
_FAILED = frozenset({"failed", "remedial", "disqualified"})


@dataclass(frozen=True, slots=True)
class Done:
    """What the records say of one officer and one requirement on a day.

    Attributes:
        completed_on: The newest completion that still holds; None without one.
        is_exempt: Whether an exemption holds.

    """

    completed_on: date | None = None
    is_exempt: bool = False

    def holds(self, since: date | None) -> bool:
        """Return whether a completion holds, and lies on or after a day if one is given."""
        return self.completed_on is not None and (since is None or self.completed_on >= since)


def on_record(engine: Engine, tables: Mapping[str, ir.Table], as_of: date) -> dict[str, dict[str, Done]]:
    """Return what is on record on a day, by requirement and officer.

    A completion holds when it was not later, was not failed, and its certificate has not run out, whatever
    the state says: a state is not set anew by itself when a certificate lapses.
    """
    found: dict[str, dict[str, Done]] = defaultdict(dict)
    for row in rows_of(engine, tables, "training_assignments", _ASSIGNMENTS):
        completed = known(row["completed_on"], as_of)
        if row["state"] in _FAILED or (row["valid_to"] is not None and row["valid_to"] < as_of):
            completed = None
        is_exempt = row["state"] == "exempt" and (row["exempt_until"] is None or row["exempt_until"] >= as_of)
        before = found[row["requirement_id"]].get(row["officer_no"], Done())
        newest = max((day for day in (before.completed_on, completed) if day), default=None)
        found[row["requirement_id"]][row["officer_no"]] = Done(newest, before.is_exempt or is_exempt)
    return dict(found)


def courses_done(engine: Engine, tables: Mapping[str, ir.Table], as_of: date) -> dict[tuple[str, str], date]:
    """Return when an officer last attended a course with evidence, by officer and course.

    Evidence: present, not failed, and the attendance sheet's digest on file.
    """
    sessions = {
        row["session_id"]: row
        for row in rows_of(engine, tables, "training_sessions", ["session_id", "course_id", "held_on"])
        if row["held_on"] <= as_of
    }
    columns = ["attendance_id", "session_id", "officer_no", "is_present", "has_passed", "evidence_digest"]
    newest: dict[tuple[str, str], date] = {}
    for row in rows_of(engine, tables, "attendance", columns):
        session = sessions.get(row["session_id"])
        if session is None or not row["is_present"] or row["has_passed"] is False:
            continue
        if row["evidence_digest"]:
            key = (row["officer_no"], session["course_id"])
            newest[key] = max(session["held_on"], newest.get(key, session["held_on"]))
    return newest
