"""A small assessment made by hand, of the recommendation and the offices of the other tests' worlds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from closeout.evidence.assessment import Assessed, Assessment, Gap, NeedCovered, Standing
from closeout.evidence.figures import Figure, Outcome, without
from closeout.evidence.measures.measure import (
    Direction,
    Measure,
    Measured,
    Result,
    Shape,
    Target,
    Verdict,
)
from closeout.web.evidence.actions.runs import Basis, keep_run
from closeout.web.recommendations.following import follow
from closeout.web.recommendations.models import Recommendation
from tests.web.casework.actions.world import HERE, THERE

if TYPE_CHECKING:
    from closeout.web.accounts.models import User
    from closeout.web.evidence.models import AssessmentRun

AS_OF = date(2026, 6, 1)
SINCE = date(2025, 6, 2)
STARTED = datetime(2026, 6, 1, 12, tzinfo=UTC)
CODE = "check-in-outcome-recorded"
BACKLOG = "transfers-in-limbo"
NEED = "The office needs to send the lamp log."


def make_measure(code: str = CODE, **fields: Any) -> Measure:
    """Return the share of outcomes written down in time, at least 95 %."""
    given: dict[str, Any] = {
        "group": 2,
        "title": "Outcome of a check-in written down in time",
        "section": "A3",
        "shape": Shape.SHARE,
        "unit": "share",
        "numerator": "outcomes written down within one business day",
        "denominator": "outcomes that were to be written down",
        "direction": Direction.UP,
        "owner": "director",
        "closes_when": "The share is at or above the target in four quarters running.",
        "target": Target(0.95, is_made_up=True),
        "duties": ("check-in-outcome",),
        "definition": {"measure": code, "duties": ["check-in-outcome"], "statistic": "timeliness"},
    }
    return Measure(code, **{**given, **fields})


def a_count(**fields: Any) -> Measure:
    """Return a count of transfers without an answer, at most none."""
    given: dict[str, Any] = {
        "group": 6,
        "title": "Transfers without an answer after 30 days",
        "section": "A6",
        "shape": Shape.COUNT,
        "unit": "count",
        "numerator": "transfers requested more than 30 days ago without an answer",
        "denominator": "",
        "direction": Direction.DOWN,
        "owner": "program_manager",
        "target": Target(0),
        "duties": (),
        "table": "transfers",
        "definition": {"measure": BACKLOG, "over": "transfers"},
    }
    return make_measure(BACKLOG, **{**given, **fields})


def share(
    numerator: int,
    denominator: int,
    office: str | None = None,
    *,
    verdict: Verdict = Verdict.NOT_MET,
    until: date = AS_OF,
    since: date | None = SINCE,
    code: str = CODE,
) -> Result:
    """Return a share with an interval of five points on each side, as a result of an office or of all."""
    value = numerator / denominator
    figure = Figure(
        Outcome.COMPUTED,
        value,
        max(0.0, value - 0.05),
        min(1.0, value + 0.05),
        numerator,
        denominator,
        method="wilson",
    )
    return Result(code, office, since, until, figure, verdict)


def number(count: int, office: str | None = None, *, verdict: Verdict = Verdict.NOT_MET) -> Result:
    """Return a count as of the day."""
    figure = Figure(
        Outcome.COMPUTED, float(count), numerator=count, low=0.0, high=count + 3.0, method="poisson"
    )
    return Result(BACKLOG, office, None, AS_OF, figure, verdict)


def nothing(office: str | None = None, *, code: str = CODE) -> Result:
    """Return a result without a value."""
    why = "the records lack the table check_ins"
    return Result(code, office, SINCE, AS_OF, without(Outcome.NO_DATA, why), Verdict.NOT_ASSESSED)


def make_measured(**fields: Any) -> tuple[Measured, ...]:
    """Return a share that misses its target, 850 of 1,000, and a count.

    BOS has 450 of 500, DAL 400 of 500, and 200 of 250 were in time in the period before.
    """
    series = (share(200, 250, until=date(2026, 3, 1), since=date(2025, 3, 2)), share(850, 1000))
    main = Measured(
        make_measure(),
        AS_OF,
        total=share(850, 1000),
        offices=(share(450, 500, HERE), share(400, 500, THERE)),
        series=series,
        query="SELECT count(*) FROM check_ins",
    )
    other = Measured(a_count(), AS_OF, total=number(40), offices=(number(28, HERE), number(12, THERE)))
    return (replace(main, **fields), other)


def make_assessment(**fields: Any) -> Assessment:
    """Return an assessment of every recommendation of the register, the first with two measures."""
    followed = tuple(follow(Recommendation.objects.listed().order_by("sort_key"), as_of=AS_OF))
    assessed = tuple(
        Assessed(
            each,
            measures=(CODE, BACKLOG) if place == 0 else (),
            needs=(NeedCovered(NEED, "lamp.txt", (CODE,)),) if place == 0 else (),
            missing=("Outcome of a check-in written down in time: target 95.0 % or more, is 85.0 %",)
            if place == 0
            else ("No measure is linked to it, so that the records cannot show whether it is done",),
            verdict="the records show it is not being done: 2 of 2 measures off target"
            if place == 0
            else "not assessed: no measure is linked to it",
            standing=Standing.NOT_DONE if place == 0 else Standing.NOT_ASSESSED,
        )
        for place, each in enumerate(followed)
    )
    given: dict[str, Any] = {
        "agency": "Example agency",
        "as_of": AS_OF,
        "measured": make_measured(),
        "assessed": assessed,
        "gaps": (Gap(CODE, "Outcome of a check-in written down in time", 100.0, "100 more are asked for"),),
        "sources": {"records": {"source": "example", "tables": [{"table": "check_ins", "rows": 1000}]}},
        "notes": ("Custody reviews: not computed, the table custody_reviews is missing",),
    }
    return Assessment(**{**given, **fields})


def keep(by: User | None = None, *, basis: dict[str, Any] | None = None, **fields: Any) -> AssessmentRun:
    """Keep an assessment made by hand."""
    where = Basis("ab" * 32, "cd" * 32, STARTED, by, **(basis or {}))
    return keep_run(make_assessment(**fields), basis=where)
