"""Hiring plans: how many to hire, and when, to have the staff by a date?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from closeout.web.accounts.permissions import Permission, may, require
from closeout.web.casework.actions.errors import ActionRefusedError
from closeout.web.evidence.queries.plans import wanting
from closeout.web.staffing import charts_plans, exports
from closeout.web.staffing.actions.plans import ask_plan
from closeout.web.staffing.forms_plans import PlanForm
from closeout.web.staffing.models.scenarios import KeptPlan
from closeout.web.staffing.policy import LEADS, sees_rows_set_aside
from closeout.web.staffing.queries.plans import months_table, plan_view, plans_for, sees_plan
from closeout.web.staffing.views.offices import is_narrow

if TYPE_CHECKING:
    from closeout.web.accounts.models import User
    from closeout.web.http import SignedInRequest

LIST_PAGE = "staffing/plan_list.html"
PAGE = "staffing/plan_detail.html"
SHOWN = 50
REFUSED = 409


@require_http_methods(["GET", "POST"])
def plan_list(request: SignedInRequest) -> HttpResponse:
    """Show the hiring plans one may see; sent back, ask for a new one."""
    if request.method == "GET":
        _require_look(request.user)
        return _list(request, _form(request), 200)
    require(request.user, Permission.STAFFING_PLAN)
    form = _form(request, request.POST)
    if not form.is_valid():
        return _list(request, form, 422)
    try:
        job = ask_plan(by=request.user, asked=form.asked())
    except (ActionRefusedError, PermissionDenied) as refusal:
        form.add_error(None, str(refusal))
        return _list(request, form, REFUSED)
    messages.success(request, "In the queue. The plan stands on this page when it is done.")
    return redirect("jobs:job-detail", job.pk)


def _form(request: SignedInRequest, sent: Any = None) -> PlanForm:  # noqa: ANN401 - Django's QueryDict
    own = request.user.office if request.user.role in LEADS else ""
    form = PlanForm(sent, initial={"office_id": request.GET.get("office") or own})
    if request.user.role in LEADS:
        form.fields["office_id"].widget = forms.HiddenInput()
    return form


def _list(request: SignedInRequest, form: PlanForm, code: int) -> HttpResponse:
    page = Paginator(plans_for(request.user), SHOWN).get_page(request.GET.get("page"))
    lines = [{"row": row, "view": plan_view(row)} for row in page]
    return render(request, LIST_PAGE, {"page": page, "lines": lines, "form": form}, status=code)


@require_GET
def plan_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a hiring plan: its path by month, its cost, and what binds where it falls short."""
    kept = _plan(request, pk)
    view = plan_view(kept)
    if "format" in request.GET:
        return exports.as_file([months_table(view, kept.as_of)], request.GET["format"], f"hiring-plan-{pk}")
    is_seen = sees_rows_set_aside(request.user)
    may_freeze = may(request.user, Permission.EVIDENCE_FREEZE)
    context = {
        "kept": kept,
        "view": view,
        "sees_rows_set_aside": is_seen,
        "wanting": wanting() if may_freeze else [],
    }
    return render(request, PAGE, context)


@require_GET
def plan_chart(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send the chart of a plan's months as SVG."""
    view = plan_view(_plan(request, pk))
    need = None if view.need_today is None else view.need_today * view.growth
    svg = charts_plans.plan_chart(view.months, need=need, is_narrow=is_narrow(request))
    return HttpResponse(svg, content_type="image/svg+xml")


def _require_look(user: User) -> None:
    """Pass for who makes plans, and for who freezes them as evidence."""
    if not may(user, Permission.EVIDENCE_FREEZE):
        require(user, Permission.STAFFING_PLAN)


def _plan(request: SignedInRequest, pk: int) -> KeptPlan:
    _require_look(request.user)
    kept = KeptPlan.objects.select_related("requested_by").filter(pk=pk).first()
    if kept is None or not sees_plan(request.user, kept):
        msg = f"no plan {pk}"
        raise Http404(msg)
    return kept
