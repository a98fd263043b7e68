"""How often a case is to check in: by the office's policy, or by an approved deviation from it (A10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q

from closeout.web.accounts.permissions import Permission
from closeout.web.casework.actions.errors import NotNowError, SamePersonError, UnfitValueError
from closeout.web.casework.actions.held import one_of, take_case, take_row
from closeout.web.casework.models import IntervalDeviation, ReportingInterval

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User
    from closeout.web.casework.models import Case

REASONS = ("court_order", "medical", "distance", "safeguard", "work_schedule", "other")


@dataclass(frozen=True, slots=True)
class Interval:
    """The interval a case's check-ins follow on a day, in calendar days."""

    row: ReportingInterval
    days: int

    def after(self, day: date) -> date:
        """Return the day of the check-in that follows one on a day."""
        return day + timedelta(days=self.days)


def interval_of(case: Case, on: date) -> Interval | None:
    """Return the interval in force for a case on a day; None where no policy sets one.

    The office's own comes before one for all offices, an approved deviation before both.
    """
    in_force = Q(effective_to__isnull=True) | Q(effective_to__gte=on)
    rows = ReportingInterval.objects.filter(in_force, docket=case.docket, effective_from__lte=on)
    row = (
        rows.filter(Q(office=case.office_id) | Q(office__isnull=True))
        .order_by(F("office").desc(nulls_last=True), "-effective_from")
        .first()
    )
    if row is None:
        return None
    left = IntervalDeviation.objects.filter(case=case, interval=row, approved_on__lte=on)
    deviation = left.order_by("-approved_on", "-deviation_id").first()
    return Interval(row, deviation.days if deviation else row.standard_days)


@transaction.atomic
def set_interval_deviation(
    *,
    by: User,
    case_no: str,
    days: int,
    reason: str,
    on: date | None = None,
    expected_version: int | None = None,
) -> IntervalDeviation:
    """Ask for another check-in interval than the policy's; it holds once a second person approves.

    Raises:
        NotNowError: No interval is in force, so there is none to leave.
        UnfitValueError: The days are not more than 0 or are the policy's own, or the reason is none of those.

    """
    hand = take_case(case_no, by=by, on=on, expected_version=expected_version)
    interval = interval_of(hand.case, hand.on)
    if interval is None:
        msg = "no policy sets an interval for this docket today, so there is none to leave"
        raise NotNowError(msg)
    if days < 1 or days == interval.row.standard_days:
        msg = f"a deviation is at least 1 day and not the policy's own {interval.row.standard_days}"
        raise UnfitValueError(msg)
    writing = hand.writing()
    row = writing.create(
        IntervalDeviation,
        case=hand.case,
        interval=interval.row,
        days=days,
        reason=one_of("the reason", reason, REASONS),
        set_on=hand.on,
        set_by=hand.officer,
    )
    hand.tell(writing, "interval_deviation.set", row, reason=reason)
    return row


@transaction.atomic
def approve_interval_deviation(
    *, by: User, deviation_id: int, on: date | None = None, expected_version: int | None = None
) -> IntervalDeviation:
    """Approve, as a second person, a deviation from the policy's interval.

    Raises:
        SamePersonError: It is the approver's own.
        NotNowError: It has been approved.

    """
    row, hand = take_row(
        IntervalDeviation,
        deviation_id,
        by=by,
        on=on,
        may=Permission.CASE_APPROVE,
        expected_version=expected_version,
    )
    if row.set_by_id == hand.officer.pk:
        msg = "whoever sets another interval does not approve it; ask another person"
        raise SamePersonError(msg)
    if row.approved_on is not None:
        msg = "it has been approved"
        raise NotNowError(msg)
    writing = hand.writing()
    writing.change(row, approved_on=hand.on, approved_by=hand.officer)
    hand.tell(writing, "interval_deviation.approve", row)
    return row
