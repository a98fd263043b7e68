"""Draws of how much work comes, and of how many hours officers are there to do it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from closeout.workload.draws import DRAWS, SEED
from closeout.workload.officer_sums import places
from closeout.workload.streams import stream

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEAST_MONTHS = 6
"""Months of history from which the months themselves are resampled."""
USUAL_DISPERSION = 0.02
"""Of a month's volume where the history is too short to tell: variance = mean + 0.02 mean squared (14 %)."""
WORKDAYS_A_YEAR = 260


@dataclass(frozen=True, slots=True)
class VolumeDraws:
    """How many times its expected volume each activity of an office comes to."""

    activities: tuple[str, ...]
    offices: tuple[str, ...]
    factor: Floats
    """Draws by activities by offices, zero or more, 1 in the middle."""
    months: int
    """Of history."""
    method: str
    """`months resampled` or `negative binomial`."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share that differs from office to office, or year to year (a beta law)."""

    mean: float
    deviation: float
    """Standard deviation between offices; 0 where they are alike."""

    def drawn(self, n: int, generator: np.random.Generator) -> Floats:
        """Return draws of the share, from 0 to 1."""
        variance = self.deviation**2
        most = self.mean * (1 - self.mean)
        if variance <= 0 or most <= 0:
            return np.full(n, self.mean)
        size = max(most / variance - 1, 1e-3)
        return generator.beta(self.mean * size, (1 - self.mean) * size, n)


@dataclass(frozen=True, slots=True)
class HourDraws:
    """How many of the expected hours officers are there, and how many of them stay."""

    offices: tuple[str, ...]
    present: Floats
    """Draws by offices: hours at work over the hours expected, about 1."""
    stayed: Floats
    """Draws by offices: staff left at the end over staff now, 0 to 1."""


SICK = Share(0.04, 0.01)
"""Sick leave of federal workers is near 4 % of paid days; offices differ by a quarter of it."""
_MOST_SICK = 0.9
"""An office of one officer who was ill all year still has hours to draw from."""
LEAVING = Share(0.06, 0.02)
"""Of staff a year: quits, retirements and transfers out; replace by the agency's own records."""


def monthly(volumes: pa.Table, activities: Sequence[str], offices: Sequence[str]) -> Floats:
    """Return the volume owed in each month, by months, activities and offices.

    Args:
        volumes: A table as `shapes.VOLUMES`.
        activities: The activities to keep, each once.
        offices: The offices to keep, each once.

    Returns:
        From the first month with any volume to the last; a month without a row has 0.

    """
    month = np.asarray(
        pc.add(pc.multiply(pc.year(volumes["month"]), 12), pc.month(volumes["month"])).to_numpy(),
        dtype=np.int64,
    )
    if not len(month):
        return np.zeros((0, len(activities), len(offices)))
    first = int(month.min())
    made = np.zeros((int(month.max()) - first + 1, len(activities), len(offices)))
    activity, office = places(volumes["activity"], activities), places(volumes["office_id"], offices)
    kept = (activity >= 0) & (office >= 0)
    np.add.at(made, (month[kept] - first, activity[kept], office[kept]), volumes["owed"].to_numpy()[kept])
    return made


def volume_draws(
    volumes: pa.Table,
    activities: Sequence[str],
    offices: Sequence[str],
    *,
    months_ahead: int = 12,
    n: int = DRAWS,
    seed: int = SEED,
) -> VolumeDraws:
    """Return draws of the volumes of the months ahead, over those of the history.

    With at least `LEAST_MONTHS` of history its months are resampled whole: all offices and activities
    together, so that what rises together stays together. With fewer, each volume is negative binomial with
    the dispersion that its activity shows over offices and months. Both allow for the history's mean being
    uncertain itself: the variance grows by months ahead over months of history.

    Args:
        volumes: The history, as `shapes.VOLUMES`.
        activities: The activities to draw.
        offices: The offices to draw them for.
        months_ahead: Months that the volumes are added over, at least 1.
        n: Draws.
        seed: Of the run.

    """
    history = monthly(volumes, activities, offices)
    months = len(history)
    grown = float(np.sqrt(1 + months_ahead / months)) if months else 1.0
    if months >= LEAST_MONTHS:
        factor, method = (
            _resampled(history, months_ahead, n, stream(seed, "volumes", "months")),
            "months resampled",
        )
    else:
        factor, method = (
            _negative_binomial(history, (activities, offices), months_ahead, n, seed),
            "negative binomial",
        )
    factor = np.maximum(0.0, 1 + grown * (factor - 1))
    return VolumeDraws(tuple(activities), tuple(offices), factor, months, method)


def _resampled(history: Floats, ahead: int, n: int, generator: np.random.Generator) -> Floats:
    """Return the volume of the months ahead over the expected one, from whole months drawn anew."""
    months = len(history)
    counts = generator.multinomial(ahead, np.full(months, 1 / months), size=n).astype(np.float64)
    mean = history.mean(axis=0)
    drawn = np.tensordot(counts / ahead, history, axes=1)
    even = np.divide(drawn, mean, out=np.ones_like(drawn), where=mean > 0)
    return np.asarray(1 + (even - 1) * np.sqrt(months / (months - 1)))


def _negative_binomial(
    history: Floats, names: tuple[Sequence[str], Sequence[str]], ahead: int, n: int, seed: int
) -> Floats:
    activities, offices = names
    factor = np.ones((n, len(activities), len(offices)))
    if not len(history):
        return factor
    mean = history.mean(axis=0)
    for row, activity in enumerate(activities):
        alpha = dispersion(history[:, row])
        for column, office in enumerate(offices):
            if mean[row, column] <= 0:
                continue
            own = stream(seed, "volumes", activity, office)
            size, expected = ahead / alpha, mean[row, column] * ahead
            drawn = own.negative_binomial(size, size / (size + expected), n)
            factor[:, row, column] = drawn / expected
    return factor


def dispersion(counts: Floats) -> float:
    """Return the dispersion of monthly counts: alpha in variance = mean + alpha mean squared.

    By moments, over all columns together; at least 0.0001, and `USUAL_DISPERSION` where only one month
    is known.

    Args:
        counts: Months by offices.

    """
    if len(counts) < 2:  # noqa: PLR2004 - a variance needs two
        return USUAL_DISPERSION
    mean, variance = counts.mean(axis=0), counts.var(axis=0, ddof=1)
    total = float((mean**2).sum())
    return max(1e-4, float((variance - mean).sum()) / total) if total > 0 else USUAL_DISPERSION


def hour_draws(
    offices: Sequence[str],
    officers: Sequence[float],
    *,
    sick: Share | Sequence[Share] = SICK,
    leaving: Share = LEAVING,
    months: float = 12.0,
    n: int = DRAWS,
    seed: int = SEED,
) -> HourDraws:
    """Return draws of the hours that officers are there, and of the staff that stay (beta-binomial).

    Each office draws its own share of sick days and of leavers, and then the days and leavers themselves.

    Args:
        offices: The offices.
        officers: Staff of each, in persons, zero or more.
        sick: Share of the working days officers are sick; one for all offices, or each its own.
        leaving: Share of the staff who leave in a year.
        months: How long leavers are counted for; the sick days are of a year.
        n: Draws.
        seed: Of the run.

    """
    present, stayed = np.ones((n, len(offices))), np.ones((n, len(offices)))
    ill = [sick] * len(offices) if isinstance(sick, Share) else sick
    for place, (office, staff) in enumerate(zip(offices, officers, strict=True)):
        heads = round(staff)
        if heads < 1:
            continue
        own = stream(seed, "hours", "sick", office)
        days = heads * WORKDAYS_A_YEAR
        away = own.binomial(days, ill[place].drawn(n, own)) / days
        present[:, place] = (1 - away) / (1 - ill[place].mean)
        own = stream(seed, "hours", "leaving", office)
        yearly = np.minimum(leaving.drawn(n, own), 1 - 1e-9)
        stayed[:, place] = 1 - own.binomial(heads, 1 - (1 - yearly) ** (months / 12)) / heads
    return HourDraws(tuple(offices), present, stayed)


def sick_seen(sick_days: Sequence[float], days: Sequence[float]) -> tuple[Share, ...]:
    """Return the share of days officers are sick in each office, from the office's own absences.

    An office's own share leans on the nation's as far as offices differ less than chance would have them (a
    beta law updated by its days); how it differs from year to year is taken to be how offices differ.

    Args:
        sick_days: Of each office, as recorded.
        days: Working days of each office that are known.

    Returns:
        `SICK` for all where not one sick day is recorded: then nobody records them.

    """
    nation = share_seen(sick_days, days, otherwise=SICK)
    if not sum(sick_days):
        return (SICK,) * len(days)
    # As many days as the law is worth; offices that are alike but for chance all have the nation's share.
    size = nation.mean * (1 - nation.mean) / nation.deviation**2 - 1 if nation.deviation > 0 else np.inf
    made = []
    for events, of in zip(sick_days, days, strict=True):
        own = (nation.mean * size + events) / (size + of) if np.isfinite(size) else nation.mean
        made.append(Share(min(max(own, 0.0), _MOST_SICK), nation.deviation))
    return tuple(made)


def share_seen(events: Sequence[float], trials: Sequence[float], *, otherwise: Share) -> Share:
    """Return the share that offices show, and how much they differ beyond chance (method of moments).

    Args:
        events: Days sick, or leavers, of each office.
        trials: Working days, or staff, of each office.
        otherwise: What to take where there are no trials.

    """
    seen = np.asarray(events, dtype=np.float64)
    of = np.asarray(trials, dtype=np.float64)
    seen, of = seen[of > 0], of[of > 0]
    if not of.size or not of.sum():
        return otherwise
    mean = float(seen.sum() / of.sum())
    if len(of) < 2 or not 0 < mean < 1:  # noqa: PLR2004 - a spread needs two
        return Share(mean, 0.0)
    by_chance = mean * (1 - mean) * float((1 / of).mean())
    return Share(mean, float(np.sqrt(max(0.0, float((seen / of).var(ddof=1)) - by_chance))))
