"""A new case: what the office must know of it to owe the right duties, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from closeout.web.accounts.permissions import Permission, require
from closeout.web.casework.actions.errors import ActionRefusedError
from closeout.web.casework.actions.intake import DOCKETS, take_in_case
from closeout.web.casework.acts.fields import OPTIONAL, CodeField, LanguageField, words
from closeout.web.casework.acts.registry import UNCHOSEN
from closeout.web.recommendations.forms import date_input

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest

PAGE = "casework/intake.html"
REFUSED = 409


class IntakeForm(forms.Form):
    """The docket and what decides which duties apply."""

    docket = forms.ChoiceField(label="Docket", choices=[UNCHOSEN, *words(DOCKETS)])
    on = forms.DateField(label="Came on", widget=date_input(), initial=localdate)
    final_order_on = forms.DateField(
        label="Final order on", widget=date_input(), help_text="Empty while there is none.", **OPTIONAL
    )
    is_detained = forms.BooleanField(label="Held in custody", **OPTIONAL)
    is_child = forms.BooleanField(label="The duties owed to children apply", **OPTIONAL)
    has_representation = forms.BooleanField(label="An entry of appearance is on file", **OPTIONAL)
    language = LanguageField(
        label="Language needed", help_text="Its ISO 639 code, such as es. Empty if none.", **OPTIONAL
    )
    status_code = CodeField(label="Status code", help_text="By the codebook, if known.", **OPTIONAL)


@require_http_methods(["GET", "POST"])
def intake(request: SignedInRequest) -> HttpResponse:
    """Ask for a new case; sent back filled, open its record and lead to it."""
    require(request.user, Permission.CASE_WORK)
    if request.method == "GET":
        return render(request, PAGE, {"form": IntakeForm()})
    form = IntakeForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, {"form": form}, status=422)
    try:
        case = take_in_case(by=request.user, **_given(form.cleaned_data))
    except (ActionRefusedError, PermissionDenied) as refusal:
        form.add_error(None, str(refusal))
        return render(request, PAGE, {"form": form}, status=REFUSED)
    messages.success(request, f"Took in case {case.pk}. It waits for whoever leads it.")
    return redirect("casework:case-detail", case_no=case.pk)


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: None if value == "" else value for name, value in values.items()}
