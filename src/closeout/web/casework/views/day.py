"""My day: what do I owe today, and what comes next?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from closeout.web.accounts.permissions import Permission, require
from closeout.web.casework import wording
from closeout.web.casework.codes import plain
from closeout.web.casework.queries.day import Overdue, my_day
from closeout.web.casework.queries.visible import officer_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest

PAGE = "casework/my_day.html"
FIRST = 10
MORE = 100


@require_GET
def my_day_page(request: SignedInRequest) -> HttpResponse:
    """Show the signed-in officer's duties: overdue, today, the next seven days, and what waits for others."""
    require(request.user, Permission.DAY_READ)
    officer = officer_of(request.user)
    if officer is None:
        return render(request, PAGE, {"officer": None})
    day = my_day(officer.officer_no, localdate(), first=MORE if request.GET.get("all") else FIRST)
    context = {
        "officer": officer,
        "day": day,
        "is_whole": bool(request.GET.get("all")),
        "overdue": [
            (_heading(group), wording.rows(group.block.rows, request.user), group) for group in day.overdue
        ],
        "due_today": wording.rows(day.due_today.rows, request.user),
        "next_days": wording.rows(day.next_days.rows, request.user),
        "next_by_duty": [(wording.duty_title(one.duty), one.count) for one in day.next_by_duty],
        "done_today": wording.rows(day.done_today, request.user),
        "waiting": [(plain(one.kind), one) for one in day.waiting],
    }
    return render(request, PAGE, context)


def _heading(group: Overdue) -> str:
    return wording.duty_title(group.duty)
