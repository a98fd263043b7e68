"""The assessment: each recommendation with its measures, and what is missing to close it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.evidence.assessment import Standing
from closeout.evidence.figures import OUTCOME_WORDS, Outcome
from closeout.evidence.judging import missing
from closeout.web.evidence.models import RecommendationAssessment
from closeout.web.evidence.queries.results import measured_of
from closeout.web.recommendations.queries.words import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from closeout.evidence.measures.measure import Measured
    from closeout.web.evidence.models import AssessmentRun
    from closeout.web.recommendations.models import Recommendation

_ASKED = 140
OPEN = "open"
UNLINKED = "unlinked"


@dataclass(frozen=True, slots=True)
class Line:
    """One recommendation of an assessment."""

    row: RecommendationAssessment
    measures: tuple[Measured, ...]

    @property
    def rec(self) -> Recommendation:
        """Return the recommendation as the register has it now."""
        return self.row.recommendation

    @property
    def asked(self) -> str:
        """Return the first words of what is asked."""
        return excerpt(self.rec.text, _ASKED)

    @property
    def missing(self) -> list[str]:
        """Return what is missing to close it."""
        return self.with_figures(self.row.missing)

    def with_figures(self, sentences: Iterable[str]) -> list[str]:
        """Return what is missing, with the figures that stand in this very line and no other."""
        withheld = OUTCOME_WORDS[Outcome.SUPPRESSED]
        shown = {
            f"{each.measure.title}: {withheld}": each
            for each in self.measures
            if each.total.figure.outcome is not Outcome.SUPPRESSED
        }
        said = (
            tuple(missing([shown[sentence]], ())) if sentence in shown else (sentence,)
            for sentence in sentences
        )
        return list(dict.fromkeys(sentence for some in said for sentence in some))

    @property
    def uncovered(self) -> list[dict[str, Any]]:
        """Return the auditor's needs that no measure covers."""
        return [need for need in self.row.needs if not need["measures"]]


@dataclass(frozen=True, slots=True)
class Mix:
    """How many recommendations of a run stand how. `linked` have a measure."""

    total: int
    linked: int
    by_standing: Mapping[str, int]

    @property
    def done(self) -> int:
        """Return how many the records show being done."""
        return self.by_standing.get(Standing.DONE, 0)

    @property
    def not_done(self) -> int:
        """Return how many the records show not being done."""
        return self.by_standing.get(Standing.NOT_DONE, 0)

    @property
    def partly(self) -> int:
        """Return how many are done in part."""
        return self.by_standing.get(Standing.PARTLY, 0)

    @property
    def unsettled(self) -> int:
        """Return how many the records do not settle."""
        return self.by_standing.get(Standing.UNSETTLED, 0)

    @property
    def not_assessed(self) -> int:
        """Return how many have a measure, and none that could be judged."""
        return self.by_standing.get(Standing.NOT_ASSESSED, 0) - (self.total - self.linked)

    @property
    def unlinked(self) -> int:
        """Return how many no measure answers."""
        return self.total - self.linked


def mix_of(run: AssessmentRun) -> Mix:
    """Return how the recommendations of a run stand."""
    rows = RecommendationAssessment.objects.filter(run=run).values_list("standing", "measures")
    found = list(rows)
    return Mix(
        total=len(found),
        linked=sum(bool(measures) for _, measures in found),
        by_standing=dict(Counter(standing for standing, _ in found)),
    )


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the assessment; empty values leave it as it is.

    `standing` is a `Standing`, or `unlinked`; `owner` a role that answers for a measure.
    """

    standing: str = ""
    owner: str = ""
    is_open: bool = False

    def __bool__(self) -> bool:
        """Say whether anything is narrowed."""
        return self != Filters()


def chosen_ids(run: AssessmentRun, filters: Filters) -> list[int]:
    """Return the ids of a run's rows under the filters: those with a measure first, in its order."""
    found = RecommendationAssessment.objects.filter(run=run)
    if filters.standing and filters.standing != UNLINKED:
        found = found.filter(standing=filters.standing)
    if filters.is_open:
        found = found.filter(recommendation__is_open=True)
    rows = list(found.order_by("place").values_list("pk", "measures"))
    if filters.standing == UNLINKED:
        rows = [row for row in rows if not row[1]]
    elif filters.standing:
        rows = [row for row in rows if row[1]]
    if filters.owner:
        owned = set(run.measures.filter(owner=filters.owner).values_list("code", flat=True))
        rows = [row for row in rows if owned.intersection(row[1])]
    return [pk for pk, _ in sorted(rows, key=lambda row: not row[1])]


def lines_of(run: AssessmentRun, ids: Sequence[int], *, safe: bool = False) -> list[Line]:
    """Return rows of a run with their measures, in the order of the ids; `safe` as `measured_of` has it."""
    found = RecommendationAssessment.objects.filter(run=run).select_related("recommendation__report")
    rows = found.in_bulk(ids)
    codes = {code for row in rows.values() for code in row.measures}
    measured = measured_of(run, *codes, safe=safe) if codes else {}
    return [
        Line(rows[pk], tuple(measured[code] for code in rows[pk].measures if code in measured)) for pk in ids
    ]


def line_of(run: AssessmentRun, recommendation_id: int, *, safe: bool = False) -> Line | None:
    """Return one recommendation of a run; None where the run does not know it."""
    pk = (
        RecommendationAssessment.objects.filter(run=run, recommendation=recommendation_id)
        .values_list("pk", flat=True)
        .first()
    )
    return lines_of(run, [pk], safe=safe)[0] if pk else None
