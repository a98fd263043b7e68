"""What the liaison and the program managers add: progress, promises, plan, settled conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from closeout.followup.statuses import Progress
from closeout.reading.model import PromiseKind
from closeout.web.accounts.permissions import Permission, require
from closeout.web.recommendations import forms
from closeout.web.recommendations.actions import joins, plans, progress
from closeout.web.recommendations.models import Conflict, Milestone
from closeout.web.recommendations.views.errors import carry_out

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest


@require_POST
def progress_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record where the agency stands."""
    is_acceptance = request.POST.get("state") == Progress.RISK_ACCEPTED
    require(request.user, Permission.CLOSURE_APPROVE if is_acceptance else Permission.PROGRESS_ADD)
    form = forms.ProgressForm(request.POST, by=request.user, auto_id="progress-%s")

    def act() -> object:
        wanted = form.cleaned_data
        return progress.add_progress(
            by=request.user,
            recommendation_id=pk,
            state=Progress(wanted["state"]),
            note=wanted["note"],
            on=wanted["on"],
        )

    return carry_out(request, pk=pk, act=act, done="Saved where we stand.", form=form, name="progress_form")


@require_POST
def promise_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record a date the agency promises."""
    require(request.user, Permission.PROGRESS_ADD)
    form = forms.PromiseForm(request.POST, auto_id="promise-%s")

    def act() -> object:
        wanted = form.cleaned_data
        return progress.record_promise(
            by=request.user,
            recommendation_id=pk,
            kind=PromiseKind(wanted["kind"]),
            due=wanted["due_on"].isoformat(),
            said_on=wanted["said_on"],
            promised_by=wanted["by"],
            what=wanted["what"],
        )

    return carry_out(request, pk=pk, act=act, done="Recorded the promise.", form=form, name="promise_form")


@require_POST
def plan_set(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write the corrective action plan, or replace it."""
    require(request.user, Permission.PLAN_EDIT)
    form = forms.PlanForm(request.POST, auto_id="plan-%s")

    def act() -> object:
        wanted = form.cleaned_data
        return plans.set_plan(
            by=request.user,
            recommendation_id=pk,
            owner_office=wanted["owner_office"],
            summary=wanted["summary"],
            steps=[plans.Step(text=text, due_on=due_on) for text, due_on in wanted["steps"]],
        )

    return carry_out(request, pk=pk, act=act, done="Saved the plan.", form=form, name="plan_form")


@require_POST
def milestone_complete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record that a plan step is done."""
    require(request.user, Permission.PLAN_EDIT)
    step = get_object_or_404(Milestone.objects.select_related("plan"), pk=pk)
    form = forms.MilestoneForm(request.POST)

    def act() -> object:
        return plans.complete_milestone(
            by=request.user, milestone_id=pk, done_on=form.cleaned_data["done_on"]
        )

    rec = step.plan.recommendation_id
    return carry_out(request, pk=rec, act=act, done="Recorded the step as done.", form=form, name="step")


@require_POST
def conflict_resolve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Settle which of the sources that disagree is right."""
    require(request.user, Permission.READING_REVIEW)
    conflict = get_object_or_404(Conflict.objects.exclude(recommendation=None), pk=pk)
    form = forms.ConflictForm(request.POST)

    def act() -> object:
        return joins.resolve_conflict(
            by=request.user, conflict_id=pk, resolution=form.cleaned_data["resolution"]
        )

    rec = conflict.recommendation_id or 0
    return carry_out(request, pk=rec, act=act, done="Settled the conflict.", form=form, name="conflict")
