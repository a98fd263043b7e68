"""An assessment as JSON: a stable contract, described in `docs/how-to/assess-an-agency.md`.

Figures are unrounded; shares are from 0 to 1, days are ISO text. Fields are only ever added while
`format` keeps its number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from closeout.evidence.measures.measure import Verdict
from closeout.evidence.wording import verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from closeout.evidence.assessment import Assessed, Assessment
    from closeout.evidence.figures import Figure
    from closeout.evidence.measures.measure import Breakdown, Measured, Result
    from closeout.followup.promises import LedgerLine

FORMAT = "closeout-assessment/1"


def as_plain(made: Assessment, summary: Mapping[str, Any]) -> dict[str, Any]:
    """Return an assessment as dicts, lists, text and numbers."""
    return {
        "format": FORMAT,
        "agency": made.agency,
        "as_of": made.as_of.isoformat(),
        "summary": dict(summary),
        "recommendations": [recommendation(each) for each in made.assessed],
        "measures": [measured(each) for each in made.measured],
        "gaps": [
            {"measure": gap.measure, "title": gap.title, "shortfall": gap.shortfall, "sentence": gap.sentence}
            for gap in made.gaps
        ],
        "sources": dict(made.sources),
        "notes": list(made.notes),
    }


def recommendation(each: Assessed) -> dict[str, Any]:
    """Return a recommendation with what the records say of it."""
    followed = each.followed
    entry, report = followed.entry, followed.report
    return {
        "key": entry.key,
        "report": {"key": report.key, "number": report.number or None, "title": report.title or None},
        "number": entry.number,
        "text": entry.text,
        "status": followed.status.value if followed.status else None,
        "position": followed.state.agency_position.value if followed.state.agency_position else None,
        "promises": [_promise(line) for line in followed.ledger.lines],
        "is_overdue": followed.ledger.overdue is not None,
        "measures": list(each.measures),
        "needs": [
            {"text": need.text, "place": need.place, "measures": list(need.measures)} for need in each.needs
        ],
        "standing": each.standing.value,
        "verdict": each.verdict,
        "missing": list(each.missing),
    }


def measured(each: Measured) -> dict[str, Any]:
    """Return a measure with its figures."""
    measure = each.measure
    target = measure.target
    return {
        "measure": measure.code,
        "group": measure.group,
        "title": measure.title,
        "section": measure.section,
        "shape": measure.shape.value,
        "unit": measure.unit,
        "numerator": measure.numerator,
        "denominator": measure.denominator,
        "direction": measure.direction.value,
        "owner": measure.owner,
        "closes_when": measure.closes_when,
        "target": target and {"value": target.value, "basis": target.basis, "made_up": target.is_made_up},
        "recommendations": [{"report": link.report, "number": link.number} for link in measure.links],
        "total": result(each.total),
        "offices": [result(one) for one in each.offices],
        "series": [result(one) for one in each.series],
        "breakdowns": [_breakdown(one) for one in each.breakdowns],
        "query": each.query,
    }


def _breakdown(one: Breakdown) -> dict[str, Any]:
    parts = [
        {"category": part.category, "label": one.labels[part.category or ""], **result(part)}
        for part in one.parts
    ]
    return {"by": one.by, "title": one.title, "parts": parts}


def result(one: Result) -> dict[str, Any]:
    """Return one figure with its verdict, in a word and in words."""
    return {
        "office_id": one.office_id,
        "since": one.since.isoformat() if one.since else None,
        "until": one.until.isoformat(),
        **_figure(one.figure),
        "verdict": one.verdict.value,
        "verdict_words": verdict(one),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "outcome": figure.outcome.value,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "level": figure.level,
        "method": figure.method,
        "reason": figure.reason,
    }


def _promise(line: LedgerLine) -> dict[str, Any]:
    return {
        "kind": line.kind.value,
        "by": line.by or None,
        "due": line.due.edtf,
        "latest": line.due.latest.isoformat(),
        "outcome": line.outcome.value,
        "is_moved": line.superseded_by is not None,
        "slip_days": line.slip_days,
    }


def verdict_counts(made: Assessment) -> dict[str, int]:
    """Return how many measures there are of each verdict, those with none left at 0."""
    counts = {each.value: 0 for each in Verdict}
    for each in made.measured:
        counts[each.total.verdict.value] += 1
    return counts
