"""What seats that meet a target must cost at least.

A path that covers what is lacking in a share p of n draws leaves at most (1 - p) n draws uncovered. So of the
draws that lack most, any group of them, it covers at least the group's size less (1 - p) n, say m. Over m
draws of the group the supply then adds up to what is lacking there, which is no less than the m smallest of
the group; and what each class supplies over m draws is no more than over its own m best of the group. That
is one limit, a sum over the classes, for each group: a view. With a class's cost made a hull (as if seats
were divisible), the least cost under the limit is a matter of taking the best price first.

One group alone is blunt: the few draws that lack most ask for much and let every seat count in full; all
draws together let seats count by their mean and ask for little. So several are used, and the largest bound
counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

COVERED = (0.0, 0.3, 0.5, 0.65, 0.8, 0.9)
"""Shares of a group that must be covered; those below the target probability are used, and it itself."""
_ALMOST = 1e-9


@dataclass(frozen=True, slots=True)
class Choice:
    """One class as the search sees it."""

    supply: Floats
    """Full-time equivalents at the target date, by seats from 0 to the most, and by draws; never falls."""
    cost: Floats
    """By seats from 0; never falls."""
    heads: Floats
    """Expected heads on the rolls, by seats from 0 and by months."""

    @property
    def most(self) -> int:
        """Return the most seats."""
        return len(self.cost) - 1


class Offer(NamedTuple):
    """Supply at a price each."""

    price: float
    supply: float


@dataclass(frozen=True, slots=True)
class View:
    """One limit that every path which meets the target keeps."""

    wanted: float
    """What the classes must bring together."""
    brought: tuple[Floats, ...]
    """The most that each class can bring, by seats."""
    offers: tuple[tuple[Offer, ...], ...]
    """What the classes from each place on offer, the cheapest first."""


def views(choices: Sequence[Choice], lacking: Floats, probability: float) -> tuple[View, ...]:
    """Return the limits of a question.

    Args:
        choices: The classes, in the order the search takes them.
        lacking: What is lacking, by draw.
        probability: The share of the draws to cover, above 0 and up to 1.

    """
    n = len(lacking)
    spare = n - int(np.ceil(probability * n - _ALMOST))
    order = np.argsort(-lacking, kind="stable")
    sizes = {n} | {
        min(n, spare + max(1, round(spare * share / (1 - share)))) for share in COVERED if share < probability
    }
    return tuple(_view(choices, lacking, order[:size], size - spare) for size in sorted(sizes))


def best_offers(choices: Sequence[Choice]) -> tuple[tuple[Offer, ...], ...]:
    """Return what the classes from each place on offer where each seat counts as in its best draw.

    Whatever was decided before, a path that meets the target covers a draw that lacks at least the p-quantile
    of what is still lacking, and no draw gets more than this.

    Args:
        choices: The classes, in the order the search takes them.

    """
    hulls = [_hull(choice.cost, choice.supply.max(axis=1)) for choice in choices]
    return tuple(
        tuple(sorted(offer for hull in hulls[at:] for offer in hull)) for at in range(len(choices) + 1)
    )


def _view(choices: Sequence[Choice], lacking: Floats, group: NDArray[np.int64], covered: int) -> View:
    wanted = float(np.sort(lacking[group])[:covered].mean())
    brought = tuple(_best(choice.supply[:, group], covered) for choice in choices)
    hulls = [_hull(choice.cost, most) for choice, most in zip(choices, brought, strict=True)]
    offers = [tuple(sorted(offer for hull in hulls[at:] for offer in hull)) for at in range(len(choices) + 1)]
    return View(wanted, brought, tuple(offers))


def _best(supply: Floats, covered: int) -> Floats:
    """Return the mean of each row's largest entries."""
    places = supply.shape[1] - covered
    return np.asarray(np.partition(supply, places, axis=1)[:, places:].mean(axis=1))


def _hull(cost: Floats, brought: Floats) -> list[Offer]:
    """Return the pieces of the least concave line over supply by cost, the best price first."""
    corners = [0]
    for seat in range(1, len(cost)):
        while len(corners) > 1 and _is_under(cost, brought, corners[-2], corners[-1], seat):
            corners.pop()
        corners.append(seat)
    pieces = [
        Offer(
            float(cost[after] - cost[before]) / max(float(brought[after] - brought[before]), 1e-300),
            float(brought[after] - brought[before]),
        )
        for before, after in pairwise(corners)
    ]
    return [piece for piece in pieces if piece.supply > 0]


def _is_under(cost: Floats, brought: Floats, before: int, corner: int, after: int) -> bool:
    """Say whether a corner lies on or under the line between two others."""
    rise = (brought[corner] - brought[before]) * (cost[after] - cost[before])
    return bool(rise <= (brought[after] - brought[before]) * (cost[corner] - cost[before]))


def least_cost(offers: Sequence[Offer], wanted: float) -> float:
    """Return the least cost of a supply; infinite where the offers do not reach it."""
    cost = 0.0
    for offer in offers:
        used = min(wanted, offer.supply)
        if used <= 0:
            break
        cost += offer.price * used
        wanted -= used
    return cost if wanted <= _ALMOST * 1e3 else float("inf")
