"""One act on a case: what it needs, on which rule it rests, and doing it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from closeout.web.accounts.permissions import require
from closeout.web.casework.actions.errors import ActionRefusedError
from closeout.web.casework.actions.looking import tell_read
from closeout.web.casework.acts import ACTS
from closeout.web.casework.views.lists import find_case

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from closeout.web.casework.acts.registry import Act, ActForm
    from closeout.web.casework.models import Case, Record
    from closeout.web.http import SignedInRequest

PAGE = "casework/act.html"
REFUSED = 409
KEY = re.compile(r"[0-9]{1,18}")
"""A row's key in an address: a number that the database can hold."""


@require_http_methods(["GET", "POST"])
def act(request: SignedInRequest, case_no: str, slug: str) -> HttpResponse:
    """Ask for what the act needs; sent back filled, do it and return to where the person came from."""
    wanted = ACTS.get(slug)
    if wanted is None:
        msg = f"no act is called {slug}"
        raise Http404(msg)
    require(request.user, wanted.permission)
    case = find_case(request.user, case_no)
    subject = _subject(request, wanted, case)
    if request.method == "GET":
        tell_read(case, by=request.user)
        return _ask(request, wanted, wanted.form(case=case, subject=subject), 200)
    form = wanted.form(request.POST, request.FILES, case=case, subject=subject)
    if not form.is_valid():
        return _ask(request, wanted, form, 422)
    return _do(request, wanted, form)


def _do(request: SignedInRequest, wanted: Act, form: ActForm) -> HttpResponse:
    try:
        wanted.run(request.user, form.case, form.subject, form.cleaned_data)
    except PermissionDenied as refusal:
        # The role may; the case or the person may not. Said where it was tried.
        form.add_error(None, str(refusal) or "this is not yours to do")
    except (ActionRefusedError, ValidationError) as refusal:
        form.add_error(None, _words(refusal))
    else:
        messages.success(request, f"{wanted.done} Case {form.case.pk}.")
        return redirect(_back(request, form.case))
    return _ask(request, wanted, form, REFUSED)


def _words(refusal: Exception) -> Any:  # noqa: ANN401 - text or a list of texts, as Django takes them
    return refusal.messages if isinstance(refusal, ValidationError) else str(refusal)


def _ask(request: SignedInRequest, wanted: Act, form: ActForm, status: int) -> HttpResponse:
    context = {
        "act": wanted,
        "case": form.case,
        "subject": form.subject,
        "form": form,
        "back": _back(request, form.case),
    }
    return render(request, PAGE, context, status=status)


def _subject(request: SignedInRequest, wanted: Act, case: Case) -> Record | None:
    if wanted.subjects is None:
        return None
    offered: QuerySet[Any] = wanted.subjects(case, request.user)
    key = request.POST.get("subject") or request.GET.get("subject", "")
    if not key and offered.count() == 1:
        only: Record = offered.get()
        return only
    # What another person settled meanwhile is found when the form is sent: the action says who was first.
    among = offered if request.method == "GET" else offered.model._default_manager.filter(case=case)  # noqa: SLF001 - public name
    found: Record | None = among.filter(pk=int(key)).first() if KEY.fullmatch(key) else None
    if found is None:
        msg = "that is not on this case, or the act is not open for it any more"
        raise Http404(msg)
    return found


def _back(request: SignedInRequest, case: Case) -> str:
    """Return where the person came from, if it is a page of this site; else the case's page."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    if asked and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return reverse("casework:case-detail", args=[case.pk])
