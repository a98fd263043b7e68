"""What every page's template can count on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate

from closeout.web.accounts.permissions import Permission, may
from closeout.web.navigation import links_for

if TYPE_CHECKING:
    from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Return version, day, navigation, and `may`, keyed `recommendation_read` for "recommendation.read".

    An error page can be rendered before anybody is known, so the user may be missing.
    """
    common = {"version": settings.CLOSEOUT_VERSION, "today": localdate()}
    user = getattr(request, "user", None)
    if user is None:
        return common
    return common | {
        "navigation": links_for(user, request.path, minor=False),
        "minor_navigation": links_for(user, request.path, minor=True),
        "search_url": _search_url(),
        "may": {permission.value.replace(".", "_"): may(user, permission) for permission in Permission},
    }


def _search_url() -> str:
    """Return where the header's search box leads; empty until the recommendations have a list."""
    try:
        return reverse("recommendations:recommendation-list")
    except NoReverseMatch:
        return ""
