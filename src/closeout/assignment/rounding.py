"""From hours to cases: the cheapest flow, rounded to whole cases.

An officer sheds the heaviest cases of the cells that the flow empties, then whole cases until as much has
left as the flow says. What was shed goes, heaviest first, to the officer with the most of the flow's share
still open. Loads end a little off their caps; `repair` sees to that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from closeout.assignment.compiled import Whole, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from closeout.assignment.flow import Flow, Group


def rounded(group: Group, flow: Flow) -> NDArray[np.int64]:
    """Return who has each case when the flow is rounded to whole cases.

    Returns:
        By case, in the group's order: the officer's place.

    """
    stays = np.append(group.may, np.zeros((1, group.may.shape[1]), dtype=bool), axis=0)
    must = ~stays[group.holder, group.kind]
    leaves = must | _shed(flow.cell_start, group.holder, group.work, flow.moved, np.int64(group.officers))
    to = group.holder.copy()
    for kind in np.argsort(group.may.sum(axis=0)):
        gone = np.flatnonzero(leaves & (group.kind == kind))
        gone = gone[np.argsort(-group.work[gone], kind="stable")]
        takers = np.flatnonzero(group.may[:, kind] & (flow.sent[kind] > 0))
        if not takers.size:  # cases of no work: anyone
            takers = np.flatnonzero(group.may[:, kind])
        if gone.size:
            to[gone] = _dealt(group.work[gone], takers, flow.sent[kind, takers].copy())
    return to


@compiled
def _shed(
    start: NDArray[np.int64],
    holder: NDArray[np.int64],
    work: NDArray[np.int64],
    moved: NDArray[np.int64],
    officers: Whole,
) -> NDArray[np.bool_]:
    """Return which cases leave because the flow takes their work."""
    leaves = np.zeros(work.size, dtype=np.bool_)
    wanted = np.zeros(officers + 1, dtype=np.int64)
    taken = np.zeros(officers + 1, dtype=np.int64)
    for cell in range(moved.size):
        a, b = start[cell], start[cell + 1]
        total = 0
        for j in range(a, b):
            total += work[j]
        if moved[cell] >= total:
            leaves[a:b] = moved[cell] > 0
        elif moved[cell] > 0:
            who = holder[a]
            wanted[who] += moved[cell]
            for j in range(a, b):
                if taken[who] >= wanted[who]:
                    break
                leaves[j] = True
                taken[who] += work[j]
    return leaves


@compiled
def _dealt(work: NDArray[np.int64], takers: NDArray[np.int64], share: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return who takes each case: whoever has the most of the share still open (a heap, largest first)."""
    to = np.full(work.size, -1, dtype=np.int64)
    n = takers.size
    if n == 0:
        return to
    heap = np.argsort(-share)
    for j in range(work.size):
        top = heap[0]
        to[j] = takers[top]
        share[top] -= work[j]
        at = 0
        while True:
            child = 2 * at + 1
            if child >= n:
                break
            if child + 1 < n and share[heap[child + 1]] > share[heap[child]]:
                child += 1
            if share[heap[child]] <= share[heap[at]]:
                break
            heap[at], heap[child] = heap[child], heap[at]
            at = child
    return to
