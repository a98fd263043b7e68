"""Forms of the recommendations: the list's filters, and what people add."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.timezone import localdate

from closeout.followup.statuses import POSITION_LABELS, PROGRESS_LABELS, STATUS_LABELS, Progress
from closeout.reading.model import AuditorStatus, Position, PromiseKind
from closeout.web.accounts.permissions import Permission, may
from closeout.web.components.forms import LongSelect
from closeout.web.privacy import FreeTextField
from closeout.web.recommendations.models import Agency, Document
from closeout.web.recommendations.queries.listing import CLOSED, NOT_PRINTED, OPEN, Filters, Group, Order

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    from closeout.web.accounts.models import User

ANY = ("", "Any")
STATUS_CHOICES = [
    ANY,
    (OPEN, "Open"),
    (CLOSED, "Closed"),
    (NOT_PRINTED, "No status printed"),
    *((status.value, STATUS_LABELS[status]) for status in AuditorStatus),
]
PROGRESS_CHOICES = [ANY, *((each.value, PROGRESS_LABELS[each]) for each in Progress)]
MOST_CHOICES = 2_000
_WORKING = tuple(
    each for each in Progress if each not in {Progress.RISK_ACCEPTED, Progress.CLOSURE_REQUESTED}
)


def date_input() -> forms.DateInput:
    """Return the browser's own date picker."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FilterForm(forms.Form):
    """What narrows and orders the list; it lives in the address, so that a view can be shared."""

    is_filter = True
    words = forms.CharField(label="Words", required=False, max_length=200)
    report = forms.CharField(label="Report number or title", required=False, max_length=200)
    agency = forms.TypedChoiceField(
        label="Agency", required=False, coerce=int, empty_value=None, widget=LongSelect
    )
    status = forms.ChoiceField(label="Auditor says", required=False, choices=STATUS_CHOICES)
    progress = forms.ChoiceField(label="We say", required=False, choices=PROGRESS_CHOICES)
    overdue = forms.BooleanField(label="Promise missed", required=False)
    incomplete = forms.BooleanField(label="Source incomplete", required=False)
    priority = forms.BooleanField(label="Priority", required=False)
    group = forms.ChoiceField(
        required=False, choices=[ANY, *((each.value, each.value) for each in Group)], widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [ANY, *Agency.objects.values_list("pk", "name")[:MOST_CHOICES]]

    def filters(self) -> Filters:
        """Return what is asked for; what cannot be read is left out, and the form says so."""
        self.is_valid()
        wanted = self.cleaned_data
        return Filters(
            words=wanted.get("words", ""),
            report_words=wanted.get("report", ""),
            agency=wanted.get("agency"),
            status=wanted.get("status", ""),
            progress=wanted.get("progress", ""),
            group=wanted.get("group", ""),
            is_overdue=wanted.get("overdue", False),
            is_incomplete=wanted.get("incomplete", False),
            is_priority=wanted.get("priority", False),
        )

    def order(self) -> tuple[Order, bool]:
        """Return what the list is ordered by, and whether downwards."""
        asked = str(self.data.get("order", ""))
        name = asked.removeprefix("-")
        order = Order(name) if name in set(Order) else Order.REPORT
        return order, asked.startswith("-")

    def page(self) -> int:
        """Return the page asked for, from 1."""
        asked = str(self.data.get("page", "1"))
        return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1  # noqa: PLR2004


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = FreeTextField(label="Why", max_length=2_000, widget=forms.Textarea(attrs={"rows": 2}))


class ProgressForm(forms.Form):
    """One step on the agency's own axis; accepting the risk is the approving official's to say."""

    state = forms.ChoiceField(label="Where we stand")
    on = forms.DateField(label="Since", widget=date_input(), initial=localdate)
    note = FreeTextField(
        label="What was done", required=False, max_length=4_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        super().__init__(*args, **kwargs)
        states = [
            *(_WORKING if may(by, Permission.PROGRESS_ADD) else ()),
            *((Progress.RISK_ACCEPTED,) if may(by, Permission.CLOSURE_APPROVE) else ()),
        ]
        field = self.fields["state"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each.value, PROGRESS_LABELS[each]) for each in states]


class PlanForm(forms.Form):
    """A corrective action plan: owner, what will be done, and its dated steps."""

    owner_office = forms.CharField(
        label="Office that owns it", max_length=120, help_text="An office, not a person."
    )
    summary = FreeTextField(
        label="What will be done", max_length=4_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    steps = FreeTextField(
        label="Steps",
        max_length=8_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="One a line, the day first: 2027-03-31 Draft sent to all offices",
    )

    def clean_steps(self) -> list[tuple[str, Any]]:
        """Return (text, day) for each line.

        Raises:
            ValidationError: A line does not begin with a day or has no words; it is named.

        """
        day = forms.DateField(input_formats=["%Y-%m-%d"])
        steps, wrong = [], []
        for number, line in enumerate(self.cleaned_data["steps"].splitlines(), 1):
            if not line.strip():
                continue
            first, _, words = line.strip().partition(" ")
            try:
                steps.append((words.strip(), day.clean(first)))
            except forms.ValidationError:
                wrong.append(f"Line {number} must begin with a day like 2027-03-31: “{line.strip()[:60]}”")
                continue
            if not words.strip():
                wrong.append(f"Line {number} has a day but no words.")
        if wrong or not steps:
            raise forms.ValidationError(wrong or ["At least one step is needed."])
        return steps


class PromiseForm(forms.Form):
    """A date the agency promises, and what for."""

    kind = forms.ChoiceField(
        label="What is promised",
        choices=[(each.value, each.value.capitalize()) for each in PromiseKind],
        initial=PromiseKind.COMPLETION,
    )
    due_on = forms.DateField(label="By", widget=date_input())
    said_on = forms.DateField(label="Promised on", widget=date_input(), initial=localdate)
    by = forms.CharField(label="Office that promises", max_length=120)
    what = FreeTextField(
        label="What exactly", required=False, max_length=1_000, widget=forms.Textarea(attrs={"rows": 2})
    )


class MilestoneForm(forms.Form):
    """The day on which a plan step was done."""

    done_on = forms.DateField(label="Done on", widget=date_input(), initial=localdate)


class EvidenceForm(forms.Form):
    """An evidence file."""

    title = FreeTextField(label="What it shows", max_length=200, widget=forms.TextInput)
    file = forms.FileField(
        label="File", help_text="Up to 50 MB. It is kept under its SHA-256 and cannot be changed."
    )
    note = FreeTextField(
        label="Note", required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )


class EvidenceReviewForm(forms.Form):
    """What a second person says of an evidence file."""

    accept = forms.ChoiceField(
        label="Decision", choices=[("accept", "Accept"), ("return", "Return")], widget=forms.RadioSelect
    )
    note = FreeTextField(
        label="Note",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed when it is returned.",
    )


class CoverForm(forms.Form):
    """Which of the auditor's needs an evidence covers."""

    need = forms.IntegerField(widget=forms.HiddenInput)


class ClosureForm(forms.Form):
    """The closeout letter that asks the auditor to close."""

    letter = FreeTextField(
        label="Closeout letter", max_length=20_000, widget=forms.Textarea(attrs={"rows": 12})
    )
    uncovered_reason = FreeTextField(
        label="Why ask although something the auditor needs is not covered",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ClosureDecisionForm(forms.Form):
    """What the approving official says of a closure request."""

    decision = forms.ChoiceField(
        label="Decision", choices=[("approve", "Approve"), ("return", "Return")], widget=forms.RadioSelect
    )
    reason = FreeTextField(
        label="Why",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed when it is returned.",
    )


class SentForm(forms.Form):
    """When the letter went to the auditor, and by when an answer is expected."""

    sent_on = forms.DateField(label="Sent on", widget=date_input(), initial=localdate)


class DecisionForm(forms.Form):
    """What the auditor decided, in the auditor's own words."""

    status = forms.ChoiceField(
        label="Auditor's decision", choices=[(each.value, STATUS_LABELS[each]) for each in AuditorStatus]
    )
    printed = FreeTextField(
        label="The auditor's words",
        max_length=300,
        widget=forms.TextInput,
        help_text="As printed or written.",
    )
    on = forms.DateField(label="Decided on", widget=date_input(), initial=localdate)
    reason = FreeTextField(
        label="Reason given", required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )


class ConflictForm(forms.Form):
    """Which source is right, and why."""

    resolution = FreeTextField(
        label="Which is right, and why", max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )


class UploadForm(forms.Form):
    """A document to be read."""

    file = forms.FileField(
        label="Document", help_text="Text, HTML, PDF, GAO's CSV export, or an archive of them."
    )
    document = forms.ModelChoiceField(
        Document.objects.order_by("origin"),
        label="It is a newer capture of",
        required=False,
        empty_label="A document of its own",
        help_text="Choose the page it is a later capture of, and the two are compared.",
    )
    got_on = forms.DateField(label="Fetched on", widget=date_input(), initial=localdate)


def _choices(values: type[StrEnum], labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [("", "None"), *((each.value, labels[each]) for each in values)]


class CorrectionForm(forms.Form):
    """The fields of a reading, to be set right, and why."""

    text = FreeTextField(
        label="Text", required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    number = forms.CharField(label="Number", required=False, max_length=40)
    agency = forms.CharField(label="Agency", required=False, max_length=300)
    status = forms.ChoiceField(
        label="Auditor's status", required=False, choices=_choices(AuditorStatus, STATUS_LABELS)
    )
    status_printed = forms.CharField(
        label="Status as printed", required=False, max_length=200, help_text="It must stand in the document."
    )
    position = forms.ChoiceField(
        label="Position", required=False, choices=_choices(Position, POSITION_LABELS)
    )
    position_printed = forms.CharField(
        label="Position as printed",
        required=False,
        max_length=300,
        help_text="It must stand in the document.",
    )
    report_title = forms.CharField(label="Report title", required=False, max_length=500)
    report_number = forms.CharField(label="Report number", required=False, max_length=80)
    reason = FreeTextField(label="Why", max_length=1_000, widget=forms.TextInput)

    def changes(self) -> dict[str, Any]:
        """Return the fields whose value is another than the one the form began with."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "reason" and value != (self.initial.get(name) or "")
        }
