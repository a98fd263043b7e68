"""Moving hours instead of cases: the cheapest way to bring everyone under a cap, and its prices.

Hours held by an officer may leave into the pool of their class, at the cost of one move per case, so at
1/weight an hour: heavy cases first. From the pool they go, free of charge, to officers who may have them.
What stays and comes must fit under the officer's cap. This is a minimum-cost flow. Its prices give a lower
bound for whole cases (see `bound`), its flows a plan to round (see `rounding`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from ortools.graph.python import min_cost_flow

from closeout.assignment.compiled import Whole, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEP = 0.05
"""Cases whose work differs by less than this share are priced alike here; `bound` prices them exactly."""
_PRICE = 1e8
"""Flow costs are whole: moves per hundredth of a minute, times this."""


@dataclass(frozen=True, slots=True)
class Group:
    """Officers among whom cases are shared, and their cases by holder, class and work, heaviest first."""

    holder: NDArray[np.int64]
    """By case: the officer's place in the group; -1 while nobody leads it."""
    kind: NDArray[np.int64]
    work: NDArray[np.int64]
    may: NDArray[np.bool_]
    """Officer by class."""
    cap: NDArray[np.int64]
    """The most work an officer may end with."""
    tier: NDArray[np.int64]
    """The officer's level of fair utilization, 0 the highest. Work never passes up to a tighter level."""
    fixed: NDArray[np.int64]
    """Work that stays with the officer because nobody may have it."""

    @property
    def officers(self) -> int:
        """Return how many officers there are."""
        return int(self.cap.size)


@dataclass(frozen=True, slots=True)
class Flow:
    """The cheapest flow of hours."""

    cell_start: NDArray[np.int64]
    """Where each cell (holder, class, like work) of cases starts; one more at the end."""
    moved: NDArray[np.int64]
    """By cell: the work that leaves its holder."""
    sent: NDArray[np.int64]
    """Class by officer: the work that goes there."""
    price: NDArray[np.float64]
    """By class: moves that one unit of work in the pool costs elsewhere; 0 where there is room."""


def cheapest(group: Group) -> Flow | None:
    """Return the cheapest flow that keeps everyone under the cap; None if there is none."""
    start, holder, kind = _cells(group)
    total = np.add.reduceat(group.work, start[:-1]) if start.size > 1 else np.zeros(0, dtype=np.int64)
    count = np.diff(start)
    n, k = group.officers, group.may.shape[1]
    stays = (holder >= 0) & group.may[holder, kind]
    cost = np.rint(_PRICE * count / np.maximum(total, 1)).astype(np.int64)
    ours = np.flatnonzero(stays & (total > 0))
    pairs = np.argwhere(group.may.T)
    supply = np.zeros(n + k + 1, dtype=np.int64)
    np.add.at(supply, holder[ours], total[ours])
    forced = np.flatnonzero(~stays)
    np.add.at(supply, n + kind[forced], total[forced])
    whole = int(supply.sum())
    supply[-1] = -whole
    room = np.maximum(group.cap - group.fixed, 0)
    tails = np.concatenate([holder[ours], n + pairs[:, 0], np.arange(n)]).astype(np.int64)
    heads = np.concatenate([n + kind[ours], pairs[:, 1], np.full(n, n + k)]).astype(np.int64)
    caps = np.concatenate([total[ours], np.full(len(pairs), whole), room])
    costs = np.concatenate([cost[ours], np.zeros(len(pairs) + n, dtype=np.int64)])
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(tails, heads, caps, costs)
    solver.set_nodes_supplies(np.arange(n + k + 1), supply)
    if solver.solve() != solver.OPTIMAL:
        return None
    flows = solver.flows(arcs)
    moved = np.where(stays, 0, total)
    moved[ours] = flows[: ours.size]
    sent = np.zeros((k, n), dtype=np.int64)
    sent[pairs[:, 0], pairs[:, 1]] = flows[ours.size : ours.size + len(pairs)]
    potential = _potentials(tails, heads, caps, costs, flows, n + k + 1)
    price = (potential[-1] - potential[n:-1]) / _PRICE
    return Flow(start, moved, sent, price)


def _cells(group: Group) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return where cells start, and each one's holder and class."""
    step = np.floor(np.log(np.maximum(group.work, 1)) / np.log1p(_STEP)).astype(np.int64)
    key = (group.holder.astype(np.int64) * group.may.shape[1] + group.kind) * 1024 + step
    first = np.concatenate([[True], key[1:] != key[:-1]]) if key.size else np.zeros(0, dtype=bool)
    start = np.flatnonzero(first)
    return np.append(start, key.size), group.holder[start], group.kind[start]


@compiled
def _potentials(
    tails: NDArray[np.int64],
    heads: NDArray[np.int64],
    caps: NDArray[np.int64],
    costs: NDArray[np.int64],
    flows: NDArray[np.int64],
    nodes: Whole,
) -> NDArray[np.int64]:
    """Return shortest distances over arcs that still have room (Bellman and Ford)."""
    distance = np.zeros(nodes, dtype=np.int64)
    for _ in range(nodes):
        is_still = True
        for arc in range(tails.size):
            u, v = tails[arc], heads[arc]
            if flows[arc] < caps[arc] and distance[u] + costs[arc] < distance[v]:
                distance[v] = distance[u] + costs[arc]
                is_still = False
            if flows[arc] > 0 and distance[v] - costs[arc] < distance[u]:
                distance[u] = distance[v] - costs[arc]
                is_still = False
        if is_still:
            break
    return distance
