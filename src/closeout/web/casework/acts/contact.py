"""What can be verified about a case (A5, A6): that it was and how it stands, never the thing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from closeout.web.casework.actions import verifications as actions
from closeout.web.casework.acts.calls import on_case, on_row
from closeout.web.casework.acts.fields import OPTIONAL, OfficeField, words
from closeout.web.casework.acts.registry import Act, ActForm, register

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from closeout.web.accounts.models import User
    from closeout.web.casework.models import Case, Verification

GROUP = "Contact"


class VerifyForm(ActForm):
    """What was verified, how, and with what result."""

    kind = forms.ChoiceField(label="What was verified", choices=words(actions.KINDS))
    method = forms.ChoiceField(label="How", choices=words(actions.METHODS))
    result = forms.ChoiceField(label="Result", choices=words(actions.RESULTS), widget=forms.RadioSelect)
    mismatch_code = forms.ChoiceField(
        label="What did not match",
        help_text="For a mismatch only.",
        choices=words(actions.MISMATCHES, empty="Nothing"),
        **OPTIONAL,
    )
    new_office_id = OfficeField(
        label="Office whose area it now belongs to",
        help_text="For a changed contact only. The office's code is kept, never the address.",
        empty="This office still",
        **OPTIONAL,
    )


def mismatches(case: Case, _user: User) -> QuerySet[Verification]:
    """Return the mismatches that have not been put right."""
    return case.verifications.filter(result="mismatch", corrected_on=None).order_by("verified_on")


register(
    Act(
        "verify",
        "Verify contact, proceeding, status or representation",
        GROUP,
        "Only that it was verified is kept, how, and with what result.",
        on_case(actions.verify),
        form=VerifyForm,
        done="Recorded the verification.",
    ),
    Act(
        "mismatch-correct",
        "Put a mismatch right",
        GROUP,
        "The office's calendar and the court's must agree.",
        on_row(actions.correct_mismatch, "verification_id"),
        subjects=mismatches,
        done="Recorded that the mismatch was put right.",
    ),
)
