"""The timer of one's own time: start it, stop it and record, or stop it and record nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from closeout.web.accounts.permissions import Permission, require
from closeout.web.casework.actions.errors import ActionRefusedError, UnfitValueError
from closeout.web.staffing.actions import time as actions
from closeout.web.staffing.activities import activity_title
from closeout.web.staffing.forms import TimerForm, TimerStopForm
from closeout.web.staffing.wording import clock, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest


@require_POST
def timer(request: SignedInRequest, verb: str) -> HttpResponse:
    """Do what is asked of the timer, and return to the day."""
    require(request.user, Permission.TIME_RECORD)
    if verb not in VERBS:
        msg = f"a timer does not {verb}"
        raise Http404(msg)
    try:
        messages.success(request, VERBS[verb](request))
    except ActionRefusedError as refusal:
        messages.error(request, sentence(refusal))
    return redirect("staffing:time-entry")


def _start(request: SignedInRequest) -> str:
    form = TimerForm(request.POST)
    if not form.is_valid():
        raise UnfitValueError(form.errors["activity"][0])
    started = actions.start_timer(by=request.user, activity=form.cleaned_data["activity"])
    return f"The timer runs: {activity_title(started.activity)}."


def _stop(request: SignedInRequest) -> str:
    form = TimerStopForm(request.POST)
    if not form.is_valid():
        msg = f"how many tasks: {form.errors['tasks'][0]} The timer still runs."
        raise UnfitValueError(msg)
    row = actions.stop_timer(by=request.user, tasks=form.cleaned_data["tasks"])
    return f"Recorded {clock(row.minutes)}: {activity_title(row.activity)}."


def _discard(request: SignedInRequest) -> str:
    actions.discard_timer(by=request.user)
    return "The timer was stopped; nothing was recorded."


VERBS: Mapping[str, Callable[[SignedInRequest], str]] = {"start": _start, "stop": _stop, "discard": _discard}
