"""The figures of parts, offices and the nation, each with its grade, its flags, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from closeout.reading.countwords import counted
from closeout.workload.desk_hours import together
from closeout.workload.figures import ORPHANED, DutyHours, Need
from closeout.workload.need import Standard, band, need_fte, worst_grade
from closeout.workload.parts import chosen
from closeout.workload.rounding import largest_remainder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from closeout.workload.chances import Share
    from closeout.workload.demand import Demand
    from closeout.workload.figures import DeskHours
    from closeout.workload.parameters import Parameters
    from closeout.workload.parts import Parts
    from closeout.workload.weights import Grade
    from closeout.workload.window import Arrivals

    Ints = NDArray[np.int64]

_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Ground:
    """What all figures of one run stand on."""

    work: Demand
    parts: Parts
    parameters: Parameters
    standard_hours: float
    """AWT, a month."""
    stale_days: int = 0
    """Days between the records and the day of the run."""
    desks: Mapping[str, DeskHours] = field(default_factory=dict)
    """What the window of each office takes."""
    sick: tuple[Share, ...] = ()
    """Of the days of each of the demand's offices, by its own absences."""
    arrivals: Arrivals | None = None
    """At the windows, by day where there are to be draws."""


def part_needs(ground: Ground) -> tuple[Need, ...]:
    """Return the figures by office, docket and role."""
    rows = ground.parts.rows
    return tuple(
        replace(
            _need(ground, np.array([place]), row["office_id"]),
            docket=row["docket"] or None,
            role=row["role"] or None,
        )
        for place, row in enumerate(rows.iter_rows(named=True))
    )


def office_needs(ground: Ground) -> tuple[Need, ...]:
    """Return the figures by office, in the order of their codes, with posts by largest remainder."""
    made = [
        replace(
            _need(ground, np.flatnonzero(ground.parts.office == place), office),
            desk=ground.desks.get(office),
        )
        for place, office in enumerate(ground.work.offices)
    ]
    if any(one.need_fte is None for one in made):
        return tuple(made)
    posts = largest_remainder([one.need_fte or 0.0 for one in made])
    return tuple(replace(one, posts=number) for one, number in zip(made, posts, strict=True))


def nation_need(ground: Ground, offices: Sequence[Need]) -> Need:
    """Return the nation's figures: the sums over all parts; posts are the sum of the offices'."""
    made = _need(ground, np.arange(ground.parts.rows.height), None)
    made = replace(made, desk=together(ground.desks.values()))
    if made.need_fte is None or any(one.posts is None for one in offices):
        without = sum(one.need_fte is None for one in offices)
        have = "has" if without == 1 else "have"
        said = f"{without} of {counted(len(offices), 'office')} {have} no figure" if without else ""
        return replace(made, reason="; ".join(filter(None, [made.reason, said])))
    return replace(made, posts=sum(one.posts or 0 for one in offices))


def _need(ground: Ground, which: Ints, office: str | None) -> Need:
    parts, duty = ground.parts, ground.work.is_duty
    sums = chosen(parts, which)
    owed = parts.owed[which]
    has_weight = ~np.isnan(ground.work.minutes[:, parts.office[which]]).T
    duties = float(owed[:, duty].sum())
    coverage = float((owed * has_weight)[:, duty].sum()) / duties if duties else 1.0
    made = Need(
        office,
        cases=round(sums["cases"]),
        owed=duties,
        done=float(parts.done[which][:, duty].sum()),
        coverage=coverage,
        paid_hours=sums["paid"],
        hours_available=sums["available"],
        staff_fte=sums["fte"],
    )
    reason = _refusal(ground, made)
    if reason:
        said = "; ".join(filter(None, [reason, _weakness(ground, which)]))
        return replace(made, reason=said, flags=_flags(ground, made))
    return _figured(ground, made, which, sums)


def _refusal(ground: Ground, made: Need) -> str:
    """Return why there is no figure; empty where there can be one."""
    parameters = ground.parameters
    if ground.stale_days > 2 * parameters.stale_after_days:
        return f"the records are {counted(ground.stale_days, 'day')} old; take a new snapshot"
    if made.coverage < parameters.coverage_floor:
        return (
            f"only {made.coverage * _PERCENT:.0f} % of the duties called for have a weight that can be used, "
            f"of {parameters.coverage_floor * _PERCENT:.0f} % needed"
        )
    return ""


def _figured(ground: Ground, made: Need, which: Ints, sums: Mapping[str, float]) -> Need:
    parts = ground.parts
    hours = parts.hours[which]
    demand = float(hours.sum())
    need = sums["collateral_fte"]
    for place, row in zip(which, hours.sum(axis=1), strict=True):
        share = float(parts.support_share[place])
        need += need_fte(float(row), Standard(ground.standard_hours, share, ground.parameters.occupancy))
    available, staff = made.hours_available, made.staff_fte
    utilization = demand / available if available > 0 else None
    made = replace(
        made,
        demand_hours=demand,
        utilization=utilization,
        band=band(utilization),
        need_fte=need,
        gap_fte=need - staff,
        pressure=need / staff if staff > 0 else None,
        grade=worst_grade(_by_grade(ground, which)),
    )
    return replace(made, flags=_flags(ground, made), reason=_weakness(ground, which))


def _by_grade(ground: Ground, which: Ints) -> dict[Grade, float]:
    parts, weights = ground.parts, ground.work.weights
    hours, offices = parts.hours[which], parts.office[which].tolist()
    place, activity = np.nonzero(hours)
    made: dict[Grade, float] = {}
    for row, column, each in zip(
        place.tolist(), activity.tolist(), hours[place, activity].tolist(), strict=True
    ):
        grade = weights[column][offices[row]].grade
        made[grade] = made.get(grade, 0.0) + each
    return made


def _weakness(ground: Ground, which: Ints) -> str:
    """Return which activities are called for and have no weight, with the weights' own reasons."""
    offices = ground.parts.office[which]
    has_none = np.isnan(ground.work.minutes[:, offices]).T & (ground.parts.owed[which] != 0)
    lacking: dict[str, str] = {}
    for place, activity in np.argwhere(has_none).tolist():
        weight = ground.work.weights[activity][offices[place]]
        lacking[weight.activity] = weight.reason or "no weight"
    if not lacking:
        return ""
    shown = "; ".join(f"{name}: {why}" for name, why in sorted(lacking.items())[:3])
    more = f"; and {len(lacking) - 3} more" if len(lacking) > 3 else ""  # noqa: PLR2004 - as many as shown
    return f"not in the demand: {shown}{more}"


def _flags(ground: Ground, made: Need) -> tuple[str, ...]:
    found = []
    if made.hours_available <= 0 and made.cases:
        found.append(f"{ORPHANED}: {counted(made.cases, 'case')} and no hours for them")
    if ground.stale_days > ground.parameters.stale_after_days:
        found.append(f"STALE: the records are {counted(ground.stale_days, 'day')} old")
    if made.coverage < 1:
        found.append(f"COVERAGE: {made.coverage * _PERCENT:.1f} % of the duties called for have a weight")
    return tuple(found)


def duty_hours(ground: Ground, titles: Mapping[str, str]) -> tuple[DutyHours, ...]:
    """Return how often each activity is called for and the hours it takes, by office and docket."""
    rows, work = ground.parts.rows, ground.work
    sums: dict[tuple[int, str], NDArray[np.float64]] = {}
    for place, (office, docket) in enumerate(zip(ground.parts.office, rows["docket"].to_list(), strict=True)):
        both = np.stack([ground.parts.owed[place], ground.parts.done[place], ground.parts.hours[place]])
        key = (int(office), docket)
        sums[key] = sums[key] + both if key in sums else both
    made = []
    for (office, docket), (owed, done, hours) in sorted(sums.items()):
        for activity in np.flatnonzero((owed > 0) | (done > 0)):
            weight = work.weights[activity][office]
            made.append(
                DutyHours(
                    office_id=work.offices[office],
                    activity=weight.activity,
                    title=titles.get(weight.activity, weight.activity),
                    docket=docket or None,
                    owed=float(owed[activity]),
                    done=float(done[activity]),
                    minutes=weight.minutes,
                    hours=None if weight.minutes is None else float(hours[activity]),
                    grade=weight.grade,
                    weight_of=weight.office_id,
                    studies=weight.studies,
                    entries=weight.entries,
                    reason=weight.reason,
                )
            )
    return tuple(made)
