"""The same draws of the nation's need by numpy, one draw after the other, as a textbook has them.

Officers are drawn with replacement, then the weeks of each, then months; the minutes are worked out anew and
the need from them. Where an office has too few officers, or no diary, the minutes are ours: no textbook has
a short way to lean on other offices; presence, a few numbers an office, is ours too. The numbers drawn are
other ones, so that the two agree within chance: the quantiles of need are compared, not the digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from closeout.workload import drawn as drawing
from closeout.workload.chances import monthly
from closeout.workload.draws import Basis
from closeout.workload.need_draws import MINUTES_AN_HOUR
from closeout.workload.officer_sums import officer_sums

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from closeout.workload.drawn import Drawing
    from closeout.workload.need_draws import Posts
    from closeout.workload.officer_sums import OfficerSums
    from closeout.workload.variance import Drawn

    Floats = NDArray[np.float64]

YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Diaries:
    """One office's diary: minutes and tasks by officer-week and activity, and where each officer's begin."""

    minutes: Floats
    tasks: Floats
    first: NDArray[np.int64]
    weeks: NDArray[np.int64]

    def ratios(self, dice: np.random.Generator) -> Floats:
        """Return minutes per task of a resample, by activity."""
        picked = dice.integers(0, len(self.first), len(self.first))
        weeks = self.weeks[picked]
        within = (dice.random(int(weeks.sum())) * np.repeat(weeks, weeks)).astype(np.int64)
        rows = np.repeat(self.first[picked], weeks) + within
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(self.minutes[rows].sum(axis=0) / self.tasks[rows].sum(axis=0))


def by_closeout(ground: Drawing, seed: int) -> tuple[Drawn, Floats]:
    """Return our draws of weights, volumes and hours, and of the nation's need."""
    found = ground.drawn(seed)
    work, posts = drawing._work(ground.ground), drawing._posts(ground.ground)  # noqa: SLF001 - the same work
    return found, drawing._needs(work, posts, found).added().need_fte[:, 0]  # noqa: SLF001 - as above


def by_numpy(ground: Drawing, found: Drawn, seed: int) -> Floats:
    """Return the nation's need, drawn one by one.

    Args:
        ground: What is drawn from.
        found: Our draws: whose minutes stand where an office cannot be resampled by itself.
        seed: Of the draws.

    """
    work = ground.ground.work
    sums = officer_sums(ground.diary, work.activities, work.offices)
    offices = [_diaries(sums, place) for place in range(len(work.offices))]
    usual = sums.by_officer()
    estimate = np.stack([_estimate(usual, sums, place) for place in range(len(offices))], axis=1)
    is_own = np.array([[kind is Basis.OFFICERS for kind in row] for row in found.weights.basis])
    history = monthly(ground.counted.table(by_officer=False), work.activities, work.offices)
    posts = drawing._posts(ground.ground)  # noqa: SLF001 - as above
    dice = np.random.default_rng(seed)
    made = np.zeros(ground.draws)
    for draw in range(ground.draws):
        minutes = found.weights.minutes[draw].copy()
        for place, diaries in enumerate(offices):
            if is_own[:, place].any():
                even = dice.random()
                own = _widened(
                    diaries.ratios(dice), estimate[:, place], found.weights.officers[:, place], even
                )
                minutes[:, place] = np.where(is_own[:, place], own, minutes[:, place])
        minutes *= _months(history, dice)
        made[draw] = _need(ground, posts, np.nan_to_num(minutes), found.hours.present[draw])
    return made


def _diaries(sums: OfficerSums, place: int) -> Diaries:
    here = sums.office_of[sums.officer_of] == place
    _, first, weeks = np.unique(sums.officer_of[here], return_index=True, return_counts=True)
    return Diaries(sums.minutes[here], sums.tasks[here], first, weeks)


def _estimate(usual: tuple[Floats, Floats], sums: OfficerSums, place: int) -> Floats:
    here = sums.office_of == place
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(usual[0][here].sum(axis=0) / usual[1][here].sum(axis=0))


def _widened(ratios: Floats, estimate: Floats, officers: Floats, even: float) -> Floats:
    """Return resampled ratios, as far from their estimate as Student's t is (one chi-square a draw)."""
    from scipy.stats import chi2  # noqa: PLC0415 - the peer's own

    degrees = np.maximum(officers - 1, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.sqrt((degrees + 1) / chi2.isf(even, degrees))
        made = estimate * np.exp(scale * np.log(ratios / estimate))
    return np.where(np.isfinite(made), made, estimate)


def _months(history: Floats, dice: np.random.Generator) -> Floats:
    months = len(history)
    picked = history[dice.integers(0, months, YEAR_MONTHS)].mean(axis=0)
    mean = history.mean(axis=0)
    even = np.divide(picked, mean, out=np.ones_like(mean), where=mean > 0)
    grown = np.sqrt(1 + YEAR_MONTHS / months) * np.sqrt(months / (months - 1))
    return np.asarray(np.maximum(0.0, 1 + grown * (even - 1)))


def _need(ground: Drawing, posts: Posts, minutes: Floats, present: Floats) -> float:
    parts = ground.ground.parts
    hours = (parts.owed * minutes[:, parts.office].T).sum(axis=1) / MINUTES_AN_HOUR
    need = hours / (posts.hours_a_month * present[parts.office]) * posts.allowance + posts.collateral_fte
    return float(need.sum())
