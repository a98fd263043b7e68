"""Parents (F1, F2): the question, the information, the decision, and whether it was honored."""

from __future__ import annotations

from django import forms

from closeout.records.machines import PARENTAL_DECISION
from closeout.web.accounts.permissions import Permission
from closeout.web.casework.actions import incidents, parents
from closeout.web.casework.acts.calls import on_case, on_row
from closeout.web.casework.acts.fields import OPTIONAL, CodeField, LanguageField, words
from closeout.web.casework.acts.offered import is_open, rows_that_may, rows_with
from closeout.web.casework.acts.registry import Act, ActForm, register

GROUP = "Parents"
ANSWERED = {"yes": "Yes", "no": "No", "declined": "Declined to answer"}


class InquiryForm(ActForm):
    """The answer, and counts only: no name, age or address of a child."""

    answer = forms.ChoiceField(
        label="Parent or guardian", choices=list(ANSWERED.items()), widget=forms.RadioSelect
    )
    minors = forms.IntegerField(label="Minor children", min_value=0, max_value=30, **OPTIONAL)
    minors_citizen = forms.IntegerField(label="Of them citizens", min_value=0, max_value=30, **OPTIONAL)
    minors_resident = forms.IntegerField(
        label="Of them lawful residents", min_value=0, max_value=30, **OPTIONAL
    )
    is_primary_caretaker = forms.NullBooleanField(label="Primary caretaker", **OPTIONAL)
    has_family_proceeding = forms.NullBooleanField(
        label="Family or child-welfare proceeding pending", **OPTIONAL
    )


class InformationForm(ActForm):
    """Which information, and in which language."""

    information_version = CodeField(label="Version of the information", help_text="As printed on it: PI-2.0.")
    language = LanguageField(label="Language, as an ISO 639 code", **OPTIONAL)
    interpreter_used = forms.BooleanField(label="Through an interpreter", required=False)


class DecisionForm(ActForm):
    """The decision and how it is documented; what is missing makes it flawed, and is listed."""

    decision = forms.ChoiceField(label="Decision", choices=words(parents.DECISIONS), widget=forms.RadioSelect)
    decided_on = forms.DateField(label="Decided on")
    offered_reunification = forms.BooleanField(label="Traveling together was offered", required=False)
    offered_child_remains = forms.BooleanField(label="The child's staying was offered", required=False)
    offered_consultation = forms.BooleanField(
        label="A call to an attorney or consulate was offered", required=False
    )
    form_version = CodeField(label="Version of the form", help_text="As printed on it: PD-1.1.", **OPTIONAL)
    signed_kind = forms.ChoiceField(
        label="Signed", choices=words(parents.SIGNED, empty="Not recorded"), **OPTIONAL
    )
    witness_role = forms.ChoiceField(
        label="Witness, by role", choices=words(parents.WITNESSES, empty="None"), **OPTIONAL
    )
    reflection_hours = forms.FloatField(
        label="Hours between information and decision", min_value=0, max_value=8784, **OPTIONAL
    )


class NotHonorForm(ActForm):
    """Why."""

    reason = forms.ChoiceField(label="Why", choices=words(PARENTAL_DECISION.reasons["not_honor"]))


class ExceptionForm(ActForm):
    """Why no decision can be had."""

    reason = forms.ChoiceField(label="Why", choices=words(PARENTAL_DECISION.reasons["approve_exception"]))


register(
    Act(
        "parent-ask",
        "Record the parental question",
        GROUP,
        "Every detained person is asked. Counts only are kept, never a child's name, age or address.",
        on_case(parents.record_parental_inquiry),
        form=InquiryForm,
        offered=is_open,
        done="Recorded the answer.",
    ),
    Act(
        "parent-inform",
        "Record that the information was given",
        GROUP,
        "In a language the parent understands, or through an interpreter.",
        on_case(parents.give_information),
        form=InformationForm,
        offered=is_open,
        done="Recorded the information.",
    ),
    Act(
        "parent-decide",
        "Record the parent's decision",
        GROUP,
        "It counts when every option was offered and it is dated, signed or refused before a witness.",
        on_row(parents.record_parental_decision, "decision_id"),
        form=DecisionForm,
        subjects=rows_that_may(PARENTAL_DECISION, "parental_decisions", "find_valid"),
        done="Recorded the decision.",
    ),
    Act(
        "parent-honor",
        "Record that the decision was honored",
        GROUP,
        "Only a valid decision is honored; the latest one governs.",
        on_row(parents.honor_decision, "decision_id"),
        subjects=rows_that_may(PARENTAL_DECISION, "parental_decisions", "honor"),
        done="Recorded that it was honored.",
    ),
    Act(
        "parent-not-honor",
        "Approve that the decision is not honored",
        GROUP,
        "For one of the coded reasons, by whoever may approve.",
        on_row(parents.refuse_to_honor, "decision_id"),
        form=NotHonorForm,
        permission=Permission.CASE_APPROVE,
        subjects=rows_that_may(PARENTAL_DECISION, "parental_decisions", "not_honor"),
        done="Recorded with its reason.",
        warns=True,
    ),
    Act(
        "parent-exception-request",
        "Ask for an exception",
        GROUP,
        "Where no decision can be had. It counts once a second person approves it.",
        on_case(parents.request_exception),
        form=ExceptionForm,
        offered=is_open,
        done="Asked for the exception.",
    ),
    Act(
        "parent-exception-approve",
        "Approve the exception",
        GROUP,
        "Whoever asked does not approve.",
        on_row(parents.approve_exception, "decision_id"),
        form=ExceptionForm,
        permission=Permission.CASE_APPROVE,
        subjects=rows_that_may(PARENTAL_DECISION, "parental_decisions", "approve_exception"),
        done="Approved the exception.",
        warns=True,
    ),
    Act(
        "incident-resolve",
        "Settle an incident",
        GROUP,
        "By another person than the one whose attempt it was.",
        on_row(incidents.resolve_incident, "incident_id"),
        permission=Permission.CASE_APPROVE,
        subjects=rows_with("safeguard_incidents", resolved_on=None),
        done="Settled the incident.",
    ),
)
