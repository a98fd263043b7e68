"""What the pages of staffing ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.timezone import localdate

from closeout.web.casework.acts.fields import CodeField, OfficeField, words
from closeout.web.casework.acts.registry import UNCHOSEN
from closeout.web.casework.models.record import choices
from closeout.web.privacy import FreeTextField
from closeout.web.recommendations.forms import date_input
from closeout.web.staffing.actions.adjusting import REASONS, Proposed
from closeout.web.staffing.actions.planning import Planned
from closeout.web.staffing.actions.runs import DRAWS, MOST_DRAWS, SEED
from closeout.web.staffing.activities import activity_title, find_activity
from closeout.web.staffing.models import DelphiEstimate, TimeStudy
from closeout.web.staffing.queries.sampled import monday_of
from closeout.workload.study.plan import SPAN_DAYS, WEEK_DAYS, Design
from closeout.workload.weights import Kind

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.casework.models import TimeEntry

WHOLE_DAY = 24 * 60


class ActivityField(forms.CharField):
    """An activity by its code or title, typed with the list's help; its value is the code."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own arguments
        attrs = {"list": "activities", "autocomplete": "off", "spellcheck": "false", "class": "usa-input"}
        super().__init__(max_length=120, widget=forms.TextInput(attrs), **kwargs)

    def clean(self, value: object) -> str:
        """Return the code of the activity somebody typed.

        Raises:
            forms.ValidationError: No activity begins so, or several do.

        """
        typed = super().clean(value)
        found = find_activity(typed)
        if found is None:
            msg = f"No single activity begins with “{typed}”; choose one of the list."
            raise forms.ValidationError(msg)
        return found.code


class TimeForm(forms.Form):
    """Minutes by activity."""

    activity = ActivityField(label="Activity", help_text="Code or first letters.")
    minutes = forms.IntegerField(label="Minutes", min_value=1, max_value=WHOLE_DAY)
    tasks = forms.IntegerField(
        label="How many tasks", min_value=0, max_value=WHOLE_DAY, required=False, help_text="Empty: one."
    )
    on = forms.DateField(label="Day", widget=forms.HiddenInput)
    is_overtime = forms.BooleanField(label="Beyond the contracted hours", required=False)
    expected_version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ChangeForm(TimeForm):
    """What an entry should be; the day can be another."""

    on = forms.DateField(label="Day", widget=date_input())

    @staticmethod
    def values_of(row: TimeEntry) -> dict[str, Any]:
        """Return what an entry holds, to be changed."""
        return {
            "activity": row.activity,
            "minutes": row.minutes,
            "tasks": row.tasks,
            "on": row.worked_on,
            "is_overtime": row.is_overtime,
            "expected_version": row.row_version,
        }


class TimerForm(forms.Form):
    """On what the timer runs."""

    activity = ActivityField(label="Activity")


class TimerStopForm(forms.Form):
    """How many tasks the timer ran for."""

    tasks = forms.IntegerField(label="How many tasks", min_value=0, max_value=WHOLE_DAY, required=False)


class RunForm(forms.Form):
    """How the need is worked out anew."""

    kind = forms.ChoiceField(
        label="Weights",
        choices=[(Kind.OBSERVED.value, "As observed"), (Kind.ADJUSTED.value, "As adjusted for quality")],
        initial=Kind.OBSERVED.value,
    )
    draws = forms.IntegerField(
        label="Draws", min_value=0, max_value=MOST_DRAWS, initial=DRAWS, help_text="0: no intervals."
    )
    seed = forms.IntegerField(
        label="Seed",
        min_value=0,
        max_value=2**53 - 1,
        initial=SEED,
        help_text="The same seed gives the same figures.",
    )


class AdjustmentForm(forms.Form):
    """What an activity should take, and why it differs from what was observed."""

    activity = ActivityField(label="Activity", help_text="Code or first letters.")
    office_id = OfficeField(label="Office", empty="All offices", required=False)
    observed_minutes = forms.FloatField(label="Minutes as observed", min_value=0, required=False)
    low = forms.FloatField(label="At least, minutes", min_value=0)
    minutes = forms.FloatField(label="As it should be, minutes", min_value=0)
    high = forms.FloatField(label="At most, minutes", min_value=0)
    reason = forms.ChoiceField(label="Why it differs", choices=[UNCHOSEN, *words(REASONS)])
    rationale = FreeTextField(
        label="In a few words", max_length=120, help_text="No names, numbers or cases of persons."
    )
    panel = CodeField(
        label="Panel whose estimates it follows", required=False, help_text="Its code, such as PANEL-1."
    )
    expires_on = forms.DateField(label="Last day it holds", widget=date_input(), required=False)

    def clean_expires_on(self) -> date | None:
        """Refuse a last day that is past."""
        last: date | None = self.cleaned_data["expires_on"]
        if last is not None and last < localdate():
            msg = "That day is past; take today or later, or leave it empty."
            raise forms.ValidationError(msg)
        return last

    def clean(self) -> dict[str, Any]:
        """Refuse minutes out of order, and a panel that estimated nothing of the activity."""
        given = super().clean() or self.cleaned_data
        least, middle, most = (given.get(name) for name in ("low", "minutes", "high"))
        if middle is not None and least is not None and least > middle:
            self.add_error("low", f"At least is above what it should be, {middle:g} minutes.")
        if middle is not None and most is not None and most < middle:
            self.add_error("high", f"At most is below what it should be, {middle:g} minutes.")
        panel, activity = given.get("panel"), given.get("activity")
        if panel and activity:
            self._check_panel(panel, activity)
        return given

    def _check_panel(self, panel: str, activity: str) -> None:
        if not DelphiEstimate.objects.filter(panel=panel, activity=activity).exists():
            title = activity_title(activity)
            self.add_error(
                "panel", f"No estimate of {panel} on “{title}” is on record; correct it or leave it empty."
            )

    def proposed(self) -> Proposed:
        """Return what the form proposes, with None for what was left out."""
        given = self.cleaned_data
        left_out = {name: given[name] or None for name in ("office_id", "panel")}
        return Proposed(**{**given, **left_out})


class StudyForm(forms.Form):
    """What a time study is to be."""

    code = CodeField(
        label="Code", help_text="As time entries will name it, such as TS-2027-1.", max_length=24
    )
    label = FreeTextField(label="Title", max_length=120, widget=forms.TextInput)
    from_on = forms.DateField(
        label="First week", widget=date_input(), help_text="Begins on the Monday of this day."
    )
    officers = forms.IntegerField(
        label="Officers asked", min_value=1, max_value=100_000, help_text="Over all offices, drawn by chance."
    )
    weeks = forms.IntegerField(label="Weeks each", min_value=1, max_value=26, initial=2)
    rounds = forms.IntegerField(
        label="Rounds over a year",
        min_value=1,
        max_value=26,
        initial=4,
        help_text="So that each season is asked.",
    )
    design = forms.ChoiceField(
        label="Design",
        choices=[
            (Design.DIARY.value, "Diary of whole weeks"),
            (Design.RANDOM_MOMENT.value, "Random moments"),
        ],
    )
    moments_a_week = forms.IntegerField(
        label="Moments a week, for random moments", min_value=1, max_value=500, initial=20
    )
    office_id = OfficeField(label="Office", empty="All offices", required=False)
    role = forms.ChoiceField(
        label="Role", required=False, choices=[("", "All roles"), *choices("time_studies", "role")]
    )
    seed = forms.IntegerField(
        label="Seed",
        min_value=0,
        max_value=2**53 - 1,
        initial=1,
        help_text="The same asks the same officers.",
    )

    def clean_code(self) -> str:
        """Refuse the code of a study there is."""
        code: str = self.cleaned_data["code"]
        if TimeStudy.objects.filter(pk=code).exists():
            msg = f"A study is called {code} already; take another code."
            raise forms.ValidationError(msg)
        return code

    def clean_from_on(self) -> date:
        """Refuse a week that is past."""
        first: date = self.cleaned_data["from_on"]
        if first < monday_of(localdate()):
            msg = "That week is past; take a day of this week or later."
            raise forms.ValidationError(msg)
        return first

    def clean(self) -> dict[str, Any]:
        """Refuse rounds that do not fit into a year."""
        given = super().clean() or self.cleaned_data
        weeks, rounds = given.get("weeks"), given.get("rounds")
        if weeks and rounds and rounds > 1 and weeks * WEEK_DAYS > SPAN_DAYS // rounds:
            most = SPAN_DAYS // rounds // WEEK_DAYS
            plural = "" if most == 1 else "s"
            self.add_error(
                "weeks",
                f"{rounds} rounds leave room for {most} week{plural} each; ask fewer weeks or rounds.",
            )
        return given

    def planned(self) -> Planned:
        """Return what the form plans, with None for what was left out."""
        given = self.cleaned_data
        left_out = {name: given[name] or None for name in ("office_id", "role")}
        return Planned(**{**given, **left_out})
