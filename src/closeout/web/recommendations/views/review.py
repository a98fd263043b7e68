"""The review queue: doubtful readings one at a time, settled by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from closeout.web.accounts.permissions import Permission, require
from closeout.web.recommendations.actions import joins, review
from closeout.web.recommendations.actions.errors import ActionRefusedError
from closeout.web.recommendations.forms import CorrectionForm
from closeout.web.recommendations.models import ReviewKind, ReviewState
from closeout.web.recommendations.queries.review import Question, question, queue

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest

PAGE_SIZE = 50


@require_GET
def review_queue(request: SignedInRequest) -> HttpResponse:
    """List the questions that wait, oldest first."""
    require(request.user, Permission.RECOMMENDATION_READ)
    page = Paginator(queue(), PAGE_SIZE).get_page(request.GET.get("page"))
    total = page.paginator.count
    caption = f"{total:,} reading{'' if total == 1 else 's'} in doubt"
    return render(request, "recommendations/review_queue.html", {"page": page, "caption": caption})


@require_http_methods(["GET", "POST"])
def review_item(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one question beside its source; accept, correct or reject it."""
    require(request.user, Permission.RECOMMENDATION_READ)
    asked = question(pk)
    form = _form(request, asked)
    if request.method == "POST":
        require(request.user, Permission.READING_REVIEW)
        if _decided(request, asked, form):
            return _next(asked)
    context = {
        "asked": asked,
        "form": form,
        "is_open": asked.item.state == ReviewState.OPEN,
        "is_join": asked.item.kind == ReviewKind.DOUBTFUL_JOIN,
        "corrections": asked.item.mention.corrections.select_related("by") if asked.item.mention else [],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "recommendations/review_item.html", context, status=status)


def _decided(request: SignedInRequest, asked: Question, form: CorrectionForm) -> bool:
    """Carry out what was chosen; say what happened, or why not."""
    try:
        done = _decide(request, asked, form)
    except ActionRefusedError as refusal:
        messages.error(request, str(refusal))
        return False
    if done:
        messages.success(request, done)
    return bool(done)


def _decide(request: SignedInRequest, asked: Question, form: CorrectionForm) -> str:
    """Return what was done in words, or nothing when the form has mistakes."""
    act, by, item = request.POST.get("act"), request.user, asked.item
    reason = request.POST.get("reason", "")
    if act == "accept":
        review.accept_item(by=by, item_id=item.pk)
        return "Accepted the reading."
    if act in {"same", "different"}:
        joins.decide_join(by=by, item_id=item.pk, is_same=act == "same")
        return "Joined." if act == "same" else "Kept apart."
    if act == "reject" and item.mention_id is not None:
        review.reject_mention(by=by, mention_id=item.mention_id, reason=reason, item_id=item.pk)
        return "Taken out: not a recommendation."
    if act == "reject":
        review.reject_item(by=by, item_id=item.pk, reason=reason)
        return "Set aside."
    if act == "correct" and item.mention_id is not None and form.is_valid():
        changes, why = form.changes(), form.cleaned_data["reason"]
        review.correct_mention(
            by=by, mention_id=item.mention_id, changes=changes, reason=why, item_id=item.pk
        )
        return "Corrected; the correction is kept."
    return ""


def _form(request: SignedInRequest, asked: Question) -> CorrectionForm:
    """Return the correction form, filled with what was read."""
    data = request.POST if request.POST.get("act") == "correct" else None
    return CorrectionForm(data, initial=asked.item.mention.record if asked.item.mention else {})


def _next(asked: Question) -> HttpResponse:
    if asked.next_pk is not None:
        return redirect("recommendations:review-item", asked.next_pk)
    return redirect("recommendations:review-queue")
