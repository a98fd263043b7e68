"""The background work of the evidence. `apps.py` imports this module in `ready()`: the worker knows it.

`evidence.assess`  assesses the recommendations from the records as they are, and keeps the run
`evidence.rows`    looks up the rows behind a figure, and keeps them
`evidence.dossier` submits a dossier: writes its letter, and proposes to ask the auditor to close
`evidence.plan`    works a hiring plan out again and puts it forward as evidence
`evidence.verify`  verifies a file that somebody brought, and keeps what was found

The engines are imported when the work starts: they take seconds that most commands can do without.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from closeout.web.accounts.permissions import Permission
from closeout.web.evidence.actions.brought import KIND as VERIFY
from closeout.web.evidence.actions.brought import keep_found
from closeout.web.evidence.actions.listings import keep_listing
from closeout.web.evidence.actions.runs import KIND
from closeout.web.evidence.models import AssessedMeasure, BroughtFile
from closeout.web.evidence.queries.listings import KIND as ROWS
from closeout.web.evidence.queries.plans import KIND as PLAN
from closeout.web.evidence.queries.submissions import KIND as SUBMIT
from closeout.web.evidence.verifying.found import ANSWER_WORDS
from closeout.web.jobs.kinds import job_kind
from closeout.web.jobs.models import Job

if TYPE_CHECKING:
    from collections.abc import Callable

    from closeout.web.jobs.progress import Progress

_COUNTED = re.compile(r"\((?P<done>\d+) of (?P<total>\d+)\)$")
"""How the work says that it is one of many small steps: those are counted, and not written to the log."""


@job_kind(KIND, permission=Permission.ASSESSMENT_RUN)
def run_assessment(progress: Progress, _params: dict[str, Any]) -> dict[str, Any]:
    """Assess the recommendations as of today, and keep what was found."""
    from closeout.web.evidence.work import assess_and_keep  # noqa: PLC0415 - brings the engines

    job = Job.objects.select_related("requested_by").get(pk=progress.job_id)
    run = assess_and_keep(today=timezone.localdate(), job=job, told=_teller(progress))
    return {
        "As of": run.as_of.isoformat(),
        "Measures": run.measures.count(),
        "Recommendations": run.assessed.count(),
        "link": reverse("evidence:assessment"),
        "link_text": "See the assessment",
    }


@job_kind(ROWS, permission=Permission.MEASURE_ROWS)
def run_rows(progress: Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Look up the rows behind a figure, and keep them for who may see them."""
    from closeout.web.evidence.listing import as_plain, look_up  # noqa: PLC0415 - brings the engines

    measure = AssessedMeasure.objects.select_related("run").filter(pk=params["measure"]).first()
    if measure is None:
        msg = "the assessment whose rows were asked for is not kept any more; ask again from its page"
        raise LookupError(msg)
    job = Job.objects.get(pk=progress.job_id)
    office, after = params["office"], params["after"]

    def told(done: int, total: int, what: str) -> None:
        progress.tell(f"{done + 1} of {total}: {what}" if done < total else what)
        progress.advance(done, total, note=what)

    found = look_up(measure, office=office, after=after, told=told)
    rows = [as_plain(row) for row in found.rows]
    keep_listing(measure, office=office, after=after, rows=rows, then=found.then, why=found.why, job=job)
    asked = urlencode({name: value for name, value in (("office", office), ("after", after)) if value})
    return {
        "Measure": measure.title,
        "Rows": f"{len(rows):,}",
        "link": f"{reverse('evidence:measure-rows', args=[measure.code])}{'?' if asked else ''}{asked}",
        "link_text": "See the rows",
    }


@job_kind(SUBMIT, permission=Permission.CLOSURE_REQUEST)
def run_submit(progress: Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Submit a dossier as it stood when somebody asked for it, in that person's name."""
    from closeout.web.evidence.actions.dossiers import STEPS, submit_dossier  # noqa: PLC0415 - brings the papers

    job = Job.objects.select_related("requested_by").get(pk=progress.job_id)

    def told(done: int, what: str) -> None:
        progress.tell(f"{done + 1} of {STEPS}: {what}")
        progress.advance(done, STEPS, note=what)

    asked = submit_dossier(
        by=job.requested_by, recommendation_id=params["recommendation"], stands=params["stands"], told=told
    )
    return {
        "Attachments": len(asked.attachments),
        "link": reverse("evidence:dossier", args=[asked.recommendation_id]),
        "link_text": "See the dossier",
    }


@job_kind(PLAN, permission=Permission.EVIDENCE_FREEZE)
def run_freeze_plan(progress: Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Freeze a hiring plan in the name of who asked for it."""
    from closeout.web.evidence.actions.plans import freeze_plan  # noqa: PLC0415 - brings the engines

    job = Job.objects.select_related("requested_by").get(pk=progress.job_id)
    figure = freeze_plan(
        by=job.requested_by,
        plan_id=params["plan"],
        recommendation_id=params["recommendation"],
        told=_teller(progress),
    )
    return {
        "Evidence": figure.revision.evidence.title,
        "link": reverse("evidence:dossier", args=[figure.revision.evidence.recommendation_id]),
        "link_text": "See the dossier",
    }


@job_kind(VERIFY, permission=Permission.EVIDENCE_VERIFY)
def run_verify(progress: Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Verify a file that somebody brought; what was found is for that person alone."""
    from closeout.web.evidence.verifying.work import verify_file  # noqa: PLC0415 - brings the engines

    row = BroughtFile.objects.filter(pk=params["brought"]).first()
    if row is None or row.data is None:
        msg = "the file is not kept any more; bring it again"
        raise LookupError(msg)
    found = verify_file(bytes(row.data), now=timezone.now(), told=_teller(progress))
    keep_found(row, found)
    return {
        "Answer": ANSWER_WORDS[found.answer],
        "Results": len(found.results),
        "link": reverse("evidence:verify-detail", args=[row.pk]),
        "link_text": "See what was found",
    }


def _teller(progress: Progress) -> Callable[[str], None]:
    """Return what writes each step to the log, and counts those that say that they are one of many."""

    def told(said: str) -> None:
        counted = _COUNTED.search(said)
        if counted is None:
            progress.tell(said)
        else:
            progress.advance(int(counted["done"]), int(counted["total"]), note=said)

    return told
