"""A dossier: what would be sent to the auditor, submitted by one person and approved by another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from closeout.evidence.letters.closeout import closeout_letter
from closeout.web.accounts.permissions import Permission, may, require
from closeout.web.evidence.actions import dossiers as actions
from closeout.web.evidence.documents import document_of, documents_of
from closeout.web.evidence.policy import sees_small
from closeout.web.evidence.queries.assessment import line_of
from closeout.web.evidence.queries.dossier import dossier_view, frozen_codes
from closeout.web.evidence.queries.runs import shown_run
from closeout.web.evidence.queries.submissions import submission_of
from closeout.web.recommendations.actions import closure
from closeout.web.recommendations.actions.errors import ActionRefusedError
from closeout.web.recommendations.forms import ClosureDecisionForm
from closeout.web.recommendations.models import Blob, ClosureRequest
from closeout.web.recommendations.models.closure import UNDER_WAY
from closeout.web.recommendations.queries.story import find

if TYPE_CHECKING:
    from collections.abc import Callable

    from closeout.web.http import SignedInRequest
    from closeout.web.jobs.models import Job

PAGE = "evidence/dossier.html"
CLOSURE = "evidence/dossier_closure.html"


@require_GET
@vary_on_headers("HX-Request")
def dossier(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what would be sent: the letter, attachments, needs covered and uncovered, and what is missing.

    An HTMX request gets how far submitting it is.
    """
    require(request.user, Permission.ASSESSMENT_READ)
    require(request.user, Permission.RECOMMENDATION_READ)
    rec = find(pk)
    if rec.pk != pk:
        return redirect("evidence:dossier", rec.pk)
    shown = shown_run(localdate())
    view = dossier_view(rec, shown.run)
    submission = submission_of(rec.pk)
    line = line_of(shown.run, rec.pk, safe=not sees_small(request.user)) if shown.run else None
    closures = ClosureRequest.objects.filter(recommendation=rec).select_related("requested_by", "decided_by")
    context = {
        "submission": submission,
        "sees_job": submission is not None and _sees(request, submission.job),
        "shown": shown,
        "run": shown.run,
        "view": view,
        "rec": rec,
        "line": line,
        "frozen_codes": frozen_codes(rec, shown.run) if shown.run else set(),
        "gaps": line.with_figures(view.dossier.gaps) if line and view.dossier else [],
        "needs": [(need, view.dossier.covered_by(need)) for need in view.dossier.needs]
        if view.dossier
        else [],
        "letter": closeout_letter(view.dossier) if view.dossier else None,
        "closures": closures,
        "is_under_way": any(each.state in UNDER_WAY for each in closures),
        "documents": documents_of(view.dossier) if view.dossier else {},
    }
    return render(request, CLOSURE if request.htmx else PAGE, context)


def _sees(request: SignedInRequest, job: Job) -> bool:
    return job.requested_by_id == request.user.pk or may(request.user, Permission.JOB_READ)


@require_GET
def dossier_file(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """Send the dossier as a file: the letter as PDF or DOCX, the plan of action as JSON, tables as XLSX."""
    require(request.user, Permission.ASSESSMENT_READ)
    require(request.user, Permission.RECOMMENDATION_EXPORT)
    rec = find(pk)
    view = dossier_view(rec, shown_run(localdate()).run)
    if view.dossier is None or kind not in documents_of(view.dossier):
        msg = f"no dossier of {pk} as {kind}"
        raise Http404(msg)
    made = document_of(view.dossier, kind)
    return _download(made.data, made.filename, made.media_type)


@require_GET
def closure_file(request: SignedInRequest, pk: int, place: int) -> HttpResponse:
    """Send a file of a request to close as it was submitted: the letter is the first, then attachments."""
    require(request.user, Permission.ASSESSMENT_READ)
    require(request.user, Permission.RECOMMENDATION_EXPORT)
    asked = get_object_or_404(ClosureRequest, pk=pk)
    if place >= len(asked.attachments):
        msg = f"request {pk} has no file {place}"
        raise Http404(msg)
    kept = asked.attachments[place]
    data = get_object_or_404(Blob, pk=kept["sha256"]).data
    return _download(bytes(data), kept["filename"], "application/octet-stream")


@require_POST
def dossier_submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put submitting the dossier as it stands in the queue; its page shows how far it is."""
    require(request.user, Permission.CLOSURE_REQUEST)

    def act() -> object:
        return actions.ask_submit(by=request.user, recommendation_id=pk)

    return _carried_out(request, pk, act, "The dossier as it stands is being submitted.")


@require_POST
def dossier_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Approve or return a dossier that somebody else submitted."""
    require(request.user, Permission.CLOSURE_APPROVE)
    asked = get_object_or_404(ClosureRequest, pk=pk)
    form = ClosureDecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose to approve it or to return it.")
        return redirect("evidence:dossier", asked.recommendation_id)

    def act() -> object:
        wanted = form.cleaned_data
        return closure.decide_closure(
            by=request.user,
            request_id=pk,
            approve=wanted["decision"] == "approve",
            reason=wanted["reason"],
        )

    return _carried_out(request, asked.recommendation_id, act, "Saved the decision.")


@require_POST
def figure_freeze(request: SignedInRequest, pk: int) -> HttpResponse:
    """Freeze a measure's figure of the newest assessment, and put it forward as evidence."""
    require(request.user, Permission.EVIDENCE_FREEZE)

    def act() -> object:
        code = request.POST.get("measure", "")
        return actions.freeze_figure(by=request.user, recommendation_id=pk, code=code)

    return _carried_out(request, pk, act, "Frozen, and put forward as evidence; another person reviews it.")


def _download(data: bytes, filename: str, media_type: str) -> HttpResponse:
    """Send a file that a browser never opens within the site."""
    answer = HttpResponse(data, content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _carried_out(request: SignedInRequest, pk: int, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except ActionRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("evidence:dossier", pk)
