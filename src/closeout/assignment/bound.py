"""The fewest moves any plan can have: proven from prices, whatever solver they come from.

Let work that changes hands pay its class's price when it leaves, and earn it where it arrives. Prices add
nothing to a plan in which all that leaves arrives, so the cheapest choice of each officer alone, summed,
is no more than the moves of any plan that keeps to the caps (Lagrange's relaxation). Each officer's choice
is worked out over whole cases where prices allow, else over divisible ones.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from closeout.assignment.compiled import Whole, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from closeout.assignment.flow import Group

_TOLERANCE = 1e-6


def fewest_moves(group: Group, price: NDArray[np.float64]) -> int:
    """Return a number of moves that no plan within the caps can be below.

    Args:
        group: The officers and cases.
        price: By class, moves per unit of work, 0 or more. Any prices give a bound; those of the cheapest
            flow give a good one. Negative ones are taken as 0.

    """
    prices = np.maximum(price, 0.0)
    start = np.searchsorted(group.holder, np.arange(group.officers + 1)).astype(np.int64)
    total = float(start[0])  # cases nobody leads: each must be given to somebody
    total += float((prices[group.kind[: start[0]]] * group.work[: start[0]]).sum())
    total += _officers(
        start,
        group.kind.astype(np.int64),
        group.work,
        group.may,
        group.cap.astype(np.int64),
        group.fixed.astype(np.int64),
        prices,
    )
    return max(0, math.ceil(total - _TOLERANCE * max(1.0, abs(total))))


@compiled
def _cover(
    left: NDArray[np.int64],
    kind: NDArray[np.int64],
    work: NDArray[np.int64],
    price: NDArray[np.float64],
    best: float,
    over: Whole,
    is_flat: bool,
) -> float:
    """Return what it costs at least to shed some work: whole cases if all cost the same, else divisible."""
    rate = np.empty(left.size, dtype=np.float64)
    for at in range(left.size):
        j = left[at]
        rate[at] = 1.0 / max(work[j], 1) + price[kind[j]] - best
    order = np.argsort(rate)
    cost = 0.0
    for at in order:
        j = left[at]
        if over <= 0:
            break
        if is_flat or work[j] <= over:
            cost += 1.0 + (price[kind[j]] - best) * work[j]
        else:
            cost += rate[at] * over
        over -= work[j]
    return cost


@compiled
def _officers(
    start: NDArray[np.int64],
    kind: NDArray[np.int64],
    work: NDArray[np.int64],
    may: NDArray[np.bool_],
    cap: NDArray[np.int64],
    fixed: NDArray[np.int64],
    price: NDArray[np.float64],
) -> float:
    total = 0.0
    for i in range(cap.size):
        best = 0.0
        for k in range(price.size):
            if may[i, k] and price[k] > best:
                best = price[k]
        a, b = start[i], start[i + 1]
        load = fixed[i]
        for j in range(a, b):
            load += work[j]
        over = load - cap[i]
        # Room, and all that leaves, is filled at the best price there is.
        cost = best * over
        left = np.empty(b - a, dtype=np.int64)
        n = 0
        is_flat = True
        for j in range(a, b):
            reduced = 1.0 + (price[kind[j]] - best) * work[j]
            if not may[i, kind[j]] or reduced < 0.0:
                cost += reduced
                over -= work[j]
            else:
                left[n] = j
                n += 1
                is_flat = is_flat and price[kind[j]] == best
        if over > 0:
            cost += _cover(left[:n], kind, work, price, best, over, is_flat)
        total += cost
    return total
