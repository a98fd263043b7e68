"""What an activity should take: proposed by one person, approved by another. The observed minutes stay."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from closeout.web.accounts.permissions import Permission, require
from closeout.web.casework.actions.errors import NotNowError, SamePersonError, UnfitValueError
from closeout.web.casework.actions.held import as_officer, check_version, one_of
from closeout.web.casework.actions.writing import Writing
from closeout.web.casework.policy import today_at
from closeout.web.privacy import check_free_text
from closeout.web.staffing.activities import activities
from closeout.web.staffing.models import WeightAdjustment

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User

REASONS = ("steps_left_out", "too_little_time", "better_practice", "new_policy", "other")


@dataclass(frozen=True, slots=True)
class Proposed:
    """What an activity should take: minutes a duty, or an open case and month."""

    activity: str
    minutes: float
    low: float
    """At least."""
    high: float
    """At most."""
    reason: str
    """Why it differs from what was observed, one of `REASONS`."""
    rationale: str
    """The reason in a few words, without any person or case."""
    office_id: str | None = None
    """The office it holds for; None for all."""
    panel: str | None = None
    """The panel whose estimates it follows, if one did."""
    observed_minutes: float | None = None
    """None if nobody observed them."""
    expires_on: date | None = None
    """The last day it holds; None without an end."""


@transaction.atomic
def propose_adjustment(*, by: User, proposed: Proposed) -> WeightAdjustment:
    """Propose what an activity should take; it counts for nothing until another person approves it.

    Raises:
        UnfitValueError: The activity is not in the pack, the minutes are not in order, the reason is none, or
            the last day is past.
        ValidationError: The rationale says what identifies a person.

    """
    require(by, Permission.STUDY_MANAGE)
    officer = as_officer(by)
    today = today_at(officer.office)
    _check(proposed, today)
    writing = Writing(None)
    row = writing.create(
        WeightAdjustment,
        activity=proposed.activity,
        office_id=proposed.office_id,
        panel=proposed.panel,
        observed_minutes=proposed.observed_minutes,
        adjusted_minutes=proposed.minutes,
        low_minutes=proposed.low,
        high_minutes=proposed.high,
        reason=proposed.reason,
        rationale=proposed.rationale,
        decided_on=today,
        decided_by=officer,
        expires_on=proposed.expires_on,
    )
    writing.tell("adjustment.propose", row, by=by, today=today)
    return row


def _check(proposed: Proposed, today: date) -> None:
    one_of("the reason", proposed.reason, REASONS)
    check_free_text(proposed.rationale)
    if proposed.activity not in activities():
        msg = f"the pack has no activity “{proposed.activity}”; choose one of the list"
        raise UnfitValueError(msg)
    if not 0 <= proposed.low <= proposed.minutes <= proposed.high < math.inf:
        msg = "minutes lie between the least and the most, and none is below 0"
        raise UnfitValueError(msg)
    if proposed.expires_on is not None and proposed.expires_on < today:
        msg = "the last day it holds is past"
        raise UnfitValueError(msg)


@transaction.atomic
def approve_adjustment(
    *, by: User, adjustment_id: int, expected_version: int | None = None
) -> WeightAdjustment:
    """Approve what another person proposed; it counts from the next working out.

    Raises:
        PermissionDenied: There is none.
        SamePersonError: The approver proposed it.
        NotNowError: It has been approved.
        StaleError: It has changed since it was shown.

    """
    require(by, Permission.STUDY_MANAGE)
    officer = as_officer(by)
    row = _taken(adjustment_id, expected_version)
    if row.decided_by_id == officer.pk:
        msg = "whoever proposed it does not approve it; another person does"
        raise SamePersonError(msg)
    today = today_at(officer.office)
    writing = Writing(None)
    writing.change(row, approved_on=max(today, row.decided_on), approved_by=officer)
    writing.tell("adjustment.approve", row, by=by, today=today)
    return row


@transaction.atomic
def withdraw_adjustment(*, by: User, adjustment_id: int) -> None:
    """Take a proposal back before it is approved; its columns stay in the log.

    Raises:
        PermissionDenied: There is none.
        SamePersonError: Another person proposed it.
        NotNowError: It has been approved.

    """
    require(by, Permission.STUDY_MANAGE)
    officer = as_officer(by)
    row = _taken(adjustment_id, None)
    if row.decided_by_id != officer.pk:
        msg = "only whoever proposed it takes it back"
        raise SamePersonError(msg)
    key = row.pk
    writing = Writing(None)
    writing.remove(row)
    # A row that was removed has lost its key, which the event is to name.
    row.pk = key
    writing.tell("adjustment.withdraw", row, by=by, today=today_at(officer.office))


def _taken(adjustment_id: int, expected_version: int | None) -> WeightAdjustment:
    row = WeightAdjustment.objects.select_for_update().filter(pk=adjustment_id).first()
    if row is None:
        msg = "there is no such adjustment"
        raise PermissionDenied(msg)
    if row.approved_on is not None:
        msg = f"{row.approved_by_id} approved it on {row.approved_on}"
        raise NotNowError(msg)
    check_version(row, expected_version)
    return row
