"""Which of our functions gives each published figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from closeout.workload import wisn, yardsticks
from closeout.workload.erlang import Desk, DeskTarget, desk
from closeout.workload.need import Standard, need_fte
from closeout.workload.rounding import largest_remainder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def _desk(contacts: float, minutes: float, slot_minutes: float, **target: float) -> Desk:
    return desk(contacts, minutes, slot_minutes, DeskTarget(**target))


def _of_desk(part: str) -> Callable[..., Any]:
    return lambda **given: getattr(_desk(**given), part)


def _of_rates(part: str) -> Callable[..., Any]:
    return lambda **given: getattr(wisn.StaffRates(**given), part)


def _category_factor(share: float) -> float:
    return Standard(hours_a_month=1.0, support_share=share, occupancy=1.0).allowance


def _needed_of_days(demand: float, available: float, support: float, individual_fte: float = 0.0) -> float:
    standard = Standard(hours_a_month=available, support_share=support / available, occupancy=1.0)
    return need_fte(demand, standard, collateral_fte=individual_fte)


def _available_hours(days: float, lost_days: float, hours_a_day: float) -> float:
    return wisn.available_time(days, hours_a_day, less=[lost_days * hours_a_day])


def _posts(needs: Sequence[float]) -> int:
    return sum(largest_remainder(needs))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "achievable": yardsticks.achievable,
    "allowance_hours": yardsticks.allowance_hours,
    "available_hours": _available_hours,
    "available_points": yardsticks.available_points,
    "available_time": wisn.available_time,
    "category_factor": _category_factor,
    "category_factor_of_days": lambda days, available: _category_factor(days / available),
    "desk_occupancy": _of_desk("occupancy"),
    "desk_officers": _of_desk("officers"),
    "desk_rostered": _of_desk("rostered"),
    "desk_served_within": _of_desk("served_within"),
    "desk_waiting": _of_desk("waiting_probability"),
    "event_minutes": yardsticks.event_minutes,
    "former_hours": yardsticks.former_hours,
    "hours_implied": yardsticks.hours_implied,
    "individual_factor": wisn.individual_factor,
    "mean_yearly_hours": yardsticks.mean_yearly_hours,
    "more_over_staff": _of_rates("more_over_staff"),
    "needed_of_days": _needed_of_days,
    "points": yardsticks.points,
    "posts": _posts,
    "required": wisn.required,
    "required_in_units": lambda demand, available, hours_each: wisn.required(demand * hours_each, available),
    "short_over_need": _of_rates("short_over_need"),
    "staff_less_need": _of_rates("difference"),
    "staff_over_need": _of_rates("staff_over_need"),
    "utilization": yardsticks.utilization,
}
"""By the name that `figures.yaml` calls it."""
