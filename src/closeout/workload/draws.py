"""Draws of the minutes per duty: how uncertain the weights are, by activity and office."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from closeout.workload import pooling
from closeout.workload.bootstrap import cluster_ratios, ratio, widened
from closeout.workload.officer_sums import officer_sums
from closeout.workload.streams import stream
from closeout.workload.weights import Grade, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from closeout.workload.officer_sums import OfficerSums
    from closeout.workload.weights import Weight

    Floats = NDArray[np.float64]

DRAWS = 2_000
SEED = 7
FEW_OFFICERS = 20
"""Below this many officers with tasks of an activity, an office leans on the others."""
_Z90 = 1.6448536269514722
_LEAST_SHARE = 0.05
"""An expert's range that starts at nothing is taken to start at this share of its middle."""


class Basis(StrEnum):
    """What an activity's draws in one office rest on."""

    OFFICERS = "officers"
    """Resampled officers and weeks of the office's own diaries."""
    POOLED = "pooled"
    """The office's diaries, if any, leaning on the other offices'."""
    RANGE = "range"
    """The interval given with the weight: experts', or of an adjustment."""
    NONE = "none"
    """There is no figure, and so no draw."""


@dataclass(frozen=True, slots=True)
class WeightDraws:
    """Minutes per unit of each activity in each office, drawn many times."""

    activities: tuple[str, ...]
    offices: tuple[str, ...]
    minutes: Floats
    """Draws by activities by offices; NaN where there is no figure."""
    basis: tuple[tuple[Basis, ...], ...]
    """By activities by offices."""
    officers: Floats
    """Officers with tasks of it in the diaries, by activities by offices."""
    seed: int

    @property
    def n(self) -> int:
        """Return how many draws there are."""
        return len(self.minutes)

    def at_quantile(self, share: float) -> WeightDraws:
        """Return the same draws with every weight held at one quantile of its own draws.

        All weights stand high, or low, together: the band a planner asks for, wider than an interval.
        """
        held = np.broadcast_to(np.quantile(self.minutes, share, axis=0), self.minutes.shape)
        return WeightDraws(self.activities, self.offices, held, self.basis, self.officers, self.seed)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one activity is drawn for."""

    activity: str
    offices: tuple[str, ...]
    weights: tuple[Weight | None, ...]
    expert: tuple[float, float] | None
    n: int
    seed: int


def weight_draws(
    diary: pa.Table,
    activities: Sequence[str],
    offices: Sequence[str],
    weights: Sequence[Weight],
    *,
    experts: Mapping[str, tuple[float, float]] | None = None,
    n: int = DRAWS,
    seed: int = SEED,
) -> WeightDraws:
    """Return draws of the minutes of each activity in each office.

    Where an office has at least `FEW_OFFICERS` officers with tasks of an activity, officers and then their
    weeks are resampled and the ratio worked out anew, widened to Student's t. Elsewhere the office leans on
    the others (`pooling`). An adjusted weight, and one that no diary tells of, is drawn log-normally within
    its own interval. Every number comes from a stream named by activity and office.

    Args:
        diary: The diaries that the weights rest on, as `shapes.DIARY`: without the expired ones.
        activities: The activities to draw.
        offices: The offices to draw them for.
        weights: The weights as published, by office or for the nation. One without minutes gives no draws;
            an activity without any weight gives none either.
        experts: The experts' 90 % range in minutes by activity: a weak prior where diaries are few.
        n: Draws, at least 1.
        seed: Of the run.

    """
    sums = officer_sums(diary, activities, offices)
    minutes, tasks = sums.by_officer()
    resampled = _resampled(sums, n, seed)
    found = _by_place(weights)
    drawn = np.full((n, len(activities), len(offices)), np.nan)
    basis: list[tuple[Basis, ...]] = []
    officers = np.zeros((len(activities), len(offices)))
    for column, activity in enumerate(activities):
        own = tuple(found.get((activity, office)) or found.get((activity, None)) for office in offices)
        asked = _Asked(activity, tuple(offices), own, (experts or {}).get(activity), n, seed)
        seen = pooling.seen(minutes[:, column], tasks[:, column], sums.office_of, len(offices))
        officers[column] = seen.officers
        kinds = tuple(_basis(weight, seen.officers) for weight in own)
        basis.append(
            tuple(kind if not _few(kind, seen, at) else Basis.POOLED for at, kind in enumerate(kinds))
        )
        drawn[:, column] = _drawn(asked, basis[-1], seen, resampled[:, column])
    return WeightDraws(tuple(activities), tuple(offices), drawn, tuple(basis), officers, seed)


def _by_place(weights: Sequence[Weight]) -> Mapping[tuple[str, str | None], Weight]:
    return {(weight.activity, weight.office_id): weight for weight in weights}


def _basis(weight: Weight | None, officers: Floats) -> Basis:
    """Return what a weight's draws rest on, if the office has officers enough."""
    if weight is None or weight.minutes is None or weight.grade is Grade.NONE:
        return Basis.NONE
    if weight.kind is Kind.ADJUSTED or weight.grade is Grade.D or not (officers > 0).any():
        return Basis.RANGE
    return Basis.OFFICERS


def _few(kind: Basis, seen: pooling.Seen, office: int) -> bool:
    return kind is Basis.OFFICERS and seen.officers[office] < FEW_OFFICERS


def _resampled(sums: OfficerSums, n: int, seed: int) -> Floats:
    """Return resampled minutes per task, widened, by draws, activities and offices."""
    minutes, tasks = sums.by_officer()
    made = np.full((n, len(sums.activities), len(sums.offices)), np.nan)
    for place, office in enumerate(sums.offices):
        here = sums.office_of == place
        enough = (tasks[here] > 0).sum(axis=0)
        if not (enough >= FEW_OFFICERS).any():
            continue
        estimate = ratio(minutes[here].sum(axis=0), tasks[here].sum(axis=0))
        drawn = cluster_ratios(sums, place, n, stream(seed, "weights", "officers", office))
        drawn = np.where(np.isnan(drawn), estimate, drawn)
        made[:, :, place] = widened(drawn, estimate, enough, stream(seed, "weights", "spread", office))
    return made


def _drawn(asked: _Asked, basis: tuple[Basis, ...], seen: pooling.Seen, resampled: Floats) -> Floats:
    """Return one activity's draws, by draws and offices."""
    kinds = np.array([kind.value for kind in basis])
    drawn = np.full((asked.n, len(basis)), np.nan)
    if (kinds == Basis.POOLED).any():
        shared = pooling.pooled(seen, _numbers(asked), asked.expert)
        drawn = np.where(kinds == Basis.POOLED, shared, drawn)
    drawn = np.where(kinds == Basis.OFFICERS, resampled, drawn)
    for at in np.flatnonzero(kinds == Basis.RANGE):
        drawn[:, at] = _in_range(asked, asked.weights[at])
    return drawn


def _numbers(asked: _Asked) -> pooling.Numbers:
    nation = stream(asked.seed, "weights", "nation", asked.activity)
    even, normal = nation.random(asked.n), nation.standard_normal(asked.n)
    each = [
        stream(asked.seed, "weights", asked.activity, office).standard_normal(asked.n)
        for office in asked.offices
    ]
    return pooling.Numbers(even, normal, np.stack(each, axis=1))


def _in_range(asked: _Asked, weight: Weight | None) -> Floats:
    """Return log-normal draws whose 90 % interval is the weight's own; a nation's weight is one for all."""
    middle = weight.minutes if weight and weight.minutes else 0.0
    if weight is None or middle <= 0:
        return np.full(asked.n, middle)
    low = max(weight.low if weight.low is not None else middle, _LEAST_SHARE * middle)
    high = max(weight.high if weight.high is not None else middle, middle)
    normal = stream(asked.seed, "weights", "range", asked.activity, weight.office_id or "")
    number = normal.standard_normal(asked.n)
    below, above = np.log(middle / min(low, middle)) / _Z90, np.log(high / middle) / _Z90
    return np.asarray(middle * np.exp(number * np.where(number < 0, below, above)))
