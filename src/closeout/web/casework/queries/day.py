"""My day: what an officer owes today, what is late, what comes next, and what waits for others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Min, Q, Window
from django.db.models.functions import RowNumber

from closeout.duties.clauses import State
from closeout.web.casework.models import Case, Duty, Office, Officer
from closeout.web.casework.queries.rows import Block, KindCount, Owed, Waiting, owed
from closeout.web.casework.queries.waiting import waits_for_others
from closeout.web.casework.queries.week import Week, week_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from closeout.web.casework.models.duty import DutyQuerySet

DAYS_AHEAD = 7
_MOVING = ~Q(state=State.ON_HOLD)
"""Of the open ones. The counts name no column that the index of open duties lacks, and read it alone."""


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


@dataclass(frozen=True, slots=True)
class _Kind:
    """How many open instances of one duty are in which block, and the first due dates among them."""

    duty: str
    overdue: int
    oldest_on: date | None
    due: int
    coming: int
    next_on: date | None


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
    owes = mine.open()
    kinds = _kinds(owes, today)
    waiting = waits_for_others(officer_no, officer.office_id, today)
    done, done_today = _done(mine, today, first)
    week = week_of(officer, today)
    overdue = _overdue(owes, kinds, today, first)
    due_today = _block(owes.filter(_is_due(today)), sum(kind.due for kind in kinds), today, first, "due_at")
    next_days = _block(owes.filter(_is_coming(today)), sum(kind.coming for kind in kinds), today, first)
    return MyDay(
        officer_no=officer_no,
        office_id=officer.office_id,
        today=today,
        counts=DayCounts(
            cases=_open_cases(officer_no),
            overdue=sum(kind.overdue for kind in kinds),
            due_today=due_today.total,
            next_days=next_days.total,
            waiting=len(waiting),
            on_hold=owes.filter(state=State.ON_HOLD).count(),
            done_today=done_today,
        ),
        overdue=overdue,
        due_today=due_today,
        next_days=next_days,
        next_by_duty=tuple(KindCount(kind.duty, kind.coming, kind.next_on) for kind in kinds if kind.coming),
        waiting=waiting,
        done_today=done,
        week=week,
        has_window=any(task.kind == "window" for task in week.tasks),
    )


def _open_cases(officer_no: str) -> int:
    """Return how many cases an officer leads; all offices are named for the index of open cases."""
    cases = Case.objects.filter(office__in=Office.objects.values("pk"), officer_id=officer_no, closed_on=None)
    return cases.count()


def _is_overdue(today: date) -> Q:
    """Say which are overdue: the rule of `DutyQuerySet.overdue`; all are due, as the index has them."""
    return _MOVING & Q(overdue_from__lte=today, due_on__lte=today)


def _is_due(today: date) -> Q:
    """Say what may still be done today without being overdue: due by today, and not yet too late."""
    return _MOVING & Q(due_on__lte=today, overdue_from__gt=today)


def _is_coming(today: date) -> Q:
    """Say what falls due in the seven days after today."""
    return _MOVING & Q(due_on__gt=today, due_on__lte=_ahead(today))


def _ahead(today: date) -> date:
    return today + timedelta(days=DAYS_AHEAD)


def _kinds(owes: DutyQuerySet, today: date) -> list[_Kind]:
    """Return by duty what an officer's open instances count to, up to the last day shown."""
    overdue, coming = _is_overdue(today), _is_coming(today)
    counted = (
        owes.filter(due_on__lte=_ahead(today))
        .values("duty")
        .annotate(
            overdue=Count("pk", filter=overdue),
            oldest_on=Min("due_on", filter=overdue),
            due=Count("pk", filter=_is_due(today)),
            coming=Count("pk", filter=coming),
            next_on=Min("due_on", filter=coming),
        )
    )
    return [_Kind(**one) for one in counted.order_by("duty")]


def _overdue(owes: DutyQuerySet, kinds: Iterable[_Kind], today: date, first: int) -> tuple[Overdue, ...]:
    """Return the overdue by duty, the duty with the oldest first; the oldest of all duties in one query."""
    late = [(kind.oldest_on, kind) for kind in kinds if kind.oldest_on]
    rows: dict[str, list[Owed]] = {kind.duty: [] for _, kind in late}
    place = Window(RowNumber(), partition_by="duty", order_by=["due_on", "pk"])
    oldest = owes.filter(_is_overdue(today)).annotate(place=place).filter(place__lte=first).values("pk")
    for row in _rows(oldest[: first * len(late)], today).order_by("duty", "due_on", "pk") if late else ():
        rows[row.duty].append(owed(row, today))
    return tuple(
        Overdue(kind.duty, oldest_on, Block(tuple(rows[kind.duty]), kind.overdue))
        for oldest_on, kind in sorted(late, key=lambda one: (one[0], one[1].duty))
    )


def _done(mine: DutyQuerySet, today: date, first: int) -> tuple[tuple[Owed, ...], int]:
    """Return what was done today by kind, and how many there are."""
    done = mine.as_of(today).filter(done_on=today).annotate(of=Window(Count("pk"))).order_by("duty", "pk")
    rows = list(done[:first])
    return tuple(owed(row, today) for row in rows), rows[0].of if rows else 0  # type: ignore[attr-defined]


def _block(duties: DutyQuerySet, total: int, today: date, first: int, *before: str) -> Block:
    """Return the first rows by due date and kind, after `before`, with how many there are."""
    if not total:
        return Block((), 0)
    order = [F(column).asc(nulls_last=True) for column in before] + [F("due_on"), F("duty"), F("pk")]
    rows = _rows(duties.order_by(*order).values("pk")[:first], today).order_by(*order)
    return Block(tuple(owed(row, today) for row in rows), total)


def _rows(keys: QuerySet[Any], today: date) -> DutyQuerySet:
    """Return the rows of a few keys: those are found in the index, and only their rows are fetched."""
    return Duty.objects.as_of(today).filter(pk__in=keys)
