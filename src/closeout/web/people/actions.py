"""Make accounts, change them, and take access away; never one's own."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from closeout.web.accounts.models import User
from closeout.web.accounts.permissions import Permission, require
from closeout.web.audit import actions as audit

if TYPE_CHECKING:
    from datetime import date

_PASSWORD_BYTES = 12


class OwnAccountError(Exception):
    """Nobody changes their own role or access: a second administrator does."""


@dataclass(frozen=True, slots=True)
class Access:
    """What an account may be changed in."""

    role: str
    office: str = ""
    active_until: date | None = None


def new_password() -> str:
    """Return a password to be handed over once: 16 random characters."""
    return secrets.token_urlsafe(_PASSWORD_BYTES)


@transaction.atomic
def create_account(*, by: User | None, username: str, access: Access, password: str) -> User:
    """Return a new account; whoever uses it chooses another password at first sign-in.

    Args:
        by: The administrator; None for the command line, where the file system's owner decides.
        username: Staff number.
        access: Role, office and last day.
        password: The first password.

    Raises:
        ValidationError: The staff number is taken or not well formed.

    """
    if by is not None:
        require(by, Permission.ACCOUNT_MANAGE)
    user = User.objects.create_user(
        username,
        password,
        role=access.role,
        office=access.office,
        active_until=access.active_until,
        must_change_password=by is not None,
    )
    audit.record(by=by or audit.SYSTEM, action="account.create", target=user, after=_told(user))
    return user


@transaction.atomic
def change_access(*, by: User, user_id: int, access: Access, reason: str) -> User:
    """Give an account another role, office or last day, and say why.

    Raises:
        OwnAccountError: The account is the administrator's own.

    """
    user = _locked(by, user_id)
    before = _told(user)
    user.role, user.office, user.active_until = access.role, access.office, access.active_until
    user.full_clean(exclude=["password"])
    user.save(update_fields=["role", "office", "active_until"])
    audit.record(by=by, action="account.update", target=user, before=before, after=_told(user), reason=reason)
    return user


@transaction.atomic
def deactivate(*, by: User, user_id: int, reason: str) -> User:
    """Take access away at once; the account and what it did stay on record.

    Raises:
        OwnAccountError: The account is the administrator's own.

    """
    return _set_active(by, user_id, to=False, action="account.deactivate", reason=reason)


@transaction.atomic
def reactivate(*, by: User, user_id: int, reason: str) -> User:
    """Give access back.

    Raises:
        OwnAccountError: The account is the administrator's own.

    """
    return _set_active(by, user_id, to=True, action="account.reactivate", reason=reason)


@transaction.atomic
def reset_password(*, by: User | None, user_id: int, password: str) -> User:
    """Give an account a password to be handed over and changed at the next sign-in; end its sessions.

    Raises:
        OwnAccountError: The account is the administrator's own; the password page is for that.

    """
    user = _locked(by, user_id) if by else User.objects.select_for_update().get(pk=user_id)
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    audit.record(by=by or audit.SYSTEM, action="account.password-reset", target=user)
    return user


def _locked(by: User, user_id: int) -> User:
    require(by, Permission.ACCOUNT_MANAGE)
    user = User.objects.select_for_update().get(pk=user_id)
    if user.pk == by.pk:
        raise OwnAccountError(user.username)
    return user


def _set_active(by: User, user_id: int, *, to: bool, action: str, reason: str) -> User:
    user = _locked(by, user_id)
    before, user.is_active = _told(user), to
    user.save(update_fields=["is_active"])
    audit.record(by=by, action=action, target=user, before=before, after=_told(user), reason=reason)
    return user


def _told(user: User) -> dict[str, object]:
    return {
        "role": user.role,
        "office": user.office,
        "active_until": user.active_until,
        "is_active": user.is_active,
    }
