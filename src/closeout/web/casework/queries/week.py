"""An officer's week: the hours of the contract, and what takes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, Sum

from closeout.web.casework.models import Absence, CollateralDuty, Detail, TimeEntry

if TYPE_CHECKING:
    from closeout.web.casework.models import Officer

WORKING_DAYS = 5
MINUTES = 60


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


def week_of(officer: Officer, today: date) -> Week:
    """Return an officer's week from Monday to Sunday around a day.

    A detail takes the contracted hours of each working day it covers; a standing task its hours a week,
    by the share of the working days left beside details; an absence its own hours a day.
    """
    monday = today - timedelta(days=today.weekday())
    sunday = monday + timedelta(days=6)
    contracted = officer.contracted_hours
    details = [
        Task(
            row.kind,
            contracted * _days(row.from_on, row.to_on, monday) / WORKING_DAYS,
            row.from_on,
            row.to_on,
            is_detail=True,
        )
        for row in Detail.objects.filter(officer=officer, from_on__lte=sunday, to_on__gte=monday)
    ]
    detail = min(contracted, sum(task.hours for task in details))
    standing = [
        Task(row.kind, row.hours_a_week, row.from_on, row.to_on)
        for row in CollateralDuty.objects.filter(
            Q(to_on=None) | Q(to_on__gte=monday), officer=officer, from_on__lte=sunday
        )
    ]
    there = 1 - detail / contracted if contracted else 0
    collateral = sum(task.hours for task in standing) * there
    away = sum(
        row.hours_a_day * _days(row.from_on, row.to_on, monday)
        for row in Absence.objects.filter(officer=officer, from_on__lte=sunday, to_on__gte=monday)
    )
    entered = TimeEntry.objects.filter(officer=officer, worked_on__range=(monday, sunday)).aggregate(
        minutes=Sum("minutes")
    )["minutes"]
    return Week(
        from_on=monday,
        to_on=sunday,
        contracted=contracted,
        away=away,
        detail=detail,
        collateral=collateral,
        left=max(0.0, contracted - away - detail - collateral),
        entered=(entered or 0) / MINUTES,
        tasks=(*details, *standing),
    )


def _days(from_on: date, to_on: date, monday: date) -> int:
    """Return how many of the week's working days, from Monday to Friday, lie in a range of days."""
    return sum(from_on <= monday + timedelta(days=offset) <= to_on for offset in range(WORKING_DAYS))
