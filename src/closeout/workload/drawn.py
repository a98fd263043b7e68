"""A staffing run with the uncertainty of its weights, volumes and hours: intervals, chances, shares."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from closeout.workload.caseload import with_probability
from closeout.workload.chances import SICK, HourDraws, VolumeDraws, hour_draws, volume_draws
from closeout.workload.demand import MINUTES_AN_HOUR
from closeout.workload.draws import WeightDraws, weight_draws
from closeout.workload.further import further
from closeout.workload.intervals import LEVELS, Interval, intervals, name_at
from closeout.workload.need_draws import NeedDraws, Posts, Work, band, bands, demand_draws, need_draws
from closeout.workload.parameters import WEEKS_A_MONTH
from closeout.workload.shapes import DIARY
from closeout.workload.variance import Drawn, variance_shares
from closeout.workload.weights import Grade
from closeout.workload.window_draws import WindowDraws, window_draws

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from closeout.workload.figures import Need, OfficerHours, Staffing
    from closeout.workload.need_draws import Band
    from closeout.workload.office_rows import Ground
    from closeout.workload.volumes import Counted

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_AGAIN = 1_000_003
"""Added to the seed for the second, independent set of draws."""


def with_draws(
    made: Staffing, ground: Ground, counted: Counted, diary: pa.Table | None, *, draws: int, seed: int
) -> Staffing:
    """Return a run with intervals around its figures.

    Args:
        made: The run.
        ground: What it stands on.
        counted: Its volumes, by month: their own ups and downs are drawn from.
        diary: What the weights rest on, as `shapes.DIARY`; their own intervals are drawn from where None.
        draws: How many, at least 1.
        seed: The same seed gives the same draws.

    Returns:
        The same figures, with 80, 90 and 95 % intervals, the probability of being short, and the largest
        caseloads at chosen probabilities. Figures that were refused stay refused.

    """
    if made.nation.demand_hours is None:
        return replace(made, draws=draws, seed=seed)
    ground_draws = Drawing(ground, counted, DIARY.empty_table() if diary is None else diary, draws)
    drawn = ground_draws.drawn(seed)
    work, posts = _work(ground), _posts(ground)
    by_part = _needs(work, posts, drawn)
    by_office = _summed(by_part, ground.parts.office, len(ground.work.offices))
    shares = variance_shares(
        drawn, ground_draws.drawn(seed + _AGAIN), lambda one: _needs(work, posts, one).added().need_fte[:, 0]
    )
    return replace(
        made,
        nation=_with_desk(_with_bands([made.nation], by_office.added(), drawn.hours, None)[0], drawn.windows),
        offices=tuple(
            _with_desk(one, drawn.windows)
            for one in _with_bands(made.offices, by_office, drawn.hours, np.arange(len(made.offices)))
        ),
        parts=tuple(_with_bands(made.parts, by_part, drawn.hours, ground.parts.office)),
        officers=_officers(made.officers, ground, drawn),
        draws=draws,
        seed=seed,
        shares={name: float(share) for name, share in asdict(shares).items()},
        further=further(drawn.weights, work, posts, ground_draws.diary).plain(),
    )


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn from."""

    ground: Ground
    counted: Counted
    diary: pa.Table
    draws: int

    def drawn(self, seed: int) -> Drawn:
        """Return weights, volumes, hours and windows, drawn under one seed."""
        work = self.ground.work
        offices, n = work.offices, self.draws
        weights = list({(one.activity, one.office_id): one for row in work.weights for one in row}.values())
        experts = {
            one.activity: (one.low, one.high)
            for one in weights
            if one.grade is Grade.D and one.low is not None and one.high is not None
        }
        heads = _by_office(self.ground.parts.rows["paid"].to_numpy(), self.ground.parts.office, len(offices))
        full_time = self.ground.parameters.hours_a_week * WEEKS_A_MONTH
        return Drawn(
            weight_draws(self.diary, work.activities, offices, weights, experts=experts, n=n, seed=seed),
            volume_draws(self.counted.table(by_officer=False), work.activities, offices, n=n, seed=seed),
            # Of today's staff: who leaves in the months ahead is for the hiring plan.
            hour_draws(
                offices,
                (heads / full_time).tolist(),
                sick=self.ground.sick or SICK,
                months=0,
                n=n,
                seed=seed,
            ),
            window_draws(
                self.ground.arrivals, self.ground.desks, offices, self.ground.parameters.desk, n=n, seed=seed
            ),
        )


def _by_office(values: Floats, office: Ints, size: int) -> Floats:
    return np.bincount(office, weights=values, minlength=size).astype(np.float64)


def _work(ground: Ground) -> Work:
    group, activity = np.nonzero(ground.parts.owed)
    owed = ground.parts.owed[group, activity]
    return Work(group, ground.parts.office[group], activity, owed, ground.parts.rows.height)


def _posts(ground: Ground) -> Posts:
    rows = ground.parts.rows
    return Posts(
        office=ground.parts.office,
        hours_a_month=np.full(rows.height, ground.standard_hours),
        allowance=1 / (1 - ground.parts.support_share) / ground.parameters.occupancy,
        collateral_fte=rows["collateral_fte"].to_numpy(),
        staff_fte=rows["fte"].to_numpy(),
        window_share=rows["window_share"].to_numpy(),
    )


def _needs(work: Work, posts: Posts, drawn: Drawn) -> NeedDraws:
    demand = demand_draws(work, drawn.weights, drawn.volumes)
    return need_draws(demand, posts, drawn.hours, drawn.windows)


def _summed(parts: NeedDraws, office: Ints, size: int) -> NeedDraws:
    def added(draws: Floats) -> Floats:
        made = np.zeros((draws.shape[0], size))
        np.add.at(made.T, office, draws.T)
        return made

    return NeedDraws(added(parts.demand_hours), added(parts.need_fte), added(parts.staff_fte))


def _with_bands(rows: Sequence[Need], drawn: NeedDraws, hours: HourDraws, office: Ints | None) -> list[Need]:
    made = []
    for place, (row, found) in enumerate(zip(rows, bands(drawn), strict=True)):
        if row.demand_hours is None:
            made.append(row)
            continue
        by_name: dict[str, Band | None] = {
            "demand_hours": found.demand_hours,
            "need_fte": found.need_fte,
            "gap_fte": found.gap_fte,
            "pressure": found.pressure,
        }
        if row.hours_available > 0:
            present = 1.0 if office is None else hours.present[:, office[place]]
            by_name["utilization"] = band(drawn.demand_hours[:, place] / (row.hours_available * present))
        short = found.probability_short
        made.append(replace(row, intervals=_named(by_name), probability_short=short))
    return made


def _with_desk(row: Need, drawn: WindowDraws | None) -> Need:
    """Return an office, or the nation, with the intervals of what its window takes where that was drawn."""
    if row.desk is None or row.desk.sized_hours is None or drawn is None:
        return row
    hours = drawn.hours.sum(axis=1) if row.office_id is None else drawn.of(row.office_id)
    return replace(row, desk=replace(row.desk, intervals=_named({"need_hours": band(hours)})))


def _named(by_name: Mapping[str, Band | None]) -> dict[str, Interval]:
    """Return the 90 % interval of each figure by its name, the others with `_80` or `_95` behind it."""
    return {
        name_at(name, each.level): each
        for name, found in by_name.items()
        if found is not None
        for each in (found.at_90, found.at_80, found.at_95)
    }


def _officers(rows: tuple[OfficerHours, ...], ground: Ground, drawn: Drawn) -> tuple[OfficerHours, ...]:
    """Return the officers with the interval of their utilization and the caseloads at risk."""
    place = {row.officer_no: number for number, row in enumerate(rows)}
    held = ground.work.holders["officer_no"].to_list()
    mine = np.array([place.get(officer, -1) for officer in held], dtype=np.int64)
    office_place = {name: number for number, name in enumerate(ground.work.offices)}
    made = list(rows)
    # One office at a time: draws x officers x activities of the nation would not fit into memory.
    for office in sorted({row.office_id for row in rows if _is_drawn(row)}):
        here = [number for number, row in enumerate(rows) if row.office_id == office and _is_drawn(row)]
        demand = _officer_demand(np.array(here), mine, ground, drawn.weights, drawn.volumes)
        present = drawn.hours.present[:, office_place[office]]
        for column, number in enumerate(here):
            used = demand[:, column] / (rows[number].hours_available * present)
            risk = with_probability(rows[number].cases, used)
            at_80, at_90, at_95 = intervals(used, LEVELS)
            others = {"80": at_80, "95": at_95}
            made[number] = replace(rows[number], interval=at_90, intervals=others, at_risk=risk)
    return tuple(made)


def _is_drawn(row: OfficerHours) -> bool:
    return row.cases > 0 and row.hours_available > 0 and bool(row.demand_hours)


def _officer_demand(
    which: Ints, mine: Ints, ground: Ground, weights: WeightDraws, volumes: VolumeDraws
) -> Floats:
    """Return the hours a month of some officers' work, draws by officers."""
    column = np.full(int(max(mine.max(), which.max())) + 2, -1, dtype=np.int64)
    column[which] = np.arange(len(which))
    rows = np.flatnonzero(column[mine] >= 0)
    made = np.zeros((weights.n, len(which)))
    owed = ground.work.owed[rows]
    for office in np.unique(ground.work.office[rows]):
        few = ground.work.office[rows] == office
        by_officer = np.zeros((len(which), owed.shape[1]))
        np.add.at(by_officer, column[mine[rows[few]]], owed[few])
        minutes = np.nan_to_num(weights.minutes[:, :, office]) * volumes.factor[:, :, office]
        made += minutes @ by_officer.T / MINUTES_AN_HOUR
    return made
