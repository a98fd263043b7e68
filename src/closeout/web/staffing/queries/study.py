"""Time studies: whom they asked, who answered, and the minutes that follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from closeout.web.staffing.activities import activity_title
from closeout.web.staffing.models import StudySample, TimeStudy, WeightAdjustment
from closeout.workload.weights import Grade

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from closeout.web.staffing.models import StaffingRun


@dataclass(frozen=True, slots=True)
class Response:
    """What came of asking: officer-weeks, or moments, asked for and recorded.

    `absent` were asked but away, and count neither for nor against; `open` are yet to be settled.
    """

    asked: int
    recorded: int
    declined: int
    absent: int

    @property
    def open(self) -> int:
        """Return how many have neither been recorded nor settled otherwise."""
        return self.asked - self.recorded - self.declined - self.absent

    @property
    def of(self) -> int:
        """Return the denominator of the response: all asked who were there."""
        return self.asked - self.absent

    @property
    def share(self) -> float | None:
        """Return recorded / of, 0-1; None where nobody was asked."""
        return self.recorded / self.of if self.of else None


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
    officers: int
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
    """An adjustment with what its activity is called; `is_own` where the reader decided it."""

    title: str
    row: WeightAdjustment
    is_own: bool


_COUNTS = {
    "asked": Count("pk"),
    "recorded": Count("pk", filter=Q(state="recorded")),
    "declined": Count("pk", filter=Q(state="declined")),
    "absent": Count("pk", filter=Q(state="absent")),
}


def study_lines() -> tuple[StudyLine, ...]:
    """Return all studies, newest first, with their response."""
    counted = StudySample.objects.values("study_id").annotate(**_COUNTS).order_by()
    by_study = {row.pop("study_id"): Response(**row) for row in counted}
    studies = TimeStudy.objects.select_related("office").order_by("-from_on", "study_id")
    return tuple(StudyLine(one, by_study.get(one.pk, Response(0, 0, 0, 0))) for one in studies)


def response_by_office(study: TimeStudy) -> tuple[OfficeResponse, ...]:
    """Return a study's response by office, in name order."""
    rows = (
        StudySample.objects.filter(study=study)
        .values("office_id", "office__label")
        .annotate(officers=Count("officer", distinct=True), **_COUNTS)
        .order_by("office__label", "office_id")
    )
    return tuple(
        OfficeResponse(
            row["office_id"],
            row["office__label"],
            row["officers"],
            Response(row["asked"], row["recorded"], row["declined"], row["absent"]),
        )
        for row in rows
    )


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
    return tuple(
        AdjustmentLine(activity_title(row.activity), row, row.decided_by_id == reader.upper()) for row in rows
    )
