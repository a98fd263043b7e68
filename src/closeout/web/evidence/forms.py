"""Forms of the evidence: filters that live in the address, and what people submit."""

from __future__ import annotations

from typing import Any

from django import forms

from closeout.evidence.assessment import Standing
from closeout.web.accounts.models import Role
from closeout.web.components.forms import LongSelect
from closeout.web.evidence.actions.brought import MOST_FILE_MB
from closeout.web.evidence.queries.assessment import UNLINKED, Filters
from closeout.web.evidence.wording import STANDING_WORDS

ANY = ("", "Any")


class AssessmentFilterForm(forms.Form):
    """What narrows the assessment."""

    is_filter = True
    standing = forms.ChoiceField(
        label="The records show it",
        required=False,
        choices=[
            ANY,
            *((each.value, STANDING_WORDS[each].capitalize()) for each in Standing),
            (UNLINKED, "No measure answers it"),
        ],
    )
    owner = forms.ChoiceField(
        label="Who answers for the measure",
        required=False,
        choices=[ANY, *((r.value, r.label) for r in Role)],
    )
    open = forms.BooleanField(label="Open only", required=False)

    def filters(self) -> Filters:
        """Return what is asked for; what cannot be read is left out, and the form says so."""
        self.is_valid()
        wanted = self.cleaned_data
        return Filters(
            standing=wanted.get("standing", ""),
            owner=wanted.get("owner", ""),
            is_open=wanted.get("open", False),
        )


class DutyForm(forms.Form):
    """Which duty's timeliness is compared."""

    is_filter = True
    measure = forms.ChoiceField(label="Duty", required=False, widget=LongSelect)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        super().__init__(*args, **kwargs)
        field = self.fields["measure"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "All, one after another"), *choices]


class VerifyForm(forms.Form):
    """A file to be verified."""

    file = forms.FileField(
        label="Frozen figure, folder of them as ZIP, or letter as PDF or Word",
        help_text=f"The file as it was downloaded or received; {MOST_FILE_MB} MB at most. "
        "It goes as soon as it is verified.",
    )
