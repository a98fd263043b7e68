"""What adjustments rest on: answers on whether time suffices, and two rounds of a panel's estimates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from closeout.web.staffing.activities import activity_title
from closeout.web.staffing.models import DelphiEstimate, SufficiencyAnswer
from closeout.workload.study.adjust import Agreed, Round, Sufficiency, agreed, rounds, sufficiency

if TYPE_CHECKING:
    from django.db.models import Model

_ANSWERS = {
    "activity": pl.String,
    "is_enough": pl.Boolean,
    "suggested_minutes": pl.Float64,
    "reason": pl.String,
}
_ESTIMATES = {
    "estimate_id": pl.Int64,
    "panel": pl.String,
    "activity": pl.String,
    "round": pl.String,
    "officer_no": pl.String,
    "low_minutes": pl.Float64,
    "likely_minutes": pl.Float64,
    "high_minutes": pl.Float64,
    "estimated_on": pl.Date,
}


@dataclass(frozen=True, slots=True)
class Answered:
    """What officers answered on one activity, with its title."""

    title: str
    found: Sufficiency


@dataclass(frozen=True, slots=True)
class Estimated:
    """One round of one panel on one activity, with its title; `is_last` for what the panel ended with."""

    title: str
    found: Round
    is_last: bool


def answered() -> tuple[Answered, ...]:
    """Return the answers by the activities' titles; fewer than ten tell no share."""
    made = (
        Answered(activity_title(one.activity), one) for one in sufficiency(_rows(SufficiencyAnswer, _ANSWERS))
    )
    return tuple(sorted(made, key=lambda one: (one.title, one.found.activity)))


def estimated() -> tuple[Estimated, ...]:
    """Return the rounds by title, panel and round; a round of fewer than five is left out."""
    rows = _rows(DelphiEstimate, _ESTIMATES)
    last = {one.last for one in agreed(rows)}
    made = (Estimated(activity_title(one.activity), one, one in last) for one in rounds(rows))
    return tuple(sorted(made, key=lambda one: (one.title, one.found.panel, one.found.round)))


def agreed_on(activity: str) -> Agreed | None:
    """Return what a panel ended with on an activity, the last panel by its code; None where none did."""
    found = agreed(_rows(DelphiEstimate, _ESTIMATES, activity=activity))
    return max(found, key=lambda one: one.last.panel) if found else None


def _rows(model: type[Model], schema: dict[str, Any], **only: str) -> pl.DataFrame:
    names = ["officer_id" if name == "officer_no" else name for name in schema]
    rows = model._default_manager.filter(**only).order_by("pk").values_list(*names)  # noqa: SLF001 - Django's name
    return pl.DataFrame(list(rows), schema=schema, orient="row")
