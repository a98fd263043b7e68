"""Of plans with the same moves, take the one that parts fewer people from an officer they know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from closeout.assignment.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from closeout.assignment.flow import Group


def settled(group: Group, to: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the plan with, of cases that are alike, the least attached ones moving.

    Alike are cases of one holder, class and work: which of them go changes no load. They stand in the order
    of attachment, the least first.
    """
    return _settled(group.holder, group.kind, group.work, to.astype(np.int64))


@compiled
def _settled(
    holder: NDArray[np.int64], kind: NDArray[np.int64], work: NDArray[np.int64], to: NDArray[np.int64]
) -> NDArray[np.int64]:
    after = to.copy()
    first = 0
    while first < work.size:
        last = first + 1
        while (
            last < work.size
            and holder[last] == holder[first]
            and kind[last] == kind[first]
            and work[last] == work[first]
        ):
            last += 1
        at = first
        for j in range(first, last):
            if to[j] != holder[j]:
                after[at] = to[j]
                at += 1
        after[at:last] = holder[first]
        first = last
    return after
