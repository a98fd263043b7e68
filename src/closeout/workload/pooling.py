"""Minutes per duty where officers are few: each office leans on the others (partial pooling).

The model of an activity, in logarithms: `log w = mu + office + officer`, where offices differ by a
standard deviation tau and officers by kappa. Both have half-normal priors; mu has a weak prior from the
experts' range, if there is one. An office's ratio of minutes to tasks is seen with the variance kappa
squared over its officers, of whom one with fewer tasks than officers have on average, or with less than a
whole one (a case led for two days of a month), counts for that part of one: a day with two tasks says less
of an office than a month with fifty. The spread of its officers tells kappa. A ratio is right on average,
and so its logarithm is too low, by half of kappa squared over its officers: it is taken as that much higher,
or offices of a few tasks would bring the nation's minutes down. The officers are summed out, which
leaves a normal law for each pair of tau and kappa: the pairs are weighed on a grid, so that the draws are
from the posterior itself, without a chain that might not have settled.

An office with many officers keeps its own figure; one with few is drawn towards the nation; one without
diaries gets the spread of offices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

OFFICE_SCALE = 0.6
"""Scale of the half-normal prior of tau: offices may differ by half, seldom by three."""
OFFICER_SCALE = 0.8
"""Scale of the half-normal prior of kappa: wide, the officers tell; with three of them it still counts."""
_Z90 = 1.6448536269514722
_TAUS = np.concatenate([[0.0], np.geomspace(0.01, 1.2, 24)])
_KAPPAS = np.geomspace(0.02, 4.0, 40)
_FLAT = 10.0
"""Standard deviation of mu's prior, in logarithms, where no expert gave a range: nearly none."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the diaries say of one activity, by office."""

    log_ratio: Floats
    """Of minutes per task; NaN where there is none."""
    officers: Floats
    """Officers with tasks of it, zero or more."""
    spread: Floats
    """Sum of the officers' squared relative deviations from the office's ratio, each as much larger as the
    officer's own part of the ratio makes it small; officers of the same number of tasks change nothing."""
    weight: Floats
    """Officers that the ratio rests on; one with fewer tasks than officers have on average, or with less than
    a whole one, counts for that part of one."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The random numbers of one activity's draws, each by name, so that scenarios share them."""

    even: Floats
    """One a draw, between 0 and 1: which pair of tau and kappa."""
    nation: Floats
    """One a draw, standard normal."""
    offices: Floats
    """Draws by offices, standard normal."""


@dataclass(frozen=True, slots=True)
class _Posterior:
    """A normal law of mu for each pair, and each pair's share."""

    share: Floats
    mean: Floats
    deviation: Floats


def seen(minutes: Floats, tasks: Floats, office_of: NDArray[np.int64], offices: int) -> Seen:
    """Return what officers' sums of one activity say, by office.

    An officer with tasks and no minutes counts: his cases were left untouched, and the ratio says so.

    Args:
        minutes: Each officer's minutes.
        tasks: Each officer's tasks; officers without any are left out.
        office_of: Each officer's office, from 0.
        offices: How many offices there are.

    """
    has = tasks > 0
    place, minutes, tasks = office_of[has], minutes[has], tasks[has]
    counts = np.bincount(place, minlength=offices).astype(np.float64)
    all_minutes = np.bincount(place, minutes, offices)
    all_tasks = np.bincount(place, tasks, offices)
    is_seen = (counts > 0) & (all_minutes > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        own = all_minutes / all_tasks
        mean_minutes = all_minutes / counts
        off = (minutes - own[place] * tasks) / mean_minutes[place]
        # An officer with most of the tasks is near the ratio because it is mostly his own.
        equal, part = 1 / counts[place], tasks / all_tasks[place]
        squared = off**2 * (1 - equal) / (1 - part)
    squared[~is_seen[place] | (part >= 1)] = 0.0
    counts[~is_seen] = 0.0
    log_ratio = np.log(own, out=np.full(offices, np.nan), where=is_seen)
    whole = max(float(tasks.mean()), 1.0) if len(tasks) else 1.0
    weight = np.where(is_seen, np.bincount(place, np.minimum(tasks / whole, 1.0), offices), 0.0)
    return Seen(log_ratio, counts, np.bincount(place, squared, offices).astype(np.float64), weight)


def pooled(found: Seen, numbers: Numbers, expert: tuple[float, float] | None = None) -> Floats:
    """Return draws of the minutes per task in every office, those without diaries too.

    Args:
        found: What the diaries say.
        numbers: The random numbers.
        expert: The experts' 90 % range in minutes, both above zero; taken as twice as wide, as a weak prior.

    Returns:
        Draws by offices, in minutes per task; all NaN where neither a diary nor an expert says anything.

    """
    if expert is None and not (found.officers > 0).any():
        return np.full(numbers.offices.shape, np.nan)
    prior_mean, prior_deviation = _prior(found, expert)
    tau, kappa = (each.reshape(-1) for each in np.meshgrid(_TAUS, _KAPPAS, indexing="ij"))
    posterior = _posterior(found, tau, kappa, prior_mean, prior_deviation)
    pair = np.searchsorted(np.cumsum(posterior.share), numbers.even * (1 - 1e-12))
    pair = np.minimum(pair, len(tau) - 1)
    mu = posterior.mean[pair] + posterior.deviation[pair] * numbers.nation
    return np.exp(_offices(found, tau[pair], kappa[pair], mu, numbers.offices))


def _prior(found: Seen, expert: tuple[float, float] | None) -> tuple[float, float]:
    if expert is None:
        return float(np.nanmean(found.log_ratio)), _FLAT
    low, high = np.log(expert[0]), np.log(expert[1])
    return float(low + high) / 2, max(float(high - low) / _Z90, 0.05)


def _posterior(found: Seen, tau: Floats, kappa: Floats, mean: float, deviation: float) -> _Posterior:
    """Return the law of mu for each pair of tau and kappa, and the pair's posterior share."""
    has = found.officers > 0
    officers, spread = found.officers[has], found.spread[has]
    squared = kappa[:, None] ** 2
    own = found.log_ratio[has] + squared / officers / 2
    variance = squared / found.weight[has] + tau[:, None] ** 2
    precision = (1 / variance).sum(axis=1) + 1 / deviation**2
    centre = ((own / variance).sum(axis=1) + mean / deviation**2) / precision
    # The density of the offices' ratios with mu summed out, and of the officers' spread, up to a constant.
    fit = (own**2 / variance).sum(axis=1) + mean**2 / deviation**2 - precision * centre**2
    log_share = -0.5 * (np.log(variance).sum(axis=1) + np.log(precision) + fit)
    log_share -= ((officers - 1) * np.log(kappa[:, None]) + spread / (2 * kappa[:, None] ** 2)).sum(axis=1)
    log_share -= 0.5 * ((tau / OFFICE_SCALE) ** 2 + (kappa / OFFICER_SCALE) ** 2)
    log_share += np.log(np.gradient(_KAPPAS))[None, :].repeat(len(_TAUS), axis=0).reshape(-1)
    log_share += np.log(np.gradient(_TAUS))[:, None].repeat(len(_KAPPAS), axis=1).reshape(-1)
    share = np.exp(log_share - log_share.max())
    return _Posterior(share / share.sum(), centre, np.sqrt(1 / precision))


def _offices(found: Seen, tau: Floats, kappa: Floats, mu: Floats, normal: Floats) -> Floats:
    """Return draws of each office's logarithm, given mu, tau and kappa of each draw."""
    with np.errstate(divide="ignore", invalid="ignore"):
        seen_precision = np.where(found.officers > 0, found.weight / kappa[:, None] ** 2, 0.0)
        between = np.maximum(tau, 1e-9)[:, None] ** -2.0
        # By how much the logarithm is too low, kappa squared over twice the officers, times the precision.
        raised = np.where(found.officers > 0, found.weight / found.officers / 2, 0.0)
        centre = np.nan_to_num(found.log_ratio) * seen_precision + raised + mu[:, None] * between
    precision = seen_precision + between
    return np.asarray(centre / precision + normal / np.sqrt(precision))
