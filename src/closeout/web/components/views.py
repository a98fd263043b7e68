"""The gallery: every component once, so that people and axe can look at each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from closeout.reading.dates import FuzzyDate
from closeout.web.components.charts import bars
from closeout.web.privacy import FreeTextField

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest

AS_OF = date(2026, 3, 4)
DECEMBER = FuzzyDate("2017-12", date(2017, 12, 1), date(2017, 12, 31), "by December 2017")


class ExampleForm(forms.Form):
    """One field of each kind."""

    report = forms.CharField(label="Report number", help_text="As printed, such as OIG-17-51.")
    kind = forms.ChoiceField(label="Kind", choices=[("plan", "Plan"), ("letter", "Letter")], required=False)
    due_on = forms.DateField(label="Due on", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    overdue = forms.BooleanField(label="Overdue only", required=False)
    stage = forms.ChoiceField(
        label="Stage", choices=[("draft", "Draft"), ("final", "Final")], widget=forms.RadioSelect
    )
    note = FreeTextField(label="What was done", help_text="No names, numbers or addresses of persons.")
    file = forms.FileField(label="Evidence file", required=False)


class ExampleFilter(forms.Form):
    """A small filter."""

    is_filter = True
    agency = forms.CharField(label="Agency", required=False)
    overdue = forms.BooleanField(label="Overdue promise only", required=False)


@require_GET
def gallery(request: SignedInRequest) -> HttpResponse:
    """Show every component with example values."""
    context = {
        "as_of": AS_OF,
        "december": DECEMBER,
        "bars": bars(
            [("Under 1 year", 4), ("1 to 2 years", 7), ("Over 2 years, late", 6)],
            late=frozenset({"Over 2 years, late"}),
        ),
        "page": Paginator(range(120), 25).get_page(2),
        "interval": (10.4, 21.7),
        "form": ExampleForm(),
        "refused": ExampleForm({"refused-note": "Call 202-555-0143 about it."}, prefix="refused"),
        "filter": ExampleFilter(prefix="filter"),
    }
    return render(request, "components/gallery.html", context)
