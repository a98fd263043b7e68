"""All offices: where do hours fall short, and how sure are we?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from closeout.web.accounts.permissions import Permission, require
from closeout.web.casework.actions.errors import ActionRefusedError
from closeout.web.casework.models import Office
from closeout.web.staffing import charts, exports
from closeout.web.staffing.actions.runs import ask_run
from closeout.web.staffing.confidence import CHOICES, asked_confidence
from closeout.web.staffing.forms import RunForm
from closeout.web.staffing.models.runs import StaffingRun
from closeout.web.staffing.policy import LEADS
from closeout.web.staffing.queries.offices import nation, office_lines
from closeout.web.staffing.queries.runs import kinds_there_are, shown_run
from closeout.web.staffing.wording import sentence

if TYPE_CHECKING:
    from closeout.web.accounts.models import User
    from closeout.web.http import SignedInRequest

PAGE = "staffing/office_list.html"
REFUSED = 409


@require_GET
def office_list(request: SignedInRequest) -> HttpResponse:
    """Show the offices' need and gap; those who lead one go straight to it."""
    require(request.user, Permission.STAFFING_READ)
    if request.user.role in LEADS and Office.objects.filter(pk=request.user.office).exists():
        return redirect("staffing:office-detail", request.user.office)
    shown = shown_run(localdate(), kind=asked_kind(request))
    confidence = asked_confidence(request)
    lines = office_lines(shown.run, confidence) if shown.run and sees_all(request.user) else ()
    if shown.run and "format" in request.GET:
        table = exports.offices_table(lines, shown.run.as_of, confidence)
        return exports.as_file([table], request.GET["format"], "staffing")
    context = {
        "shown": shown,
        "run": shown.run,
        "lines": lines,
        "nation": nation(shown.run, confidence) if shown.run else None,
        "confidence": confidence,
        "confidences": CHOICES,
        "kinds": kinds_there_are(),
        "run_form": RunForm(),
        "no_office": request.user.role in LEADS,
    }
    return render(request, PAGE, context)


@require_GET
def gap_chart(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send the chart of the offices' gaps in one run as SVG."""
    require(request.user, Permission.STAFFING_READ)
    run = run_or_404(pk)
    if not sees_all(request.user):
        msg = "the chart of all offices is for who sees all"
        raise Http404(msg)
    lines = office_lines(run, asked_confidence(request))
    return HttpResponse(charts.gap_chart(lines, is_narrow=is_narrow(request)), content_type="image/svg+xml")


@require_POST
def run_start(request: SignedInRequest) -> HttpResponse:
    """Put the working out in the queue, and show its progress."""
    require(request.user, Permission.STAFFING_PLAN)
    form = RunForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("staffing:office-list")
    try:
        job = ask_run(by=request.user, **form.cleaned_data)
    except ActionRefusedError as refusal:
        messages.error(request, sentence(refusal))
        return redirect("staffing:office-list")
    messages.success(request, "In the queue. The offices' pages change when it is done.")
    return redirect("jobs:job-detail", job.pk)


def is_narrow(request: SignedInRequest) -> bool:
    """Say whether a chart is asked for a narrow screen."""
    return request.GET.get("width") == "narrow"


def sees_all(user: User) -> bool:
    """Say whether somebody sees all offices side by side."""
    return user.role not in LEADS


def asked_kind(request: SignedInRequest) -> str:
    """Return the kind of weights asked for; observed unless adjusted."""
    return "adjusted" if request.GET.get("weights") == "adjusted" else "observed"


def run_or_404(pk: int) -> StaffingRun:
    """Return a run; a page that is not there where there is none."""
    run = StaffingRun.objects.filter(pk=pk).first()
    if run is None:
        msg = f"no run {pk}"
        raise Http404(msg)
    return run
