"""Arithmetic of the caseload standards that others publish, kept as they state it.

They stand beside our figures for orientation; none is imposed. The published figures are in
`workload/reference/figures.yaml`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ALMOST = 1e-9
"""Added before rounding down: a quotient may fall short of a whole number by its last digit."""


def achievable(hours: float, hours_a_case: float) -> int:
    """Return the whole cases that fit into some hours: rounded down, never to the nearest (NPDWS, APPA).

    Args:
        hours: Available, zero or more.
        hours_a_case: Each takes, above 0.

    Raises:
        ValueError: A case takes no time, so that any number would fit, or the hours are negative.

    """
    if hours < 0 or hours_a_case <= 0:
        msg = (
            f"cases of {hours_a_case:g} hours in {hours:g} hours: give hours of 0 or more, and a case above 0"
        )
        raise ValueError(msg)
    return math.floor(hours / hours_a_case + ALMOST)


def hours_implied(cases: int, hours: float) -> tuple[float, float]:
    """Return above which hours a case, and up to which, so many and no more fit.

    Args:
        cases: That fit, at least 1.
        hours: Available.

    """
    return hours / (cases + 1), hours / cases


def mean_yearly_hours(cases: float, years: float, hours_a_case: float) -> float:
    """Return the hours a year of a kind of case, from the cases of some years, the mean left unrounded."""
    return cases / years * hours_a_case


def event_minutes(minutes: Sequence[float], times: Sequence[float]) -> float:
    """Return a case's minutes from those of its events and how often each happens in a case.

    Args:
        minutes: Of each event.
        times: Mean number in a case, in the same order.

    """
    return math.fsum(each * often for each, often in zip(minutes, times, strict=True))


def former_hours(hours: float, cases: float, staff: float) -> float:
    """Return the hours a case that some staff must have worked to, had they done all the cases."""
    return hours / (cases / staff)


def available_points(
    nominal: float, default_hours: float, contracted_hours: float, reduction_hours: float = 0.0
) -> int:
    """Return the points of work an officer can take, cut off after the whole number (HMPPS).

    Args:
        nominal: Points of a full-time officer.
        default_hours: Of a full-time week, above 0.
        contracted_hours: Of the officer's week.
        reduction_hours: Of other duties a week; the points are never below 0.

    """
    return max(0, math.trunc(nominal * (contracted_hours - reduction_hours) / default_hours))


def allowance_hours(
    contracted_hours: float, percent: float | None, most_percent: float | None = None
) -> float:
    """Return the hours a week of an allowance given in percent of the contract (WMT).

    Args:
        contracted_hours: Of the officer's week.
        percent: Of the contract; where it is not fixed, None, and the most is taken.
        most_percent: The most it can be; None without a limit.

    Raises:
        ValueError: Neither is given.

    """
    given = [each for each in (percent, most_percent) if each is not None]
    if not given:
        msg = "an allowance needs its percent, or the most it can be"
        raise ValueError(msg)
    return contracted_hours * min(given) / 100


def points(counts: Sequence[float], each: Sequence[float], *, is_done_by_others: bool = False) -> float:
    """Return the points of some pieces of work; work that others did for the officer comes off.

    Args:
        counts: Of each kind.
        each: Points of one, in the same order.
        is_done_by_others: Whether they lessen the officer's load.

    """
    sign = -1 if is_done_by_others else 1
    return sign * event_minutes(each, counts)


def utilization(hours: float, available: float) -> float:
    """Return the share of the hours available that work takes: above 1 there is too much of it.

    Raises:
        ValueError: There are no hours. Work without hours is orphaned; it is not a share.

    """
    if available <= 0:
        msg = "there are no hours, so the work is orphaned: it has no utilization, and 0 % would hide it"
        raise ValueError(msg)
    return hours / available


def shared_by_load(staff: float, loads: Sequence[float]) -> tuple[float, ...]:
    """Return each part's staff in proportion to its load, unrounded (Wittrup): J L_k / sum of L."""
    whole = math.fsum(loads)
    return tuple(staff * load / whole for load in loads)
