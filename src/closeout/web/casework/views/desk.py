"""The window desk: somebody stands there with a case number; what is due, and record it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from closeout.web.accounts.permissions import Permission, require
from closeout.web.casework import wording
from closeout.web.casework.actions.looking import tell_read
from closeout.web.casework.models import Duty
from closeout.web.casework.queries.rows import owed
from closeout.web.casework.queries.visible import visible_case
from closeout.web.casework.views.case import offered_acts

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest

PAGE = "casework/desk.html"
AT_THE_DESK = ("Check-ins", "Contact", "Inquiries")
"""The groups of acts that somebody at the window is there for."""


@require_GET
def desk(request: SignedInRequest) -> HttpResponse:
    """Ask for a case number; with one, show what is owed on the case and what can be recorded."""
    require(request.user, Permission.CASE_WORK)
    asked = request.GET.get("case", "").strip().upper()
    case = visible_case(request.user, asked)
    if case is None:
        return render(request, PAGE, {"asked": asked, "case": None}, status=404 if asked else 200)
    tell_read(case, by=request.user)
    today = localdate()
    open_now = (
        Duty.objects.as_of(today).filter(case_no=case.pk, is_open=True).order_by("due_on", "duty", "pk")
    )
    acts = [group for group in offered_acts(case, request.user) if group[0] in AT_THE_DESK]
    duties = wording.rows([owed(one, today) for one in open_now], request.user)
    return render(request, PAGE, {"asked": asked, "case": case, "rows": duties, "acts": acts})
