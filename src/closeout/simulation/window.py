"""The window desk by its own recursion, many times faster than the whole calendar; compiled.

Who comes is served in the order of coming by whoever is free first (Kiefer and Wolfowitz 1955): all that has
to be kept is when each officer will be free. The same tasks wait as long as in the calendar.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from closeout.simulation.chance import GOLDEN, Source, mix, uniform
from closeout.simulation.compiled import compiled, part
from closeout.simulation.tasks import drawn_minutes

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GAP, _MINUTES = int(Source.GAP), int(Source.MINUTES)


@compiled
def serve(  # noqa: PLR0913, PLR0917 - numbers and arrays are all that compiled code takes
    keys: NDArray[np.uint64],
    uid: np.uint64,
    rate: float,
    law: int,
    first: float,
    second: float,
    free: NDArray[np.float64],
    span: NDArray[np.float64],
    found: NDArray[np.float64],
) -> None:
    """Serve who comes until the end.

    Args:
        keys: Of the replication's sources.
        uid: The stream's number.
        rate: Arrivals a minute.
        law: Of the service times, with its two parameters as `DUTY` has them.
        first: See there.
        second: See there.
        free: When each officer is free, all 0; changed.
        span: From when who is served is counted, the end, and the wait that counts as answered; minutes.
        found: Filled in: begun, wait, waited, answered, minutes of service.

    """
    warm_up, end, patience = span[0], span[1], span[2]
    occurrence = np.uint64(0)
    now = 0.0
    while True:
        number = mix(uid + occurrence * GOLDEN)
        now -= math.log(uniform(keys[_GAP], number)) / rate
        if now >= end:
            return
        occurrence += np.uint64(1)
        number = mix(uid + occurrence * GOLDEN)
        minutes = drawn_minutes(law, first, second, keys[_MINUTES], number)
        begins = max(now, free[0])
        _take(free, begins + minutes)
        if warm_up <= begins < end:
            wait = begins - now
            found[0] += 1.0
            found[1] += wait
            found[2] += wait > 0.0
            found[3] += wait <= patience
            found[4] += minutes


@part
def _take(free: NDArray[np.float64], until: float) -> None:
    """Have the officer who is free first be free again at a later time; the earliest stays in front."""
    size, place = free.shape[0], 0
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        if child + 1 < size:
            child += free[child + 1] < free[child]
        if until <= free[child]:
            break
        free[place] = free[child]
        place = child
    free[place] = until
