"""People and roles: who may do what, and who is who."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from closeout.web.accounts.models import Role, User
from closeout.web.accounts.permissions import GRANTS, MEANING, Permission, may, require
from closeout.web.people import actions
from closeout.web.people.forms import AccessForm, AccountForm, ReasonForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest

PAGE_SIZE = 50
OWN = "This is your own account. Another administrator has to change it."


@require_GET
def person_list(request: SignedInRequest) -> HttpResponse:
    """Show the permission table to everybody, and the accounts to administrators and auditors."""
    context = {
        "roles": [role.label for role in Role],
        "rows": [
            (meaning, permission.value, [permission in GRANTS[role] for role in Role])
            for permission, meaning in MEANING.items()
        ],
    }
    if may(request.user, Permission.ACCOUNT_MANAGE) or may(request.user, Permission.AUDIT_READ):
        context["page"] = Paginator(User.objects.all(), PAGE_SIZE).get_page(request.GET.get("page"))
        context["on"] = localdate()
    return render(request, "people/person_list.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def person_create(request: SignedInRequest) -> HttpResponse:
    """Make an account and show its first password, once."""
    require(request.user, Permission.ACCOUNT_MANAGE)
    form = AccountForm(request.POST or None)
    if not form.is_valid():
        return render(request, "people/person_create.html", {"form": form})
    password = actions.new_password()
    person = actions.create_account(
        by=request.user, username=form.cleaned_data["username"], access=form.access(), password=password
    )
    return render(request, "people/person_password.html", {"person": person, "password": password})


@require_http_methods(["GET", "POST"])
def person_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one account and change its role, office or last day."""
    require(request.user, Permission.ACCOUNT_MANAGE)
    person = get_object_or_404(User, pk=pk)
    start = {"role": person.role, "office": person.office, "active_until": person.active_until}
    form = AccessForm(request.POST or None, initial=start)
    if form.is_valid() and person != request.user:
        reason = form.cleaned_data["reason"]
        actions.change_access(by=request.user, user_id=pk, access=form.access(), reason=reason)
        messages.success(request, f"{person} was changed.")
        return redirect("people:person-list")
    context = {
        "person": person,
        "form": form,
        "reason_form": ReasonForm(prefix="access"),
        "is_own": person == request.user,
        "is_current": person.is_current(localdate()),
    }
    return render(request, "people/person_detail.html", context)


@require_POST
def person_access(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an account's access away, or give it back."""
    require(request.user, Permission.ACCOUNT_MANAGE)
    person = get_object_or_404(User, pk=pk)
    form = ReasonForm(request.POST, prefix="access")
    if not form.is_valid():
        messages.error(request, "Nothing was changed: " + " ".join(map(str, form.errors["reason"])))
        return redirect("people:person-detail", pk=pk)
    act = actions.deactivate if person.is_active else actions.reactivate
    try:
        changed = act(by=request.user, user_id=pk, reason=form.cleaned_data["reason"])
    except actions.OwnAccountError:
        messages.error(request, OWN)
        return redirect("people:person-detail", pk=pk)
    messages.success(request, f"{changed} {'may sign in again' if changed.is_active else 'was deactivated'}.")
    return redirect("people:person-list")


@never_cache
@require_POST
def person_password(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give an account a new password and show it, once."""
    require(request.user, Permission.ACCOUNT_MANAGE)
    person = get_object_or_404(User, pk=pk)
    password = actions.new_password()
    try:
        actions.reset_password(by=request.user, user_id=pk, password=password)
    except actions.OwnAccountError:
        messages.error(request, OWN)
        return redirect("people:person-detail", pk=pk)
    return render(request, "people/person_password.html", {"person": person, "password": password})
