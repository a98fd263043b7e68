"""What happens at the door: no sign-up, and every sign-in, failure and sign-out is an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url

from closeout.web.audit import actions as audit

if TYPE_CHECKING:
    from django.http import HttpRequest

    from closeout.web.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes sign-up and tells the audit log."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Say no: accounts are made by the administrator."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in and write it down."""
        super().login(request, user)
        with transaction.atomic():
            audit.record(by=user, action="session.begin", target=user)

    def logout(self, request: HttpRequest) -> None:
        """Sign out and write it down."""
        user = request.user
        super().logout(request)
        if user.is_authenticated:
            with transaction.atomic():
                audit.record(by=user, action="session.end", target=user)

    def set_password(self, user: User, password: str) -> None:
        """Keep the password somebody chose for themselves, and write down that they did."""
        user.must_change_password = False
        with transaction.atomic():
            super().set_password(user, password)
            audit.record(by=user, action="account.password", target=user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - allauth's signature
        """Return where to go when the password was changed: the first page."""
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401 - allauth's signature
        """Count the failure towards the lockout and write it down, without saying which part was wrong."""
        super().authentication_failed(request, **credentials)
        with transaction.atomic():
            audit.record(by=str(credentials.get("username", ""))[:40] or "unknown", action="session.refuse")
