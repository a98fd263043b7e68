"""From hours of work and hours of officers to need, gap, pressure and utilization, as plain formulas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from closeout.workload.weights import Grade

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

GREEN, WATCH, OVER, EXCESSIVE = "green", "watch", "over", "excessive"
_GREEN_TO, _WATCH_TO, _EXCESSIVE_OVER = 0.90, 1.00, 1.10
EXCESSIVE_WEEKS = 4
"""Weeks in a row above 110 % that make a load excessive (the rule of HM Prison and Probation Service)."""
_RELIED_ON = 0.9
_BEST_FIRST = (Grade.A, Grade.B, Grade.C, Grade.D)


@dataclass(frozen=True, slots=True)
class Standard:
    """What one full-time officer brings: the measure that hours are turned into officers with."""

    hours_a_month: float
    """AWT: paid hours less holidays, leave, illness and training; above 0."""
    support_share: float
    """c, at least 0 and below 1."""
    occupancy: float
    """rho, above 0 and up to 1."""

    @property
    def allowance(self) -> float:
        """Return 1 / (1 - c) / rho, at least 1."""
        return 1 / (1 - self.support_share) / self.occupancy


def need_fte(demand_hours: float, standard: Standard, *, collateral_fte: float = 0.0) -> float:
    """Return the full-time officers that some work takes: F = D / AWT x 1 / (1 - c) / rho + IAF.

    WISN's formula with a planned occupancy beside it. Nothing is rounded.

    Args:
        demand_hours: D, hours a month.
        standard: AWT, c and rho.
        collateral_fte: IAF: full-time officers that named duties take.

    """
    return demand_hours / standard.hours_a_month * standard.allowance + collateral_fte


def band(utilization: float | None, weeks_excessive: int = 0) -> str:
    """Return the word for a utilization: to 90 % green, to 100 % watch, above that over, or excessive.

    Args:
        utilization: A share, 1 being all hours; None where there is none.
        weeks_excessive: Weeks in a row above 110 %.

    Returns:
        The word; empty where there is no utilization.

    """
    if utilization is None:
        return ""
    if weeks_excessive >= EXCESSIVE_WEEKS:
        return EXCESSIVE
    if utilization <= _GREEN_TO:
        return GREEN
    return WATCH if utilization <= _WATCH_TO else OVER


def weeks_in_a_row(demand_a_week: ArrayLike, hours: ArrayLike) -> NDArray[np.int64]:
    """Return the most weeks in a row in which work takes more than 110 % of the hours.

    Args:
        demand_a_week: Hours of work, of each officer.
        hours: Hours for it by officer and week; a week away, without any, neither counts nor breaks the row.

    """
    work, there = np.asarray(demand_a_week, dtype=np.float64), np.asarray(hours, dtype=np.float64)
    most = np.zeros(work.shape, dtype=np.int64)
    now = np.zeros_like(most)
    for week in np.moveaxis(there, -1, 0):
        now = np.where(week > 0, (now + 1) * (work > week * _EXCESSIVE_OVER), now)
        most = np.maximum(most, now)
    return most


def worst_grade(hours_by_grade: Mapping[Grade, float]) -> Grade:
    """Return the grade that nine tenths of the hours have or better; none where there are no hours."""
    whole = sum(hours_by_grade.values())
    if whole <= 0:
        return Grade.NONE
    reached = 0.0
    for grade in _BEST_FIRST:
        reached += hours_by_grade.get(grade, 0.0)
        if reached >= _RELIED_ON * whole:
            return grade
    return Grade.NONE
