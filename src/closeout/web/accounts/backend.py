"""Who can authenticate: the right password, an active account, within its last day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.auth_backends import AuthenticationBackend
from django.utils.timezone import localdate

if TYPE_CHECKING:
    from closeout.web.accounts.models import User


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Checks the password; asked again on each request, so an expired account is out at once."""

    def user_can_authenticate(self, user: User | None) -> bool:
        """Say whether the account is in use today."""
        return user is not None and user.is_current(localdate())
