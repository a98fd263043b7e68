"""The window desk and the post: walk-ins, calls, and inquiries of representatives (A12, A13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from closeout.web.accounts.permissions import Permission, require
from closeout.web.casework import policy
from closeout.web.casework.actions.errors import NotNowError, UnfitValueError
from closeout.web.casework.actions.held import check_version, one_of, take_case, take_desk
from closeout.web.casework.actions.writing import Writing
from closeout.web.casework.models import DeskContact, Inquiry

if TYPE_CHECKING:
    from datetime import date, datetime

    from closeout.web.accounts.models import User
    from closeout.web.casework.models import Case

CHANNELS = ("walk_in", "phone", "mail", "online")
CATEGORIES = ("new_case", "check_in", "question", "documents", "complaint", "representative", "other")
INQUIRY_CHANNELS = ("phone", "mail", "email", "portal", "in_person")
INQUIRY_CATEGORIES = ("status", "documents", "custody", "medical", "bond", "scheduling", "other")
_MOST_MINUTES = 24 * 60


@transaction.atomic
def log_desk_contact(
    *,
    by: User,
    channel: str,
    category: str,
    case_no: str | None = None,
    minutes: int | None = None,
    received_at: datetime | None = None,
    on: date | None = None,
) -> DeskContact:
    """Log a walk-in, a call or another contact at the office's window.

    Args:
        by: Who served.
        channel: How it came, one of `CHANNELS`.
        category: About what, one of `CATEGORIES`.
        case_no: The case, where there was one and the office holds it.
        minutes: How long it took; None if not known.
        received_at: When it came, to the minute; now when left out.
        on: Not needed; the day is that of `received_at`.

    Raises:
        UnfitValueError: A code is none of those, the minutes are not of one day, or it came in the future.

    """
    one_of("how it came", channel, CHANNELS)
    one_of("what it was about", category, CATEGORIES)
    if minutes is not None and not 0 <= minutes <= _MOST_MINUTES:
        msg = "minutes are from 0 to those of one day"
        raise UnfitValueError(msg)
    if received_at is not None and received_at > timezone.now():
        msg = "the contact is in the future"
        raise UnfitValueError(msg)
    desk = take_desk(by=by, on=on)
    case = _case(case_no, by=by)
    writing = Writing(case.pk if case else None)
    row = writing.create(
        DeskContact,
        office=desk.office,
        officer=desk.officer,
        case=case,
        received_at=received_at or timezone.now(),
        channel=channel,
        category=category,
        minutes=minutes,
    )
    writing.tell("desk.log", row, by=by, today=desk.today)
    return row


@transaction.atomic
def receive_inquiry(
    *,
    by: User,
    category: str,
    channel: str,
    case_no: str | None = None,
    has_appearance_on_file: bool = False,
    on: date | None = None,
) -> Inquiry:
    """Write down that a representative's inquiry came in.

    Args:
        by: Who received it.
        category: About what, one of `INQUIRY_CATEGORIES`.
        channel: How it came, one of `INQUIRY_CHANNELS`.
        case_no: The case, where there is one and the office holds it.
        has_appearance_on_file: Whether an entry of appearance is on file.
        on: When it came; today when left out.

    Raises:
        UnfitValueError: A code is none of those.

    """
    one_of("what it is about", category, INQUIRY_CATEGORIES)
    one_of("how it came", channel, INQUIRY_CHANNELS)
    desk = take_desk(by=by, on=on)
    case = _case(case_no, by=by)
    writing = Writing(case.pk if case else None)
    row = writing.create(
        Inquiry,
        case=case,
        office=desk.office,
        category=category,
        channel=channel,
        received_on=desk.on,
        has_appearance_on_file=has_appearance_on_file,
    )
    writing.tell("inquiry.receive", row, by=by, today=desk.today)
    return row


@transaction.atomic
def answer_inquiry(
    *, by: User, inquiry_id: int, on: date | None = None, expected_version: int | None = None
) -> Inquiry:
    """Record that an inquiry of the office was answered.

    Raises:
        NotNowError: It has been answered.
        UnfitValueError: The answer is dated before the inquiry.

    """
    require(by, Permission.CASE_WORK)
    found = Inquiry.objects.filter(pk=inquiry_id).values_list("case_id", "office_id").first()
    if found is None:
        raise PermissionDenied(policy.NOT_YOURS)
    case_no, office_id = found
    _case(case_no, by=by)
    desk = take_desk(by=by, on=on, office_id=office_id)
    row = Inquiry.objects.select_for_update().get(pk=inquiry_id)
    check_version(row, expected_version)
    if row.answered_on is not None:
        msg = "it has been answered"
        raise NotNowError(msg)
    if desk.on < row.received_on:
        msg = "an inquiry is answered on the day it came or later"
        raise UnfitValueError(msg)
    writing = Writing(case_no)
    writing.change(row, answered_on=desk.on, answered_by=desk.officer)
    writing.tell("inquiry.answer", row, by=by, today=desk.today)
    return row


def _case(case_no: str | None, *, by: User) -> Case | None:
    return take_case(case_no, by=by, on=None).case if case_no else None
