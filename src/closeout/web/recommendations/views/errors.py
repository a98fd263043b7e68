"""How a page answers an act that a rule refuses: with the rule's own words, where the act was tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render

from closeout.followup.lifecycle import MoveNotAllowedError
from closeout.web.recommendations.actions.errors import ActionRefusedError
from closeout.web.recommendations.queries.story import find, story
from closeout.web.recommendations.views.days import asked_day
from closeout.web.recommendations.views.detail import PAGE, story_context

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest

REFUSALS = (ActionRefusedError, MoveNotAllowedError)


def carry_out(
    request: SignedInRequest, *, pk: int, act: Callable[[], object], done: str, form: Form, name: str
) -> HttpResponse:
    """Do an act on a recommendation and return to its page, with its outcome in words.

    Args:
        request: The request.
        pk: The recommendation's id.
        act: What to do; called only when the form is valid.
        done: What to say when it is done.
        form: The form that was sent.
        name: Its place on the page, so that mistakes are shown there.

    """
    if not form.is_valid():
        told = story(find(pk), as_of=asked_day(request))
        return render(request, PAGE, story_context(told, request.user, {name: form}), status=422)
    try:
        act()
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("recommendations:recommendation-detail", pk)
