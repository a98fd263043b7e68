"""My day: what an officer owes today, what is late, what comes next, and what waits for others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, F, Min

from closeout.duties.clauses import State
from closeout.web.casework.models import Case, Duty, Officer
from closeout.web.casework.queries.rows import Block, KindCount, Owed, Waiting, owed
from closeout.web.casework.queries.waiting import waits_for_others
from closeout.web.casework.queries.week import Week, week_of

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.casework.models.duty import DutyQuerySet

DAYS_AHEAD = 7


@dataclass(frozen=True, slots=True)
class Overdue:
    """The overdue instances of one duty, oldest first."""

    duty: str
    oldest_due_on: date
    block: Block


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
        first: Rows given at first in each block; the totals count all.

    Raises:
        Officer.DoesNotExist: There is no such officer.

    """
    officer = Officer.objects.get(pk=officer_no)
    mine = Duty.objects.filter(officer_no=officer_no)
    overdue = _overdue(mine, today, first)
    due_today = _block(_due_today(mine, today), today, first, "due_at")
    coming = _coming(mine, today)
    next_days = _block(coming, today, first)
    waiting = waits_for_others(officer_no, officer.office_id, today)
    done = mine.as_of(today).filter(done_on=today).order_by("duty", "pk")
    week = week_of(officer, today)
    return MyDay(
        officer_no=officer_no,
        office_id=officer.office_id,
        today=today,
        counts=DayCounts(
            cases=Case.objects.filter(officer_id=officer_no).exclude(state="closed").count(),
            overdue=sum(group.block.total for group in overdue),
            due_today=due_today.total,
            next_days=next_days.total,
            waiting=len(waiting),
            on_hold=mine.open().filter(state=State.ON_HOLD).count(),
            done_today=done.count(),
        ),
        overdue=overdue,
        due_today=due_today,
        next_days=next_days,
        next_by_duty=tuple(
            KindCount(one["duty"], one["count"], one["oldest"])
            for one in coming.values("duty")
            .annotate(count=Count("pk"), oldest=Min("due_on"))
            .order_by("duty")
        ),
        waiting=waiting,
        done_today=tuple(owed(row, today) for row in done[:first]),
        week=week,
        has_window=any(task.kind == "window" for task in week.tasks),
    )


def _due_today(mine: DutyQuerySet, today: date) -> DutyQuerySet:
    """Return what may still be done today without being overdue: due by today, and not yet too late."""
    return mine.open().exclude(state=State.ON_HOLD).filter(due_on__lte=today, overdue_from__gt=today)


def _coming(mine: DutyQuerySet, today: date) -> DutyQuerySet:
    """Return what falls due in the seven days after today."""
    ahead = today + timedelta(days=DAYS_AHEAD)
    return mine.open().exclude(state=State.ON_HOLD).filter(due_on__gt=today, due_on__lte=ahead)


def _overdue(mine: DutyQuerySet, today: date, first: int) -> tuple[Overdue, ...]:
    """Return the overdue by duty, the duty with the oldest first."""
    kinds = (
        mine.overdue(today)
        .values("duty")
        .annotate(count=Count("pk"), oldest=Min("due_on"))
        .order_by("oldest", "duty")
    )
    return tuple(
        Overdue(
            duty=one["duty"],
            oldest_due_on=one["oldest"],
            block=Block(
                rows=_rows(mine.overdue(today).filter(duty=one["duty"]), today, first), total=one["count"]
            ),
        )
        for one in kinds
    )


def _block(duties: DutyQuerySet, today: date, first: int, *before: str) -> Block:
    """Return the first rows by due date and kind, after `before`, and how many there are."""
    return Block(rows=_rows(duties, today, first, *before), total=duties.count())


def _rows(duties: DutyQuerySet, today: date, first: int, *before: str) -> tuple[Owed, ...]:
    order = [F(column).asc(nulls_last=True) for column in before]
    return tuple(
        owed(row, today) for row in duties.as_of(today).order_by(*order, "due_on", "duty", "pk")[:first]
    )
