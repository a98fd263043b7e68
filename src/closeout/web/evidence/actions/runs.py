"""Working an assessment out: asking for it, and keeping what comes of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from closeout.evidence.figures import OUTCOME_WORDS, Figure, Outcome
from closeout.evidence.measures.measure import Verdict
from closeout.evidence.suppression import SuppressionError, suppress_measured
from closeout.evidence.suppression.measured import REASON
from closeout.web.accounts.permissions import Permission, require
from closeout.web.audit import actions as audit
from closeout.web.evidence.models import (
    AssessedMeasure,
    AssessmentRun,
    MeasurePart,
    MeasureResult,
    RecommendationAssessment,
)
from closeout.web.jobs.actions import start_job
from closeout.web.jobs.models import Job
from closeout.web.recommendations.actions.errors import NotNowError
from closeout.web.recommendations.models import Recommendation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from closeout.evidence.assessment import Assessed, Assessment
    from closeout.evidence.measures.measure import Measure, Measured, Result
    from closeout.web.accounts.models import User

KIND = "evidence.assess"
TITLE = "Assess the recommendations"
_AT_ONCE = 500


@transaction.atomic
def ask_run(*, by: User) -> Job:
    """Put an assessment in the queue, and return its job.

    Raises:
        NotNowError: One is being worked out already.

    """
    require(by, Permission.ASSESSMENT_RUN)
    if Job.objects.filter(kind=KIND).unfinished().exists():
        msg = "an assessment is being worked out already; see its job"
        raise NotNowError(msg)
    return start_job(by=by, kind=KIND, title=TITLE, params={})


@dataclass(frozen=True, slots=True)
class Basis:
    """What a run rests on, and who asked for it.

    `standards` and `deficiencies` are the two analyses as their pages show them; empty without any.
    """

    records_digest: str
    pack_digest: str
    started_at: datetime
    requested_by: User | None = None
    job_id: int | None = None
    standards: Mapping[str, Any] = field(default_factory=dict)
    deficiencies: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def keep_run(found: Assessment, *, basis: Basis) -> AssessmentRun:
    """Write a finished assessment with its measures and figures, and the event that tells of it.

    A recommendation that has left the register meanwhile is left out.

    Args:
        found: What was worked out.
        basis: Where it comes from.

    """
    run = AssessmentRun.objects.create(
        as_of=found.as_of,
        agency=found.agency[:200],
        records_digest=basis.records_digest,
        pack_digest=basis.pack_digest,
        job_id=basis.job_id,
        requested_by=basis.requested_by,
        started_at=basis.started_at,
        finished_at=max(timezone.now(), basis.started_at),
        sources=_plain(found.sources),
        notes=list(found.notes),
        gaps=[asdict(gap) for gap in found.gaps],
        standards=dict(basis.standards),
        deficiencies=dict(basis.deficiencies),
    )
    AssessedMeasure.objects.bulk_create(
        _measure_row(run, place, measured) for place, measured in enumerate(found.measured)
    )
    rows = {row.code: row for row in run.measures.all()}
    safely = _safe(found.measured)
    both = list(zip(found.measured, safely, strict=True))
    MeasureResult.objects.bulk_create(
        (
            _result_row(rows[measured.measure.code], result, safe)
            for measured, shown in both
            for result, safe in zip(_results(measured), _results(shown), strict=True)
        ),
        batch_size=_AT_ONCE,
    )
    MeasurePart.objects.bulk_create(
        (
            part
            for measured, shown in both
            for part in _part_rows(rows[measured.measure.code], measured, shown)
        ),
        batch_size=_AT_ONCE,
    )
    kept = RecommendationAssessment.objects.bulk_create(_assessed_rows(run, found.assessed, safely))
    audit.record(
        by=basis.requested_by or audit.SYSTEM,
        action="assessment.run",
        target=run,
        after={"as_of": run.as_of, "measures": len(rows), "recommendations": len(kept)},
    )
    return run


def _measure_row(run: AssessmentRun, place: int, measured: Measured) -> AssessedMeasure:
    measure = measured.measure
    return AssessedMeasure(
        run=run,
        place=place,
        **{name: getattr(measure, name) for name in _AS_DECLARED},
        target=measure.target.value if measure.target else None,
        target_basis=measure.target.basis if measure.target else "",
        is_target_made_up=bool(measure.target and measure.target.is_made_up),
        duties=list(measure.duties),
        reads=list(measure.reads),
        definition=_plain(measure.definition),
        declared_at=_declared_at(measure),
        query=measured.query,
    )


_AS_DECLARED = (
    "code",
    "group",
    "title",
    "section",
    "shape",
    "unit",
    "numerator",
    "denominator",
    "direction",
    "owner",
    "closes_when",
    "table",
)


def _plain(said: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """Return what was read or declared as plain data; days and paths as their words."""
    return json.loads(json.dumps(dict(said), default=str))


def _declared_at(measure: Measure) -> str:
    return f"{measure.path.name}, line {measure.line}" if measure.path else ""


def _results(measured: Measured) -> Iterator[Result]:
    """Yield every result once: the total stands at the end of the series as well."""
    yield measured.total
    yield from (result for result in measured.series if result.until != measured.total.until)
    yield from measured.offices


def _safe(measured: Sequence[Measured]) -> tuple[Measured, ...]:
    """Return the measures as they may leave the site: all together, since one may give away another."""
    try:
        return suppress_measured(measured)
    except SuppressionError:
        return tuple(
            replace(
                each,
                offices=tuple(map(_without, each.offices)),
                breakdowns=tuple(
                    replace(one, parts=tuple(map(_without, one.parts))) for one in each.breakdowns
                ),
            )
            for each in measured
        )


def _without(result: Result) -> Result:
    return replace(result, figure=Figure(Outcome.SUPPRESSED, reason=REASON), verdict=Verdict.NOT_ASSESSED)


def _result_row(measure: AssessedMeasure, result: Result, safe: Result) -> MeasureResult:
    """Return a result's row.

    Args:
        measure: Its measure.
        result: The result.
        safe: The same as it may leave the site.

    """
    return MeasureResult(
        measure=measure,
        is_total=result.office_id is None,
        office_id=result.office_id or "",
        is_newest=result.until == measure.run.as_of,
        **_figure_columns(result, safe),
    )


def _part_rows(measure: AssessedMeasure, measured: Measured, shown: Measured) -> Iterator[MeasurePart]:
    """Yield the parts of a measure's breakdowns, in the order to be shown.

    Args:
        measure: Its row.
        measured: What was measured.
        shown: The same as it may leave the site.

    """
    parts = (
        (one, part, safe)
        for one, kept in zip(measured.breakdowns, shown.breakdowns, strict=True)
        for part, safe in zip(one.parts, kept.parts, strict=True)
    )
    for place, (one, part, safe) in enumerate(parts):
        category = part.category or ""
        yield MeasurePart(
            measure=measure,
            place=place,
            by=one.by,
            title=one.title,
            category=category,
            label=one.labels[category],
            **_figure_columns(part, safe),
        )


def _figure_columns(result: Result, safe: Result) -> dict[str, Any]:
    """Return what is kept of a figure, and what of it may leave the site."""
    figure = result.figure
    return {
        "since": result.since,
        "until": result.until,
        "verdict": result.verdict,
        "is_suppressed": safe.figure != figure,
        "tells_numerator": safe.figure.numerator == figure.numerator,
        "tells_denominator": safe.figure.denominator == figure.denominator,
        **{name: getattr(figure, name) for name in _OF_FIGURE},
    }


_OF_FIGURE = (
    "outcome",
    "value",
    "low",
    "high",
    "numerator",
    "denominator",
    "level",
    "method",
    "reason",
)


def _assessed_rows(
    run: AssessmentRun, assessed: Iterable[Assessed], safely: Iterable[Measured]
) -> Iterator[RecommendationAssessment]:
    """Yield a row a recommendation.

    Args:
        run: The run.
        assessed: What was found of each.
        safely: The measures as they may leave the site.

    """
    hidden = [each.measure.title for each in safely if each.total.figure.outcome is Outcome.SUPPRESSED]
    ids = dict(Recommendation.objects.listed().values_list("key", "pk"))
    for place, each in enumerate(assessed):
        if each.key in ids:
            yield RecommendationAssessment(
                run=run,
                recommendation_id=ids[each.key],
                place=place,
                measures=list(each.measures),
                needs=[
                    {
                        "text": need.text,
                        "place": need.place,
                        "measures": list(need.measures),
                        "wants": need.wants,
                    }
                    for need in each.needs
                ],
                missing=_missing(each, hidden),
                verdict=each.verdict or "not assessed",
                standing=each.standing,
            )


def _missing(each: Assessed, hidden: Iterable[str]) -> list[str]:
    """Return what is missing in sentences that may leave the site: without a figure that is taken out.

    Args:
        each: What was found of a recommendation.
        hidden: The titles of measures whose figure of all offices is taken out.

    """
    instead = {f"{title}: ": f"{title}: {OUTCOME_WORDS[Outcome.SUPPRESSED]}" for title in hidden}
    said = (
        next((words for start, words in instead.items() if sentence.startswith(start)), sentence)
        for sentence in each.missing
    )
    return list(dict.fromkeys(said))
