"""What happens to every request: an id, limits on the session, and sign-in unless said otherwise."""

from __future__ import annotations

import re
import time
from contextvars import ContextVar
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_TOUCH_SECONDS = 60
_BEGAN, _SEEN = "began_at", "seen_at"

current_request_id: ContextVar[str] = ContextVar("current_request_id", default="")
"""Id of the request this thread answers; empty in commands and jobs."""


class RequestIdMiddleware(MiddlewareMixin):
    """Give each request an id (a proxy's `X-Request-ID` when it is well formed) and answer with it."""

    def process_request(self, request: HttpRequest) -> None:
        """Set `request.request_id` and the id that audit events carry."""
        given = request.headers.get("X-Request-ID", "")
        request.request_id = given if _GIVEN_ID.fullmatch(given) else uuid4().hex  # type: ignore[attr-defined]
        current_request_id.set(request.request_id)  # type: ignore[attr-defined]

    def process_response(self, _request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Name the request in the answer, so that a user can quote it."""
        response.headers["X-Request-ID"] = current_request_id.get()
        current_request_id.set("")
        return response


class SessionLimitsMiddleware(MiddlewareMixin):
    """End a session after half an hour without a request or twelve hours in all.

    The idle clock is the session's own expiry. It is moved at most once a minute: moving it on
    each request would turn every read of a page into a write to the database.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Sign out a session past its longest life; else note that it is in use."""
        if not request.user.is_authenticated:
            return
        now = int(time.time())
        if now - request.session.setdefault(_BEGAN, now) > settings.SESSION_LONGEST_SECONDS:
            logout(request)
        elif now - request.session.get(_SEEN, 0) >= _TOUCH_SECONDS and not _is_poll(request):
            request.session[_SEEN] = now


class NewPasswordMiddleware(MiddlewareMixin):
    """Let somebody whose password was set by another do nothing before choosing their own."""

    def process_request(self, request: HttpRequest) -> HttpResponseRedirect | None:
        """Lead to the password page while the password is a borrowed one."""
        if not (request.user.is_authenticated and request.user.must_change_password):
            return None
        choose = reverse("account_change_password")
        if request.path in {choose, reverse("account_logout")}:
            return None
        return HttpResponseRedirect(choose)


def _is_poll(request: HttpRequest) -> bool:
    """Say whether a page asked by itself: an open tab is no sign that anybody sits there."""
    return "X-Poll" in request.headers


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Ask for sign-in on every page that does not say otherwise; the API answers for itself."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[object, ...],
        view_kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        """Redirect to the sign-in page where one is needed."""
        if request.path.startswith("/api/"):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
