"""Planning a time study, and cancelling one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from closeout.web.accounts.permissions import Permission, require
from closeout.web.casework.actions.errors import ActionRefusedError
from closeout.web.staffing.actions.planning import cancel_study, plan_study
from closeout.web.staffing.forms import StudyForm
from closeout.web.staffing.wording import sentence

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest

PAGE = "staffing/study_plan.html"
REFUSED = 409


@require_http_methods(["GET", "POST"])
def study_plan(request: SignedInRequest) -> HttpResponse:
    """Ask what a study is to be; sent back, draw whom it asks."""
    require(request.user, Permission.STUDY_MANAGE)
    if request.method == "GET":
        return render(request, PAGE, {"form": StudyForm()})
    form = StudyForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, {"form": form}, status=422)
    try:
        study = plan_study(by=request.user, planned=form.planned())
    except ActionRefusedError as refusal:
        form.add_error(None, sentence(refusal))
        return render(request, PAGE, {"form": form}, status=REFUSED)
    messages.success(request, "Planned. Officers see under My time that they are asked.")
    return redirect("staffing:study-detail", study.pk)


@require_POST
def study_cancel(request: SignedInRequest, study_id: str) -> HttpResponse:
    """Cancel a study: nobody is asked any more."""
    require(request.user, Permission.STUDY_MANAGE)
    try:
        cancel_study(by=request.user, study_id=study_id)
    except ActionRefusedError as refusal:
        messages.error(request, sentence(refusal))
        return redirect("staffing:study-list")
    messages.success(request, "Cancelled. What was recorded stays.")
    return redirect("staffing:study-detail", study_id)
