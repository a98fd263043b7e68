"""The API: its description, who may use it, and how it says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from ninja import NinjaAPI
from ninja.security import SessionAuth

from closeout import __version__
from closeout.api import acting, looking
from closeout.followup.lifecycle import MoveNotAllowedError
from closeout.web.accounts.permissions import Permission, require
from closeout.web.recommendations.actions.errors import ActionRefusedError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from closeout.web.accounts.models import User


class SignedIn(SessionAuth):
    """The session of somebody who signed in on the site; changes need the CSRF token as well."""

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:  # noqa: ARG002
        """Return who is signed in; refuse a role that may not use the API."""
        if not request.user.is_authenticated:
            return None
        require(request.user, Permission.API_USE)
        return request.user


api = NinjaAPI(
    title="Closeout",
    version=__version__,
    description=(
        "Recommendations of oversight reports: what was asked, what was said and promised, and where each"
        " word stands. Every call needs a signed-in session whose role may use the API."
    ),
    urls_namespace="api",
    # The interactive pages of the library need inline scripts, which the site forbids.
    docs_url=None,
    auth=SignedIn(),
)
api.add_router("/", looking.router)
api.add_router("/", acting.router)


@api.exception_handler(PermissionDenied)
def refuse_role(request: HttpRequest, refusal: PermissionDenied) -> HttpResponse:
    """Say which permission is missing."""
    return api.create_response(request, {"detail": f"your role lacks {refusal}"}, status=403)


@api.exception_handler(Http404)
def say_missing(request: HttpRequest, _missing: Http404) -> HttpResponse:
    """Say that there is no such thing."""
    return api.create_response(request, {"detail": "there is nothing under this address"}, status=404)


@api.exception_handler(ActionRefusedError)
@api.exception_handler(MoveNotAllowedError)
def refuse_act(request: HttpRequest, refusal: Exception) -> HttpResponse:
    """Say why an act is refused as things stand."""
    return api.create_response(request, {"detail": str(refusal)}, status=409)
