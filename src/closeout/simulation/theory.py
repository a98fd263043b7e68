"""What queueing theory says of simple desks: what the simulation must agree with.

Erlang (1917), Pollaczek (1930) and Khinchine (1932). Times are in the unit of the mean service time given.
"""

from __future__ import annotations

from dataclasses import dataclass

from closeout.simulation.model import ModelError
from closeout.workload.erlang import served_within, waiting_probability


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue in its long run."""

    utilization: float
    """Share of the officers' time spent serving, below 1."""
    waiting_probability: float
    mean_wait: float
    """Before being served, of everybody who comes, in minutes."""
    mean_waiting: float
    """People waiting (Little's law)."""


def mmc(arrivals: float, minutes: float, officers: int) -> Queue:
    """Return M/M/c: Poisson arrivals, exponential service, c officers (Erlang C).

    Args:
        arrivals: A minute, above 0.
        minutes: Mean service time, above 0.
        officers: At the desk.

    Raises:
        ModelError: A figure is not above 0, or the work is at least all the officers can do.

    """
    intensity = _intensity(arrivals, minutes, officers)
    chance = waiting_probability(officers, intensity)
    wait = chance * minutes / (officers - intensity)
    return Queue(intensity / officers, chance, wait, arrivals * wait)


def mg1(arrivals: float, minutes: float, cv: float) -> Queue:
    """Return M/G/1: Poisson arrivals, any service time, one officer (Pollaczek and Khinchine).

    Args:
        arrivals: A minute, above 0.
        minutes: Mean service time, above 0.
        cv: Its coefficient of variation, zero or more.

    Raises:
        ModelError: A figure is out of range, or the work is at least all the officer can do.

    """
    if cv < 0:
        msg = "a coefficient of variation is at least 0"
        raise ModelError(msg)
    load = _intensity(arrivals, minutes, 1)
    wait = load * minutes * (1 + cv * cv) / (2 * (1 - load))
    return Queue(load, load, wait, arrivals * wait)


def answered_within(arrivals: float, minutes: float, officers: int, patience: float) -> float:
    """Return the share of M/M/c that is served within some minutes, 0 to 1."""
    return served_within(officers, _intensity(arrivals, minutes, officers), patience / minutes)


def _intensity(arrivals: float, minutes: float, officers: int) -> float:
    if arrivals <= 0 or minutes <= 0 or officers < 1:
        msg = "a queue needs arrivals and minutes above 0, and at least one officer"
        raise ModelError(msg)
    intensity = arrivals * minutes
    if intensity >= officers:
        msg = f"{intensity:g} officers' worth of work for {officers}: the queue grows without end"
        raise ModelError(msg)
    return intensity
