"""The window, representatives' inquiries (A12, A13), the status and the lead of a case (A1, A8)."""

from __future__ import annotations

from typing import Any

from django import forms

from closeout.web.accounts.permissions import Permission
from closeout.web.casework.actions import cases, desk
from closeout.web.casework.acts.calls import on_case, on_row
from closeout.web.casework.acts.fields import OPTIONAL, CodeField, words
from closeout.web.casework.acts.offered import is_open, rows_with
from closeout.web.casework.acts.registry import UNCHOSEN, Act, ActForm, register
from closeout.web.casework.models import Officer

CONTACT = "Contact"
INQUIRIES = "Inquiries"
CASE = "The case"


class ContactForm(ActForm):
    """How somebody came, about what, and how long it took."""

    expected_version = None  # type: ignore[assignment]  # Django takes an inherited field away by None
    channel = forms.ChoiceField(label="How", choices=words(desk.CHANNELS))
    category = forms.ChoiceField(label="About what", choices=words(desk.CATEGORIES))
    minutes = forms.IntegerField(label="Minutes", min_value=1, max_value=1440, **OPTIONAL)


class InquiryForm(ActForm):
    """A representative's inquiry: its kind, never its words."""

    expected_version = None  # type: ignore[assignment]  # Django takes an inherited field away by None
    category = forms.ChoiceField(label="About what", choices=words(desk.INQUIRY_CATEGORIES))
    channel = forms.ChoiceField(label="How", choices=words(desk.INQUIRY_CHANNELS))
    has_appearance_on_file = forms.BooleanField(label="An entry of appearance is on file", required=False)


class StatusForm(ActForm):
    """The status by the agency's codebook, and from when it holds."""

    status_code = CodeField(label="Status code")
    effective_on = forms.DateField(label="Holds from", **OPTIONAL)


class LeadForm(ActForm):
    """To whom, and why."""

    officer_no = forms.ChoiceField(label="Officer")
    reason = forms.ChoiceField(label="Why", choices=words(cases.REASONS))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        super().__init__(*args, **kwargs)
        serving = Officer.objects.filter(office_id=self.case.office_id, active_to=None).order_by("pk")
        field = self.fields["officer_no"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [UNCHOSEN, *((one.pk, f"{one.pk}, {one.get_role_display()}") for one in serving)]


register(
    Act(
        "desk-contact",
        "Log a walk-in, call or letter",
        CONTACT,
        "What it was about and how long it took; it counts as the office's work.",
        on_case(desk.log_desk_contact),
        form=ContactForm,
        done="Logged the contact.",
    ),
    Act(
        "inquiry-receive",
        "Write down an inquiry",
        INQUIRIES,
        "The clock of the answer runs from the day it came.",
        on_case(desk.receive_inquiry),
        form=InquiryForm,
        done="Wrote the inquiry down.",
    ),
    Act(
        "inquiry-answer",
        "Record the answer to an inquiry",
        INQUIRIES,
        "That it was answered and when.",
        on_row(desk.answer_inquiry, "inquiry_id"),
        subjects=rows_with("inquiries", answered_on=None),
        done="Recorded the answer.",
    ),
    Act(
        "status-change",
        "Record a change of status",
        CASE,
        "With the day from which it holds, as the codebook names it.",
        on_case(cases.change_status),
        form=StatusForm,
        offered=is_open,
        done="Recorded the status.",
    ),
    Act(
        "lead-assign",
        "Give the case to an officer",
        CASE,
        "One officer leads a case; whoever led it before no longer does.",
        on_case(cases.assign_lead),
        form=LeadForm,
        permission=Permission.CASE_APPROVE,
        offered=is_open,
        done="Assigned the case.",
    ),
)
