"""The first screen, and the pages about the site itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from closeout.web.home.first import SCREENS
from closeout.web.navigation import home_for

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest


@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """Go to the page the role starts on, or say that there is none."""
    if name := home_for(request.user):
        return redirect(name)
    return render(request, "home/index.html")


@require_GET
def first_screen(request: SignedInRequest) -> HttpResponse:
    """Show the first screen of the role; roles that start on another page are led there."""
    screen = SCREENS.get(request.user.role)
    if screen is None:
        return index(request)
    today = localdate()
    return render(request, "home/first_screen.html", {"screen": screen(request.user, today), "day": today})


@login_not_required
@require_GET
def about(request: SignedInRequest) -> HttpResponse:
    """Say how the figures come about."""
    return render(request, "home/about.html", {"time_zone": settings.TIME_ZONE})
