"""Unit: the officers of an office with what is due, and what waits for the supervisor."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min, Q

from closeout.duties.clauses import State
from closeout.web.casework.models import Case, CheckIn, Duty, Office, Officer
from closeout.web.casework.queries.rows import KindCount, Waiting
from closeout.web.casework.queries.waiting import approvals_of, exception, exceptions_of

if TYPE_CHECKING:
    from collections.abc import Iterable

FAULTS_OVER_DAYS = 180
NOT_HELD = (
    "rescheduled_by_office",
    "rescheduled_by_person",
    "missed",
    "excused",
    "service_issue",
    "unexcused",
)
"""Outcomes of a check-in that was not held; a data error says nothing of whether it was."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its denominator; `share` (0 to 1) is None where there is nothing to divide by."""

    count: int
    of: int

    @property
    def share(self) -> float | None:
        """Return count / of."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """One officer of a unit. `service_faults` are the office's own, never the officer's."""

    officer_no: str
    unit_id: str | None
    role: str
    open_cases: int
    due: int
    overdue: int
    overdue_by_duty: tuple[KindCount, ...]
    service_faults: Share


@dataclass(frozen=True, slots=True)
class UnitView:
    """What the page Unit shows: officers in the order of their staff numbers."""

    office_id: str
    label: str
    today: date
    officers: tuple[OfficerLine, ...]
    unassigned_cases: int
    service_faults: Share
    faults_since: date
    exceptions: tuple[Waiting, ...]
    exceptions_total: int
    approvals: tuple[Waiting, ...]
    approvals_total: int


def unit(office: str, today: date, *, first: int = 25) -> UnitView:
    """Return the officers of an office and what waits for approval there.

    Args:
        office: The office's code.
        today: The day.
        first: How many exceptions and approvals to list, oldest first; the totals count all.

    Raises:
        Office.DoesNotExist: There is no such office.

    """
    place = Office.objects.get(pk=office)
    since = today - timedelta(days=FAULTS_OVER_DAYS)
    approvals = approvals_of(office, today)
    exceptions = exceptions_of(office)
    faults = _faults(office, since, today)
    open_cases = Case.objects.filter(office_id=office, closed_on=None)
    return UnitView(
        office_id=office,
        label=place.label,
        today=today,
        officers=_officers(office, today, faults),
        unassigned_cases=open_cases.filter(officer=None).count(),
        service_faults=Share(
            sum(one.count for one in faults.values()), sum(one.of for one in faults.values())
        ),
        faults_since=since,
        exceptions=tuple(exception(row, today) for row in exceptions[:first]),
        exceptions_total=exceptions.count(),
        approvals=approvals[:first],
        approvals_total=len(approvals),
    )


def _officers(office: str, today: date, faults: dict[str | None, Share]) -> tuple[OfficerLine, ...]:
    """Return the serving officers of an office, and whoever else leads cases there, by staff number."""
    # Nothing but the columns of the index of open cases is asked for: so the index alone is read.
    cases = dict(
        Case.objects.filter(office_id=office, officer__isnull=False, closed_on=None)
        .values_list("officer_id")
        .annotate(count=Count("*"))
        .order_by()
    )
    late: dict[str | None, list[KindCount]] = {}
    due_by: Counter[str | None] = Counter()
    for one in _owed(office, today):
        due_by[one["officer_no"]] += one["due"]
        if one["overdue"]:
            kind = KindCount(one["duty"], one["overdue"], one["oldest"])
            late.setdefault(one["officer_no"], []).append(kind)
    serving = Q(office_id=office) & (Q(active_to=None) | Q(active_to__gte=today))
    return tuple(
        OfficerLine(
            officer_no=officer.pk,
            unit_id=officer.unit_id,
            role=officer.get_role_display(),
            open_cases=cases.get(officer.pk, 0),
            due=due_by[officer.pk],
            overdue=sum(kind.count for kind in late.get(officer.pk, [])),
            overdue_by_duty=tuple(late.get(officer.pk, [])),
            service_faults=faults.get(officer.pk, Share(0, 0)),
        )
        for officer in Officer.objects.filter(serving | Q(pk__in=cases)).order_by("pk")
    )


def _owed(office: str, today: date) -> Iterable[Any]:
    """Return by officer and duty what is due and overdue of what an office has open, from the index alone."""
    overdue = Q(overdue_from__lte=today)
    return (
        Duty.objects.open()
        .filter(office_id=office)
        .exclude(state=State.ON_HOLD)
        .values("officer_no", "duty")
        .annotate(
            due=Count("duty", filter=Q(opens_on__lte=today, overdue_from__gt=today)),
            overdue=Count("duty", filter=overdue),
            oldest=Min("due_on", filter=overdue),
        )
        .order_by("officer_no", "duty")
    )


def _faults(office: str, since: date, today: date) -> dict[str | None, Share]:
    """Return by officer how many check-ins were not held through the office's fault, of all not held."""
    not_held = CheckIn.objects.filter(
        office_id=office, outcome__in=NOT_HELD, outcome_on__range=(since, today)
    )
    counted = not_held.values_list("case__officer_id").annotate(
        faults=Count("pk", filter=Q(is_service_issue=True)), all=Count("pk")
    )
    return {officer: Share(faults, total) for officer, faults, total in counted.order_by()}
