"""One recommendation: what was asked, what was said, and what is missing to close it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from closeout.web.accounts.permissions import Permission, require
from closeout.web.recommendations import forms
from closeout.web.recommendations.letter import draft_letter
from closeout.web.recommendations.queries.story import Story, find, story
from closeout.web.recommendations.views.days import asked_day

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpResponse

    from closeout.web.accounts.models import User
    from closeout.web.http import SignedInRequest

PAGE = "recommendations/recommendation_detail.html"


@require_GET
def recommendation_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one recommendation as it was known on a day; a merged one leads to the one it became."""
    require(request.user, Permission.RECOMMENDATION_READ)
    rec = find(pk)
    if rec.pk != pk:
        return redirect("recommendations:recommendation-detail", rec.pk)
    told = story(rec, as_of=asked_day(request))
    return render(request, PAGE, story_context(told, request.user))


def story_context(told: Story, by: User, bound: dict[str, Form] | None = None) -> dict[str, object]:
    """Return what the page needs: the story and its forms, those sent with mistakes as they were sent.

    Args:
        told: The story.
        by: Who looks.
        bound: Forms to show again, by the name of their place on the page.

    """
    fresh: dict[str, Form] = {
        "progress_form": forms.ProgressForm(by=by, auto_id="progress-%s"),
        "plan_form": forms.PlanForm(auto_id="plan-%s"),
        "promise_form": forms.PromiseForm(auto_id="promise-%s"),
        "evidence_form": forms.EvidenceForm(auto_id="evidence-%s"),
        "closure_form": forms.ClosureForm(auto_id="closure-%s", initial={"letter": draft_letter(told)}),
        "decision_form": forms.DecisionForm(auto_id="decision-%s"),
    }
    shown = {name: form for name, form in (bound or {}).items() if name in fresh}
    mistakes = [form for name, form in (bound or {}).items() if name not in fresh]
    return {"story": told, "rec": told.rec, "mistakes": mistakes, **fresh, **shown}
