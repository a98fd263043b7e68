"""One measure as its page shows it: past periods, offices by name, and which recommendations it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.web.casework.models import Office
from closeout.web.evidence.models import AssessedMeasure, RecommendationAssessment
from closeout.web.evidence.policy import seen_offices, sees_small
from closeout.web.evidence.queries.results import measured_of
from closeout.web.evidence.wording import NO_OFFICE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from closeout.evidence.measures.measure import Measured, Result
    from closeout.web.accounts.models import User
    from closeout.web.evidence.models import AssessmentRun

TIMELINESS = "timeliness"


@dataclass(frozen=True, slots=True)
class OfficeResult:
    """One office's figure with the office's name."""

    office_id: str
    label: str
    result: Result


@dataclass(frozen=True, slots=True)
class PartResult:
    """The figure of one part of a breakdown with what the part is called."""

    category: str
    label: str
    result: Result


@dataclass(frozen=True, slots=True)
class BreakdownView:
    """A measure's newest figure in parts, all offices together, in the order of their names.

    Attributes:
        by: What it is broken down by, as the pack declares it.
        title: The same as the heading of a column.
        parts: Its parts; those without a name last.

    """

    by: str
    title: str
    parts: tuple[PartResult, ...]

    @property
    def slug(self) -> str:
        """Return a name for the table on its page."""
        return f"by-{self.by.replace('.', '-').replace('_', '-')}"


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure as somebody may see it. Small counts are withheld from who may not see them."""

    row: AssessedMeasure
    measured: Measured
    offices: tuple[OfficeResult, ...]
    answers: tuple[RecommendationAssessment, ...]
    breakdowns: tuple[BreakdownView, ...] = ()

    @property
    def is_broken_down(self) -> bool:
        """Say whether the pack asks for parts, be there any or not."""
        return bool(self.breakdowns or self.row.definition.get("by"))

    @property
    def labels(self) -> dict[str, str]:
        """Return the offices' names by their codes."""
        return {each.office_id: each.label for each in self.offices}


def office_labels() -> dict[str, str]:
    """Return every office's name by its code."""
    return dict(Office.objects.values_list("office_id", "label"))


def by_name(results: Iterable[Result], labels: Mapping[str, str]) -> tuple[OfficeResult, ...]:
    """Return offices' figures in the order of the offices' names, never of the figures."""
    found = [
        OfficeResult(
            each.office_id or "", labels.get(each.office_id or "", each.office_id or NO_OFFICE), each
        )
        for each in results
    ]
    return tuple(sorted(found, key=lambda each: (not each.office_id, each.label, each.office_id)))


def measure_view(run: AssessmentRun, code: str, user: User) -> MeasureView | None:
    """Return a measure of a run as somebody may see it; None where the run has no such measure."""
    row = AssessedMeasure.objects.filter(run=run, code=code).first()
    if row is None:
        return None
    measured = measured_of(run, code, offices=True, parts=True, safe=not sees_small(user))[code]
    offices = by_name(seen_offices(user, measured.offices), office_labels())
    parts = breakdowns_of(measured)
    return MeasureView(row, measured, offices, tuple(_answers(run, code)), parts)


def breakdowns_of(measured: Measured) -> tuple[BreakdownView, ...]:
    """Return the breakdowns of a measure with what their parts are called, in the order they are kept in."""
    return tuple(
        BreakdownView(
            each.by,
            each.title,
            tuple(
                PartResult(part.category or "", each.labels[part.category or ""], part) for part in each.parts
            ),
        )
        for each in measured.breakdowns
    )


def _answers(run: AssessmentRun, code: str) -> list[RecommendationAssessment]:
    """Return the recommendations that a measure answers, in the register's order."""
    rows = RecommendationAssessment.objects.filter(run=run).exclude(measures=[])
    wanted = [pk for pk, codes in rows.values_list("pk", "measures") if code in codes]
    return list(rows.filter(pk__in=wanted).select_related("recommendation__report").order_by("place"))


@dataclass(frozen=True, slots=True)
class Beside:
    """One duty's timeliness for every office that somebody may see, beside that of all offices."""

    measured: Measured
    offices: tuple[OfficeResult, ...]


def timeliness_of(run: AssessmentRun) -> list[tuple[str, str]]:
    """Return the codes and titles of a run's measures of duty timeliness, in the pack's order."""
    rows = run.measures.filter(shape="share").exclude(duties=[]).order_by("place")
    found = rows.values_list("code", "title", "definition")
    return [(code, title) for code, title, said in found if said.get("statistic", TIMELINESS) == TIMELINESS]


def beside(run: AssessmentRun, codes: Sequence[str], user: User) -> list[Beside]:
    """Return measures by office, in the order of the codes."""
    if not codes:
        return []
    shown = measured_of(run, *codes, offices=True, safe=not sees_small(user))
    labels = office_labels()
    return [
        Beside(shown[code], by_name(seen_offices(user, shown[code].offices), labels))
        for code in codes
        if code in shown
    ]
