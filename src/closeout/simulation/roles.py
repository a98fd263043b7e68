"""Who does what nobody leads: the queue of each role, and the lines in which its officers wait.

Officers of one role who all cover colleagues, or all do not, wait in one line. A task in a role's queue is
for the lines of that role; one for whoever is free is for the lines of those who cover.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from closeout.simulation.world import NOBODY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from closeout.simulation.model import OfficeModel


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles of an office that do duties, as the kernel has them."""

    queue: NDArray[np.int32]
    """Of each officer, that of the role; NOBODY where the role does nothing of its own."""
    line: NDArray[np.int32]
    """Of each officer, the row of its anchor."""
    shares: NDArray[np.float64]
    """See `World.shares`."""
    serves: NDArray[np.bool_]
    """See `World.serves`."""


def roles_of(model: OfficeModel) -> Roles:
    """Return who does what nobody leads in an office."""
    everybody = len(model.officers)
    names = sorted({role for duty in model.duties for role in duty.done_by})
    queues = {name: everybody + 1 + place for place, name in enumerate(names)}
    waiting = [(queues.get(one.role, NOBODY), one.is_covering) for one in model.officers]
    lines = sorted(set(waiting))
    serves = np.zeros((1 + len(names), len(lines)), dtype=np.bool_)
    for place, (queue, is_covering) in enumerate(lines):
        serves[0, place] = is_covering
        if queue != NOBODY:
            serves[queue - everybody, place] = True
    shares = np.zeros((len(model.duties), len(names)))
    for place, duty in enumerate(model.duties):
        shares[place] = np.cumsum([duty.done_by.get(name, 0.0) for name in names])
    return Roles(
        queue=np.array([queue for queue, _ in waiting], dtype=np.int32),
        line=np.array([everybody + lines.index(one) for one in waiting], dtype=np.int32),
        shares=shares,
        serves=serves,
    )
