"""Which cases somebody may see: those of the own office; an auditor all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db.models import Q

from closeout.records.columns import CASE_NO
from closeout.web.accounts.models import Role, User
from closeout.web.accounts.permissions import Permission, may
from closeout.web.casework.models import Case, Officer, Transfer

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

_SEE_ALL = (Role.AUDITOR,)


def visible_cases(user: User | AnonymousUser) -> QuerySet[Case]:
    """Return the cases that somebody may see.

    Those that the user's own office holds, and those that another office has asked it to take; auditors
    see all; who may not read cases, or has no office, sees none.
    """
    if not may(user, Permission.CASE_READ) or not isinstance(user, User):
        return Case.objects.none()
    if user.role in _SEE_ALL:
        return Case.objects.all()
    if not user.office:
        return Case.objects.none()
    asked = Transfer.objects.filter(to_office_id=user.office, state="requested").values("case_id")
    return Case.objects.filter(Q(office_id=user.office) | Q(case_no__in=asked))


def visible_case(user: User | AnonymousUser, number: str) -> Case | None:
    """Return the case of a number that somebody may see; None for another's, or what is no number at all."""
    if not re.fullmatch(CASE_NO, number):
        return None
    return visible_cases(user).select_related("office", "officer").filter(pk=number).first()


def may_see_office(user: User | AnonymousUser, office: str) -> bool:
    """Say whether somebody may see what is kept per officer or case of an office."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.role in _SEE_ALL or (bool(user.office) and user.office == office)


def officer_of(user: User | AnonymousUser) -> Officer | None:
    """Return the officer an account belongs to: the one with its staff number, letter case apart."""
    if not isinstance(user, User):
        return None
    return Officer.objects.filter(officer_no=user.username.upper()).first()
