"""My day: what do I owe today, and what comes next?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from closeout.web.accounts.permissions import Permission, require
from closeout.web.casework import wording
from closeout.web.casework.actions.undoing import undoable_events
from closeout.web.casework.codes import plain
from closeout.web.casework.models import Alert
from closeout.web.casework.queries.day import Overdue, my_day
from closeout.web.casework.queries.visible import officer_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.accounts.models import User
    from closeout.web.audit.models import Event
    from closeout.web.http import SignedInRequest

PAGE = "casework/my_day.html"
FIRST = 10
MORE = 100
ALERT_DAYS = 3


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
        "overdue": [_overdue(group, request.user) for group in day.overdue],
        "due_today": wording.rows(day.due_today.rows, request.user),
        "next_days": wording.rows(day.next_days.rows, request.user),
        "next_by_duty": [(wording.duty_title(one.duty), one.count) for one in day.next_by_duty],
        "done_today": wording.rows(day.done_today, request.user),
        "waiting": [(plain(one.kind), one) for one in day.waiting],
        "undoable": [_undoable(event) for event in undoable_events(request.user)],
        **_alerts(officer.officer_no),
    }
    return render(request, PAGE, context)


def _undoable(event: Event) -> tuple[Event, str, str]:
    """Return a step that can be taken back: what was done in words, and on which case."""
    return event, plain(event.action.replace(".", ": ")), str((event.after or {}).get("case", ""))


def _alerts(officer_no: str) -> dict[str, object]:
    """Return the alerts of the last days whose duty is still open, by due date and kind."""
    since = localdate() - timedelta(days=ALERT_DAYS)
    told = Alert.objects.standing().of_officer(officer_no).filter(fired_on__gte=since)
    shown = [(wording.duty_title(one.duty), one) for one in told[:FIRST]]
    return {"alerts": shown, "alerts_total": told.count() if len(shown) == FIRST else len(shown)}


def _overdue(group: Overdue, user: User) -> tuple[str, list[wording.DutyRow], Overdue, str]:
    """Return the overdue of one duty: what it is called, the first rows, all of it, and the caption."""
    title = wording.duty_title(group.duty)
    rows = wording.rows(group.block.rows, user)
    return title, rows, group, f"{title}: the {len(rows)} oldest of {group.block.total}"
