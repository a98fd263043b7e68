"""Closing a case (A11): one person proposes on evidence, another confirms, and it can be undone."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django import forms

from closeout.records.machines import CLOSURE_PROPOSAL
from closeout.web.accounts.permissions import Permission
from closeout.web.casework.actions import closures as actions
from closeout.web.casework.acts.calls import given, on_row
from closeout.web.casework.acts.fields import OPTIONAL, words
from closeout.web.casework.acts.registry import Act, ActForm, register

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from closeout.web.accounts.models import User
    from closeout.web.casework.models import Case, ClosureProposal

GROUP = "Closing"


class ProposeForm(ActForm):
    """Why, and what shows it."""

    reason = forms.ChoiceField(label="Why it should be closed", choices=words(actions.REASONS))
    evidence_kind = forms.ChoiceField(label="What shows it", choices=words(actions.EVIDENCE))
    evidence = forms.FileField(
        label="The document",
        help_text="Only its SHA-256 is kept, to recognize it by; the document itself stays with you.",
    )
    candidate_on = forms.DateField(label="When the records first pointed to it", **OPTIONAL)


class RejectForm(ActForm):
    """Why it is refused."""

    reason = forms.ChoiceField(label="Why", choices=words(CLOSURE_PROPOSAL.reasons["reject"]))


class ReverseForm(ActForm):
    """Why it is undone."""

    reason = forms.ChoiceField(label="Why", choices=words(CLOSURE_PROPOSAL.reasons["reverse"]))


def propose(by: User, case: Case, _subject: object, values: Mapping[str, Any]) -> object:
    """Propose a closure with the digest of the document."""
    told = dict(values)
    document = told.pop("evidence")
    digest = hashlib.sha256()
    for part in document.chunks():
        digest.update(part)
    return actions.propose_closure(by=by, case_no=case.pk, evidence_digest=digest.hexdigest(), **given(told))


def proposed(case: Case, _user: User) -> QuerySet[ClosureProposal]:
    """Return the proposal that waits."""
    return case.closure_proposals.filter(state="proposed")


def own(case: Case, user: User) -> QuerySet[ClosureProposal]:
    """Return the reader's own proposal that waits."""
    return proposed(case, user).filter(proposed_by_id=user.username.upper())


def confirmed(case: Case, _user: User) -> QuerySet[ClosureProposal]:
    """Return the closure that can be undone: of a case that is closed."""
    if case.state != "closed":
        return case.closure_proposals.none()
    return case.closure_proposals.filter(state="confirmed").order_by("-decided_on", "-pk")[:1]


register(
    Act(
        "closure-propose",
        "Propose to close the case",
        GROUP,
        "A second person confirms. A parent's case closes as removed only with a valid earlier decision.",
        propose,
        form=ProposeForm,
        offered=lambda case: case.state == "open",
        done="Proposed the closure.",
    ),
    Act(
        "closure-confirm",
        "Confirm the closure",
        GROUP,
        "Whoever proposed does not confirm. What is still open on the case ends with it.",
        on_row(actions.confirm_closure, "proposal_id"),
        permission=Permission.CASE_APPROVE,
        subjects=proposed,
        done="Closed the case.",
        warns=True,
    ),
    Act(
        "closure-reject",
        "Refuse the closure",
        GROUP,
        "The case is open as before.",
        on_row(actions.reject_closure, "proposal_id"),
        form=RejectForm,
        permission=Permission.CASE_APPROVE,
        subjects=proposed,
        done="Refused the closure.",
    ),
    Act(
        "closure-withdraw",
        "Take the proposal back",
        GROUP,
        "The case is open as before.",
        on_row(actions.withdraw_closure, "proposal_id"),
        subjects=own,
        done="Took the proposal back.",
    ),
    Act(
        "closure-reverse",
        "Open the case again",
        GROUP,
        "It comes back on its docket, without an officer; assigning one is the next step.",
        on_row(actions.reverse_closure, "proposal_id"),
        form=ReverseForm,
        permission=Permission.CASE_APPROVE,
        subjects=confirmed,
        done="Opened the case again.",
        warns=True,
    ),
)
