"""Closing: propose it, decide on somebody else's proposal, send it, record the auditor's decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from closeout.reading.model import AuditorStatus
from closeout.web.accounts.permissions import Permission, require
from closeout.web.recommendations import forms
from closeout.web.recommendations.actions import closure, decisions
from closeout.web.recommendations.models import ClosureRequest
from closeout.web.recommendations.views.errors import carry_out

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest


@require_POST
def closure_request(request: SignedInRequest, pk: int) -> HttpResponse:
    """Propose asking the auditor to close a recommendation."""
    require(request.user, Permission.CLOSURE_REQUEST)
    form = forms.ClosureForm(request.POST, auto_id="closure-%s")

    def act() -> object:
        wanted = form.cleaned_data
        return closure.request_closure(
            by=request.user,
            recommendation_id=pk,
            letter=wanted["letter"],
            uncovered_reason=wanted["uncovered_reason"],
        )

    done = "Proposed closure; another person approves it."
    return carry_out(request, pk=pk, act=act, done=done, form=form, name="closure_form")


@require_POST
def closure_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Approve or return a closure that somebody else proposed."""
    require(request.user, Permission.CLOSURE_APPROVE)
    asked = get_object_or_404(ClosureRequest, pk=pk)
    form = forms.ClosureDecisionForm(request.POST)

    def act() -> object:
        wanted = form.cleaned_data
        return closure.decide_closure(
            by=request.user,
            request_id=pk,
            approve=wanted["decision"] == "approve",
            reason=wanted["reason"],
        )

    rec = asked.recommendation_id
    return carry_out(request, pk=rec, act=act, done="Saved the decision.", form=form, name="closure_decision")


@require_POST
def closure_sent(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record that the approved letter went to the auditor."""
    require(request.user, Permission.CLOSURE_REQUEST)
    asked = get_object_or_404(ClosureRequest, pk=pk)
    form = forms.SentForm(request.POST)

    def act() -> object:
        return closure.record_sent(by=request.user, request_id=pk, sent_on=form.cleaned_data["sent_on"])

    rec = asked.recommendation_id
    return carry_out(request, pk=rec, act=act, done="Recorded the letter as sent.", form=form, name="sent")


@require_POST
def decision_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record what the auditor decided, in the auditor's words."""
    require(request.user, Permission.DECISION_RECORD)
    form = forms.DecisionForm(request.POST, auto_id="decision-%s")

    def act() -> object:
        wanted = form.cleaned_data
        return decisions.record_auditor_decision(
            by=request.user,
            recommendation_id=pk,
            status=AuditorStatus(wanted["status"]),
            printed=wanted["printed"],
            on=wanted["on"],
            reason=wanted["reason"],
        )

    done = "Recorded the auditor's decision."
    return carry_out(request, pk=pk, act=act, done=done, form=form, name="decision_form")
