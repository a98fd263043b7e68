"""Time studies: whom they asked, who answered, and the minutes that follow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from closeout.records.columns import CODE
from closeout.web.accounts.permissions import Permission, require
from closeout.web.casework.actions.errors import ActionRefusedError
from closeout.web.staffing.actions.adjusting import (
    approve_adjustment,
    propose_adjustment,
    withdraw_adjustment,
)
from closeout.web.staffing.activities import activities, activity_title
from closeout.web.staffing.forms import AdjustmentForm
from closeout.web.staffing.models import TimeStudy
from closeout.web.staffing.queries.adjusting import agreed_on
from closeout.web.staffing.queries.checked import AT_ONCE, checked, entries_of
from closeout.web.staffing.queries.runs import shown_run
from closeout.web.staffing.queries.study import (
    adjustment_lines,
    adjustments,
    response_by_office,
    study_lines,
    weight_lines,
)
from closeout.web.staffing.wording import sentence

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest

REFUSED = 409
APPROVED_SHOWN = 25


@require_GET
def study_list(request: SignedInRequest) -> HttpResponse:
    """Show the studies with their response, the weights that follow, and what waits for a second person."""
    require(request.user, Permission.STUDY_MANAGE)
    run = shown_run(localdate()).run
    reader = request.user.username
    context = {
        "studies": study_lines(),
        "run": run,
        "weights": weight_lines(run) if run else (),
        "waiting": adjustment_lines(adjustments(waiting=True), reader),
        "approved": adjustment_lines(
            adjustments(waiting=False).order_by("-approved_on", "pk")[:APPROVED_SHOWN], reader
        ),
    }
    return render(request, "staffing/study_list.html", context)


@require_GET
def study_detail(request: SignedInRequest, study_id: str) -> HttpResponse:
    """Show one study with its response by office, and what a check of its entries finds."""
    require(request.user, Permission.STUDY_MANAGE)
    known = TimeStudy.objects.select_related("office")
    study = known.filter(pk=study_id).first() if re.fullmatch(CODE, study_id) else None
    if study is None:
        msg = f"no study {study_id}"
        raise Http404(msg)
    entries = entries_of(study).count()
    is_checked = entries <= AT_ONCE or "check" in request.GET
    context = {
        "study": study,
        "offices": response_by_office(study),
        "entries": entries,
        "check": checked(study) if is_checked else None,
    }
    return render(request, "staffing/study_detail.html", context)


@require_http_methods(["GET", "POST"])
def adjustment_propose(request: SignedInRequest) -> HttpResponse:
    """Ask what an activity should take; sent back, propose it."""
    require(request.user, Permission.STUDY_MANAGE)
    if request.method == "GET":
        return _ask(request, AdjustmentForm(initial=_begun(request.GET.get("activity", ""))), 200)
    form = AdjustmentForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, 422)
    try:
        row = propose_adjustment(by=request.user, proposed=form.proposed())
    except ActionRefusedError as refusal:
        form.add_error(None, sentence(refusal))
        return _ask(request, form, REFUSED)
    messages.success(request, f"Proposed for {activity_title(row.activity)}; another person approves it.")
    return redirect("staffing:study-list")


def _begun(activity: str) -> dict[str, object]:
    """Return what the form begins with: what a panel ended with on the activity, where one did."""
    if activity not in activities():
        return {}
    found = agreed_on(activity)
    if found is None:
        return {"activity": activity}
    last = found.last
    return {
        "activity": activity,
        "panel": last.panel,
        "low": round(last.low, 1),
        "minutes": round(last.likely, 1),
        "high": round(last.high, 1),
    }


def _ask(request: SignedInRequest, form: AdjustmentForm, code: int) -> HttpResponse:
    context = {"form": form, "activities": activities().values()}
    return render(request, "staffing/adjustment_propose.html", context, status=code)


@require_POST
def adjustment_settle(request: SignedInRequest, pk: int, verb: str) -> HttpResponse:
    """Approve what another person proposed, or take one's own proposal back."""
    require(request.user, Permission.STUDY_MANAGE)
    if verb not in ("approve", "withdraw"):
        msg = f"a proposal is not to {verb}"
        raise Http404(msg)
    try:
        if verb == "approve":
            version = request.POST.get("expected_version", "")
            seen = int(version) if version.isdecimal() else None
            approve_adjustment(by=request.user, adjustment_id=pk, expected_version=seen)
        else:
            withdraw_adjustment(by=request.user, adjustment_id=pk)
    except (ActionRefusedError, PermissionDenied) as refusal:
        messages.error(request, sentence(refusal))
    else:
        done = {"approve": "Approved: it counts from the next working out.", "withdraw": "Taken back."}
        messages.success(request, done[verb])
    return redirect("staffing:study-list")
