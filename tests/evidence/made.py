"""Recommendations, measures and figures made by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from closeout.evidence.figures import Figure, Outcome, without
from closeout.evidence.measures.measure import (
    Direction,
    Link,
    Measure,
    Measured,
    Result,
    Shape,
    Target,
    Verdict,
)
from closeout.followup.followed import Followed
from closeout.followup.history import Axis, Event, Standing, State
from closeout.followup.promises import Ledger
from closeout.reading.model import AuditorStatus, RecommendationKind
from closeout.reading.register import RegisterEntry, RegisterReport

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = date(2026, 10, 31)


def share(k: int, n: int, low: float, high: float) -> Figure:
    """Return k of n with an interval."""
    return Figure(Outcome.COMPUTED, k / n, low, high, k, n, method="wilson")


def count(k: int) -> Figure:
    """Return a count with an interval one tenth to either side."""
    return Figure(Outcome.COMPUTED, float(k), k * 0.9, k * 1.1, k, method="poisson")


def measure(code: str = "reviews-on-time", **given: Any) -> Measure:
    """Return a measure: a share of which 95 % is the target, unless something else is given."""
    told: dict[str, Any] = {
        "group": 7,
        "title": code.replace("-", " ").capitalize(),
        "section": "A6",
        "shape": Shape.SHARE,
        "unit": "share",
        "numerator": "reviews held in time",
        "denominator": "reviews due",
        "direction": Direction.UP,
        "owner": "supervisor",
        "closes_when": "reviews are held in time",
        "target": Target(0.95, is_made_up=True),
    }
    return Measure(code, **{**told, **given})


def result(
    of: Measure,
    figure: Figure,
    verdict: Verdict,
    office: str | None = None,
    since: date | None = None,
    until: date = DAY,
) -> Result:
    """Return a result of a measure."""
    return Result(of.code, office, since, until, figure, verdict)


def measured(
    of: Measure,
    figure: Figure,
    verdict: Verdict,
    offices: Sequence[Result] = (),
    series: Sequence[Result] = (),
) -> Measured:
    """Return a measure with its figure."""
    return Measured(of, DAY, result(of, figure, verdict), tuple(offices), tuple(series), "select 1")


def off_target(code: str = "reviews-on-time", **given: Any) -> Measured:
    """Return a measure surely off target: 60 of 100, target 95 %."""
    return measured(measure(code, **given), share(60, 100, 0.50, 0.69), Verdict.NOT_MET)


def on_target(code: str = "reviews-on-time", **given: Any) -> Measured:
    """Return a measure surely on target: 990 of 1,000, target 95 %."""
    return measured(measure(code, **given), share(990, 1000, 0.98, 0.995), Verdict.MET)


def unassessed(code: str = "reviews-on-time", **given: Any) -> Measured:
    """Return a measure without data."""
    figure = without(Outcome.NO_DATA, "table file_reviews is missing")
    return measured(measure(code, **given), figure, Verdict.NOT_ASSESSED)


def followed(
    number: str | None = "2",
    *,
    report: str = "OIG-17-51",
    title: str = "Deportation Operations",
    text: str | None = "Review the files of all cases.",
    key: str = "",
    records: tuple[tuple[int, int], ...] = (),
    ledger: Ledger | None = None,
) -> Followed:
    """Return a recommendation that its auditor last called open and resolved."""
    report_key = f"dhs-oig/{report}"
    event = Event("e", Axis.AUDITOR, AuditorStatus.RESOLVED_OPEN.value, printed="Resolved and open")
    return Followed(
        entry=RegisterEntry(
            key or f"{report_key}/{number}",
            report_key,
            number,
            text,
            RecommendationKind.RECOMMENDATION,
            records=records,
            is_declared_only=text is None,
        ),
        report=RegisterReport(report_key, "DHS OIG", report, title),
        state=State(DAY, auditor=Standing(AuditorStatus.RESOLVED_OPEN.value, event)),
        ledger=ledger or Ledger(DAY, ()),
    )


def linked(report: str = "OIG-17-51", number: str = "2", *covers: str) -> tuple[Link, ...]:
    """Return a link to a recommendation."""
    return (Link(report, number, covers=covers),)
