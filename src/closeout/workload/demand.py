"""Volumes times weights: the hours a month that the work of each holder takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from closeout.duties.compile.rate_clauses import HIDDEN
from closeout.duties.compile.rate_reads import Side
from closeout.workload.weights import Grade, Unit, Weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl
    from numpy.typing import NDArray

    from closeout.workload.parameters import Parameters
    from closeout.workload.volumes import Counted
    from closeout.workload.weights import Kind

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

MINUTES_AN_HOUR = 60


class Weights(Protocol):
    """The weights of a run, however they were come by."""

    def get(self, activity: str, office_id: str | None, kind: Kind) -> Weight:
        """Return the weight of an activity in an office; one of grade `none` where there is none."""


@dataclass(frozen=True, slots=True)
class Demand:
    """The work by holder (office, officer, docket, marks) and activity, a month."""

    holders: pl.DataFrame
    offices: tuple[str, ...]
    activities: tuple[str, ...]
    weights: tuple[tuple[Weight, ...], ...]
    """By activity and office."""
    minutes: Floats
    """By activity and office; NaN where there is no figure."""
    office: Ints
    """Place of each holder's office."""
    owed: Floats
    """Holders x activities."""
    done: Floats
    hours: Floats
    """By holder; work without a weight takes none."""
    is_counted: NDArray[np.bool_]
    """Holders whose cases a status rule does not take out of this run."""
    marks: tuple[str, ...]
    stock: frozenset[str]
    """The activities measured in case-months."""

    @property
    def is_duty(self) -> NDArray[np.bool_]:
        """Return which activities are duties, by the column; the others are measured in case-months."""
        return np.array([name not in self.stock for name in self.activities], dtype=bool)

    @property
    def has_weight(self) -> NDArray[np.bool_]:
        """Return which activities have a figure, by holder."""
        made: NDArray[np.bool_] = ~np.isnan(self.minutes[:, self.office]).T
        return made

    def hidden_by(self, mark: str) -> NDArray[np.bool_]:
        """Return which holders' cases carry a mark."""
        bit = self.marks.index(mark)
        made: NDArray[np.bool_] = (self.holders["marks"].to_numpy() >> bit) & 1 == 1
        return made


def demand(counted: Counted, weights: Weights, offices: Sequence[str], parameters: Parameters) -> Demand:
    """Return the work of some months, averaged to one.

    Args:
        counted: The volumes.
        weights: The minutes, by activity and office.
        offices: Offices that are to appear even without work; those with work are added.
        parameters: Which weights, and whether hidden cases count.

    """
    holders = counted.holders
    known = sorted({*offices, *holders["office_id"].to_list()})
    activities = tuple(sorted(set(counted.activities.values())))
    chosen = tuple(
        tuple(
            _usable(weights.get(activity, office, parameters.kind), is_stock=activity in counted.stock)
            for office in known
        )
        for activity in activities
    )
    minutes = np.array(
        [[np.nan if one.minutes is None else one.minutes for one in row] for row in chosen], dtype=np.float64
    ).reshape(len(activities), len(known))
    place = {name: number for number, name in enumerate(known)}
    office = np.array([place[name] for name in holders["office_id"].to_list()], dtype=np.int64)
    owed = counted.totals(activities, Side.OWED) / counted.months.length
    done = counted.totals(activities, Side.DONE) / counted.months.length
    marks = holders["marks"].to_numpy()
    is_counted = np.ones(len(marks), dtype=bool)
    if not parameters.counts_hidden:
        for mark in HIDDEN:
            if mark in counted.marks:
                is_counted &= (marks >> counted.marks.index(mark)) & 1 == 0
        owed, done = owed * is_counted[:, None], done * is_counted[:, None]
    hours = (owed * np.nan_to_num(minutes[:, office]).T).sum(axis=1) / MINUTES_AN_HOUR
    return Demand(
        holders,
        tuple(known),
        activities,
        chosen,
        minutes,
        office,
        owed,
        done,
        hours,
        is_counted,
        counted.marks,
        counted.stock,
    )


def _usable(weight: Weight, *, is_stock: bool) -> Weight:
    """Return a weight, without its minutes where they are for another unit or it has no grade."""
    wanted = Unit.CASE_MONTH if is_stock else Unit.DUTY
    if weight.minutes is None or (weight.unit is wanted and weight.grade is not Grade.NONE):
        return weight
    why = weight.reason or f"is minutes a {weight.unit}, where {wanted} is counted"
    return Weight(weight.activity, weight.unit, None, None, None, Grade.NONE, weight.kind, reason=why)
