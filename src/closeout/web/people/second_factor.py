"""Changes of a second factor are made by allauth; its signals carry them to the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa import signals
from django.db import transaction

from closeout.web.audit import actions as audit

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator

    from closeout.web.accounts.models import User


def listen() -> None:
    """Connect to the four things that can happen to a second factor."""
    signals.authenticator_added.connect(_added, dispatch_uid="audit-factor-add")
    signals.authenticator_removed.connect(_removed, dispatch_uid="audit-factor-remove")
    signals.authenticator_reset.connect(_replaced, dispatch_uid="audit-factor-replace")
    signals.authentication_failed.connect(_refused, dispatch_uid="audit-factor-refuse")


def _added(user: User, authenticator: Authenticator, **_kwargs: Any) -> None:  # noqa: ANN401 - a signal's signature
    _record(user, "second-factor.add", authenticator)


def _removed(user: User, authenticator: Authenticator, **_kwargs: Any) -> None:  # noqa: ANN401 - a signal's signature
    _record(user, "second-factor.remove", authenticator)


def _replaced(user: User, authenticator: Authenticator, **_kwargs: Any) -> None:  # noqa: ANN401 - a signal's signature
    _record(user, "second-factor.replace", authenticator)


def _refused(user: User, authenticator: Authenticator, **_kwargs: Any) -> None:  # noqa: ANN401 - a signal's signature
    _record(user, "second-factor.refuse", authenticator)


def _record(user: User, action: str, authenticator: Authenticator) -> None:
    with transaction.atomic():
        audit.record(by=user, action=action, target=user, after={"type": str(authenticator.type)})
