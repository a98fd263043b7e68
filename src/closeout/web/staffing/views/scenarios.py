"""Scenarios: what would change, beside the office as it is? Made, run, and seen side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from closeout.web.accounts.permissions import Permission, require
from closeout.web.casework.actions.errors import ActionRefusedError
from closeout.web.staffing import charts_plans, exports
from closeout.web.staffing.actions.answers import check_may_ask, may_ask
from closeout.web.staffing.actions.scenarios import KIND, ask_scenario, make_scenario, make_version
from closeout.web.staffing.forms_plans import ChancesForm, ScenarioForm, VersionForm
from closeout.web.staffing.models.scenarios import Scenario, ScenarioRun
from closeout.web.staffing.policy import LEADS, check_may_see, sees_office
from closeout.web.staffing.queries.scenarios import (
    differences_table,
    found_of,
    last_runs,
    offices_run,
    said_changes,
    scenarios_for,
    unfinished,
)
from closeout.web.staffing.views.offices import is_narrow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.web.accounts.models import User
    from closeout.web.http import SignedInRequest
    from closeout.web.staffing.queries.scenarios import DutyDifference

LIST_PAGE = "staffing/scenario_list.html"
PAGE = "staffing/scenario_detail.html"
FORM_PAGE = "staffing/scenario_make.html"
COMPARE_PAGE = "staffing/scenario_compare.html"
SHOWN = 50
SIDE_BY_SIDE = 3
REFUSED = 409


@require_GET
def scenario_list(request: SignedInRequest) -> HttpResponse:
    """Show the scenarios one may see, each in its newest version."""
    require(request.user, Permission.STAFFING_READ)
    page = Paginator(scenarios_for(request.user), SHOWN).get_page(request.GET.get("page"))
    lines = [{"row": row, "changes": said_changes(row)} for row in page]
    context = {"page": page, "lines": lines, "offices": offices_run(request.user)}
    return render(request, LIST_PAGE, context)


@require_http_methods(["GET", "POST"])
def scenario_make(request: SignedInRequest) -> HttpResponse:
    """Ask for a scenario's changes in a few fields; sent back, make its first version."""
    require(request.user, Permission.STAFFING_PLAN)
    own = request.user.office if request.user.role in LEADS else ""
    initial = {"office_id": request.GET.get("office") or own}
    form = _own_office(ScenarioForm(request.POST or None, initial=initial), request.user)
    if request.method == "GET":
        return render(request, FORM_PAGE, {"form": form})
    if not form.is_valid():
        return render(request, FORM_PAGE, {"form": form}, status=422)
    given = form.cleaned_data
    try:
        made = make_scenario(
            by=request.user,
            office_id=given["office_id"],
            code=given["code"],
            title=given["title"],
            changes=form.changes(),
        )
    except (ActionRefusedError, PermissionDenied) as refusal:
        form.add_error(None, str(refusal))
        return render(request, FORM_PAGE, {"form": form}, status=REFUSED)
    messages.success(request, "Made. Run it to see what would change.")
    return redirect("staffing:scenario-detail", made.pk)


def _own_office(form: ScenarioForm, user: User) -> ScenarioForm:
    if user.role in LEADS:
        form.fields["office_id"].widget = forms.HiddenInput()
    return form


@require_http_methods(["GET", "POST"])
def scenario_version(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask what the next version of a scenario changes; the one before stays as it is."""
    require(request.user, Permission.STAFFING_PLAN)
    before = _scenario(request, pk)
    check_may_ask(request.user, before.office_id)
    form = VersionForm(request.POST or None, initial=ScenarioForm.values_of(before))
    context = {"form": form, "before": before}
    if request.method == "GET":
        return render(request, FORM_PAGE, context)
    if not form.is_valid():
        return render(request, FORM_PAGE, context, status=422)
    try:
        made = make_version(
            by=request.user, scenario_id=pk, title=form.cleaned_data["title"], changes=form.changes()
        )
    except ActionRefusedError as refusal:
        form.add_error(None, str(refusal))
        return render(request, FORM_PAGE, context, status=REFUSED)
    messages.success(request, f"Version {made.version} is made. Run it to see what would change.")
    return redirect("staffing:scenario-detail", made.pk)


@require_GET
def scenario_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a scenario's changes and, beside them, what its last run found."""
    scenario = _scenario(request, pk)
    run = scenario.runs.select_related("requested_by").first()
    found = found_of(run) if run else None
    if found and "format" in request.GET:
        name = f"scenario-{scenario.code.lower()}-{scenario.version}"
        return exports.as_file([differences_table(found)], request.GET["format"], name)
    versions = Scenario.objects.filter(office_id=scenario.office_id, code=scenario.code)
    context = {
        "scenario": scenario,
        "changes": said_changes(scenario),
        "versions": versions,
        "is_newest": versions[0].pk == scenario.pk,
        "run": run,
        "found": found,
        "job": unfinished(KIND, scenario_id=scenario.pk),
        "form": ChancesForm(),
        "may_ask": may_ask(request.user, scenario.office_id),
        "leads": request.user.role in LEADS and sees_office(request.user, scenario.office_id),
    }
    return render(request, PAGE, context)


def _scenario(request: SignedInRequest, pk: int) -> Scenario:
    require(request.user, Permission.STAFFING_READ)
    found = Scenario.objects.select_related("made_by", "parent").filter(pk=pk).first()
    if found is None or not sees_office(request.user, found.office_id):
        msg = f"no scenario {pk}"
        raise Http404(msg)
    return found


@require_POST
def scenario_run(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put the run of a scenario in the queue, and show its progress."""
    require(request.user, Permission.STAFFING_PLAN)
    scenario = _scenario(request, pk)
    form = ChancesForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("staffing:scenario-detail", pk)
    try:
        job = ask_scenario(by=request.user, scenario_id=scenario.pk, **form.cleaned_data)
    except ActionRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("staffing:scenario-detail", pk)
    messages.success(request, "In the queue. The scenario's page changes when it is done.")
    return redirect("jobs:job-detail", job.pk)


@require_GET
def difference_chart(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send the chart of a run's differences by duty as SVG."""
    require(request.user, Permission.STAFFING_READ)
    run = ScenarioRun.objects.select_related("scenario").filter(pk=pk).first()
    if run is None or not sees_office(request.user, run.office_id):
        msg = f"no run {pk}"
        raise Http404(msg)
    found = found_of(run)
    svg = charts_plans.difference_chart((found.all, *found.duties), is_narrow=is_narrow(request))
    return HttpResponse(svg, content_type="image/svg+xml")


@require_GET
def scenario_compare(request: SignedInRequest, office_id: str) -> HttpResponse:
    """Show up to three finished runs of an office in columns; they stand in the address."""
    check_may_see(request.user, office_id)
    runs = last_runs(office_id)
    asked = {int(key) for key in request.GET.getlist("run") if key.isdecimal()}
    chosen = [run for run in runs if run.pk in asked][:SIDE_BY_SIDE]
    columns = [found_of(run) for run in chosen]
    duties = {
        one.code: one.title
        for found in columns
        for one in found.duties
        if one.on_time is not None and one.on_time.is_seen()
    }
    rows = [
        {"title": title, "cells": [_of(found.duties, code) for found in columns]}
        for code, title in sorted(duties.items(), key=lambda item: (item[1], item[0]))
    ]
    context = {
        "office_id": office_id,
        "runs": runs,
        "chosen": {run.pk for run in chosen},
        "too_many": len(asked) > SIDE_BY_SIDE,
        "columns": columns,
        "rows": rows,
        "list_url": reverse("staffing:scenario-list"),
        "one_basis": len({(run.records_digest, run.seed, run.replications) for run in chosen}) == 1,
    }
    return render(request, COMPARE_PAGE, context)


def _of(duties: Sequence[DutyDifference], code: str) -> DutyDifference | None:
    return next((one for one in duties if one.code == code), None)
