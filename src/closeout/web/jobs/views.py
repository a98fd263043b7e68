"""Background jobs: how far they are and what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from closeout.web.accounts.permissions import Permission, require
from closeout.web.jobs import actions
from closeout.web.jobs.models import Job
from closeout.web.navigation import leads_somewhere

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest

LIST = "jobs/job_list.html"
DETAIL = "jobs/job_detail.html"
PAGE_SIZE = 25
SHOWN_LINES = 200


@require_GET
@vary_on_headers("HX-Request")
def job_list(request: SignedInRequest) -> HttpResponse:
    """Show the jobs, newest first; an HTMX request gets the table alone."""
    require(request.user, Permission.JOB_READ)
    jobs = Job.objects.select_related("requested_by")
    page = Paginator(jobs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "caption": f"{page.paginator.count} job{'' if page.paginator.count == 1 else 's'}, newest first",
        "unfinished": Job.objects.unfinished().count(),
    }
    return render(request, f"{LIST}#table" if request.htmx else LIST, context)


@require_GET
@vary_on_headers("HX-Request")
def job_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one job; while it runs, the page asks for the part that changes every two seconds."""
    job = get_object_or_404(Job.objects.select_related("requested_by", "rerun_of"), pk=pk)
    actions.check_sees(request.user, job)
    lines = list(job.lines.order_by("-pk")[:SHOWN_LINES])
    context = {
        "job": job,
        "lines": lines[::-1],
        "may_steer": actions.may_steer(request.user, job),
        "may_follow": leads_somewhere(request.user, job.link),
        "shown_lines": SHOWN_LINES,
    }
    return render(request, f"{DETAIL}#progress" if request.htmx else DETAIL, context)


@require_POST
def job_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask a job to stop."""
    job = get_object_or_404(Job, pk=pk)
    try:
        actions.cancel_job(by=request.user, job_id=job.pk)
    except actions.JobFinishedError:
        messages.info(request, "The job had already finished.")
    else:
        messages.success(request, "The job was asked to stop.")
    return redirect("jobs:job-detail", pk=job.pk)


@require_POST
def job_rerun(request: SignedInRequest, pk: int) -> HttpResponse:
    """Run a job again."""
    job = get_object_or_404(Job, pk=pk)
    try:
        again = actions.run_again(by=request.user, job_id=job.pk)
    except actions.JobNotFinishedError:
        messages.info(request, "The job has not finished yet.")
        return redirect("jobs:job-detail", pk=job.pk)
    return redirect("jobs:job-detail", pk=again.pk)
