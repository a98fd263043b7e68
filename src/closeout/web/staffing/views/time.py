"""My time: record minutes by activity in a few keystrokes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from closeout.web.accounts.permissions import Permission, require
from closeout.web.casework.actions.errors import ActionRefusedError
from closeout.web.casework.actions.undoing import undo
from closeout.web.casework.models import TimeEntry
from closeout.web.casework.policy import today_at
from closeout.web.casework.queries.visible import officer_of
from closeout.web.staffing.actions import time as actions
from closeout.web.staffing.activities import activities, activity_title
from closeout.web.staffing.forms import ChangeForm, TimeForm
from closeout.web.staffing.queries.time import my_time
from closeout.web.staffing.wording import clock, sentence

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.casework.models import Officer
    from closeout.web.http import SignedInRequest

PAGE = "staffing/time_entry.html"
CHANGE_PAGE = "staffing/time_change.html"
REFUSED = 409


@require_http_methods(["GET", "POST"])
@vary_on_headers("HX-Request")
def time_entry(request: SignedInRequest) -> HttpResponse:
    """Show the minutes of a day and ask for more; an HTMX request gets the part that changes."""
    require(request.user, Permission.TIME_RECORD)
    officer = officer_of(request.user)
    if officer is None:
        return render(request, PAGE, {"officer": None})
    if request.method == "GET":
        return _show(request, officer, _day(request.GET.get("on", ""), officer))
    form = TimeForm(request.POST)
    day = _day(request.POST.get("on", ""), officer)
    if not form.is_valid():
        return _show(request, officer, day, form=form, code=422)
    given = {name: value for name, value in form.cleaned_data.items() if name != "expected_version"}
    try:
        row = actions.record_time(by=request.user, **given)
    except ActionRefusedError as refusal:
        form.add_error(None, sentence(refusal))
        return _show(request, officer, day, form=form, code=REFUSED)
    messages.success(request, f"Recorded {clock(row.minutes)}: {activity_title(row.activity)}.")
    return _show(request, officer, row.worked_on) if request.htmx else redirect(_page_of(row.worked_on))


@require_http_methods(["GET", "POST"])
def time_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask what an entry of one's own should be; sent back, change it."""
    require(request.user, Permission.TIME_RECORD)
    row = TimeEntry.objects.filter(pk=pk, officer=officer_of(request.user)).first()
    if row is None:
        msg = "there is no such entry of yours"
        raise Http404(msg)
    if request.method == "GET":
        return _ask_change(request, row, ChangeForm(initial=ChangeForm.values_of(row)))
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return _ask_change(request, row, form, code=422)
    try:
        changed = actions.change_time(by=request.user, entry_id=row.pk, **form.cleaned_data)
    except ActionRefusedError as refusal:
        form.add_error(None, sentence(refusal))
        return _ask_change(request, row, form, code=REFUSED)
    messages.success(request, "Changed the entry.")
    return redirect(_page_of(changed.worked_on))


@require_POST
def time_undo(request: SignedInRequest, seq: int) -> HttpResponse:
    """Take back what was recorded or changed within the last ten minutes."""
    require(request.user, Permission.TIME_RECORD)
    try:
        undo(by=request.user, event_seq=seq)
    except (ActionRefusedError, PermissionDenied) as refusal:
        messages.error(request, sentence(refusal) or "That cannot be taken back.")
    else:
        messages.success(request, "Taken back. Both the entry and its undoing stay in the log.")
    return redirect("staffing:time-entry")


def _show(
    request: SignedInRequest, officer: Officer, day: date, *, form: TimeForm | None = None, code: int = 200
) -> HttpResponse:
    """Return the day's page; with HTMX the part that changes, which HTMX shows under code 200 only."""
    today = today_at(officer.office)
    shown = form or TimeForm(initial={"on": day})
    if request.htmx:
        # The next entry can be typed at once; a page that is opened begins with its skip link.
        shown.fields["activity"].widget.attrs["autofocus"] = True
    context = {
        "officer": officer,
        "view": my_time(officer, request.user, day, today),
        "form": shown,
        "activities": activities().values(),
    }
    if request.htmx:
        return render(request, f"{PAGE}#time", context)
    return render(request, PAGE, context, status=code)


def _ask_change(
    request: SignedInRequest, row: TimeEntry, form: ChangeForm, *, code: int = 200
) -> HttpResponse:
    context = {"row": row, "form": form, "activities": activities().values(), "back": _page_of(row.worked_on)}
    return render(request, CHANGE_PAGE, context, status=code)


def _day(asked: str, officer: Officer) -> date:
    """Return the day asked for, from when the officer joined until today; today where it is no day."""
    today = today_at(officer.office)
    try:
        return min(max(date.fromisoformat(asked), officer.active_from), today)
    except ValueError:
        return today


def _page_of(day: date) -> str:
    return f"{reverse('staffing:time-entry')}?on={day.isoformat()}"
