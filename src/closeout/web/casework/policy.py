"""Who may work on which case: the permission, and the office that holds the case."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from closeout.records.machines import Actor
from closeout.web.accounts.permissions import Permission, may, require
from closeout.web.casework.queries.visible import officer_of

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User
    from closeout.web.casework.models import Case, Office, Officer

NOT_YOURS = "there is no such case at your office"
"""The same words whether the case is another office's or none at all."""


class NoOfficerError(LookupError):
    """The account belongs to no officer, so nothing can be recorded in its name."""


def check_may_work(user: User, case: Case) -> None:
    """Raise PermissionDenied unless the user may work on cases and the user's office holds this one."""
    _check(user, case, Permission.CASE_WORK)


def check_may_approve(user: User, case: Case) -> None:
    """Raise PermissionDenied unless the user may approve and the user's office holds the case."""
    _check(user, case, Permission.CASE_APPROVE)


def _check(user: User, case: Case, permission: Permission) -> None:
    require(user, permission)
    check_at_office(user, case.office_id)


def check_at_office(user: User, office_id: str) -> None:
    """Raise PermissionDenied unless this is the user's own office."""
    if not user.office or user.office != office_id:
        raise PermissionDenied(NOT_YOURS)


def actors_of(user: User) -> frozenset[Actor]:
    """Return as what a user may make a move."""
    as_worker = {Actor.WORKER} if may(user, Permission.CASE_WORK) else set()
    as_approver = {Actor.APPROVER} if may(user, Permission.CASE_APPROVE) else set()
    return frozenset(as_worker | as_approver)


def recording_officer(user: User) -> Officer:
    """Return the officer an account belongs to, who is written down as having done it.

    Raises:
        NoOfficerError: There is none with the account's staff number.

    """
    officer = officer_of(user)
    if officer is None:
        msg = (
            f"no officer has the staff number {user.username}; records name who did it by staff number, "
            "so ask for one to be entered or load the officers' table"
        )
        raise NoOfficerError(msg)
    return officer


def today_at(office: Office) -> date:
    """Return today's date where an office is; by the site's own clock if its time zone is not known."""
    try:
        return timezone.localdate(timezone=ZoneInfo(office.time_zone))
    except (ZoneInfoNotFoundError, ValueError):
        # A wrong code in a loaded table must not stop the office's work.
        return timezone.localdate()
