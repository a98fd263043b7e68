"""Moves: which cases should move, and why? Each is accepted or refused by a supervisor who did not ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from closeout.web.accounts.permissions import Permission, may, require
from closeout.web.casework.actions.errors import ActionRefusedError
from closeout.web.casework.acts.fields import OfficeField, words
from closeout.web.staffing import exports
from closeout.web.staffing.actions.moves import (
    MOST_AT_ONCE,
    OVERRIDES,
    accept_moves,
    ask_accept_all,
    ask_moves,
    may_decide,
    refuse_move,
    sees_cases,
    sees_moves,
)
from closeout.web.staffing.models.moves import MoveProposal, MoveState, ProposalKind
from closeout.web.staffing.policy import LEADS, sees_rows_set_aside
from closeout.web.staffing.queries.moves import moves_table, overrides, proposals_for
from closeout.web.staffing.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest

LIST_PAGE = "staffing/move_list.html"
PAGE = "staffing/move_proposal.html"
SHOWN = 50
REFUSED = 409


class AskForm(forms.Form):
    """For which office, who leaves, and how many moves at most."""

    office_id = OfficeField(label="Office")
    kind = forms.ChoiceField(label="For", choices=ProposalKind.choices, initial=ProposalKind.REBALANCE)
    leaving = forms.CharField(
        label="Officers to count without hours",
        max_length=400,
        required=False,
        help_text="Staff numbers of who leaves or is lent, with spaces between. Empty: nobody.",
    )
    max_moves = forms.IntegerField(
        label="Most moves", min_value=0, required=False, help_text="Empty: as many as evenness takes."
    )

    def asked(self) -> dict[str, Any]:
        """Return what is asked for, as `ask_moves` takes it."""
        given = self.cleaned_data
        leaving = given["leaving"].replace(",", " ").upper().split()
        return {
            "office_id": given["office_id"],
            "kind": given["kind"],
            "leaving": leaving,
            "max_moves": given["max_moves"],
        }


class DecideForm(forms.Form):
    """Why moves are refused."""

    override_reason = forms.ChoiceField(label="Why", choices=words(OVERRIDES, empty="Choose one"))


@require_http_methods(["GET", "POST"])
def move_list(request: SignedInRequest) -> HttpResponse:
    """Show the proposals one may see; sent back, ask for a new one."""
    _require_any(request)
    if request.method == "GET":
        return _list(request, _ask_form(request), 200)
    require(request.user, Permission.MOVES_REQUEST)
    form = _ask_form(request, request.POST)
    if not form.is_valid():
        return _list(request, form, 422)
    try:
        job = ask_moves(by=request.user, **form.asked())
    except (ActionRefusedError, PermissionDenied) as refusal:
        form.add_error(None, sentence(refusal))
        return _list(request, form, REFUSED)
    messages.success(request, "In the queue. The proposal stands on this page when it is done.")
    return redirect("jobs:job-detail", job.pk)


def _require_any(request: SignedInRequest) -> None:
    if not may(request.user, Permission.MOVES_ACCEPT):
        require(request.user, Permission.MOVES_REQUEST)


def _ask_form(request: SignedInRequest, sent: Any = None) -> AskForm:  # noqa: ANN401 - Django's QueryDict
    form = AskForm(sent, initial={"office_id": request.user.office})
    if request.user.role in LEADS:
        form.fields["office_id"].widget = forms.HiddenInput()
    return form


def _list(request: SignedInRequest, form: AskForm, code: int) -> HttpResponse:
    proposals = proposals_for(request.user)
    context = {
        "page": Paginator(proposals, SHOWN).get_page(request.GET.get("page")),
        "overrides": overrides(proposals),
        "form": form,
        "may_ask": may(request.user, Permission.MOVES_REQUEST),
    }
    return render(request, LIST_PAGE, context, status=code)


@require_GET
def move_proposal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one proposal: what it brings, what no plan can do better, and its moves."""
    _require_any(request)
    return _show(request, _proposal(request, pk), DecideForm(), 200)


def _show(request: SignedInRequest, proposal: MoveProposal, form: DecideForm, code: int) -> HttpResponse:
    moves = proposal.moves.select_related("decided_by").order_by("case_no")
    if "format" in request.GET:
        require_cases(request, proposal)
        return exports.as_file(
            [moves_table(moves, proposal.as_of)], request.GET["format"], f"moves-{proposal.pk}"
        )
    context = {
        "proposal": proposal,
        "result": proposal.result,
        "page": Paginator(moves, SHOWN).get_page(request.GET.get("page")),
        "open": moves.filter(state=MoveState.PROPOSED).count(),
        "total": moves.count(),
        "sees_cases": sees_cases(request.user, proposal.office_id),
        "sees_rows_set_aside": sees_rows_set_aside(request.user),
        "may_decide": may_decide(request.user, proposal),
        "asked_oneself": proposal.requested_by_id == request.user.pk,
        "form": form,
    }
    return render(request, PAGE, context, status=code)


def require_cases(request: SignedInRequest, proposal: MoveProposal) -> None:
    """Pass when somebody may see the single cases of a proposal.

    Raises:
        PermissionDenied: The user does not lead the office.

    """
    if not sees_cases(request.user, proposal.office_id):
        msg = "the cases of another office"
        raise PermissionDenied(msg)


def _proposal(request: SignedInRequest, pk: int) -> MoveProposal:
    found = MoveProposal.objects.select_related("requested_by").filter(pk=pk).first()
    if found is None or not sees_moves(request.user, found.office_id):
        msg = f"no proposal {pk}"
        raise Http404(msg)
    return found


@require_POST
def moves_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept the moves chosen, refuse them with a reason, or accept all that are open."""
    require(request.user, Permission.MOVES_ACCEPT)
    proposal = _proposal(request, pk)
    verb = request.POST.get("verb", "")
    if verb == "accept_all":
        return _accept_all(request, proposal)
    asked = [int(key) for key in request.POST.getlist("move") if key.isdecimal()]
    chosen = list(
        proposal.moves.filter(pk__in=asked, state=MoveState.PROPOSED).values_list("pk", flat=True)[
            :MOST_AT_ONCE
        ]
    )
    if not chosen:
        messages.error(request, "Choose moves that are still open; nothing was changed.")
    elif verb == "accept":
        _told(request, *accept_moves(by=request.user, move_ids=chosen))
    elif verb == "refuse":
        return _refuse(request, proposal, chosen)
    return redirect(_back(request, proposal))


def _refuse(request: SignedInRequest, proposal: MoveProposal, chosen: list[int]) -> HttpResponse:
    form = DecideForm(request.POST)
    if not form.is_valid():
        messages.error(request, "A refusal needs a reason; nothing was changed.")
        return redirect(_back(request, proposal))
    refused = 0
    for move_id in chosen:
        try:
            refuse_move(by=request.user, move_id=move_id, reason=form.cleaned_data["override_reason"])
        except ActionRefusedError as refusal:
            messages.error(request, sentence(refusal))
        else:
            refused += 1
    if refused:
        messages.success(request, f"Refused: {refused}. The cases stay where they are.")
    return redirect(_back(request, proposal))


def _accept_all(request: SignedInRequest, proposal: MoveProposal) -> HttpResponse:
    try:
        job = ask_accept_all(by=request.user, proposal_id=proposal.pk)
    except ActionRefusedError as refusal:
        messages.error(request, sentence(refusal))
        return redirect(_back(request, proposal))
    messages.success(request, "In the queue. Each move is accepted in your name.")
    return redirect("jobs:job-detail", job.pk)


def _told(request: SignedInRequest, done: Sequence[Any], said: Sequence[str]) -> None:
    accepted = sum(one.state == MoveState.ACCEPTED for one in done)
    if accepted:
        messages.success(request, f"Accepted: {accepted}. The cases have changed hands.")
    if len(done) > accepted:
        messages.warning(
            request, f"Overtaken: {len(done) - accepted}. Those cases had changed hands or closed since."
        )
    for one in dict.fromkeys(said):
        messages.error(request, sentence(one))


def _back(request: SignedInRequest, proposal: MoveProposal) -> str:
    page = request.POST.get("page", "")
    address = reverse("staffing:move-proposal", args=[proposal.pk])
    return f"{address}?page={page}" if page.isdecimal() else address
