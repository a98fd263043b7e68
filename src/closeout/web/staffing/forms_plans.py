"""What the pages of scenarios, curves and hiring plans ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from closeout.records.tables.casework import DOCKETS
from closeout.simulation.changes import Detail, Hiring, Interval, OvertimeHours, Some, Vacancies, WindowRota
from closeout.web.casework.actions.errors import UnfitValueError
from closeout.web.casework.acts.fields import CodeField, OfficeField, words
from closeout.web.privacy import FreeTextField
from closeout.web.recommendations.forms import date_input
from closeout.web.staffing.actions.answers import LEAST_REPLICATIONS, MOST_REPLICATIONS, MOST_SEED
from closeout.web.staffing.actions.plans import LEAST_DRAWS, MOST_DRAWS, MOST_SEATS, AskedPlan, own_figures
from closeout.web.staffing.actions.runs import DRAWS
from closeout.web.staffing.actions.runs import SEED as PLAN_SEED
from closeout.web.staffing.actions.scenarios import REPLICATIONS, SEED
from closeout.web.staffing.changes import changes_of
from closeout.workload.parameters import Parameters
from closeout.workload.weights import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.simulation.changes import Change
    from closeout.web.staffing.models.scenarios import Scenario

CHECK_IN = "check-in"
MOST_OFFICERS = 10_000
_PERCENT = 100
_QUARTER_MONTHS = 3
_KINDS = [(Kind.OBSERVED.value, "As observed"), (Kind.ADJUSTED.value, "As adjusted for quality")]


def _officers(label: str = "Officers") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=MOST_OFFICERS, required=False)


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=date_input(), required=False)


class ScenarioForm(forms.Form):
    """What would be different; each group is left empty or filled in whole."""

    office_id = OfficeField(label="Office", empty="Choose an office")
    code = CodeField(label="Code", help_text="One word, such as SPRING-DETAIL.")
    title = FreeTextField(
        label="Title", max_length=120, widget=forms.TextInput, help_text="No names of persons."
    )

    detail_officers = _officers()
    detail_days = forms.IntegerField(label="Days", min_value=1, max_value=3_650, required=False)
    detail_from = _day("From")
    interval_docket = forms.ChoiceField(
        label="Docket", choices=words(DOCKETS.split(), empty="Every docket"), required=False
    )
    interval_days = forms.IntegerField(
        label="Every so many days", min_value=1, max_value=3_650, required=False
    )
    vacancies_officers = _officers("Posts")
    vacancies_from = _day("From")
    window_officers = _officers()
    window_hours = forms.FloatField(label="Hours a working day", min_value=0.25, max_value=12, required=False)
    window_from = _day("From")
    window_to = _day("To")
    overtime_hours = forms.FloatField(label="Hours a week", min_value=0.25, max_value=40, required=False)
    hiring_officers = _officers("New officers")
    hiring_days = forms.IntegerField(
        label="Days until they arrive", min_value=1, max_value=3_650, required=False
    )

    GROUPS = (
        ("detail", "Detail: officers lent elsewhere", ("detail_officers", "detail_days", "detail_from")),
        ("interval", "Check-ins at another interval", ("interval_docket", "interval_days")),
        (
            "vacancies",
            "Vacancies: posts that fall vacant and stay so",
            ("vacancies_officers", "vacancies_from"),
        ),
        (
            "window",
            "Window rota: hours at the window",
            ("window_officers", "window_hours", "window_from", "window_to"),
        ),
        ("overtime", "Overtime for what is due or overdue", ("overtime_hours",)),
        ("hiring", "Hiring, with the time until they arrive", ("hiring_officers", "hiring_days")),
    )
    MAY_BE_EMPTY = frozenset({"interval_docket"})

    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Yield each group's words with its fields."""
        for _, said, names in self.GROUPS:
            yield said, [self[name] for name in names]

    def wrong(self) -> list[tuple[str, forms.BoundField]]:
        """Return the fields that something is wrong with, each with the group it stands in."""
        group_of = {name: said.partition(":")[0] for _, said, names in self.GROUPS for name in names}
        return [(group_of.get(name, ""), self[name]) for name in self.fields if name in self.errors]

    def about(self) -> list[forms.BoundField]:
        """Return the fields that say what it is called and of which office it is."""
        return [self[name] for name in ("office_id", "code", "title") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Refuse a group that is half filled in, and a scenario that changes nothing."""
        given = super().clean() or self.cleaned_data
        for group, _, names in self.GROUPS:
            needed = [name for name in names if name not in self.MAY_BE_EMPTY]
            is_asked = any(given.get(name) not in {None, ""} for name in names)
            for name in needed:
                if is_asked and given.get(name) is None and name not in self.errors:
                    self.add_error(name, "Fill this in too, or leave the whole group empty.")
            if group == "window" and given.get("window_from") and given.get("window_to"):
                self._check_order(given)
        if not self.errors and not self.changes():
            self.add_error(None, "Nothing would change: fill in one group at least.")
        return given

    def _check_order(self, given: dict[str, Any]) -> None:
        if given["window_to"] < given["window_from"]:
            self.add_error("window_to", "The last day comes before the first.")

    def changes(self) -> tuple[Change, ...]:
        """Return the changes that the filled groups are, in the order of the form."""
        given = self.cleaned_data
        made: list[Change] = []
        for group, _, names in self.GROUPS:
            if all(given.get(name) is not None for name in names if name not in self.MAY_BE_EMPTY):
                made.append(_change(group, given))
        return tuple(made)

    @staticmethod
    def values_of(row: Scenario) -> dict[str, Any]:
        """Return what a scenario holds, for a form of its next version."""
        made: dict[str, Any] = {"office_id": row.office_id, "code": row.code, "title": row.title}
        for one in changes_of(row.changes):
            made |= _values(one)
        return made


class VersionForm(ScenarioForm):
    """What the next version of a scenario changes; its office and code stay."""

    office_id = None  # type: ignore[assignment]  # Django's way to take a field away
    code = None  # type: ignore[assignment]


def _change(group: str, given: dict[str, Any]) -> Change:
    if group == "detail":
        some = Some(count=given["detail_officers"])
        return Detail(officers=some, from_on=given["detail_from"], days=given["detail_days"])
    if group == "interval":
        days, docket = float(given["interval_days"]), given["interval_docket"]
        return Interval(duty=CHECK_IN, days=days, docket=docket)
    if group == "vacancies":
        return Vacancies(officers=Some(count=given["vacancies_officers"]), from_on=given["vacancies_from"])
    if group == "window":
        return WindowRota(
            officers=Some(count=given["window_officers"]),
            hours_a_day=given["window_hours"],
            from_on=given["window_from"],
            to_on=given["window_to"],
        )
    if group == "overtime":
        return OvertimeHours(hours_a_week=given["overtime_hours"])
    ramp = tuple(share for share in Parameters().ramp for _ in range(_QUARTER_MONTHS))
    return Hiring(officers=given["hiring_officers"], lead_days=float(given["hiring_days"]), ramp=ramp)


def _values(change: Change) -> dict[str, Any]:
    """Return a change as the form's fields; empty for one that the form does not know."""
    match change:
        case Detail():
            given = {"officers": change.officers.count, "days": change.days, "from": change.from_on}
        case Interval():
            given = {"docket": change.docket, "days": round(change.days)}
        case Vacancies():
            given = {"officers": change.officers.count, "from": change.from_on}
        case WindowRota():
            given = {
                "officers": change.officers.count,
                "hours": change.hours_a_day,
                "from": change.from_on,
                "to": change.to_on,
            }
        case OvertimeHours():
            given = {"hours": change.hours_a_week}
        case Hiring():
            given = {"officers": change.officers, "days": round(change.lead_days)}
        case _:
            given = {}
    return {f"{change.name}_{name}": value for name, value in given.items()}


class ChancesForm(forms.Form):
    """How often a year is simulated."""

    replications = forms.IntegerField(
        label="Years simulated",
        min_value=LEAST_REPLICATIONS,
        max_value=MOST_REPLICATIONS,
        initial=REPLICATIONS,
        help_text="More give narrower intervals.",
    )
    seed = forms.IntegerField(
        label="Seed",
        min_value=0,
        max_value=MOST_SEED - 1,
        initial=SEED,
        help_text="The same seed gives the same figures.",
    )


class CurveForm(ChancesForm):
    """What an office is to reach, and how surely."""

    share = forms.FloatField(label="On time, %", min_value=1, max_value=100, initial=95)
    probability = forms.FloatField(label="In this share of years, %", min_value=1, max_value=99, initial=80)
    kind = forms.ChoiceField(label="Weights", choices=_KINDS, initial=Kind.OBSERVED.value)
    field_order = ("share", "probability", "kind", "replications", "seed")

    def asked(self) -> dict[str, Any]:
        """Return what is asked for, as `ask_curve` takes it."""
        given = self.cleaned_data
        shares = {name: given[name] / _PERCENT for name in ("share", "probability")}
        return {**given, **shares}


class PlanForm(forms.Form):
    """By when, how surely, and within which limits."""

    office_id = OfficeField(label="Office", empty="All offices together", required=False)
    by_on = forms.DateField(label="Staff wanted by", widget=date_input())
    probability = forms.FloatField(
        label="Probability that it is enough, %", min_value=1, max_value=100, initial=80
    )
    ceiling = forms.IntegerField(
        label="Most persons on the rolls",
        min_value=0,
        max_value=1_000_000,
        required=False,
        help_text="Those at the academy count. Empty: no ceiling.",
    )
    seats = forms.IntegerField(label="Seats in a class", min_value=0, max_value=MOST_SEATS, initial=12)
    every_months = forms.IntegerField(
        label="Months from one class to the next", min_value=1, max_value=24, initial=3
    )
    overtime_most = forms.FloatField(label="Most overtime, % of hours", min_value=0, max_value=100, initial=0)
    kind = forms.ChoiceField(label="Weights", choices=_KINDS, initial=Kind.OBSERVED.value)
    draws = forms.IntegerField(label="Draws", min_value=LEAST_DRAWS, max_value=MOST_DRAWS, initial=DRAWS)
    seed = forms.IntegerField(
        label="Seed",
        min_value=0,
        max_value=MOST_SEED - 1,
        initial=PLAN_SEED,
        help_text="The same seed gives the same figures.",
    )

    lead = forms.CharField(
        label="Months until a class arrives, with chances",
        max_length=200,
        required=False,
        help_text="Such as 5:0.3, 6:0.4, 8:0.3. Your agency's own figures, this one and the four below: all "
        "or none. Without them the usual ones are taken, and the plan cannot be frozen as evidence.",
    )
    completion = forms.FloatField(label="Who finish, % of seats", min_value=0, max_value=100, required=False)
    ramp = forms.CharField(
        label="Work of a new officer, % by month",
        max_length=200,
        required=False,
        help_text="Such as 25, 25, 50, 50, 75; full work after.",
    )
    leaving = forms.CharField(
        label="Who leave in a year, % of staff",
        max_length=20,
        required=False,
        help_text="Or the word records: as the officers' records of three years show.",
    )
    basis = FreeTextField(
        label="Where these figures come from",
        max_length=300,
        required=False,
        widget=forms.TextInput,
        help_text="No names of persons.",
    )
    OWN = ("lead", "completion", "ramp", "leaving", "basis")

    def clean(self) -> dict[str, Any]:
        """Refuse own figures that are given in part, or that are none."""
        given = super().clean() or self.cleaned_data
        own: dict[str, Any] = {name: given.get(name) for name in self.OWN}
        if self.errors or all(value in {None, ""} for value in own.values()):
            return given
        lacking = [name for name, value in own.items() if value in {None, ""}]
        for name in lacking:
            self.add_error(name, "Fill this in too, or leave all five of your own figures empty.")
        if not lacking:
            try:
                given["own"] = own_figures(**own | {"completion": given["completion"] / _PERCENT})
            except UnfitValueError as refusal:
                self.add_error(None, str(refusal))
        return given

    def asked(self) -> AskedPlan:
        """Return what the plan is asked for."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in self.OWN}
        shares = {name: given[name] / _PERCENT for name in ("probability", "overtime_most")}
        weights = given.pop("kind")
        return AskedPlan(**{**given, **shares}, weights=weights)
