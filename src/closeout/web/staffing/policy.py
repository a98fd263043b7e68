"""Who may see which office's staffing: the permission, and the office somebody leads."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from closeout.web.accounts.models import Role
from closeout.web.accounts.permissions import Permission, may, require

if TYPE_CHECKING:
    from datetime import date, datetime

    from closeout.web.accounts.models import User
    from closeout.web.casework.models import Office

LEADS = (Role.SUPERVISOR, Role.DIRECTOR)
"""Roles that see the office they lead, and no other."""
SEE_OFFICERS = (Role.PLANNER, Role.AUDITOR)
"""Roles that see every office's officers, by staff number; who leads an office sees its own."""


def check_may_see(user: User, office_id: str) -> None:
    """Pass when somebody may see an office's demand, hours, need and gap.

    Raises:
        PermissionDenied: The role may not, or it is another office than the one the user leads.

    """
    require(user, Permission.STAFFING_READ)
    if not sees_office(user, office_id):
        msg = "the staffing of another office"
        raise PermissionDenied(msg)


def sees_office(user: User, office_id: str) -> bool:
    """Say whether somebody may see an office: who leads one, that one; the others all."""
    if not may(user, Permission.STAFFING_READ):
        return False
    return user.role not in LEADS or user.office == office_id


def sees_officers(user: User, office_id: str) -> bool:
    """Say whether somebody may see what is worked out for each officer of an office."""
    return user.role in SEE_OFFICERS or (user.role in LEADS and sees_office(user, office_id))


def sees_rows_set_aside(user: User) -> bool:
    """Say whether somebody may see which rows were set aside: they name officers of any office."""
    return user.role in SEE_OFFICERS


def day_at(office: Office, instant: datetime) -> date:
    """Return the day of an instant where an office is; by the site's clock if its time zone is not known."""
    try:
        return timezone.localdate(instant, timezone=ZoneInfo(office.time_zone))
    except (ZoneInfoNotFoundError, ValueError):
        # As `casework.policy.today_at`: a wrong code in a loaded table must not stop the work.
        return timezone.localdate(instant)
