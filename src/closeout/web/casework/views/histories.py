"""What was recorded on a case, as tables: which columns each kind of row shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from closeout.web.casework.codes import plain

if TYPE_CHECKING:
    from closeout.web.casework.queries.case import CaseView


@dataclass(frozen=True, slots=True)
class History:
    """One table of a case's page."""

    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def caption(self) -> str:
        """Return the caption with its count."""
        return f"{self.title}: {len(self.rows)}, newest first"

    @property
    def table_name(self) -> str:
        """Return the table's id, apart from its heading's."""
        return f"{self.name}-table"


SHOWN: tuple[tuple[str, str, str], ...] = (
    ("dockets", "Dockets", "docket office_id from_on to_on reason"),
    ("assignments", "Assignments", "officer_id role from_on to_on reason"),
    (
        "transfers",
        "Transfers",
        "state from_office_id to_office_id requested_on accepted_on rejected_on reason",
    ),
    (
        "closures",
        "Closures",
        "state reason evidence_kind proposed_on proposed_by_id decided_on decided_by_id",
    ),
    ("holds", "Holds", "kind from_on to_on review_on approved_by_id"),
    ("check_ins", "Check-ins", "due_on channel state outcome outcome_on recorded_by_id is_service_issue"),
    ("exceptions", "Exceptions", "kind state arose_on first_attempt_on disposition disposed_on reviewed_on"),
    ("hearings", "Hearings", "scheduled_on calendar medium outcome notice_served_on completed_on"),
    ("verifications", "Verifications", "kind verified_on method result mismatch_code corrected_on"),
    (
        "reviews",
        "File reviews",
        "completed_on reviewer_id checklist_version items defects second_reviewed_on",
    ),
    ("custody_reviews", "Custody reviews", "kind due_on notice_served_on decided_on decision decider_role"),
    (
        "travel_documents",
        "Travel documents",
        "country_id state sent_on decided_on valid_to missing_at_send delay_cause",
    ),
    ("follow_ups", "Follow-ups with missions", "due_on done_on channel result"),
    ("parental_inquiries", "Parental inquiries", "due_on asked_on answer minors is_primary_caretaker"),
    (
        "parental_decisions",
        "Parental decisions",
        "decided_on decision state language interpreter_used signed_kind",
    ),
    ("incidents", "Safeguard incidents", "kind severity detected_on resolved_on"),
    ("inquiries", "Inquiries", "category channel received_on answered_on"),
    (
        "deviations",
        "Check-in intervals outside the policy",
        "days reason set_on set_by_id approved_on approved_by_id",
    ),
    ("departures", "Departures", "kind departed_on recorded_on verified_on"),
    ("statuses", "Statuses", "status_code effective_on recorded_on recorded_by_id"),
)
"""The list of `CaseView`, the table's title, and its columns."""


def histories(view: CaseView) -> list[History]:
    """Return a table for each kind of row that the case has any of."""
    return [
        History(
            name=name.replace("_", "-"),
            title=title,
            heads=tuple(heads(columns.split())),
            rows=tuple(
                tuple(shown(getattr(row, column)) for column in columns.split())
                for row in getattr(view, name)
            ),
        )
        for name, title, columns in SHOWN
        if getattr(view, name)
    ]


def heads(columns: list[str]) -> list[str]:
    """Return the columns' headings; a day that would read like what it is the day of says "on"."""
    found: list[str] = []
    for column in columns:
        words = head(column)
        found.append(f"{words} on" if words in found else words)
    return found


def head(column: str) -> str:
    """Return a column as its heading: `proposed_by_id` is "Proposed by"."""
    words = column.removeprefix("is_").removesuffix("_id")
    return plain(words.removesuffix("_on") if words.endswith("_on") else words).capitalize()


def shown(value: Any) -> str:  # noqa: ANN401 - whatever a column holds
    """Return a value as a cell shows it; an empty one is a dash, never a guess."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return plain(value) if isinstance(value, str) and value.islower() else str(value)
