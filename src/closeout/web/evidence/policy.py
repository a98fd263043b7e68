"""Who may see which office's figures, and whether small counts are kept from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.web.accounts.models import Role
from closeout.web.accounts.permissions import Permission, may
from closeout.web.casework.queries.visible import may_see_office

if TYPE_CHECKING:
    from collections.abc import Iterable

    from closeout.evidence.measures.measure import Result
    from closeout.web.accounts.models import User

LEADS = (Role.SUPERVISOR, Role.DIRECTOR)
"""Roles that see the figures of the office they lead beside those of all; the others see every office."""


def seen_offices(user: User, results: Iterable[Result]) -> tuple[Result, ...]:
    """Return the offices' figures that somebody may see: who leads an office, its own; the others all."""
    if user.role in LEADS:
        return tuple(each for each in results if user.office and each.office_id == user.office)
    return tuple(results)


def sees_small(user: User) -> bool:
    """Say whether somebody sees counts from 1 to 10: who may see offices' duties in total."""
    return may(user, Permission.OFFICE_READ)


def sees_rows(user: User, office_id: str) -> bool:
    """Say whether somebody may open the rows behind an office's figure; the empty code means all offices."""
    if not may(user, Permission.MEASURE_ROWS):
        return False
    return user.role == Role.AUDITOR if not office_id else may_see_office(user, office_id)


def rows_office(user: User, asked: str) -> str | None:
    """Return whose rows somebody gets: an auditor those asked for or all, the others those of their office.

    None where there are none for them.
    """
    if not may(user, Permission.MEASURE_ROWS):
        return None
    if user.role == Role.AUDITOR:
        return asked
    return user.office if user.office and asked in ("", user.office) else None
