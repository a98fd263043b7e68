"""Control charts: what changes over time within one office or facility, by one printed set of rules."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RULES = (
    "outside: a point outside the limits (three standard errors from the center line)",
    "shift: seven points or more in a row on one side of the center line",
    "trend: seven points or more in a row, each above (or each below) the one before",
    "near a limit: two of three points in a row in the outer third of the limits on one side",
)
"""Those that NHS England prints with its charts ("Making data count"). A point on the line ends a run."""
LOCKED_AT = 12
"""Limits made from fewer points are a trial; from here on they are locked to the first twelve."""
RUN = 7
_NEAR = 2
_WINDOW = 3
_XMR = 2.66
"""3 / d2 with d2 = 1.128 for moving ranges of two (Shewhart 1931; Wheeler 1993)."""


class Signal(StrEnum):
    """Which rule a point is part of."""

    OUTSIDE = "outside"
    SHIFT = "shift"
    TREND = "trend"
    NEAR_LIMIT = "near a limit"


@dataclass(frozen=True, slots=True)
class Step:
    """A change that explains a new level, from a point on: the only ground for new limits.

    Attributes:
        at: The place of the first point after it, from 0.
        reason: What changed, in words.

    """

    at: int
    reason: str


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a chart.

    Attributes:
        label: Its date or period.
        value: The count over its base, or the value itself.
        base: What the count is over; 1 on an XmR chart.
        center, low, high: The lines at this point.
        signals: The rules it is part of.

    """

    label: str
    value: float
    base: float
    center: float
    low: float
    high: float
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A control chart.

    Attributes:
        kind: `u`, `p` or `XmR`.
        points: In order of time.
        is_trial: Whether the newest limits rest on fewer than twelve points.
        steps: Where the limits were made anew, and why.
        skipped: Labels of points without a base, which have no value.

    """

    kind: str
    points: tuple[Point, ...]
    is_trial: bool
    steps: tuple[Step, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def signals(self) -> tuple[tuple[str, Signal], ...]:
        """Return each point's label and rule, in order of time."""
        return tuple((point.label, signal) for point in self.points for signal in point.signals)


@dataclass(frozen=True, slots=True)
class Observation:
    """What was counted in one period, over what."""

    label: str
    count: float
    base: float = 1.0


def u_chart(observations: Sequence[Observation], *, steps: Sequence[Step] = ()) -> Chart:
    """Return a chart of events per unit of exposure, with limits that vary with it.

    Center: u = sum of counts / sum of exposures of the first points; limits u +/- 3 sqrt(u / n), not below 0
    (Montgomery 2013, section 7.3).

    Args:
        observations: In order of time. Those without exposure have no value and are skipped.
        steps: Named changes; places count the observations that were given.

    Raises:
        ValueError: A negative count, or a step without a reason or out of place.

    """
    return _chart("u", observations, steps, lambda center, base: sqrt(center / base), most=None)


def p_chart(observations: Sequence[Observation], *, steps: Sequence[Step] = ()) -> Chart:
    """Return a chart of shares, with limits that vary with the number of rows.

    Center: p = sum of counts / sum of rows of the first points; limits p +/- 3 sqrt(p (1 - p) / n), within 0
    and 1 (Montgomery 2013, section 7.2).

    Args:
        observations: In order of time. Those without rows have no value and are skipped.
        steps: Named changes.

    Raises:
        ValueError: A count that is negative or above its rows, or a step without a reason or out of place.

    """
    for one in observations:
        if one.count > one.base:
            msg = f"{one.label}: {one.count:g} of {one.base:g} is no share"
            raise ValueError(msg)
    return _chart("p", observations, steps, lambda center, base: sqrt(center * (1 - center) / base), most=1.0)


def xmr_chart(observations: Sequence[Observation], *, steps: Sequence[Step] = ()) -> Chart:
    """Return a chart of single values: mean +/- 2.66 x mean moving range of the first points.

    Args:
        observations: In order of time; their base is not used.
        steps: Named changes.

    Raises:
        ValueError: A step without a reason or out of place.

    """
    points: list[Point] = []
    for start, end in _segments(len(observations), steps):
        first = [one.count for one in observations[start:end]][:LOCKED_AT]
        if not first:
            continue
        center = sum(first) / len(first)
        ranges = [abs(after - before) for before, after in pairwise(first)]
        half = _XMR * sum(ranges) / len(ranges) if ranges else 0.0
        segment = [
            Point(one.label, one.count, 1.0, center, center - half, center + half)
            for one in observations[start:end]
        ]
        points += _signalled(segment, [half / 3] * len(segment))
    start, end = _segments(len(observations), steps)[-1]
    return Chart("XmR", tuple(points), end - start < LOCKED_AT, tuple(steps))


def _chart(
    kind: str,
    observations: Sequence[Observation],
    steps: Sequence[Step],
    error: Callable[[float, float], float],
    most: float | None,
) -> Chart:
    for one in observations:
        if one.count < 0 or one.base < 0:
            msg = f"{one.label}: {one.count:g} over {one.base:g} cannot be"
            raise ValueError(msg)
    points: list[Point] = []
    for start, end in _segments(len(observations), steps):
        kept = [one for one in observations[start:end] if one.base > 0]
        first = kept[:LOCKED_AT]
        if not first:
            continue
        center = sum(one.count for one in first) / sum(one.base for one in first)
        errors = [error(center, one.base) for one in kept]
        segment = []
        for one, spread in zip(kept, errors, strict=True):
            high = center + 3 * spread
            high = high if most is None else min(most, high)
            low = max(0.0, center - 3 * spread)
            segment.append(Point(one.label, one.count / one.base, one.base, center, low, high))
        points += _signalled(segment, errors)
    skipped = tuple(one.label for one in observations if one.base == 0)
    newest = [one for one in observations[_segments(len(observations), steps)[-1][0] :] if one.base > 0]
    return Chart(kind, tuple(points), len(newest) < LOCKED_AT, tuple(steps), skipped)


def _segments(points: int, steps: Sequence[Step]) -> list[tuple[int, int]]:
    """Return the first place and the one behind the last of each stretch between named changes."""
    for step in steps:
        if not step.reason.strip():
            msg = f"the step at point {step.at} has no reason: limits are made anew only on a named change"
            raise ValueError(msg)
        if not 0 < step.at < points:
            msg = f"the step at point {step.at} lies outside the {points} points"
            raise ValueError(msg)
    starts = [0, *sorted(step.at for step in steps)]
    return list(zip(starts, [*starts[1:], points], strict=True))


def _signalled(points: list[Point], errors: list[float]) -> list[Point]:
    """Return the points of a stretch with the rules that each is part of."""
    found: list[list[Signal]] = [[] for _ in points]
    for place, point in enumerate(points):
        if not point.low <= point.value <= point.high:
            found[place].append(Signal.OUTSIDE)
    _mark_runs(found, [_side(point.value - point.center) for point in points], RUN, Signal.SHIFT)
    moves = [_side(after.value - before.value) for before, after in pairwise(points)]
    _mark_trends(found, moves)
    _mark_near(found, points, errors)
    return [
        Point(one.label, one.value, one.base, one.center, one.low, one.high, tuple(signals))
        for one, signals in zip(points, found, strict=True)
    ]


def _side(difference: float) -> int:
    return (difference > 0) - (difference < 0)


def _mark_runs(found: list[list[Signal]], sides: list[int], least: int, signal: Signal) -> None:
    """Mark every place of a run of one side that is long enough."""
    for start, end in _runs(sides):
        if end - start >= least:
            for place in range(start, end):
                found[place].append(signal)


def _mark_trends(found: list[list[Signal]], moves: list[int]) -> None:
    """Mark the points of a run of moves: one point more than there are moves."""
    for start, end in _runs(moves):
        if end - start + 1 >= RUN:
            for place in range(start, end + 1):
                _mark(found[place], Signal.TREND)


def _runs(sides: list[int]) -> list[tuple[int, int]]:
    """Return first place and the one behind the last of each run of one side; 0 is in none."""
    runs, start = [], 0
    for place in range(1, len(sides) + 1):
        if place == len(sides) or sides[place] != sides[start]:
            if sides[start]:
                runs.append((start, place))
            start = place
    return runs


def _mark_near(found: list[list[Signal]], points: list[Point], errors: list[float]) -> None:
    """Mark the points of the outer third where two of three in a row lie there on one side."""
    sides = [
        _side(point.value - point.center) if abs(point.value - point.center) > _NEAR * error > 0 else 0
        for point, error in zip(points, errors, strict=True)
    ]
    for start in range(len(points) - _WINDOW + 1):
        window = range(start, start + _WINDOW)
        for side in (-1, 1):
            near = [place for place in window if sides[place] == side]
            if len(near) >= _NEAR:
                for place in near:
                    _mark(found[place], Signal.NEAR_LIMIT)


def _mark(found: list[Signal], signal: Signal) -> None:
    if signal not in found:
        found.append(signal)
