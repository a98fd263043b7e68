"""What waits for another person: transfers, closures, intervals, exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.web.casework.models import ClosureProposal, ExceptionItem, IntervalDeviation, Transfer
from closeout.web.casework.queries.rows import Waiting

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

MOST = 100
"""Exceptions listed, the oldest first; the case's page has the others."""
A_SECOND_PERSON = "a second person"


def waits_for_others(officer_no: str, office: str, today: date) -> tuple[Waiting, ...]:
    """Return what an officer asked for and others have not answered, oldest first.

    Args:
        officer_no: The staff number.
        office: The officer's home office.
        today: The day.

    """
    exceptions = ExceptionItem.objects.filter(
        case__officer_id=officer_no, office_id=office, state="awaiting_explanation"
    )
    return _by_age(
        *_transfers(Transfer.objects.filter(requested_by_id=officer_no, state="requested"), today),
        *_closures(ClosureProposal.objects.filter(proposed_by_id=officer_no, state="proposed"), today),
        *_intervals(IntervalDeviation.objects.filter(set_by_id=officer_no, approved_on=None), today),
        *(exception(row, today) for row in exceptions.order_by("arose_on", "pk")[:MOST]),
    )


def approvals_of(office: str, today: date) -> tuple[Waiting, ...]:
    """Return what waits for those who lead an office: what was proposed there, and cases offered to it."""
    intervals = IntervalDeviation.objects.filter(case__office_id=office, approved_on=None)
    return _by_age(
        *_transfers(Transfer.objects.filter(to_office_id=office, state="requested"), today),
        *_closures(ClosureProposal.objects.filter(case__office_id=office, state="proposed"), today),
        *_intervals(intervals.exclude(case__state="closed"), today),
    )


def exceptions_of(office: str) -> QuerySet[ExceptionItem]:
    """Return the exceptions of an office that are not disposed of, oldest first."""
    return (
        ExceptionItem.objects.filter(office_id=office)
        .exclude(state="dispositioned")
        .order_by("arose_on", "pk")
    )


def exception(row: ExceptionItem, today: date) -> Waiting:
    """Return an exception as what waits."""
    return Waiting(
        kind="exception",
        pk=row.pk,
        case_no=row.case_id,
        since_on=row.arose_on,
        days=(today - row.arose_on).days,
        waits_for="an explanation" if row.state == "awaiting_explanation" else "disposition",
        reason=row.get_kind_display(),
        until_on=row.response_due_on,
    )


def _by_age(*waiting: Waiting) -> tuple[Waiting, ...]:
    return tuple(sorted(waiting, key=lambda one: (one.since_on, one.kind, one.pk)))


def _transfers(rows: QuerySet[Transfer], today: date) -> list[Waiting]:
    return [
        Waiting(
            kind="transfer",
            pk=row.pk,
            case_no=row.case_id,
            since_on=row.requested_on,
            days=(today - row.requested_on).days,
            waits_for=row.to_office_id,
            asked_by=row.requested_by_id,
            reason=row.get_reason_display(),
        )
        for row in rows
    ]


def _closures(rows: QuerySet[ClosureProposal], today: date) -> list[Waiting]:
    return [
        Waiting(
            kind="closure",
            pk=row.pk,
            case_no=row.case_id,
            since_on=row.proposed_on,
            days=(today - row.proposed_on).days,
            waits_for=A_SECOND_PERSON,
            asked_by=row.proposed_by_id,
            reason=row.get_reason_display(),
        )
        for row in rows
    ]


def _intervals(rows: QuerySet[IntervalDeviation], today: date) -> list[Waiting]:
    return [
        Waiting(
            kind="interval",
            pk=row.pk,
            case_no=row.case_id,
            since_on=row.set_on,
            days=(today - row.set_on).days,
            waits_for=A_SECOND_PERSON,
            asked_by=row.set_by_id,
            reason=row.get_reason_display(),
        )
        for row in rows
    ]
