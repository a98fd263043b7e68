"""Draws of demand, need and gap: weights x volumes / hours, each drawn, on common random numbers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from closeout.workload.intervals import LEVELS, Interval, intervals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from closeout.workload.chances import HourDraws, VolumeDraws
    from closeout.workload.draws import WeightDraws
    from closeout.workload.window_draws import WindowDraws

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

MINUTES_AN_HOUR = 60
_ALMOST = 1e-9


@dataclass(frozen=True, slots=True)
class Work:
    """What each group is called on to do: a group is an office, a docket and role in it, or an officer.

    One row a group and activity.
    """

    group: Ints
    """From 0."""
    office: Ints
    """Place of the office in the weights' offices; one office a group."""
    activity: Ints
    """Place of the activity in the weights' activities."""
    owed: Floats
    """Units a month."""
    groups: int


@dataclass(frozen=True, slots=True)
class Posts:
    """What turns the demand of each group into full-time equivalents, and the staff it has."""

    office: Ints
    """Place of the office of each group."""
    hours_a_month: Floats
    """AWT: hours at work of one full-time officer a month, above 0."""
    allowance: Floats
    """1 / (1 - c) / rho: the work everybody does beside cases, and the slack."""
    collateral_fte: Floats
    """IAF: full-time equivalents of named duties."""
    staff_fte: Floats
    window_share: Floats | None = None
    """Of what the window of its office takes, the share that stands in each group; None: in none."""


@dataclass(frozen=True, slots=True)
class NeedDraws:
    """Demand, need and staff of each group, drawn; draws by groups."""

    demand_hours: Floats
    """A month."""
    need_fte: Floats
    staff_fte: Floats

    @property
    def gap_fte(self) -> Floats:
        """Return need less staff: above 0, officers are short."""
        return self.need_fte - self.staff_fte

    def added(self) -> NeedDraws:
        """Return the draws of all groups together, as one group."""
        demand, need, staff = (
            each.sum(axis=1, keepdims=True) for each in (self.demand_hours, self.need_fte, self.staff_fte)
        )
        return NeedDraws(demand, need, staff)


@dataclass(frozen=True, slots=True)
class Band:
    """The interval of one figure, at the levels that are published."""

    at_80: Interval
    at_90: Interval
    at_95: Interval


@dataclass(frozen=True, slots=True)
class NeedBands:
    """What the draws of one group say."""

    demand_hours: Band
    need_fte: Band
    gap_fte: Band
    pressure: Band | None
    """Need over staff; None where a draw has no staff."""
    probability_short: float
    """P(need > staff), from 0 to 1."""

    def plain(self) -> dict[str, Any]:
        """Return the bands as plain values."""
        return asdict(self)


def demand_draws(work: Work, weights: WeightDraws, volumes: VolumeDraws | None = None) -> Floats:
    """Return the hours a month that each group's work takes, drawn.

    Work without a weight takes no hours here: its share is for the caller to report (coverage).

    Args:
        work: The groups' work.
        weights: Draws of the minutes.
        volumes: Draws of the volumes; as expected if left out. The same activities and offices.

    Returns:
        Draws by groups, hours a month.

    """
    hours = np.zeros((weights.n, work.groups))
    for office in np.unique(work.office):
        here = work.office == office
        groups, group = np.unique(work.group[here], return_inverse=True)
        owed = np.zeros((len(weights.activities), len(groups)))
        np.add.at(owed, (work.activity[here], group.reshape(-1)), work.owed[here])
        minutes = np.nan_to_num(weights.minutes[:, :, office])
        if volumes is not None:
            minutes = minutes * volumes.factor[:, :, office]
        hours[:, groups] = minutes @ owed / MINUTES_AN_HOUR
    return hours


def need_draws(
    demand_hours: Floats, posts: Posts, hours: HourDraws | None = None, windows: WindowDraws | None = None
) -> NeedDraws:
    """Return the need and the staff of each group, drawn: F = A / (1 - c) / rho + IAF, A = D / AWT.

    Args:
        demand_hours: Draws by groups, hours a month.
        posts: What turns hours into full-time equivalents.
        hours: Draws of presence and of staff who stay; as expected if left out.
        windows: Draws of what the windows take, which IAF holds as expected; as expected if left out.

    """
    present = 1.0 if hours is None else hours.present[:, posts.office]
    stayed = 1.0 if hours is None else hours.stayed[:, posts.office]
    need = demand_hours / (posts.hours_a_month * present) * posts.allowance + posts.collateral_fte
    if windows is not None and posts.window_share is not None:
        need += windows.beyond[:, posts.office] * (posts.window_share / posts.hours_a_month)
    staff = np.broadcast_to(posts.staff_fte * stayed, need.shape)
    return NeedDraws(demand_hours, need, staff)


def bands(drawn: NeedDraws) -> tuple[NeedBands, ...]:
    """Return what the draws of each group say, in the order of the groups."""
    return tuple(_bands(drawn, group) for group in range(drawn.need_fte.shape[1]))


def _bands(drawn: NeedDraws, group: int) -> NeedBands:
    need, staff = drawn.need_fte[:, group], drawn.staff_fte[:, group]
    return NeedBands(
        demand_hours=band(drawn.demand_hours[:, group]),
        need_fte=band(need),
        gap_fte=band(need - staff),
        pressure=band(need / staff) if (staff > 0).all() else None,
        probability_short=float((need > staff).mean()),
    )


def band(draws: Floats) -> Band:
    """Return the interval of some draws at the published levels."""
    return Band(*intervals(draws, LEVELS))


def at_risk(cases: float, utilization: Floats, probabilities: Sequence[float]) -> tuple[int, ...]:
    """Return the largest number of cases whose hours suffice with each probability, at the present mix.

    With n cases in place of the present ones the utilization is in proportion, so the largest n with
    P(U <= 1) >= p is the present number over the p-quantile of the utilization, rounded down.

    Args:
        cases: The present cases, above 0.
        utilization: Draws of the present utilization, zero or more.
        probabilities: Each from 0 to 1.

    Raises:
        ValueError: There are no cases, or they take no time, so that any number would fit.

    """
    # The least draw with at least that share of the draws at or below it: no interpolation, so P holds.
    at = np.quantile(utilization, probabilities, method="inverted_cdf")
    if cases <= 0 or (at <= 0).any():
        msg = "a caseload needs cases that take time; there are none"
        raise ValueError(msg)
    return tuple(int(np.floor(cases / each + _ALMOST)) for each in at)
