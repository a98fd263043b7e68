"""Passing a case to another office (A6). The sender holds it until the receiver accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from closeout.records.machines import TRANSFER
from closeout.web.accounts.permissions import Permission
from closeout.web.casework.actions import transfers as actions
from closeout.web.casework.acts.calls import on_case, on_row
from closeout.web.casework.acts.fields import OfficeField, words
from closeout.web.casework.acts.registry import Act, ActForm, register

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from closeout.web.accounts.models import User
    from closeout.web.casework.models import Case, Transfer

GROUP = "Transfers"


class RequestForm(ActForm):
    """To which office, and why."""

    to_office_id = OfficeField(label="Receiving office")
    reason = forms.ChoiceField(label="Why", choices=words(actions.REASONS))


class RejectForm(ActForm):
    """Why it is refused."""

    reason = forms.ChoiceField(label="Why", choices=words(TRANSFER.reasons["reject"]))


def to_us(case: Case, user: User) -> QuerySet[Transfer]:
    """Return the request that asks the reader's office to take the case."""
    return case.transfers.filter(state="requested", to_office_id=user.office)


def from_us(case: Case, user: User) -> QuerySet[Transfer]:
    """Return the request that the reader's office made."""
    return case.transfers.filter(state="requested", from_office_id=user.office)


register(
    Act(
        "transfer-request",
        "Ask another office to take the case",
        GROUP,
        "Contact or venue was verified lately. The case and its duties stay here until the other accepts.",
        on_case(actions.request_transfer),
        form=RequestForm,
        offered=lambda case: case.state == "open",
        done="Asked for the transfer.",
    ),
    Act(
        "transfer-accept",
        "Accept the case",
        GROUP,
        "With acceptance the case and its open duties are this office's.",
        on_row(actions.accept_transfer, "transfer_id"),
        permission=Permission.CASE_APPROVE,
        subjects=to_us,
        done="Accepted the case.",
    ),
    Act(
        "transfer-reject",
        "Refuse the case",
        GROUP,
        "It stays with the sender, with the reason.",
        on_row(actions.reject_transfer, "transfer_id"),
        form=RejectForm,
        permission=Permission.CASE_APPROVE,
        subjects=to_us,
        done="Refused the case.",
        warns=True,
    ),
    Act(
        "transfer-withdraw",
        "Take the transfer request back",
        GROUP,
        "The case stays here.",
        on_row(actions.withdraw_transfer, "transfer_id"),
        subjects=from_us,
        done="Took the request back.",
    ),
)
