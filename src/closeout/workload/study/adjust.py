"""What an activity should take: answers on whether time suffices, two rounds of estimates, decisions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import polars as pl

from closeout.workload.weights import Grade, Kind, Weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from closeout.workload.activities import Activity

LEAST_ANSWERS = 10
"""Below, the share that finds its time too short is not shown: an officer could be told from it."""
LEAST_PANEL = 5
"""A panel of fewer estimates nothing."""


class State(StrEnum):
    """Where an adjustment stands; the value is how people read it."""

    WAITS = "waits for a second person"
    HOLDS = "holds"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """What officers say of the time they have for an activity."""

    activity: str
    answers: int
    too_short: float | None
    """Share that finds the time too short, 0 to 1; None below ten answers."""
    suggested: float | None
    """Median minutes suggested by those; None below ten answers, or if nobody suggested any."""
    reasons: Mapping[str, int]
    """How many gave each reason, the most frequent first; empty below ten answers."""


@dataclass(frozen=True, slots=True)
class Round:
    """One Delphi round of one panel on one activity. All in minutes a unit."""

    panel: str
    activity: str
    round: str
    """`first` or `second`."""
    panelists: int
    low: float
    """Median of the lowest minutes given."""
    likely: float
    """Median of the most likely minutes."""
    high: float
    quartiles: tuple[float, float]
    """Of the most likely minutes: how far the panel agrees."""

    @property
    def spread(self) -> float:
        """Return the interquartile range, in minutes."""
        return self.quartiles[1] - self.quartiles[0]


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a panel ended with on one activity."""

    last: Round
    first: Round | None
    is_narrower: bool
    """The second round's quartiles lie closer than the first's: the panel came together."""


def sufficiency(answers: pl.DataFrame) -> tuple[Sufficiency, ...]:
    """Return what officers say, by activity; nobody's answer can be told from it."""
    return tuple(
        _sufficiency(str(activity), rows)
        for (activity,), rows in sorted(answers.group_by("activity"), key=lambda one: str(one[0][0]))
    )


def _sufficiency(activity: str, rows: pl.DataFrame) -> Sufficiency:
    short = rows.filter(~pl.col("is_enough"))
    if rows.height < LEAST_ANSWERS:
        return Sufficiency(activity, rows.height, None, None, {})
    counted = (
        short.drop_nulls("reason").group_by("reason").len().sort("len", "reason", descending=[True, False])
    )
    suggested = short["suggested_minutes"].drop_nulls()
    return Sufficiency(
        activity,
        rows.height,
        short.height / rows.height,
        float(pl.Series(suggested).quantile(0.5, "linear") or 0.0) if len(suggested) else None,
        dict(counted.iter_rows()),
    )


def rounds(estimates: pl.DataFrame) -> tuple[Round, ...]:
    """Return the medians and quartiles of each panel's rounds; a panelist's last estimate of a round counts.

    Args:
        estimates: As the table `delphi_estimates`.

    Returns:
        By panel, activity and round; rounds of fewer than five panelists are left out.

    """
    by = ["panel", "activity", "round"]
    last = estimates.sort("estimated_on", "estimate_id").unique([*by, "officer_no"], keep="last")
    likely = pl.col("likely_minutes")
    made = last.group_by(by).agg(
        panelists=pl.len(),
        low=pl.col("low_minutes").median(),
        likely=likely.median(),
        high=pl.col("high_minutes").median(),
        first=likely.quantile(0.25, "linear"),
        third=likely.quantile(0.75, "linear"),
    )
    return tuple(
        Round(panel, activity, turn, count, low, middle, high, (first, third))
        for panel, activity, turn, count, low, middle, high, first, third in made.sort(by).iter_rows()
        if count >= LEAST_PANEL
    )


def agreed(estimates: pl.DataFrame) -> tuple[Agreed, ...]:
    """Return what each panel ended with, by panel and activity: the second round, or the first if alone."""
    found: dict[tuple[str, str], dict[str, Round]] = {}
    for one in rounds(estimates):
        found.setdefault((one.panel, one.activity), {})[one.round] = one
    made = []
    for turns in found.values():
        first, second = turns.get("first"), turns.get("second")
        last = second or first
        if last is not None:
            narrower = first is not None and second is not None and second.spread < first.spread
            made.append(Agreed(last, first, narrower))
    return tuple(made)


def adjusted(
    adjustments: pl.DataFrame,
    changes: Mapping[str, date],
    seen: Iterable[Weight],
    activities: Sequence[Activity],
    as_of: date,
) -> tuple[Weight, ...]:
    """Return the adjusted weights that hold on a day; the observed ones stay as they are.

    An adjustment holds when a second person approved it, up to its last day, and until the activity changes.
    The latest decision for an office, or for all, counts. Its grade is that of the observed weight it was
    made from, D where there is none.

    Args:
        adjustments: As the table `weight_adjustments`.
        changes: From when each activity is another.
        seen: The observed weights.
        activities: The pack's list.
        as_of: The day to stand on.

    """
    by = {(one.activity, one.office_id): one for one in seen}
    units = {one.code: one.unit for one in activities}
    holds = (
        pl.col("approved_by").is_not_null()
        & (pl.col("approved_by") != pl.col("decided_by"))
        & (pl.col("approved_on") <= as_of)
        & (pl.col("expires_on").is_null() | (pl.col("expires_on") >= as_of))
        & pl.col("activity").is_in(list(units))
    )
    latest = adjustments.filter(holds).sort("decided_on", "adjustment_id")
    latest = latest.unique(["activity", "office_id"], keep="last").sort(
        "activity", "office_id", nulls_last=False
    )
    made = []
    for row in latest.iter_rows(named=True):
        activity, office = row["activity"], row["office_id"]
        changed = changes.get(activity)
        if changed is not None and row["decided_on"] < changed:
            continue
        base = by.get((activity, office)) or by.get((activity, None))
        has_figure = base is not None and base.minutes is not None
        empty = Weight(activity, units[activity], None, None, None, Grade.D)
        made.append(
            replace(
                base if base is not None and has_figure else empty,
                minutes=row["adjusted_minutes"],
                low=row["low_minutes"],
                high=row["high_minutes"],
                kind=Kind.ADJUSTED,
                office_id=office,
                expires_on=row["expires_on"],
                reason=_why(row),
            )
        )
    return tuple(made)


def state_of(approved_on: date | None, expires_on: date | None, as_of: date) -> State:
    """Return where an adjustment stands on a day.

    Args:
        approved_on: When a second person approved it; None if nobody has.
        expires_on: The last day it holds; None without an end.
        as_of: The day to stand on.

    """
    if approved_on is None or approved_on > as_of:
        return State.WAITS
    return State.EXPIRED if expires_on is not None and expires_on < as_of else State.HOLDS


def _why(row: Mapping[str, object]) -> str:
    before = row["observed_minutes"]
    was = f"from {before:g} minutes observed" if isinstance(before, float) else "nobody had observed it"
    reason = str(row["reason"]).replace("_", " ")
    days = f"decided {row['decided_on']}, approved {row['approved_on']}"
    return f"adjusted {was}: {reason}; {row['rationale']}; {days}"
