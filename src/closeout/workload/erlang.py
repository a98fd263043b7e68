"""The window desk as a queue with c servers: how many officers keep the wait short (Erlang C).

Arrivals are Poisson, service exponential, nobody leaves the queue. A. K. Erlang (1917); the recursion for the
blocking probability is the usual one and does not overflow.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_SLACK = 1e-9
_MOST = 100_000


def waiting_probability(officers: int, intensity: float) -> float:
    """Return the chance that somebody has to wait (Erlang C), from 0 to 1.

    Args:
        officers: At the desk, at least 1.
        intensity: Officers' worth of work that comes, in erlangs; at or above `officers` everybody waits.

    """
    if intensity <= 0:
        return 0.0
    if intensity >= officers:
        return 1.0
    inverse = 1.0
    for place in range(1, officers + 1):
        inverse = 1 + inverse * place / intensity
    blocked = 1 / inverse
    return officers * blocked / (officers - intensity * (1 - blocked))


def served_within(officers: int, intensity: float, patience: float) -> float:
    """Return the share of those who come that are served within some time, from 0 to 1.

    Args:
        officers: At the desk.
        intensity: In erlangs.
        patience: The time, in mean service times.

    """
    if intensity >= officers:
        return 0.0
    return 1 - waiting_probability(officers, intensity) * math.exp(-(officers - intensity) * patience)


@dataclass(frozen=True, slots=True)
class DeskTarget:
    """What a desk is to keep to."""

    within_minutes: float = 20.0
    share_within: float = 0.8
    """Of those who come, served within that time; below 1."""
    occupancy: float = 0.85
    """Most of an officer's desk time that is spent serving, above 0 and up to 1."""
    shrinkage: float = 0.0
    """Share of rostered time that an officer is not at the desk (breaks), below 1."""


USUAL_TARGET = DeskTarget(within_minutes=20.0, share_within=0.8, occupancy=0.85, shrinkage=0.1)
"""Four of five served within twenty minutes; a tenth of the rostered time is breaks. Set by each agency."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The officers that a desk takes in one slot, and how it then does."""

    officers: int
    """At the desk."""
    rostered: int
    """To be rostered, so that so many are at the desk."""
    served_within: float
    occupancy: float
    waiting_probability: float


def desk(contacts: float, minutes: float, slot_minutes: float, target: DeskTarget) -> Desk:
    """Return the fewest officers that keep a desk to its target in one slot.

    Args:
        contacts: Expected in the slot, zero or more.
        minutes: One takes on average, above 0.
        slot_minutes: Length of the slot.
        target: What to keep to.

    Returns:
        No officer where nobody is expected.

    Raises:
        ValueError: A figure is out of range, or the desk would take more than 100,000 officers.

    """
    _check(contacts, minutes, slot_minutes, target)
    intensity = contacts / slot_minutes * minutes
    if not intensity:
        return Desk(0, 0, 1.0, 0.0, 0.0)
    officers = max(1, math.floor(intensity) + 1, math.ceil(intensity / target.occupancy - _SLACK))
    patience = target.within_minutes / minutes
    while served_within(officers, intensity, patience) < target.share_within:
        officers += 1
    return Desk(
        officers,
        math.ceil(officers / (1 - target.shrinkage) - _SLACK),
        served_within(officers, intensity, patience),
        intensity / officers,
        waiting_probability(officers, intensity),
    )


def check_target(target: DeskTarget) -> None:
    """Raise ValueError where a desk's target is out of range."""
    if target.within_minutes < 0:
        msg = "a desk's target needs a wait of 0 or more minutes"
        raise ValueError(msg)
    if not 0 <= target.share_within < 1 or not 0 < target.occupancy <= 1 or not 0 <= target.shrinkage < 1:
        msg = "a desk's target needs shares from 0 to 1: less than all served in time, and not all time lost"
        raise ValueError(msg)


def _check(contacts: float, minutes: float, slot_minutes: float, target: DeskTarget) -> None:
    check_target(target)
    if contacts < 0 or minutes <= 0 or slot_minutes <= 0:
        msg = "a desk needs contacts of 0 or more, and minutes above 0"
        raise ValueError(msg)
    if contacts / slot_minutes * minutes > _MOST:
        msg = f"{contacts:g} contacts of {minutes:g} minutes in {slot_minutes:g} are past what a desk can do"
        raise ValueError(msg)
