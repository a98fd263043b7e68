"""Unit: who is overloaded, what was missed, what waits for me?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from closeout.records.columns import CODE
from closeout.web.accounts.permissions import Permission, may, require
from closeout.web.casework import wording
from closeout.web.casework.acts import ACT_OF_WAITING, ACTS
from closeout.web.casework.codes import plain
from closeout.web.casework.models import Office
from closeout.web.casework.queries.posts import posts_of
from closeout.web.casework.queries.unit import unit

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.accounts.models import User
    from closeout.web.casework.queries.rows import Waiting
    from closeout.web.http import SignedInRequest

PAGE = "casework/unit.html"


@require_GET
def unit_page(request: SignedInRequest) -> HttpResponse:
    """Show the officers of the user's office, its exceptions, and what waits for approval."""
    require(request.user, Permission.UNIT_READ)
    if not Office.objects.filter(pk=request.user.office).exists():
        return render(request, PAGE, {"view": None})
    view = unit(request.user.office, localdate())
    posts = posts_of(request.user.office)
    by_officer = posts.by_officer if posts else {}
    context = {
        "view": view,
        "posts": posts,
        "officers": [
            (
                line,
                [(wording.duty_title(one.duty), one.count) for one in line.overdue_by_duty],
                by_officer.get(line.officer_no),
            )
            for line in view.officers
        ],
        "exceptions": [_waiting(one, request.user) for one in view.exceptions],
        "approvals": [_waiting(one, request.user) for one in view.approvals],
    }
    return render(request, PAGE, context)


def _waiting(one: Waiting, user: User) -> tuple[str, str, Waiting]:
    """Return what waits with its kind in words and the act that settles it, where the reader may."""
    act = ACTS.get(ACT_OF_WAITING.get(one.kind, ""))
    return plain(one.kind), act.slug if act and may(user, act.permission) else "", one


def office_or_404(office_id: str) -> Office:
    """Return an office; a page that is not there where there is none."""
    office = Office.objects.filter(pk=office_id).first() if re.fullmatch(CODE, office_id) else None
    if office is None:
        msg = f"no office {office_id}"
        raise Http404(msg)
    return office
