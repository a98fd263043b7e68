"""Workload Indicators of Staffing Need: the parts of WISN's chain, in its own terms.

Formulas: World Health Organization, *Workload Indicators of Staffing Need: user's manual* (2010). The whole
need, F = A / (1 - c) / rho + IAF, is `need.need_fte`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def available_time(weeks: float, a_week: float, *, less: Sequence[float] = ()) -> float:
    """Return AWT, the time one full-time officer is at work, in the unit of `a_week` (days or hours).

    Args:
        weeks: Of the period, 52 in a year.
        a_week: Working days, or hours, of a week.
        less: What is lost to holidays, leave, sickness and training, in the same unit.

    Raises:
        ValueError: Nothing is left.

    """
    left = weeks * a_week - sum(less)
    if left <= 0:
        msg = (
            f"{sum(less):g} of {weeks * a_week:g} are lost to leave and the like: no time is left to work in"
        )
        raise ValueError(msg)
    return left


def individual_factor(hours: float, available: float) -> float:
    """Return IAF: full-time equivalents of the duties that only some officers have.

    Args:
        hours: Of those duties, all officers together, in the period; **not** for each officer.
        available: AWT in the same unit and the same period.

    Raises:
        ValueError: There is no time available, or the hours are negative.

    """
    if hours < 0 or available <= 0:
        msg = (
            f"named duties of {hours:g} in {available:g} available: both must be at least 0, and time above 0"
        )
        raise ValueError(msg)
    return hours / available


def required(demand: float, available: float) -> float:
    """Return A = D / AWT: full-time equivalents for the work itself, both in one unit and period."""
    return individual_factor(demand, available)


@dataclass(frozen=True, slots=True)
class StaffRates:
    """Staff against need, each rate with its base in its name.

    295 staff and 602 short are 33 % of the need, 67 % short of the need, and call for 204 % more staff. A
    newspaper wrote "67 % more".
    """

    staff: float
    need: float

    @property
    def difference(self) -> float:
        """Return staff less need: below 0, staff are short."""
        return self.staff - self.need

    @property
    def staff_over_need(self) -> float:
        """Return WISN's ratio: 1 where staff and need are equal."""
        return self.staff / self.need

    @property
    def short_over_need(self) -> float:
        """Return the share of the need that nobody fills; below 0 where there is staff to spare."""
        return -self.difference / self.need

    @property
    def more_over_staff(self) -> float:
        """Return by what share the staff would have to grow."""
        return -self.difference / self.staff
