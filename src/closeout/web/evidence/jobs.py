"""The background work of the evidence. `apps.py` imports this module in `ready()`: the worker knows it.

`evidence.assess`  assesses the recommendations from the records as they are, and keeps the run
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from closeout.web.accounts.permissions import Permission
from closeout.web.evidence.actions.runs import KIND
from closeout.web.evidence.work import assess_and_keep
from closeout.web.jobs.kinds import job_kind
from closeout.web.jobs.models import Job

if TYPE_CHECKING:
    from closeout.web.jobs.progress import Progress

_COUNTED = re.compile(r"\((?P<done>\d+) of (?P<total>\d+)\)$")
"""How the work says that it is one of many small steps: those are counted, and not written to the log."""


@job_kind(KIND, permission=Permission.ASSESSMENT_RUN)
def run_assessment(progress: Progress, _params: dict[str, Any]) -> dict[str, Any]:
    """Assess the recommendations as of today, and keep what was found."""
    job = Job.objects.select_related("requested_by").get(pk=progress.job_id)

    def told(said: str) -> None:
        counted = _COUNTED.search(said)
        if counted is None:
            progress.tell(said)
        else:
            progress.advance(int(counted["done"]), int(counted["total"]), note=said)

    run = assess_and_keep(today=timezone.localdate(), job=job, told=told)
    return {
        "As of": run.as_of.isoformat(),
        "Measures": run.measures.count(),
        "Recommendations": run.assessed.count(),
        "link": reverse("evidence:assessment"),
        "link_text": "See the assessment",
    }
