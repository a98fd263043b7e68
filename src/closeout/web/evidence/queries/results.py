"""Stored rows read back as the values they were made of (`closeout.evidence`)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Q

from closeout.evidence.figures import Figure, Outcome
from closeout.evidence.measures.measure import (
    Breakdown,
    Direction,
    Measure,
    Measured,
    Result,
    Shape,
    Target,
    Verdict,
)
from closeout.evidence.suppression.measured import REASON
from closeout.web.evidence.models import AssessedMeasure, MeasurePart, MeasureResult

if TYPE_CHECKING:
    from collections.abc import Iterable

    from closeout.web.evidence.models import AssessmentRun
    from closeout.web.evidence.models.runs import StoredFigure


def measured_of(
    run: AssessmentRun,
    *codes: str,
    offices: bool = False,
    office: str = "",
    safe: bool = False,
    query: bool = False,
    parts: bool = False,
) -> dict[str, Measured]:
    """Return the measures of a run by code, in the pack's order, with total and past periods.

    Args:
        run: The run.
        codes: Which ones; all if none is named.
        offices: Whether each office's figure is wanted as well.
        office: Only this office's beside the total, where not all are wanted.
        safe: Whether figures that rest on small counts, or would give some away, are taken out: of all that
            leaves the site, and for who may not see small counts.
        query: Whether the statements that ran are wanted; they are long.
        parts: Whether the parts of breakdowns are wanted as well.

    """
    measures = AssessedMeasure.objects.of(run)
    if not query:
        measures = measures.defer("query")
    if codes:
        measures = measures.filter(code__in=codes)
    rows = list(measures)
    results = MeasureResult.objects.filter(measure__in=rows).order_by("until", "office_id")
    if not offices:
        results = results.filter(Q(is_total=True) | (Q(office_id=office) if office else Q(pk=None)))
    by_measure: defaultdict[int, list[MeasureResult]] = defaultdict(list)
    for result in results:
        by_measure[result.measure_id].append(result)
    broken_down = _breakdowns(rows, safe=safe) if parts else {}
    return {
        row.code: replace(
            _measured(row, run, by_measure[row.pk], safe=safe),
            query=row.query if query else "",
            breakdowns=broken_down.get(row.pk, ()),
        )
        for row in rows
    }


def _measured(
    row: AssessedMeasure, run: AssessmentRun, results: Iterable[MeasureResult], *, safe: bool
) -> Measured:
    totals: list[Result] = []
    offices: list[Result] = []
    for each in results:
        office_id = None if each.is_total else each.office_id
        (totals if each.is_total else offices).append(_result(each, row.code, office_id, safe=safe))
    return Measured(
        measure=measure_of(row),
        as_of=run.as_of,
        total=totals[-1],
        offices=tuple(offices),
        series=tuple(totals) if len(totals) > 1 else (),
    )


def _breakdowns(rows: Iterable[AssessedMeasure], *, safe: bool) -> dict[int, tuple[Breakdown, ...]]:
    """Return the breakdowns of measures by the key of their row, each in the order it is shown in."""
    codes = {row.pk: row.code for row in rows}
    found: defaultdict[int, dict[str, list[MeasurePart]]] = defaultdict(dict)
    for part in MeasurePart.objects.filter(measure__in=codes).order_by("measure", "place"):
        found[part.measure_id].setdefault(part.by, []).append(part)
    return {
        pk: tuple(_breakdown(parts, codes[pk], safe=safe) for parts in by.values())
        for pk, by in found.items()
    }


def _breakdown(parts: list[MeasurePart], code: str, *, safe: bool) -> Breakdown:
    made = (replace(_result(each, code, None, safe=safe), category=each.category) for each in parts)
    return Breakdown(parts[0].by, parts[0].title, tuple(made), {each.category: each.label for each in parts})


def measure_of(row: AssessedMeasure) -> Measure:
    """Return a measure as the pack declared it, without what only working it out needs."""
    target = None
    if row.target is not None:
        target = Target(row.target, row.target_basis, row.is_target_made_up)
    return Measure(
        code=row.code,
        group=row.group,
        title=row.title,
        section=row.section,
        shape=Shape(row.shape),
        unit=row.unit,
        numerator=row.numerator,
        denominator=row.denominator,
        direction=Direction(row.direction),
        owner=row.owner,
        closes_when=row.closes_when,
        target=target,
        duties=tuple(row.duties),
        table=row.table,
        reads=tuple(row.reads),
        definition=row.definition,
    )


def _result(row: StoredFigure, code: str, office_id: str | None, *, safe: bool) -> Result:
    is_taken_out = safe and row.is_suppressed
    return Result(
        measure=code,
        office_id=office_id,
        since=row.since,
        until=row.until,
        figure=_taken_out(row) if is_taken_out else _figure(row),
        verdict=Verdict.NOT_ASSESSED if is_taken_out else Verdict(row.verdict),
    )


def _taken_out(row: StoredFigure) -> Figure:
    return Figure(
        outcome=Outcome.SUPPRESSED if row.value is not None else Outcome(row.outcome),
        numerator=row.numerator if row.tells_numerator else None,
        denominator=row.denominator if row.tells_denominator else None,
        reason=REASON,
    )


def _figure(row: StoredFigure) -> Figure:
    return Figure(
        outcome=Outcome(row.outcome),
        value=row.value,
        low=row.low,
        high=row.high,
        numerator=row.numerator,
        denominator=row.denominator,
        level=row.level,
        method=row.method,
        reason=row.reason,
    )
