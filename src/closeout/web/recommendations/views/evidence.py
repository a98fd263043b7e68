"""Evidence: add a file, review somebody else's, say what it covers, open it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from closeout.web.accounts.permissions import Permission, require
from closeout.web.recommendations import forms
from closeout.web.recommendations.actions import evidence as actions
from closeout.web.recommendations.models import Evidence, EvidenceRevision
from closeout.web.recommendations.views.errors import carry_out

if TYPE_CHECKING:
    from closeout.web.http import SignedInRequest


@require_POST
def evidence_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add an evidence file to a recommendation."""
    require(request.user, Permission.EVIDENCE_ADD)
    form = forms.EvidenceForm(request.POST, request.FILES, auto_id="evidence-%s")

    def act() -> object:
        wanted = form.cleaned_data
        return actions.add_evidence(
            by=request.user,
            recommendation_id=pk,
            title=wanted["title"],
            filename=wanted["file"].name,
            data=wanted["file"].read(),
            note=wanted["note"],
        )

    return carry_out(request, pk=pk, act=act, done="Added the evidence.", form=form, name="evidence_form")


@require_POST
def need_cover(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that an evidence covers something the auditor needs."""
    require(request.user, Permission.EVIDENCE_ADD)
    evidence = get_object_or_404(Evidence, pk=pk)
    form = forms.CoverForm(request.POST)

    def act() -> object:
        return actions.cover_need(by=request.user, evidence_id=pk, need_id=form.cleaned_data["need"])

    rec = evidence.recommendation_id
    return carry_out(request, pk=rec, act=act, done="Put forward for this need.", form=form, name="cover")


@require_POST
def evidence_review(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept or return an evidence file that somebody else submitted."""
    require(request.user, Permission.EVIDENCE_APPROVE)
    revision = get_object_or_404(EvidenceRevision.objects.select_related("evidence"), pk=pk)
    form = forms.EvidenceReviewForm(request.POST)

    def act() -> object:
        wanted = form.cleaned_data
        return actions.review_evidence(
            by=request.user, revision_id=pk, accept=wanted["accept"] == "accept", note=wanted["note"]
        )

    rec = revision.evidence.recommendation_id
    return carry_out(request, pk=rec, act=act, done="Saved the review.", form=form, name="evidence_review")


@require_GET
def evidence_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send an evidence file as a download; a browser never opens it within the site."""
    require(request.user, Permission.RECOMMENDATION_READ)
    revision = get_object_or_404(EvidenceRevision.objects.select_related("blob"), pk=pk)
    answer = HttpResponse(bytes(revision.blob.data), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=revision.filename)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
