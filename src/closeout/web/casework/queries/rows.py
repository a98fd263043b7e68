"""The values that several pages show: a duty that is owed, and what waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.duties.clauses import State

if TYPE_CHECKING:
    from datetime import date, datetime

    from closeout.web.casework.models import Duty


@dataclass(frozen=True, slots=True)
class Owed:
    """One instance of a duty as of a day.

    `days_late` is calendar days past the due date (grace is not taken off); None unless overdue.
    `pk` is the row's key in the site's duty table; None where the instance was worked out anew.
    """

    pk: int | None
    duty: str
    subject_table: str
    subject: str
    sequence: int
    case_no: str | None
    office_id: str | None
    officer_no: str | None
    opened_on: date
    opens_on: date | None
    due_on: date | None
    due_at: datetime | None
    last_day: date | None
    done_on: date | None
    ended_on: date | None
    state: State
    reason: str
    rule: str
    days_held: int
    days_late: int | None


@dataclass(frozen=True, slots=True)
class Block:
    """The first rows of a list by due date, with how many there are in all.

    `next_key` is what to ask for the following rows with; empty when these are the last.
    """

    rows: tuple[Owed, ...]
    total: int
    next_key: str = ""


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many instances of one duty there are, and since when the oldest is due."""

    duty: str
    count: int
    oldest_due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for another person.

    `kind` is `transfer`, `closure`, `interval` or `exception`; `pk` the row's key in that table;
    `waits_for` an office code, a role, or whose explanation.
    """

    kind: str
    pk: int
    case_no: str
    since_on: date
    days: int
    waits_for: str
    asked_by: str | None = None
    reason: str = ""
    until_on: date | None = None


def owed(row: Duty, day: date) -> Owed:
    """Return a row of the duty table as of a day; the row must come from `Duty.objects.as_of(day)`."""
    state = State(row.state_then)  # type: ignore[attr-defined]
    late = state is State.OVERDUE and row.due_on is not None
    return Owed(
        pk=row.pk,
        duty=row.duty,
        subject_table=row.subject_table,
        subject=row.subject,
        sequence=row.sequence,
        case_no=row.case_no,
        office_id=row.office_id,
        officer_no=row.officer_no,
        opened_on=row.opened_on,
        opens_on=row.opens_on,
        due_on=row.due_on,
        due_at=row.due_at,
        last_day=row.last_day,
        done_on=row.done_on,
        ended_on=row.ended_on,
        state=state,
        reason=row.reason,
        rule=row.rule,
        days_held=row.days_held,
        days_late=(day - row.due_on).days if late and row.due_on else None,
    )
