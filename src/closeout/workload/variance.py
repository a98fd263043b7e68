"""Where the uncertainty of a need comes from, and which diaries would take most of it away."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from closeout.workload.need_draws import MINUTES_AN_HOUR

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from closeout.workload.chances import HourDraws, VolumeDraws
    from closeout.workload.draws import WeightDraws
    from closeout.workload.need_draws import Posts, Work
    from closeout.workload.window_draws import WindowDraws

    Floats = NDArray[np.float64]

USUAL_OFFICER_DEVIATION = 0.5
"""How far officers differ in one activity, in logarithms, where the diaries do not tell."""
NAMED = 3
"""Activities named with each office."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One whole set of draws, the blocks that a need is made of."""

    weights: WeightDraws
    volumes: VolumeDraws
    hours: HourDraws
    windows: WindowDraws | None = None
    """None: as expected."""


@dataclass(frozen=True, slots=True)
class VarianceShares:
    """The share of a need's variance that each block brings by itself (first-order Sobol indices)."""

    weights: float
    volumes: float
    hours: float
    windows: float
    together: float
    """What is left: the blocks acting together, and the noise of the draws."""
    deviation: float
    """Standard deviation of the need, in full-time equivalents."""

    def plain(self) -> dict[str, Any]:
        """Return the shares as plain values."""
        return asdict(self)


def variance_shares(drawn: Drawn, again: Drawn, need_of: Callable[[Drawn], Floats]) -> VarianceShares:
    """Return how much of the need's variance weights, volumes, hours and windows bring, each by itself.

    Pick and freeze: the need is worked out from one set of draws, and anew with one block kept and the
    others from a second, independent set. What the two still have in common, the kept block brought
    (estimator of Janon and others, 2014: the covariance over the variance, both from all the draws).

    Args:
        drawn: One set of draws.
        again: An independent set of as many, under another seed.
        need_of: Returns the need by draw, of one office or of the nation.

    Returns:
        Shares from 0 to 1. With 2,000 draws each has a standard error of about 0.02. All zero where the
        need does not vary.

    """
    whole = need_of(drawn)
    deviation = float(whole.std(ddof=1))
    if deviation <= abs(float(whole.mean())) * 1e-12:
        return VarianceShares(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    weights = _share(whole, need_of(replace(again, weights=drawn.weights)))
    volumes = _share(whole, need_of(replace(again, volumes=drawn.volumes)))
    hours = _share(whole, need_of(replace(again, hours=drawn.hours)))
    windows = _share(whole, need_of(replace(again, windows=drawn.windows))) if drawn.windows else 0.0
    together = max(0.0, 1 - weights - volumes - hours - windows)
    return VarianceShares(weights, volumes, hours, windows, together, deviation)


def _share(whole: Floats, kept: Floats) -> float:
    middle = float((whole + kept).mean()) / 2
    one, other = whole - middle, kept - middle
    variance = float((one**2 + other**2).mean()) / 2
    return min(1.0, max(0.0, float((one * other).mean()) / variance))


@dataclass(frozen=True, slots=True)
class NextDiary:
    """Officer-weeks of diary to add in one office."""

    office_id: str
    officer_weeks: int
    activities: tuple[str, ...]
    """Those whose minutes bring most of the office's uncertainty, the most first."""
    deviation_before: float
    """What the office's weights bring to the need's standard deviation, full-time equivalents."""
    deviation_after: float


@dataclass(frozen=True, slots=True)
class NextDiaries:
    """The diaries that would shrink the uncertainty of the need most."""

    diaries: tuple[NextDiary, ...]
    """In the order of the offices' codes."""
    deviation_before: float
    """Of the need, due to weights, in full-time equivalents."""
    deviation_after: float
    """Expected, once these diaries are in."""

    def plain(self) -> dict[str, Any]:
        """Return the diaries as plain values."""
        return asdict(self)


def fte_by_activity(work: Work, posts: Posts, weights: WeightDraws) -> Floats:
    """Return the full-time equivalents that each activity takes in each office, at the median weight.

    Args:
        work: What each group is called on to do.
        posts: What turns hours into full-time equivalents.
        weights: Draws of the minutes.

    Returns:
        Activities by offices; 0 where there is no weight.

    """
    known = np.nan_to_num(weights.minutes)
    minutes = np.median(known, axis=0)
    taken = work.owed * minutes[work.activity, work.office] / MINUTES_AN_HOUR
    fte = taken / posts.hours_a_month[work.group] * posts.allowance[work.group]
    made = np.zeros(minutes.shape)
    np.add.at(made, (work.activity, work.office), fte)
    return made


def next_diaries(weights: WeightDraws, fte: Floats, officer_weeks: int = 4) -> NextDiaries:
    """Return where further officer-weeks of diary would shrink the uncertainty of the need most.

    The variance that an activity's minutes bring is its full-time equivalents squared times the variance
    of the minutes' logarithm. A further officer's diary adds the precision of one officer, where that officer
    does the activity at all; a diary covers every activity of its week. Officer-weeks are given out one by
    one, each where it takes most away: the variance of an office falls by less with each further week, so
    no other way of sharing them out takes more away.

    Twenty diary days are four officer-weeks. The offices are taken each by itself: that a diary also
    steadies the offices that lean on it is left out, which understates the gain.

    Args:
        weights: Draws of the minutes.
        fte: As `fte_by_activity` returns.
        officer_weeks: How many to give out, zero or more.

    """
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.nan_to_num(np.nanvar(np.log(np.nan_to_num(weights.minutes, nan=1.0)), axis=0), posinf=0.0)
    stake = fte**2
    gain = _precision_of_one(weights, spread)
    given = np.zeros(len(weights.offices), dtype=np.int64)
    now = _by_office(stake, spread, gain, given)
    for _ in range(officer_weeks):
        saved = now - _by_office(stake, spread, gain, given + 1)
        best = int(np.argmax(saved))
        if saved[best] <= 0:
            break
        given[best] += 1
        now = _by_office(stake, spread, gain, given)
    before = _by_office(stake, spread, gain, np.zeros_like(given))
    return NextDiaries(
        tuple(_row(weights, stake * spread, before, now, given, int(at)) for at in np.flatnonzero(given)),
        float(np.sqrt(before.sum())),
        float(np.sqrt(now.sum())),
    )


def _precision_of_one(weights: WeightDraws, spread: Floats) -> Floats:
    """Return the precision that one more officer's diary is expected to bring, by activity and office."""
    officers = weights.officers
    one = np.where((officers > 0) & (spread > 0), spread * officers, np.nan)
    has = np.isfinite(one)
    total = np.where(has, one, 0.0).sum(axis=1)
    variance = np.divide(
        total, has.sum(axis=1), out=np.full(len(one), USUAL_OFFICER_DEVIATION**2), where=has.any(axis=1)
    )
    most = np.maximum(officers.max(axis=0, initial=0), 1)
    doing = np.where(officers.sum(axis=0) > 0, officers / most, 1.0)
    return np.asarray(doing / variance[:, None])


def _by_office(stake: Floats, spread: Floats, gain: Floats, given: NDArray[np.int64]) -> Floats:
    """Return the variance of each office's need once so many officer-weeks are added."""
    return np.asarray((stake * spread / (1 + spread * gain * given)).sum(axis=0))


def _row(
    weights: WeightDraws, brought: Floats, before: Floats, after: Floats, given: NDArray[np.int64], at: int
) -> NextDiary:
    order = np.argsort(-brought[:, at], kind="stable")[:NAMED]
    return NextDiary(
        weights.offices[at],
        int(given[at]),
        tuple(weights.activities[row] for row in order if brought[row, at] > 0),
        float(np.sqrt(before[at])),
        float(np.sqrt(after[at])),
    )
