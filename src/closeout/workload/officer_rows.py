"""The hours and duties of each post: cases, demand, utilization, and how many cases would fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from closeout.workload.caseload import at_mix, by_type
from closeout.workload.figures import ORPHANED, OfficerHours
from closeout.workload.need import band, weeks_in_a_row
from closeout.workload.parameters import WEEKS_A_MONTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from closeout.workload.demand import Demand
    from closeout.workload.supply import Supply

    Floats = NDArray[np.float64]


def officer_hours(work: Demand, officers: Supply, *, has_figures: bool) -> tuple[OfficerHours, ...]:
    """Return the officers who have cases or hours, in the order of their staff numbers.

    Args:
        work: The demand by holder.
        officers: The hours.
        has_figures: Whether the demand may be shown; else only cases and hours are.

    """
    cases, hours, offices = _held(work)
    a_case = hours_a_case(work)
    place = {name: number for number, name in enumerate(officers.officers["officer_no"].to_list())}
    homes = officers.officers["office_id"].to_list()
    roles = officers.officers["role"].to_list()
    made = []
    for officer in sorted({*place, *cases}):
        at = place.get(officer)
        home = homes[at] if at is not None else min(offices[officer])
        post = _Post(
            officer,
            home,
            roles[at] if at is not None else "",
            cases.get(officer, 0),
            hours.get(officer, 0.0) if has_figures else None,
            float(officers.available[at]) if at is not None else 0.0,
            officers.case_weeks[at] if at is not None else np.zeros(0),
        )
        flags = _flags(officer, home, offices.get(officer, set()), is_known=at is not None)
        made.append(_one(post, a_case.get(home, {}) if has_figures else {}, flags))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _Post:
    """What one post has: cases, hours of work and for it a month, and by week."""

    officer: str
    office: str
    role: str
    cases: int
    demand: float | None
    available: float
    weeks: Floats


def _one(post: _Post, a_case: Mapping[str, float], flags: tuple[str, ...]) -> OfficerHours:
    demand, available = post.demand, post.available
    is_orphaned = available <= 0 and (post.cases > 0 or (demand or 0) > 0)
    utilization = demand / available if demand is not None and available > 0 else None
    excessive = 0
    if demand and not is_orphaned:
        excessive = weeks_in_a_row(demand / WEEKS_A_MONTH, post.weeks.tolist())
    return OfficerHours(
        officer_no=post.officer,
        office_id=post.office,
        role=post.role,
        cases=post.cases,
        demand_hours=demand,
        hours_available=available,
        utilization=utilization,
        state=ORPHANED if is_orphaned else "",
        band=band(utilization, excessive),
        weeks_excessive=excessive,
        at_mix=at_mix(post.cases, utilization),
        by_docket=by_type(available, a_case) if available > 0 else {},
        flags=flags,
    )


def _held(work: Demand) -> tuple[dict[str, int], dict[str, float], dict[str, set[str]]]:
    """Return by officer the open cases, the hours of work, and the offices that hold the cases."""
    cases: dict[str, int] = {}
    hours: dict[str, float] = {}
    offices: dict[str, set[str]] = {}
    rows = work.holders.select("officer_no", "office_id", "docket", "cases").rows()
    for (officer, office, docket, number), demand, counts in zip(
        rows, work.hours, work.is_counted, strict=True
    ):
        if not officer:
            continue
        cases[officer] = cases.get(officer, 0) + number * bool(counts)
        hours[officer] = hours.get(officer, 0.0) + float(demand)
        if docket or officer not in offices:
            offices.setdefault(officer, set()).update([office] if number else [])
            if not offices[officer]:
                offices[officer] = {office}
    return cases, hours, offices


def _flags(officer: str, home: str, offices: set[str], *, is_known: bool) -> tuple[str, ...]:
    if not is_known:
        return (f"NOT IN THE RECORDS: {officer} leads cases but is no officer of the ledger",)
    away = sorted(offices - {home})
    return (f"OTHER OFFICE: leads cases of {', '.join(away)}",) if away else ()


def hours_a_case(work: Demand) -> dict[str, dict[str, float]]:
    """Return the hours a month that one open case takes, by office and docket."""
    sums: dict[tuple[str, str], list[float]] = {}
    rows = work.holders.select("office_id", "docket", "cases").rows()
    for (office, docket, number), demand, counts in zip(rows, work.hours, work.is_counted, strict=True):
        if docket:
            both = sums.setdefault((office, docket), [0.0, 0.0])
            both[0] += float(demand)
            both[1] += number * bool(counts)
    made: dict[str, dict[str, float]] = {}
    for (office, docket), (demand, number) in sums.items():
        if number:
            made.setdefault(office, {})[docket] = demand / number
    return made
