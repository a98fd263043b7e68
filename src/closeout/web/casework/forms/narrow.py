"""What narrows the lists of cases and duties; it lives in the address, so that a view can be shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db.models import Q

from closeout.records.columns import CODE, OFFICER_NO
from closeout.web.casework import wording
from closeout.web.casework.models.record import choices

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from closeout.web.casework.models import Case, Duty

ANY = ("", "Any")


class CaseFilterForm(forms.Form):
    """What narrows the list of cases."""

    is_filter = True
    number = forms.CharField(label="Case number", required=False, max_length=14)
    docket = forms.ChoiceField(label="Docket", required=False, choices=[ANY, *choices("cases", "docket")])
    state = forms.ChoiceField(label="State", required=False, choices=[ANY, *choices("cases", "state")])

    def narrow(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        """Return the cases that fit; what cannot be read is left out, and the form says so."""
        self.is_valid()
        wanted = self.cleaned_data
        if wanted.get("number"):
            cases = cases.filter(pk__startswith=wanted["number"].strip().upper())
        if wanted.get("docket"):
            cases = cases.filter(docket=wanted["docket"])
        if wanted.get("state"):
            cases = cases.filter(state=wanted["state"])
        return cases


class DutyFilterForm(forms.Form):
    """What narrows the list of duties."""

    is_filter = True
    duty = forms.ChoiceField(label="Duty", required=False)
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[ANY, *((code, words) for code, words in wording.STATE_WORDS.items())],
    )
    officer = forms.RegexField(label="Staff number", required=False, regex=OFFICER_NO, max_length=12)
    office = forms.RegexField(label="Office", required=False, regex=CODE, max_length=64)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["duty"]
        if isinstance(field, forms.ChoiceField):
            named = sorted((clause.title, duty) for duty, clause in wording.clauses().items())
            field.choices = [ANY, *((duty, title) for title, duty in named)]

    def narrow(self, duties: QuerySet[Duty]) -> QuerySet[Duty]:
        """Return the duties that fit, which must come from `Duty.objects.as_of`."""
        self.is_valid()
        wanted = self.cleaned_data
        if wanted.get("duty"):
            duties = duties.filter(duty=wanted["duty"])
        if wanted.get("state"):
            duties = duties.filter(Q(state_then=wanted["state"]))
        if wanted.get("officer"):
            duties = duties.filter(officer_no=wanted["officer"])
        if wanted.get("office"):
            duties = duties.filter(office_id=wanted["office"])
        return duties
