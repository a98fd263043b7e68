"""Acting: the same actions as the pages, with the same rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from ninja import File, Router, Status, UploadedFile

from closeout.api.schemas import (
    AuditorDecisionIn,
    ClosureDecisionIn,
    ClosureIn,
    Done,
    Id,
    JobOut,
    PlanIn,
    ProgressIn,
    PromiseIn,
    Refusal,
)
from closeout.web.accounts.permissions import Permission, require
from closeout.web.http import SignedInRequest  # noqa: TC001 - ninja reads the annotations
from closeout.web.recommendations.actions import closure, decisions, documents, evidence, plans, progress
from closeout.web.recommendations.models import ClosureRequest, Recommendation

if TYPE_CHECKING:
    from closeout.web.jobs.models import Job

router = Router(tags=["acts"])
REFUSALS = {400: Refusal, 401: Refusal, 403: Refusal, 404: Refusal, 409: Refusal, 422: Refusal}
MADE = {201: Done, **REFUSALS}


@router.post("/recommendations/{recommendation_id}/progress", response=MADE)
def add_progress(request: SignedInRequest, recommendation_id: Id, said: ProgressIn) -> Status[dict[str, int]]:
    """Say where the agency stands; the auditor's status stays what it is."""
    _check(request, Permission.PROGRESS_ADD, recommendation_id)
    row = progress.add_progress(
        by=request.user, recommendation_id=recommendation_id, state=said.state, note=said.note, on=said.on
    )
    return Status(201, {"id": row.pk})


@router.post("/recommendations/{recommendation_id}/promises", response=MADE)
def record_promise(
    request: SignedInRequest, recommendation_id: Id, said: PromiseIn
) -> Status[dict[str, int]]:
    """Record a date the agency promises."""
    _check(request, Permission.PROGRESS_ADD, recommendation_id)
    row = progress.record_promise(
        by=request.user,
        recommendation_id=recommendation_id,
        due=said.due,
        kind=said.kind,
        what=said.what,
        promised_by=said.promised_by,
        said_on=said.said_on,
    )
    return Status(201, {"id": row.pk})


@router.post("/recommendations/{recommendation_id}/plan", response=MADE)
def set_plan(request: SignedInRequest, recommendation_id: Id, plan: PlanIn) -> Status[dict[str, int]]:
    """Set the corrective action plan."""
    _check(request, Permission.PLAN_EDIT, recommendation_id)
    row = plans.set_plan(
        by=request.user,
        recommendation_id=recommendation_id,
        owner_office=plan.owner_office,
        summary=plan.summary,
        steps=[plans.Step(text=step.text, due_on=step.due_on) for step in plan.steps],
    )
    return Status(201, {"id": row.pk})


@router.post("/recommendations/{recommendation_id}/evidence", response=MADE)
def add_evidence(
    request: SignedInRequest, recommendation_id: Id, title: str, file: File[UploadedFile], note: str = ""
) -> Status[dict[str, int]]:
    """Add an evidence file."""
    _check(request, Permission.EVIDENCE_ADD, recommendation_id)
    row = evidence.add_evidence(
        by=request.user,
        recommendation_id=recommendation_id,
        title=title,
        filename=file.name or "evidence",
        data=file.read(),
        note=note,
    )
    return Status(201, {"id": row.pk})


@router.post("/recommendations/{recommendation_id}/closure", response=MADE)
def request_closure(
    request: SignedInRequest, recommendation_id: Id, said: ClosureIn
) -> Status[dict[str, int]]:
    """Propose asking the auditor to close; another person approves it."""
    _check(request, Permission.CLOSURE_REQUEST, recommendation_id)
    row = closure.request_closure(
        by=request.user,
        recommendation_id=recommendation_id,
        letter=said.letter,
        uncovered_reason=said.uncovered_reason,
    )
    return Status(201, {"id": row.pk})


@router.post("/closures/{closure_id}/decision", response=MADE)
def decide_closure(
    request: SignedInRequest, closure_id: Id, said: ClosureDecisionIn
) -> Status[dict[str, int]]:
    """Approve or return a closure that somebody else proposed."""
    require(request.user, Permission.CLOSURE_APPROVE)
    get_object_or_404(ClosureRequest, pk=closure_id)
    row = closure.decide_closure(
        by=request.user, request_id=closure_id, approve=said.decision == "approve", reason=said.reason
    )
    return Status(201, {"id": row.pk})


@router.post("/recommendations/{recommendation_id}/decision", response=MADE)
def record_decision(
    request: SignedInRequest, recommendation_id: Id, said: AuditorDecisionIn
) -> Status[dict[str, int]]:
    """Record what the auditor decided, in the auditor's words."""
    _check(request, Permission.DECISION_RECORD, recommendation_id)
    row = decisions.record_auditor_decision(
        by=request.user,
        recommendation_id=recommendation_id,
        status=said.status,
        printed=said.printed,
        on=said.on,
        reason=said.reason,
    )
    return Status(201, {"id": row.pk})


@router.post("/documents", response={202: JobOut, **REFUSALS}, tags=["documents"])
def upload_document(request: SignedInRequest, file: File[UploadedFile]) -> Status[Job]:
    """Take a document and start reading it."""
    require(request.user, Permission.DOCUMENT_UPLOAD)
    return Status(
        202, documents.upload_document(by=request.user, filename=file.name or "document", data=file.read())
    )


def _check(request: SignedInRequest, permission: Permission, recommendation_id: int) -> None:
    """Refuse a role without the permission before saying whether there is such a recommendation."""
    require(request.user, permission)
    get_object_or_404(Recommendation.objects.only("pk"), pk=recommendation_id)
