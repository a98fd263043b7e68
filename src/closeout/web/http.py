"""The request type that signed-in views take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from closeout.web.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request whose user is known, with the HTMX headers read and an id for the audit log."""

    user: User
    htmx: HtmxDetails
    request_id: str
