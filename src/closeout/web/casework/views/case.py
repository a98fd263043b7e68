"""A case: is everything owed on it done, and on what basis?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from closeout.web.accounts.permissions import Permission, may, require
from closeout.web.casework import wording
from closeout.web.casework.actions.looking import tell_read
from closeout.web.casework.acts import ACTS
from closeout.web.casework.queries.case import case as case_view
from closeout.web.casework.views.histories import histories
from closeout.web.casework.views.lists import find_case

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.accounts.models import User
    from closeout.web.casework.acts.registry import Act
    from closeout.web.casework.models import Case, Record
    from closeout.web.http import SignedInRequest

PAGE = "casework/case_detail.html"
MOST_SUBJECTS = 5


@require_GET
def case_detail(request: SignedInRequest, case_no: str) -> HttpResponse:
    """Show one case: what is owed, what was recorded, and what the reader may record."""
    require(request.user, Permission.CASE_READ)
    found = find_case(request.user, case_no)
    tell_read(found, by=request.user)
    view = case_view(found.pk, localdate())
    duties = wording.rows(view.duties, request.user)
    context = {
        "case": view.case,
        "view": view,
        "rows": duties,
        "overdue": sum(row.owed.state == "overdue" for row in duties),
        "open_duties": sum(row.owed.state in {"overdue", "due", "upcoming", "on_hold"} for row in duties),
        "acts": offered_acts(view.case, request.user),
        "histories": histories(view),
    }
    return render(request, PAGE, context)


def offered_acts(case: Case, user: User) -> list[tuple[str, list[tuple[Act, Record | None]]]]:
    """Return what somebody may record on a case now, by group, in the order of the acts."""
    groups: dict[str, list[tuple[Act, Record | None]]] = {}
    for act in ACTS.values():
        if may(user, act.permission) and act.offered(case):
            entries = groups.setdefault(act.group, [])
            if act.subjects is None:
                entries.append((act, None))
            else:
                entries.extend((act, subject) for subject in act.subjects(case, user)[:MOST_SUBJECTS])
    return [(group, entries) for group, entries in groups.items() if entries]
