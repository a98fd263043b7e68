"""How sure the figures of a page are to be: 80, 90 or 95 percent of the draws within an interval."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from closeout.workload.intervals import LEVELS, USUAL_LEVEL, name_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from closeout.web.http import SignedInRequest
    from closeout.workload.figures import Achievable, Need, OfficerHours
    from closeout.workload.intervals import Interval

_PERCENT = 100
CHOICES = tuple(round(level * _PERCENT) for level in LEVELS)
USUAL = round(USUAL_LEVEL * _PERCENT)
FIGURES = ("demand_hours", "need_fte", "gap_fte", "pressure", "utilization", "need_hours")


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """One officer as the page shows it: the interval and the caseload at the chosen confidence."""

    officer: OfficerHours
    interval: Interval | None
    fits: int | None
    """Cases that fit at the confidence; None where there is no figure."""
    beside: tuple[Achievable, ...]
    """At the other probabilities."""


def asked_confidence(request: SignedInRequest) -> int:
    """Return the confidence asked for, in percent; 90 where none, or one that there is not, is."""
    said = request.GET.get("confidence", "")
    return int(said) if said in {str(one) for one in CHOICES} else USUAL


def chosen(found: Mapping[str, Interval], confidence: int) -> dict[str, Interval]:
    """Return the intervals at a confidence under the plain names of their figures.

    Args:
        found: As `Need.intervals`. A run from before a confidence was kept has none at it.
        confidence: In percent.

    """
    names = {name: name_at(name, confidence / _PERCENT) for name in FIGURES}
    return {name: found[kept] for name, kept in names.items() if kept in found}


def need_at(need: Need, confidence: int) -> Need:
    """Return a need with its intervals, and those of its window, at a confidence in percent."""
    desk = need.desk and replace(need.desk, intervals=chosen(need.desk.intervals, confidence))
    return replace(need, intervals=chosen(need.intervals, confidence), desk=desk)


def officer_rows(officers: Iterable[OfficerHours], confidence: int) -> list[OfficerRow]:
    """Return officers in the order given, each with its figures at a confidence in percent."""
    return [_row(one, confidence) for one in officers]


def _row(one: OfficerHours, confidence: int) -> OfficerRow:
    at = {round(each.probability * _PERCENT): each for each in one.at_risk}
    fits = at.pop(confidence, None)
    interval = one.interval if confidence == USUAL else one.intervals.get(str(confidence))
    return OfficerRow(one, interval, fits.cases if fits else None, tuple(at.values()))
