"""The background work of staffing. `apps.py` imports this module in `ready()`, so that the worker knows it.

`staffing.need`  works demand, hours, need and gap out from the records as they are now, and keeps them
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from closeout.web.accounts.permissions import Permission
from closeout.web.jobs.kinds import job_kind
from closeout.web.jobs.models import Job
from closeout.web.staffing.actions.runs import KIND
from closeout.web.staffing.work import work_out_and_keep
from closeout.workload.weights import Kind

if TYPE_CHECKING:
    from closeout.web.jobs.progress import Progress


@job_kind(KIND, permission=Permission.STAFFING_PLAN)
def run_need(progress: Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Work the need out as of today, and keep it."""
    run = work_out_and_keep(
        today=timezone.localdate(),
        draws=params["draws"],
        seed=params["seed"],
        kind=Kind(params["weights"]),
        job=Job.objects.select_related("requested_by").get(pk=progress.job_id),
        told=progress.tell,
    )
    return {
        "Offices": run.offices.count(),
        "Draws": run.draws,
        "As of": run.as_of.isoformat(),
        "link": reverse("staffing:office-list"),
        "link_text": "See the offices",
    }
