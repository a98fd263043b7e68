"""Staff by month: those there now, who leave by chance, and those who come from academy classes.

Every person is drawn: whether a seat's holder finishes the academy, when the class arrives, who leaves in
which month. The same numbers serve every path that is tried (common random numbers), so that two paths differ
only by their seats.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from closeout.workload.streams import stream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from closeout.workload.chances import Share

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

MONTHS_A_YEAR = 12
_NEVER = 10_000
_ALMOST = 1e-6


@dataclass(frozen=True, slots=True)
class ClassStart:
    """A class of the academy that the office may send people to."""

    month: int
    """Months from now, from 0."""
    seats: int
    """The most that the office can have in it."""


@dataclass(frozen=True, slots=True)
class Flow:
    """How people come and go."""

    lead: tuple[tuple[int, float], ...]
    """Months from a class's start to its arrival at the office, each with its chance; chances add up to 1."""
    completion: float
    """Share of the seats whose holders finish."""
    ramp: tuple[float, ...]
    """Share of a full officer's work a new one does, by month since arriving; 1 after."""
    leaving: Share
    """Of the staff a year."""

    def __post_init__(self) -> None:
        """Refuse chances that are none.

        Raises:
            ValueError: A share is outside 0 to 1, or the lead times' chances do not add up to 1.

        """
        shares = (self.completion, *self.ramp, *(chance for _, chance in self.lead), self.leaving.mean)
        if any(not 0 <= share <= 1 for share in shares):
            msg = "completion, ramp, leaving and the chances of lead times must be shares from 0 to 1"
            raise ValueError(msg)
        whole = sum(chance for _, chance in self.lead)
        if abs(whole - 1) > _ALMOST:
            msg = f"the chances of the lead times must add up to 1, and come to {whole:g}"
            raise ValueError(msg)
        if any(months < 0 for months, _ in self.lead):
            msg = "no class arrives before it starts: give months of 0 or more as lead times"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Staff:
    """The people there now, month by month."""

    heads: Floats
    """Draws by months from 0 to the horizon."""

    def share(self) -> Floats:
        """Return what is left of the staff, by draws and months; 1 where there was nobody to leave."""
        now = self.heads[:, :1]
        return np.divide(self.heads, now, out=np.ones_like(self.heads), where=now > 0)


@dataclass(frozen=True, slots=True)
class Seats:
    """What each seat of one class comes to."""

    start: int
    effective: Floats
    """Full-time equivalents at the horizon, by seats and draws."""
    heads: Floats
    """On the rolls from the class's start, mean of the draws by seats and months from 0 to the horizon."""
    arrived: Ints
    """The month of arrival by seats and draws; far off where the holder does not finish or leaves before."""
    leaves: Ints
    """The month of leaving, by seats and draws."""


def monthly_leaving(flow: Flow, n: int, office: str, seed: int) -> Floats:
    """Return the chance of leaving within a month, by draw: each draws its own year's share."""
    yearly = np.minimum(flow.leaving.drawn(n, stream(seed, "hiring", "leaving", office)), 1 - 1e-9)
    return np.asarray(1 - (1 - yearly) ** (1 / MONTHS_A_YEAR))


def present_staff(heads: int, leaving: Floats, horizon: int, office: str, seed: int) -> Staff:
    """Return who is left of the present staff, month by month.

    Args:
        heads: Persons now, zero or more.
        leaving: Chance of leaving within a month, by draw.
        horizon: Months.
        office: Whose staff; names the numbers.
        seed: Of the run.

    """
    own = stream(seed, "hiring", "staff", office)
    left = np.empty((len(leaving), horizon + 1))
    left[:, 0] = heads
    for month in range(horizon):
        left[:, month + 1] = left[:, month] - own.binomial(left[:, month].astype(np.int64), leaving)
    return Staff(left)


def seats(start: ClassStart, flow: Flow, leaving: Floats, horizon: int, office: str, seed: int) -> Seats:
    """Return what each seat of a class brings; a class arrives together.

    Args:
        start: When it starts, and its seats.
        flow: How people come and go.
        leaving: Chance of leaving within a month, by draw.
        horizon: Months.
        office: Whose seats; names the numbers.
        seed: Of the run.

    """
    n = len(leaving)
    own = stream(seed, "hiring", "class", office, str(start.month))
    months, chances = (np.array(each) for each in zip(*flow.lead, strict=True))
    place = np.searchsorted(np.cumsum(chances), own.random(n) * (1 - 1e-12))
    lead = months[np.minimum(place, len(months) - 1)]
    finishes = own.random((start.seats, n)) < flow.completion
    stays = _months_until(own.random((start.seats, n)), leaving)
    arrived = np.where(finishes, start.month + lead, _NEVER).astype(np.int64)
    # Who does not finish is off the rolls when the class arrives.
    leaves = np.where(finishes, start.month + stays, start.month + np.minimum(lead, stays)).astype(np.int64)
    month = np.arange(horizon + 1)
    on_rolls = np.empty((start.seats, horizon + 1))
    for seat in range(start.seats):
        on_rolls[seat] = ((month >= start.month) & (month < leaves[seat][:, None])).mean(axis=0)
    return Seats(start.month, effective(arrived, leaves, flow.ramp, horizon), on_rolls, arrived, leaves)


def effective(arrived: Ints, leaves: Ints, ramp: Sequence[float], month: int) -> Floats:
    """Return the full-time equivalents that each seat brings in a month; 0 unless there."""
    since = month - arrived
    shares = np.append(np.asarray(ramp, dtype=np.float64), 1.0)
    brought = shares[np.clip(since, 0, len(shares) - 1)]
    return np.where((since >= 0) & (month < leaves), brought, 0.0)


def _months_until(even: Floats, chance: Floats) -> Ints:
    """Return whole months until somebody leaves (geometric), from even numbers."""
    with np.errstate(divide="ignore"):
        months = np.floor(np.log1p(-even) / np.log1p(-chance))
    known = np.minimum(np.nan_to_num(months, nan=_NEVER, posinf=_NEVER), _NEVER)
    return np.asarray(known, dtype=np.int64) + 1
