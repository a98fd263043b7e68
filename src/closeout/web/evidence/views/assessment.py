"""The assessment: for each recommendation, do the records show it is being done?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from closeout.web.accounts.permissions import Permission, require
from closeout.web.evidence import exports
from closeout.web.evidence.actions.runs import ask_run
from closeout.web.evidence.forms import AssessmentFilterForm
from closeout.web.evidence.policy import sees_small
from closeout.web.evidence.queries.assessment import chosen_ids, lines_of, mix_of
from closeout.web.evidence.queries.runs import shown_run
from closeout.web.recommendations.actions.errors import ActionRefusedError

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest

PAGE = "evidence/assessment.html"
PAGE_SIZE = 25


@require_GET
@vary_on_headers("HX-Request")
def assessment(request: SignedInRequest) -> HttpResponse:
    """Show every recommendation with its measures under the filters; an HTMX request gets the table alone."""
    require(request.user, Permission.ASSESSMENT_READ)
    shown = shown_run(localdate())
    form = AssessmentFilterForm(request.GET)
    filters = form.filters()
    ids = chosen_ids(shown.run, filters) if shown.run else []
    if shown.run and "format" in request.GET:
        require(request.user, Permission.RECOMMENDATION_EXPORT)
        tables = exports.assessment_tables(lines_of(shown.run, ids), shown.run)
        return exports.as_file(tables, request.GET["format"], "assessment")
    page = Paginator(ids, PAGE_SIZE).get_page(request.GET.get("page"))
    plural = "" if len(ids) == 1 else "s"
    context = {
        "shown": shown,
        "run": shown.run,
        "form": form,
        "filters": filters,
        "page": page,
        "lines": lines_of(shown.run, list(page.object_list), safe=not sees_small(request.user))
        if shown.run
        else [],
        "caption": f"{len(ids):,} recommendation{plural}" + (" under these filters" if filters else ""),
    }
    if request.htmx:
        return render(request, f"{PAGE}#table", context)
    return render(request, PAGE, context | {"mix": mix_of(shown.run) if shown.run else None})


@require_POST
def run_start(request: SignedInRequest) -> HttpResponse:
    """Put an assessment in the queue, and show its progress."""
    require(request.user, Permission.ASSESSMENT_RUN)
    try:
        job = ask_run(by=request.user)
    except ActionRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("evidence:assessment")
    messages.success(request, "In the queue. The pages change when it is done.")
    return redirect("jobs:job-detail", job.pk)
