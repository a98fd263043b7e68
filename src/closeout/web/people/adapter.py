"""What happens at the door: no sign-up, and every sign-in, failure and sign-out is an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction

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

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401 - allauth's signature
        """Count the failure towards the lockout and write it down, without saying which part was wrong."""
        super().authentication_failed(request, **credentials)
        with transaction.atomic():
            audit.record(by=str(credentials.get("username", ""))[:40] or "unknown", action="session.refuse")
