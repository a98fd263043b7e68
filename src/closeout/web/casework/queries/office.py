"""Office: what the offices owe in total, duty by duty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q, Sum

from closeout.duties.clauses import State
from closeout.web.casework.models import Case, DutyCount, Office, Officer, SubjectCount
from closeout.web.casework.queries.unit import Share

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

PERIOD_DAYS = 60
"""The site keeps closed instances for sixty days; older ones are the engine's to list."""
DONE = (State.DONE, State.DONE_LATE)


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty of an office in total.

    `timeliness`: done by due date plus grace, of what fell due in the period. `currency`: subjects without an
    overdue instance, of all subjects with an open one. `backlog` counts overdue instances at the as-of date;
    `oldest_days` is the age of the oldest.
    """

    duty: str
    timeliness: Share
    currency: Share
    backlog: int
    oldest_days: int | None
    upcoming: int
    due: int
    on_hold: int
    no_basis: int


@dataclass(frozen=True, slots=True)
class OfficeView:
    """What the page Office shows."""

    office_id: str
    label: str
    today: date
    period_from: date
    open_cases: int
    officers: int
    lines: tuple[DutyLine, ...]


def office(office_id: str, today: date) -> OfficeView:
    """Return what an office owes in total; timeliness is over the last sixty days, which the site keeps.

    Raises:
        Office.DoesNotExist: There is no such office.

    """
    place = Office.objects.get(pk=office_id)
    since = today - timedelta(days=PERIOD_DAYS)
    officers = Officer.objects.filter(Q(active_to=None) | Q(active_to__gte=today), office_id=office_id)
    return OfficeView(
        office_id=office_id,
        label=place.label,
        today=today,
        period_from=since,
        open_cases=Case.objects.filter(office_id=office_id, closed_on=None).count(),
        officers=officers.count(),
        lines=tuple(_line(one, today) for one in _counted(office_id, since, today)),
    )


def _counted(office_id: str, since: date, today: date) -> Iterable[dict[str, Any]]:
    """Yield the counts of each duty of an office, from the tables of counts."""
    moving = Q(is_open=True) & ~Q(state=State.ON_HOLD)
    overdue = moving & Q(overdue_from__lte=today)
    ended = Q(state__in=DONE) | overdue | Q(is_missed=True)
    fell_due = Q(last_day__range=(since, today - timedelta(days=1))) & ended
    here = DutyCount.objects.filter(office_id=office_id)
    counts = (
        here.values("duty")
        .annotate(
            all=_rows(),
            fell_due=_rows(fell_due),
            in_time=_rows(fell_due & Q(state=State.DONE)),
            backlog=_rows(overdue),
            due=_rows(moving & Q(opens_on__lte=today, overdue_from__gt=today)),
            upcoming=_rows(moving & Q(opens_on__gt=today, overdue_from__gt=today)),
            on_hold=_rows(Q(is_open=True, state=State.ON_HOLD)),
            no_basis=_rows(Q(state=State.NO_BASIS)),
        )
        .filter(all__gt=0)
        .order_by("duty")
    )
    subjects, oldest = _subjects(office_id, today), _oldest(here.filter(overdue))
    for one in counts:
        behind, of = subjects.get(one["duty"], (0, 0))
        yield {**one, "behind": behind, "open": of, "oldest": oldest.get(one["duty"])}


def _rows(of: Q | None = None) -> Sum:
    return Sum("rows", filter=of, default=0)


def _subjects(office_id: str, today: date) -> dict[str, tuple[int, int]]:
    """Return by duty how many subjects have an overdue instance, of how many with an open one."""
    counted = SubjectCount.objects.filter(office_id=office_id).values_list("duty")
    annotated = counted.annotate(behind=_rows(Q(behind_from__lte=today)), of=_rows())
    return {duty: (behind, of) for duty, behind, of in annotated.order_by()}


def _oldest(overdue: QuerySet[DutyCount]) -> dict[str, date]:
    """Return the earliest due date by duty; days whose counts cancel out have no duty left."""
    by_day = overdue.filter(due_on__isnull=False).values_list("duty", "due_on").annotate(left=_rows())
    # The latest first: the earliest is what stays.
    return {duty: day for duty, day, _ in by_day.filter(left__gt=0).order_by("-due_on")}


def _line(one: dict[str, Any], today: date) -> DutyLine:
    return DutyLine(
        duty=one["duty"],
        timeliness=Share(one["in_time"], one["fell_due"]),
        currency=Share(one["open"] - one["behind"], one["open"]),
        backlog=one["backlog"],
        oldest_days=(today - one["oldest"]).days if one["oldest"] else None,
        upcoming=one["upcoming"],
        due=one["due"],
        on_hold=one["on_hold"],
        no_basis=one["no_basis"],
    )
