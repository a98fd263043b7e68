"""Hiring plans frozen as evidence, from the page of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from closeout.web.accounts.permissions import Permission, require
from closeout.web.recommendations.actions.errors import ActionRefusedError

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest


@require_POST
def plan_freeze(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put freezing a hiring plan in the queue; its job says when another person may accept it."""
    from closeout.web.evidence.actions.plans import ask_freeze_plan  # noqa: PLC0415 - brings the engines

    require(request.user, Permission.EVIDENCE_FREEZE)
    said = request.POST.get("recommendation", "")
    if not (said.isascii() and said.isdigit()):
        messages.error(request, "Choose the recommendation that the plan is evidence for.")
        return redirect("staffing:plan-detail", pk)
    try:
        job = ask_freeze_plan(by=request.user, plan_id=pk, recommendation_id=int(said))
    except ActionRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("staffing:plan-detail", pk)
    messages.success(request, "In the queue. Once frozen it is put forward; another person accepts it.")
    return redirect("jobs:job-detail", job.pk)
