"""Lists of cases and of duties. They sort by due date and kind of duty, and by nothing else."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from closeout.records.columns import CASE_NO
from closeout.web.accounts.models import Role
from closeout.web.accounts.permissions import Permission, may, require
from closeout.web.casework import wording
from closeout.web.casework.forms.narrow import CaseFilterForm, DutyFilterForm
from closeout.web.casework.models import Duty
from closeout.web.casework.queries.rows import owed
from closeout.web.casework.queries.visible import officer_of, visible_case, visible_cases

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from closeout.web.accounts.models import User
    from closeout.web.casework.models import Case
    from closeout.web.casework.models.duty import DutyQuerySet
    from closeout.web.http import SignedInRequest

CASES = "casework/case_list.html"
DUTIES = "casework/duty_list.html"
PAGE_SIZE = 50
NO_PAGE = "this page of the list does not exist"
_PLACE = re.compile(r"(\d{4}-\d\d-\d\d)~([a-z0-9-]{1,64})~(\d{1,18})", re.ASCII)
"""Where a page of duties ends: due date, kind, key."""


@require_GET
def case_list(request: SignedInRequest) -> HttpResponse:
    """Show the cases one may see, by case number; a whole number given leads to its case."""
    require(request.user, Permission.CASE_READ)
    form = CaseFilterForm(request.GET)
    cases = form.narrow(visible_cases(request.user))
    wanted = request.GET.get("number", "").strip().upper()
    if visible_case(request.user, wanted):
        return redirect("casework:case-detail", wanted)
    after = request.GET.get("after", "")
    if after and not re.fullmatch(CASE_NO, after):
        raise Http404(NO_PAGE)
    found = list(cases.filter(pk__gt=after).order_by("pk")[: PAGE_SIZE + 1])
    context = {
        "form": form,
        "rows": found[:PAGE_SIZE],
        "after": found[PAGE_SIZE - 1].pk if len(found) > PAGE_SIZE else "",
        "is_narrowed": bool(form.data),
        "scope": _scope_words(request.user),
        "may_take_in": may(request.user, Permission.CASE_WORK),
    }
    return render(request, f"{CASES}#table" if request.htmx else CASES, context)


@require_GET
def duty_list(request: SignedInRequest) -> HttpResponse:
    """Show duties by due date and kind: an officer's own, or those of the office."""
    require(request.user, Permission.CASE_READ)
    form = DutyFilterForm(request.GET)
    today = localdate()
    found = form.narrow(_duties(request.user).as_of(today))
    shown, after = _from(found, request.GET.get("after", ""))
    context = {
        "form": form,
        "rows": wording.rows([owed(one, today) for one in shown], request.user),
        "after": after,
        "as_of": today,
        "is_narrowed": bool(form.data),
        "scope": _duty_scope(request.user),
    }
    return render(request, f"{DUTIES}#table" if request.htmx else DUTIES, context)


def _duties(user: User) -> DutyQuerySet:
    """Return the duties somebody may list: an officer's own, those of the office one leads, or all."""
    if user.role == Role.AUDITOR:
        return Duty.objects.all()
    if may(user, Permission.UNIT_READ):
        return Duty.objects.filter(office_id=user.office)
    officer = officer_of(user)
    return Duty.objects.filter(officer_no=officer.pk) if officer else Duty.objects.none()


def _from(found: QuerySet[Duty], after: str) -> tuple[list[Duty], str]:
    """Return one page by due date, kind and key, and the key of the next."""
    if after:
        due_on, duty, pk = _key(after)
        later = (
            Q(due_on__gt=due_on) | Q(due_on=due_on, duty__gt=duty) | Q(due_on=due_on, duty=duty, pk__gt=pk)
        )
        found = found.filter(later)
    rows = list(found.filter(due_on__isnull=False).order_by("due_on", "duty", "pk")[: PAGE_SIZE + 1])
    if len(rows) <= PAGE_SIZE:
        return rows, ""
    last = rows[PAGE_SIZE - 1]
    return rows[:PAGE_SIZE], f"{last.due_on}~{last.duty}~{last.pk}"


def _key(after: str) -> tuple[date, str, int]:
    place = _PLACE.fullmatch(after)
    if place is None:
        raise Http404(NO_PAGE)
    try:
        return date.fromisoformat(place[1]), place[2], int(place[3])
    except ValueError as error:
        raise Http404(NO_PAGE) from error


def _scope_words(user: User) -> str:
    if user.role == Role.AUDITOR:
        return "of all offices"
    return f"of {user.office}" if user.office else "of no office: your account names none"


def _duty_scope(user: User) -> str:
    if user.role == Role.AUDITOR or may(user, Permission.UNIT_READ):
        return _scope_words(user)
    return f"of officer {user.username}"


def find_case(user: User, case_no: str) -> Case:
    """Return a case somebody may see.

    Raises:
        Http404: There is none, or it is another office's: the answer does not tell which.

    """
    case = visible_case(user, case_no)
    if case is None:
        msg = "no such case in your office"
        raise Http404(msg)
    return case
