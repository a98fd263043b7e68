"""Draws of what the windows take: how unsure arrivals and minutes leave what their queues ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from closeout.workload.chances import USUAL_DISPERSION
from closeout.workload.draws import DRAWS, SEED
from closeout.workload.parameters import MONTHS_A_YEAR, WEEKS_A_MONTH, WEEKS_A_YEAR
from closeout.workload.streams import stream

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl
    from numpy.typing import NDArray

    from closeout.workload.erlang import DeskTarget
    from closeout.workload.figures import DeskHours
    from closeout.workload.window import Arrivals

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

LEAST_WEEKS = 4
"""Weeks of arrivals from which the weeks themselves are resampled."""
_AHEAD = round(WEEKS_A_YEAR)
"""Weeks that the arrivals are added over."""
_DAYS_A_WEEK = 7
_HOUR = 60.0
_SLACK = 1e-9
_QUEUED_TO = 500.0
"""Erlangs. Above, officers grow as the work does: at so large a window occupancy alone says how many."""


@dataclass(frozen=True, slots=True)
class WindowDraws:
    """What the window of each office takes in a month, drawn."""

    offices: tuple[str, ...]
    hours: Floats
    """Draws by offices: officer hours in the need; always the same where arrivals are not known."""
    expected: Floats
    """By office: those of the run without draws."""

    @property
    def beyond(self) -> Floats:
        """Return the hours drawn less those expected, draws by offices."""
        return np.asarray(self.hours - self.expected)

    def of(self, office: str) -> Floats:
        """Return the draws of one office."""
        return np.asarray(self.hours[:, self.offices.index(office)])


def window_draws(
    found: Arrivals | None,
    desks: Mapping[str, DeskHours],
    offices: Sequence[str],
    target: DeskTarget,
    *,
    n: int = DRAWS,
    seed: int = SEED,
) -> WindowDraws:
    """Return draws of the hours that the windows take in the need.

    The weeks gone by are resampled whole, the same ones for all offices, so that what rises together stays
    together; each draw has its own arrivals in each hour and its own minutes, and every hour is sized anew by
    Erlang C. The hours in which the window is open stay: an officer stands there in each. With fewer than
    `LEAST_WEEKS` the arrivals of each office are negative binomial, as volumes of few months are.

    An office's draws deviate from what is expected without draws as far as they deviate from their own mean,
    times what the year ahead adds to the weeks known and Student's t to few weeks. That is done to the hours,
    not to the arrivals, because officers come whole: hours of the week that all lie just past a step could
    only fall, and arrivals spread further would cross no more steps than there are.

    Args:
        found: Who came, by day; None where nobody wrote it down.
        desks: What the windows take without draws.
        offices: The offices to draw for.
        target: What each window is to keep to.
        n: Draws.
        seed: Of the run.

    """
    expected = np.array([desks[office].need_hours if office in desks else 0.0 for office in offices])
    hours = np.tile(expected, (n, 1))
    if found is None or found.daily is None:
        return WindowDraws(tuple(offices), hours, expected)
    weeks = _Weeks.of(found, n, seed)
    everywhere = _Office.of(found.daily, weeks)
    own = {str(office): rows for (office,), rows in found.daily.group_by("office_id", maintain_order=True)}
    for place, office in enumerate(offices):
        if office in own and desks[office].sized_hours is not None:
            here = _Office.of(own[office], weeks)
            subtracts = desks[office].check_in_hours > 0
            drawn = _arrivals(here, weeks, office, n, seed)
            minutes = _minutes(here if here.minutes.sum() > 0 else everywhere, weeks)
            made = _need(*drawn, minutes, target, subtracts=subtracts)
            hours[:, place] = np.maximum(0.0, expected[place] + weeks.spread * (made - made.mean()))
    return WindowDraws(tuple(offices), hours, expected)


@dataclass(frozen=True, slots=True)
class _Weeks:
    """The weeks known, and how often each is in each draw."""

    since: int
    """The first day, as days since 1970."""
    length: Floats
    """Of each, in weeks: 1, and the last a little more."""
    picked: Floats | None
    """Draws by weeks; None where there are too few to resample."""
    spread: Floats
    """By draw: how many times as far from their mean as the hours drawn."""

    @staticmethod
    def of(found: Arrivals, n: int, seed: int) -> _Weeks:
        """Return the weeks of some arrivals."""
        count = max(1, found.days // _DAYS_A_WEEK)
        length = np.ones(count)
        length[-1] = found.weeks - (count - 1)
        since = int(np.datetime64(found.since, "D").astype(np.int64))
        if count < LEAST_WEEKS:
            return _Weeks(since, length, None, np.full(n, np.sqrt(1 + _AHEAD / found.weeks)))
        own = stream(seed, "windows", "weeks")
        picked = own.multinomial(count, np.full(count, 1 / count), size=n).astype(np.float64)
        # The mean of the weeks known is unsure as well as the year ahead; then Student's t.
        further = np.sqrt((1 + count / _AHEAD) * count / own.chisquare(count - 1, n))
        return _Weeks(since, length, picked, further)


@dataclass(frozen=True, slots=True)
class _Office:
    """Who came to one office's window, or to all together, by week."""

    contacts: Floats
    """Weeks by hours of the week in which anybody came."""
    check_ins: Floats
    minutes: Floats
    timed: Floats

    @staticmethod
    def of(rows: pl.DataFrame, weeks: _Weeks) -> _Office:
        """Return the sums of some rows of `Arrivals.daily`."""
        day = rows["day"].to_physical().to_numpy().astype(np.int64)
        week = np.minimum((day - weeks.since) // _DAYS_A_WEEK, len(weeks.length) - 1)
        slots = (rows["weekday"] * 24 + rows["hour"]).to_numpy()
        known, slot = np.unique(slots, return_inverse=True)
        contacts = np.zeros((len(weeks.length), len(known)))
        np.add.at(contacts, (week, slot.reshape(-1)), rows["contacts"].to_numpy().astype(np.float64))
        check_ins, minutes, timed = (
            np.bincount(week, weights=rows[name].to_numpy(), minlength=len(weeks.length)).astype(np.float64)
            for name in ("check_ins", "minutes", "timed")
        )
        return _Office(contacts, check_ins, minutes, timed)


def _arrivals(here: _Office, weeks: _Weeks, office: str, n: int, seed: int) -> tuple[Floats, Floats]:
    """Return contacts a week by draw and hour of the week, and check-ins a week by draw."""
    both = np.column_stack([here.contacts, here.check_ins])
    if weeks.picked is not None:
        drawn = weeks.picked @ both / (weeks.picked @ weeks.length)[:, None]
    else:
        seen = both.sum(axis=0) / weeks.length.sum()
        expected = float(seen[:-1].sum()) * _AHEAD
        size = MONTHS_A_YEAR / USUAL_DISPERSION
        came = stream(seed, "windows", office).negative_binomial(size, size / (size + expected), n)
        drawn = seen * (came / expected)[:, None]
    return drawn[:, :-1], drawn[:, -1]


def _minutes(here: _Office, weeks: _Weeks) -> Floats:
    """Return the mean minutes of a contact by draw, above 0: sums over sums."""
    seen = float(here.minutes.sum() / here.timed.sum())
    if weeks.picked is None:
        return np.full(len(weeks.spread), seen)
    minutes, timed = weeks.picked @ here.minutes, weeks.picked @ here.timed
    is_known = (minutes > 0) & (timed > 0)
    return np.asarray(np.divide(minutes, timed, out=np.full(len(minutes), seen), where=is_known))


def _need(
    contacts: Floats, check_ins: Floats, minutes: Floats, target: DeskTarget, *, subtracts: bool
) -> Floats:
    """Return the hours a month in the need, by draw: sized hours less those of check-ins where they count."""
    intensity = contacts / _HOUR * minutes[:, None]
    patience = np.broadcast_to((target.within_minutes / minutes)[:, None], intensity.shape)
    officers = np.maximum(fewest_officers(intensity, patience, target), 1.0).sum(axis=1)
    a_week = officers / (1 - target.shrinkage) - subtracts * check_ins * minutes / _HOUR
    return np.asarray(a_week * WEEKS_A_MONTH)


def fewest_officers(intensity: Floats, patience: Floats, target: DeskTarget) -> Floats:
    """Return the fewest officers that keep each of many desks to a target: `erlang.desk`, all at once.

    Args:
        intensity: In erlangs, zero or more; in any shape.
        patience: In the same shape: the target's wait in mean service times.
        target: What to keep to.

    Returns:
        In the same shape, whole numbers up to 500 erlangs, at least the work over the occupancy above; no
        officer where nobody comes.

    """
    made = np.where(intensity > _QUEUED_TO, intensity / target.occupancy, 0.0).reshape(-1)
    left = np.flatnonzero((intensity > 0) & (intensity <= _QUEUED_TO))
    work, wait = intensity.reshape(-1)[left], patience.reshape(-1)[left]
    least = np.maximum(np.floor(work) + 1, np.ceil(work / target.occupancy - _SLACK))
    inverse, officers = np.ones(len(left)), 0
    while len(left):
        officers += 1
        inverse = 1 + inverse * officers / work
        free = officers - work
        # With no more officers than work everybody waits; the formula is not for that.
        waits = np.where(free > 0, officers / (inverse * np.maximum(free, _SLACK) + work), 1.0)
        is_enough = officers >= least
        is_enough &= 1 - waits * np.exp(-np.maximum(free, 0.0) * wait) >= target.share_within
        made[left[is_enough]] = officers
        if is_enough.any():
            left, work, wait, least, inverse = (
                each[~is_enough] for each in (left, work, wait, least, inverse)
            )
    return made.reshape(intensity.shape)
