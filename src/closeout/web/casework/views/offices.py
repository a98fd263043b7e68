"""Offices: what do the offices owe in total, and is it done in time?"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from closeout.web.accounts.models import Role
from closeout.web.accounts.permissions import Permission, require
from closeout.web.casework import wording
from closeout.web.casework.models import Office
from closeout.web.casework.queries.office import office
from closeout.web.casework.views.unit import office_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.accounts.models import User
    from closeout.web.http import SignedInRequest

OWN_ONLY = (Role.SUPERVISOR, Role.DIRECTOR)
"""Roles that see the totals of their own office; planners, managers, liaisons and auditors of all."""


@require_GET
def office_list(request: SignedInRequest) -> HttpResponse:
    """Show the offices; those who lead one go straight to it."""
    require(request.user, Permission.OFFICE_READ)
    if request.user.role in OWN_ONLY and Office.objects.filter(pk=request.user.office).exists():
        return redirect("casework:office-detail", request.user.office)
    offices = Office.objects.order_by("label", "pk")
    shown = offices.filter(pk=request.user.office) if request.user.role in OWN_ONLY else offices
    return render(request, "casework/office_list.html", {"offices": shown})


@require_GET
def office_detail(request: SignedInRequest, office_id: str) -> HttpResponse:
    """Show one office's duties in total: timeliness, currency and backlog."""
    require(request.user, Permission.OFFICE_READ)
    check_may_see(request.user, office_id)
    office_or_404(office_id)
    view = office(office_id, localdate())
    lines = sorted(((wording.duty_title(line.duty), line) for line in view.lines), key=itemgetter(0))
    return render(request, "casework/office_detail.html", {"view": view, "lines": lines})


def check_may_see(user: User, office_id: str) -> None:
    """Pass when somebody may see an office's totals.

    Raises:
        PermissionDenied: It is another office than the one the user leads.

    """
    if user.role in OWN_ONLY and user.office != office_id:
        msg = "totals of another office"
        raise PermissionDenied(msg)
