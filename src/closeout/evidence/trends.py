"""What the past periods of a measure say, in words; a trend is claimed only where a test shows one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from closeout.evidence.measures.measure import Direction
from closeout.evidence.statistics.chance import p_words
from closeout.evidence.statistics.seasonal import LEAST_YEARS, MONTHS, seasonal_trend
from closeout.evidence.statistics.trend import Direction as Way
from closeout.evidence.statistics.trend import trend
from closeout.evidence.wording import number
from closeout.reading.countwords import counted, some_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.evidence.figures import Figure
    from closeout.evidence.measures.measure import Measured, Result

_FEWEST = 2
_A_MONTH = 31


def trend_words(measured: Measured) -> str:
    """Return what the past periods say.

    Periods that overlap share rows, so that no test of trend holds for them: the intervals of the first and
    the last, which must not overlap in time, are compared instead.
    """
    known = [each for each in measured.series if each.figure.value is not None]
    if not measured.series:
        return "no past periods"
    if len(known) < _FEWEST:
        return f"{some_of(len(known), len(measured.series), 'past period')} can be computed"
    unit = measured.measure.unit
    first, last = known[0], known[-1]
    ends = (
        f"{number(_value(first), unit)} to {number(_value(last), unit)} over {counted(len(known), 'period')}"
    )
    if _share_rows(known):
        return f"{ends}; {_compared(first, last, measured)}"
    return f"{ends}; {_tested(known, measured)}"


def _value(one: Result) -> float:
    return one.figure.value or 0.0


def _share_rows(known: Sequence[Result]) -> bool:
    return any(later.since and later.since <= one.until for one, later in pairwise(known))


def _compared(first: Result, last: Result, measured: Measured) -> str:
    if last.since and last.since <= first.until:
        return "the periods overlap, so that no trend can be tested"
    if _overlap(first.figure, last.figure):
        return "no change shown: the intervals of the first and the last overlap"
    return _way(_value(last) > _value(first), measured)


def _tested(known: Sequence[Result], measured: Measured) -> str:
    values = [_value(each) for each in known]
    is_seasonal = _is_monthly(known) and len(values) >= LEAST_YEARS * MONTHS
    found = seasonal_trend(values) if is_seasonal else trend(values)
    if found.test is None:
        return f"too few for a test of trend: {found.note}"
    by = f"{'seasonal ' if is_seasonal else ''}Mann–Kendall {p_words(found.test.p, 3)}"
    if found.direction is Way.NOT_SHOWN:
        return f"no trend shown ({by})"
    return f"{_way(found.direction is Way.INCREASING, measured)} ({by})"


def _is_monthly(known: Sequence[Result]) -> bool:
    """Say whether periods are months that follow each other, so that a season of the year can be told."""
    days = [each.until for each in known]
    return all(
        (later.year - day.year) * MONTHS + later.month - day.month == 1 for day, later in pairwise(days)
    ) and all(each.since is not None and (each.until - each.since).days < _A_MONTH for each in known)


def _way(is_up: bool, measured: Measured) -> str:
    is_better = is_up is (measured.measure.direction is Direction.UP)
    return f"{'rising' if is_up else 'falling'}, which is {'better' if is_better else 'worse'}"


def _overlap(one: Figure, other: Figure) -> bool:
    """Say whether two intervals overlap; an end that is missing is open."""
    if one.low is None or other.low is None:
        return True
    return not (
        (one.high is not None and one.high < other.low) or (other.high is not None and other.high < one.low)
    )
