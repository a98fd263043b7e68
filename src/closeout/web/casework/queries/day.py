"""My day: what an officer owes today, what is late, what comes next, and what waits for others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.web.casework.queries.rows import Block, KindCount, Owed, Waiting  # noqa: TC001 - for readers

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Overdue:
    """The overdue instances of one duty, oldest first."""

    duty: str
    oldest_due_on: date
    block: Block


@dataclass(frozen=True, slots=True)
class Task:
    """A standing task beside the caseload, or a detail, that takes hours this week."""

    kind: str
    hours: float
    from_on: date
    to_on: date | None
    is_detail: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """An officer's hours from Monday to Sunday.

    `contracted` less `away` (absences), `detail` and `collateral` is `left` for cases, at least 0.
    `entered` are hours already written down this week.
    """

    from_on: date
    to_on: date
    contracted: float
    away: float
    detail: float
    collateral: float
    left: float
    entered: float
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class DayCounts:
    """The counts of the first line."""

    cases: int
    overdue: int
    due_today: int
    next_days: int
    waiting: int
    on_hold: int
    done_today: int


@dataclass(frozen=True, slots=True)
class MyDay:
    """What the page My day shows.

    `overdue` is by duty in the order of the oldest due date; `due_today` by hour where a time is set, then by
    duty; it holds what may still be done today without being overdue. `next_days` are the seven days after
    today. `has_window` says that window duty is among this week's tasks.
    """

    officer_no: str
    office_id: str
    today: date
    counts: DayCounts
    overdue: tuple[Overdue, ...]
    due_today: Block
    next_days: Block
    next_by_duty: tuple[KindCount, ...]
    waiting: tuple[Waiting, ...]
    done_today: tuple[Owed, ...]
    week: Week
    has_window: bool


def my_day(officer_no: str, today: date, *, first: int = 10) -> MyDay:
    """Return what an officer owes.

    Args:
        officer_no: The staff number.
        today: The day, where the office is.
        first: Rows given at first in each block; `more_overdue` and `more_coming` give the others.

    Raises:
        Officer.DoesNotExist: There is no such officer.

    """
    raise NotImplementedError
