"""From a staffing run to a hiring plan: the need carried forward to a date, and the path that meets it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from closeout.workload.draws import DRAWS, SEED
from closeout.workload.figures import plain
from closeout.workload.forecast import of_volumes
from closeout.workload.hiring import hiring_plan
from closeout.workload.hiring_figures import NATION, USUAL_FLOW, Costs, HiringAsked, months_between
from closeout.workload.intervals import Interval
from closeout.workload.leavers import leaving_seen
from closeout.workload.staffing import work_out
from closeout.workload.streams import stream
from closeout.workload.volumes import count_volumes, months_before

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from closeout.duties.clauses import Pack
    from closeout.engines import Engine
    from closeout.records.snapshot import Snapshot
    from closeout.workload.chances import Share
    from closeout.workload.figures import Need, Staffing
    from closeout.workload.forecast import Forecast
    from closeout.workload.hiring_figures import HiringPlan
    from closeout.workload.intake import ClassStart, Flow
    from closeout.workload.parameters import Parameters

    Floats = NDArray[np.float64]

_YEAR = 12
_TENTH = 1.2815515655446004
_SCORES = np.array([-1.6448536269514722, -_TENTH, 0.0, _TENTH, 1.6448536269514722])
"""Of the ends of the 90 and 80 % intervals and the median, under the normal law."""


class PlanError(ValueError):
    """A plan cannot be made; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a plan may do, and what it must reach."""

    by: date
    classes: tuple[ClassStart, ...]
    probability: float = 0.8
    ceiling: int | None = None
    overtime_most: float = 0.0
    flow: Flow = USUAL_FLOW
    """How people come and go."""
    leaving: Share | None = None
    """Of the staff a year, in place of the flow's; None takes what the records show."""
    costs: Costs = field(default_factory=Costs)
    history: int = 36
    """Months of volumes that the forecast rests on; 0 leaves the need as it is today."""
    staff: int | None = None
    """Persons to plan from, in place of those in the records."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A hiring plan and what it rests on."""

    plan: HiringPlan
    need: Need
    """Today's, with its intervals."""
    growth: float
    """The need at the date over today's: 1 where nothing changes."""
    forecasts: tuple[Forecast, ...]
    """Of the office's activities, for the months up to a year after the date."""
    notes: tuple[str, ...]
    """What was too little known, each said once."""
    staff_by_office: Mapping[str, float] = field(default_factory=dict)
    """Full-time officers of each office today: who gives a plan out withholds what tells a few."""
    leaving: float | None = None
    """Share of the staff who leave in a year, as it was reckoned with."""
    set_aside: tuple[str, ...] = ()
    """Rows that the staffing run left out, each with its reason; they may name officers of any office."""

    def plain(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {
            "plan": self.plan.plain(),
            "need_today": {
                "need_fte": self.need.need_fte,
                "staff_fte": self.need.staff_fte,
                "grade": self.need.grade.value,
                "flags": list(self.need.flags),
                "probability_short": self.need.probability_short,
                "intervals": plain(self.need.intervals),
            },
            "growth": self.growth,
            "forecasts": [each.plain() for each in self.forecasts],
            "notes": list(self.notes),
            "staff_by_office": dict(self.staff_by_office),
            "leaving": self.leaving,
            "set_aside": list(self.set_aside),
        }


def plan_hiring(  # noqa: PLR0913 - a run and what it is of
    engine: Engine,
    snapshot: Snapshot,
    pack: Pack,
    as_of: date,
    office: str | None,
    limits: Limits,
    parameters: Parameters | None = None,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    told: Callable[[str], None] = lambda _said: None,
) -> Planned:
    """Return the hiring plan of an office, or of the nation, from its records.

    Args:
        engine: Where the tables are.
        snapshot: The records.
        pack: The rules that say what is called for.
        as_of: The day to stand on.
        office: The office's code; None for the nation.
        limits: What the plan may do and must reach.
        parameters: The staffing run's assumptions.
        draws: How many.
        seed: Of the run.
        told: Called with each step as it begins.

    Raises:
        PlanError: There is no such office, or its need has no figure.
        ValueError: The limits are out of range.

    """
    found = work_out(engine, snapshot, pack, as_of, parameters, draws=draws, seed=seed, told=told)
    return plan_from(engine, snapshot, pack, found, office, limits, told=told)


def plan_from(
    engine: Engine,
    snapshot: Snapshot,
    pack: Pack,
    found: Staffing,
    office: str | None,
    limits: Limits,
    *,
    told: Callable[[str], None] = lambda _said: None,
) -> Planned:
    """Return the hiring plan that a staffing run gives, which was made already with draws.

    Args:
        engine: Where the tables are.
        snapshot: The records.
        pack: The rules that say what is called for.
        found: The run; its day, draws and seed are the plan's.
        office: The office's code; None for the nation.
        limits: What the plan may do and must reach.
        told: Called with each step as it begins.

    Raises:
        PlanError: There is no such office, or its need has no figure.
        ValueError: The limits are out of range.

    """
    need, as_of = need_of(found, office), found.as_of
    seed = SEED if found.seed is None else found.seed
    leaving = limits.leaving or leaving_seen(engine, snapshot, as_of)
    limits = replace(limits, flow=replace(limits.flow, leaving=leaving))
    ahead: tuple[Forecast, ...] = ()
    if limits.history:
        told("Forecasting volumes")
        horizon = max(0, months_between(as_of, limits.by))
        first, last = months_before(as_of, limits.history)
        table = count_volumes(engine, snapshot, pack, first, last).table(by_officer=False)
        names = sorted({row.activity for row in found.duties})
        offices = [office] if office else [one.office_id for one in found.offices if one.office_id]
        ahead = of_volumes(table, names, offices, horizon + _YEAR)
    told("Searching for the cheapest path")
    growth = _growth(found, ahead, office)
    drawn = need_draws_of(need, found.shares, found.draws, seed)
    middle, low, high = (growth * each for each in drawn)
    plan = hiring_plan(_asked(found, need, limits, middle, low, high, seed))
    notes = tuple(sorted({each.note for each in ahead if each.note}))
    staff = {one.office_id or "": one.staff_fte for one in found.offices}
    return Planned(plan, need, growth, ahead, notes, staff, leaving.mean, found.faults)


def need_of(found: Staffing, office: str | None) -> Need:
    """Return the figures of an office or of the nation.

    Raises:
        PlanError: There is no such office, or its need has no figure.

    """
    rows = [one for one in found.offices if one.office_id == office] if office else [found.nation]
    if not rows:
        known = ", ".join(one.office_id for one in found.offices if one.office_id)
        msg = f"there is no office {office}; there are {known}"
        raise PlanError(msg)
    if rows[0].need_fte is None or "need_fte" not in rows[0].intervals:
        msg = f"the need of {office or 'the nation'} has no figure: {rows[0].reason or 'it was not drawn'}"
        raise PlanError(msg)
    return rows[0]


def need_draws_of(
    need: Need, shares: Mapping[str, float], n: int, seed: int
) -> tuple[Floats, Floats, Floats]:
    """Return draws of a need from its published intervals, and with the weights at 10 and at 90 %.

    The five points of the median and the ends of both intervals are joined by straight lines over the normal
    law. The weights hold their share of the variance: at their 10 % point the rest of the draws go on
    varying by what is left.

    Args:
        need: An office's or the nation's figures, with intervals.
        shares: Of the variance; `weights` is used.
        n: Draws.
        seed: Of the run.

    """
    at_90, at_80 = need.intervals["need_fte"], need.intervals.get("need_fte_80")
    at_80 = at_80 or Interval(at_90.low, at_90.middle, at_90.high, 0.8)
    points = np.array([at_90.low, at_80.low, at_90.middle, at_80.high, at_90.high])
    number = stream(seed, "hiring", "need", need.office_id or NATION).standard_normal(n)
    held = min(1.0, max(0.0, shares.get("weights", 0.0)))
    rest, step = np.sqrt(1 - held) * number, np.sqrt(held) * _TENTH
    return _between(points, number), _between(points, rest - step), _between(points, rest + step)


def _between(points: Floats, score: Floats) -> Floats:
    """Return the values at normal scores; beyond the ends the last line goes on, never below 0."""
    inside = np.interp(score, _SCORES, points)
    below = points[0] + (score - _SCORES[0]) * (points[1] - points[0]) / (_SCORES[1] - _SCORES[0])
    above = points[-1] + (score - _SCORES[-1]) * (points[-1] - points[-2]) / (_SCORES[-1] - _SCORES[-2])
    made = np.where(score < _SCORES[0], below, np.where(score > _SCORES[-1], above, inside))
    return np.maximum(0.0, made)


def _growth(found: Staffing, ahead: Sequence[Forecast], office: str | None) -> float:
    """Return the forecast demand of the year from the date over the demand of the run's own months."""
    hours = {
        (row.office_id, row.activity): (row.minutes or 0.0) for row in found.duties if row.minutes is not None
    }
    known = [each for each in ahead if each.months and (each.name[0], each.name[1]) in hours]
    owed: dict[tuple[str, ...], float] = {}
    for row in found.duties:
        if office is None or row.office_id == office:
            owed[row.office_id, row.activity] = owed.get((row.office_id, row.activity), 0.0) + row.owed
    today = sum(owed.get(each.name, 0.0) * hours[each.name[0], each.name[1]] for each in known)
    then = sum(_year_mean(each) * hours[each.name[0], each.name[1]] for each in known)
    return then / today if today > 0 else 1.0


def _year_mean(ahead: Forecast) -> float:
    return sum(month.expected for month in ahead.months[-_YEAR:]) / _YEAR


def _asked(
    found: Staffing, need: Need, limits: Limits, middle: Floats, low: Floats, high: Floats, seed: int
) -> HiringAsked:
    office = need.office_id or NATION
    here = [
        row for row in found.officers if need.office_id in {None, row.office_id} and row.hours_available > 0
    ]
    heads = max(len(here), round(need.staff_fte)) if limits.staff is None else limits.staff
    each = need.staff_fte / heads if limits.staff is None and heads else 1.0
    return HiringAsked(
        office_id=office,
        as_of=found.as_of,
        by=limits.by,
        heads=heads,
        effective_fte=heads * each,
        need=middle,
        need_low=low,
        need_high=high,
        classes=limits.classes,
        probability=limits.probability,
        ceiling=limits.ceiling,
        overtime_most=limits.overtime_most,
        flow=limits.flow,
        costs=limits.costs,
        seed=seed,
    )
