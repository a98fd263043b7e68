"""The cheapest seats that meet a target probability: branch and bound over whole seats.

A path is the seats taken in each class. More seats never lower the probability, so at each class only the
numbers between the least that still can lead to the target and the least that meets it alone need a look. A
branch is left when it cannot lead to the target, or when a bound on its cost is no better than the best path
found (`intake_bound`). The search starts from a good path, found by shifting seats between classes,
two at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from closeout.workload.intake_bound import Choice, Offer, View, best_offers, least_cost, views

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LOOKS = 8_000
"""Branches that are looked at, at most."""
_SWEEPS = 4
_ALMOST = 1e-9


@dataclass(frozen=True, slots=True)
class Found:
    """What the search found."""

    seats: tuple[int, ...] | None
    """By class; None where no path meets the target."""
    cost: float
    bound: float
    """No path that meets the target costs less."""
    is_proven: bool
    """Whether no branch was left unlooked at: the path is the cheapest, or there is none."""
    looks: int


@dataclass(slots=True)
class _Search:
    """What the search knows so far."""

    choices: list[Choice]
    probability: float
    rest: list[Floats]
    """The most supply that the classes from each place on can add, by draw."""
    views: tuple[View, ...]
    seats_offer: tuple[tuple[Offer, ...], ...]
    """What the classes from each place on offer where every seat counts as its best draw."""
    looks_left: int
    best: tuple[int, ...] | None = None
    best_cost: float = float("inf")


@dataclass(frozen=True, slots=True)
class _Branch:
    """A path as far as it goes."""

    lacking: Floats
    room: Floats
    wanted: tuple[float, ...]
    """What each view still wants."""
    taken: tuple[int, ...]
    cost: float


def cheapest(
    choices: list[Choice], lacking: Floats, probability: float, room: Floats, looks: int = LOOKS
) -> Found:
    """Return the cheapest seats whose supply covers what is lacking in a share of the draws.

    Args:
        choices: The classes.
        lacking: Full-time equivalents to cover, by draw; below 0 where there are enough without.
        probability: The share of the draws to cover, above 0 and up to 1.
        room: Heads that may be added, by month; infinite without a ceiling.
        looks: Branches to look at, at most; then the best so far is given, with the bound at the root.

    """
    order = sorted(range(len(choices)), key=lambda at: (_price(choices[at]), at))
    sorted_choices = [choices[at] for at in order]
    rest = [np.zeros_like(lacking)]
    for choice in reversed(sorted_choices):
        rest.insert(0, rest[0] + choice.supply[-1])
    search = _Search(
        sorted_choices,
        probability,
        rest,
        views(sorted_choices, lacking, probability),
        best_offers(sorted_choices),
        looks,
    )
    root = _Branch(lacking, room, tuple(view.wanted for view in search.views), (), 0.0)
    _start(search, root)
    _look(search, root)
    is_proven, used = search.looks_left > 0, looks - search.looks_left
    under = _bound(search, root)
    if search.best is None:
        return Found(None, float("inf"), float("inf") if is_proven else under, is_proven, used)
    seats = [0] * len(choices)
    for place, at in enumerate(order):
        seats[at] = search.best[place]
    bound = search.best_cost if is_proven else min(under, search.best_cost)
    return Found(tuple(seats), search.best_cost, bound, is_proven, used)


def _price(choice: Choice) -> float:
    """Return what a full-time equivalent from a class costs."""
    brought = float(choice.supply[-1].mean())
    return float(choice.cost[-1]) / brought if brought > 0 else float("inf")


def _look(search: _Search, branch: _Branch) -> None:
    """Try every number of seats of the next class that may be part of a better path."""
    if search.looks_left <= 0:
        return
    search.looks_left -= 1
    if _covers(search, branch.lacking):
        _keep(search, branch.taken, branch.cost)
        return
    at = len(branch.taken)
    if at == len(search.choices) or branch.cost + _bound(search, branch) >= search.best_cost - _ALMOST:
        return
    choice = search.choices[at]
    most = _most(choice, branch.room)
    least = _least(search, choice, branch.lacking - search.rest[at + 1], most)
    if least is None:
        return
    enough = _least(search, choice, branch.lacking, most)
    for seats in range(most if enough is None else enough, least - 1, -1):
        _look(search, _with(search, branch, seats))


def _with(search: _Search, branch: _Branch, seats: int) -> _Branch:
    """Return the path with so many seats of its next class."""
    at = len(branch.taken)
    choice = search.choices[at]
    return _Branch(
        branch.lacking - choice.supply[seats],
        branch.room - choice.heads[seats],
        tuple(
            wanted - float(view.brought[at][seats])
            for wanted, view in zip(branch.wanted, search.views, strict=True)
        ),
        (*branch.taken, seats),
        branch.cost + float(choice.cost[seats]),
    )


def _bound(search: _Search, branch: _Branch) -> float:
    """Return a cost that the classes not yet decided cannot undercut."""
    at = len(branch.taken)
    pairs = zip(branch.wanted, search.views, strict=True)
    most = max(least_cost(view.offers[at], wanted) for wanted, view in pairs)
    if branch.cost + most >= search.best_cost - _ALMOST:
        return most
    covered = int(np.ceil(search.probability * len(branch.lacking) - _ALMOST))
    at_quantile = float(np.partition(branch.lacking, covered - 1)[covered - 1])
    return max(most, least_cost(search.seats_offer[at], at_quantile))


def _covers(search: _Search, lacking: Floats) -> bool:
    return int(np.count_nonzero(lacking <= _ALMOST)) >= search.probability * len(lacking) - _ALMOST


def _keep(search: _Search, taken: tuple[int, ...], cost: float) -> None:
    if cost < search.best_cost - _ALMOST:
        search.best_cost = cost
        search.best = taken + (0,) * (len(search.choices) - len(taken))


def _most(choice: Choice, room: Floats) -> int:
    """Return the most seats that the ceiling leaves room for."""
    fits = (choice.heads <= room + _ALMOST).all(axis=1)
    return int(np.flatnonzero(fits)[-1]) if fits.any() else 0


def _least(search: _Search, choice: Choice, lacking: Floats, most: int) -> int | None:
    """Return the least seats that cover what is lacking, by halving; None where the most do not."""
    if not _covers(search, lacking - choice.supply[most]):
        return None
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        if _covers(search, lacking - choice.supply[middle]):
            high = middle
        else:
            low = middle + 1
    return low


def _start(search: _Search, root: _Branch) -> None:
    """Find a good path: fill the classes by price, then shift seats between two at a time."""
    branch = root
    for choice in search.choices:
        most = _most(choice, branch.room)
        enough = _least(search, choice, branch.lacking, most)
        branch = _with(search, branch, most if enough is None else enough)
    if not _covers(search, branch.lacking):
        return
    _keep(search, branch.taken, branch.cost)
    for _ in range(_SWEEPS):
        before = search.best_cost
        for one in range(len(search.choices)):
            for other in range(len(search.choices)):
                if one != other:
                    _shift(search, root, one, other)
        if search.best_cost >= before - _ALMOST:
            return


def _shift(search: _Search, root: _Branch, one: int, other: int) -> None:
    """Try every number of seats of one class, with as few of the other as then suffice."""
    kept = list(search.best or ())
    fixed = [(choice, kept[at]) for at, choice in enumerate(search.choices) if at not in {one, other}]
    lacking, room, cost = root.lacking, root.room, 0.0
    for choice, count in fixed:
        lacking, room, cost = (
            lacking - choice.supply[count],
            room - choice.heads[count],
            cost + choice.cost[count],
        )
    first, second = search.choices[one], search.choices[other]
    for seats in range(_most(first, room) + 1):
        if cost + first.cost[seats] >= search.best_cost:
            return
        left = room - first.heads[seats]
        fewest = _least(search, second, lacking - first.supply[seats], _most(second, left))
        if fewest is not None:
            kept[one], kept[other] = seats, fewest
            _keep(search, tuple(kept), float(cost + first.cost[seats] + second.cost[fewest]))
