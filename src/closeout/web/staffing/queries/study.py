"""Time studies: whom they asked, who answered, and the minutes that follow."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models.functions import TruncWeek
from django.utils import timezone

from closeout.web.casework.models import Office, TimeEntry
from closeout.web.staffing.activities import activity_title
from closeout.web.staffing.models import StudyMoment, StudySample, TimeStudy, WeightAdjustment
from closeout.web.staffing.queries.sampled import monday_of
from closeout.workload.study.adjust import State, state_of
from closeout.workload.weights import Grade

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from closeout.web.staffing.models import StaffingRun


@dataclass(frozen=True, slots=True)
class Response:
    """What came of asking, in officer-weeks, counted as for the weights (`workload.study.response`).

    A week is recorded when it has an entry or an answer; `asked` are those who were there, whatever they
    said, and whoever was away for the whole week but recorded all the same.
    """

    asked: int = 0
    recorded: int = 0
    absent: int = 0
    declined: int = 0
    officers: int = 0

    @property
    def open(self) -> int:
        """Return how many have neither recorded nor declined."""
        return self.asked - self.recorded - self.declined

    @property
    def share(self) -> float | None:
        """Return recorded / asked, 0-1; None where nobody was asked."""
        return self.recorded / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class StudyLine:
    """A study with its response."""

    study: TimeStudy
    response: Response


@dataclass(frozen=True, slots=True)
class OfficeResponse:
    """The response of one office."""

    office_id: str
    label: str
    response: Response


@dataclass(frozen=True, slots=True)
class WeightLine:
    """An activity's weights over all offices.

    `grades` counts offices by grade, every grade present; `least` and `most` are the minutes of the offices
    with the lowest and the highest weight, None where no office has one.
    """

    title: str
    activity: str
    unit: str
    grades: tuple[int, ...]
    least: float | None
    most: float | None
    observed_to: date | None
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class AdjustmentLine:
    """An adjustment with what its activity is called.

    `is_own` where the reader decided it; `is_over` where its last day is past, so that it counts no more.
    """

    title: str
    row: WeightAdjustment
    is_own: bool
    is_over: bool


@dataclass(slots=True)
class _Tally:
    """Officer-weeks as they are counted."""

    asked: int = 0
    recorded: int = 0
    absent: int = 0
    declined: int = 0
    officers: set[str] = field(default_factory=set)

    def add(self, officer: str, states: set[str], *, has: bool) -> None:
        self.officers.add(officer)
        if "absent" in states and not has:
            self.absent += 1
            return
        self.asked += 1
        self.recorded += has
        self.declined += "declined" in states and not has

    def response(self) -> Response:
        return Response(self.asked, self.recorded, self.absent, self.declined, len(self.officers))


def study_lines() -> tuple[StudyLine, ...]:
    """Return all studies, newest first, with their response."""
    studies = list(TimeStudy.objects.select_related("office").order_by("-from_on", "study_id"))
    tallies = _tallied([one.pk for one in studies], by_office=False)
    return tuple(StudyLine(one, tallies[one.pk].response()) for one in studies)


def response_by_office(study: TimeStudy) -> tuple[OfficeResponse, ...]:
    """Return a study's response by office, in name order."""
    tallies = _tallied([study.pk], by_office=True)
    labels = Office.objects.filter(pk__in=tallies).order_by("label", "pk").values_list("pk", "label")
    return tuple(OfficeResponse(code, label, tallies[code].response()) for code, label in labels)


def _tallied(studies: list[str], *, by_office: bool) -> dict[str, _Tally]:
    """Return the officer-weeks asked for, by study or by office; every study is there."""
    asked: dict[tuple[str, str, str, date], set[str]] = {}
    rows = StudySample.objects.filter(study__in=studies).order_by().distinct()
    for study, office, officer, week, state in rows.values_list(
        "study_id", "office_id", "officer_id", "week_from", "state"
    ):
        asked.setdefault((study, office, officer, week), set()).add(state)
    have = _recorded(studies)
    tallies: dict[str, _Tally] = {} if by_office else {study: _Tally() for study in studies}
    for (study, office, officer, week), states in asked.items():
        tally = tallies.setdefault(office if by_office else study, _Tally())
        tally.add(officer, states, has=(study, officer, week) in have)
    return tallies


def _recorded(studies: list[str]) -> set[tuple[str, str, date]]:
    """Return the officer-weeks of studies that have an entry or an answer: study, officer, Monday."""
    entries = TimeEntry.objects.filter(study__in=studies).annotate(week=TruncWeek("worked_on"))
    moments = StudyMoment.objects.filter(study__in=studies)
    entered = entries.order_by().values_list("study", "officer_id", "week").distinct()
    answered = moments.values_list("study_id", "officer_id", "observed_at")
    return {(study or "", officer, week) for study, officer, week in entered} | {
        (study, officer, monday_of(timezone.localdate(at))) for study, officer, at in answered
    }


def weight_lines(run: StaffingRun) -> tuple[WeightLine, ...]:
    """Return the weights of a run by the activities' titles."""
    lines = (
        WeightLine(
            title=activity_title(one["activity"]),
            activity=one["activity"],
            unit=one["unit"],
            grades=tuple(one["grades"].get(grade.value, 0) for grade in Grade),
            least=one["least"],
            most=one["most"],
            observed_to=_day(one["observed_to"]),
            expires_on=_day(one["expires_on"]),
        )
        for one in run.result["weights"]
    )
    return tuple(sorted(lines, key=lambda line: (line.title, line.activity)))


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def adjustments(*, waiting: bool) -> QuerySet[WeightAdjustment]:
    """Return the adjustments that wait for a second person, or those that have been approved."""
    rows = WeightAdjustment.objects.filter(approved_on__isnull=waiting).select_related("office")
    return rows.order_by("decided_on", "pk")


def adjustment_lines(rows: QuerySet[WeightAdjustment], reader: str) -> tuple[AdjustmentLine, ...]:
    """Return adjustments as a page shows them to somebody, by staff number."""
    today = timezone.localdate()
    return tuple(
        AdjustmentLine(
            title=activity_title(row.activity),
            row=row,
            is_own=row.decided_by_id == reader.upper(),
            is_over=state_of(row.approved_on, row.expires_on, today) is State.EXPIRED,
        )
        for row in rows
    )
