"""The fairest utilization each officer can have, were cases divisible at will: exact, and with its proof.

Work of a set of classes can only be done by the officers eligible for one of them. The set with the most
work per hour of such officers is the tightest: nobody can bring all of these officers below that ratio. The
set is peeled off with its officers, then the next tightest, and so on. This decomposition of a polymatroid
gives the utilizations that are smallest in the lexicographic order, the highest first (Fujishige 1980).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from ortools.graph.python import max_flow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_LARGEST = 1 << 62


@dataclass(frozen=True, slots=True)
class Level:
    """A tightest set: these classes' work can be done by these officers only."""

    utilization: Fraction
    classes: tuple[int, ...]
    officers: tuple[int, ...]


def fair_levels(work: Sequence[int], hours: Sequence[int], may: NDArray[np.bool_]) -> tuple[Level, ...]:
    """Return the levels of the fairest utilization, the highest first.

    Args:
        work: By class; above 0.
        hours: By officer, in the same unit; above 0.
        may: Class by officer. Every class has at least one officer.

    Returns:
        Levels that hold each class and each officer once; a last one of utilization 0 holds officers who may
        do none of the work.

    """
    types, members = _types(may)
    type_hours = np.array([sum(hours[i] for i in who) for who in members], dtype=object)
    levels = []
    classes, kinds = list(range(len(work))), list(range(len(members)))
    while classes:
        ratio, tight, by = _tightest(classes, kinds, work, type_hours, types)
        levels.append(Level(ratio, tuple(tight), tuple(sorted(i for t in by for i in members[t]))))
        classes = [k for k in classes if k not in set(tight)]
        kinds = [t for t in kinds if t not in set(by)]
    if kinds:
        levels.append(Level(Fraction(0), (), tuple(sorted(i for t in kinds for i in members[t]))))
    return tuple(levels)


def _types(may: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], list[list[int]]]:
    """Return officers with the same eligibility as one, and who they are."""
    members: dict[bytes, list[int]] = {}
    for i in range(may.shape[1]):
        members.setdefault(may[:, i].tobytes(), []).append(i)
    found = list(members.values())
    return may[:, [who[0] for who in found]], found


def _tightest(
    classes: list[int],
    kinds: list[int],
    work: Sequence[int],
    hours: NDArray[np.object_],
    may: NDArray[np.bool_],
) -> tuple[Fraction, list[int], list[int]]:
    """Return the highest ratio of work to hours of a set of classes, the largest such set, and who does it.

    Starts from all classes; as long as a cut finds a set with a higher ratio, goes on with that one
    (Dinkelbach's method, in whole numbers).
    """
    tight = classes
    while True:
        by = [t for t in kinds if may[tight, t].any()]
        ratio = Fraction(sum(work[k] for k in tight), sum(hours[t] for t in by))
        over, tight_now = _cut(ratio, classes, kinds, work, hours, may)
        if not over:
            # Sets of the highest ratio stay so when joined; a rounded cut is not taken at its word.
            joined = sorted({*tight, *tight_now})
            by_joined = [t for t in kinds if may[joined, t].any()]
            if sum(work[k] for k in joined) == ratio * sum(hours[t] for t in by_joined):
                return ratio, joined, by_joined
            return ratio, tight, by
        tight = over


def _cut(
    ratio: Fraction,
    classes: list[int],
    kinds: list[int],
    work: Sequence[int],
    hours: NDArray[np.object_],
    may: NDArray[np.bool_],
) -> tuple[list[int], list[int]]:
    """Return the classes that do not fit at a ratio, and, if all fit, the largest set that just fits."""
    scale = _scale(ratio, sum(work[k] for k in classes))
    supply = [work[k] * ratio.denominator // scale for k in classes]
    room = [-(-int(hours[t]) * ratio.numerator // scale) for t in kinds]
    source, sink = len(classes) + len(kinds), len(classes) + len(kinds) + 1
    pairs = np.argwhere(may[np.ix_(classes, kinds)])
    flow = max_flow.SimpleMaxFlow()
    n, m = len(classes), len(kinds)
    flow.add_arcs_with_capacity(np.full(n, source), np.arange(n), np.array(supply, dtype=np.int64))
    flow.add_arcs_with_capacity(
        pairs[:, 0].copy(), pairs[:, 1] + n, np.full(len(pairs), sum(supply), dtype=np.int64)
    )
    flow.add_arcs_with_capacity(np.arange(n, n + m), np.full(m, sink), np.array(room, dtype=np.int64))
    if flow.solve(source, sink) != flow.OPTIMAL:
        msg = "the largest flow was not found; this is a fault of the program"
        raise RuntimeError(msg)
    if flow.optimal_flow() < sum(supply):
        cut = set(flow.get_source_side_min_cut())
        over = [k for at, k in enumerate(classes) if at in cut]
        by = [t for t in kinds if may[over, t].any()]
        # The solver is not taken at its word: the set must be tighter in whole numbers.
        if over and Fraction(sum(work[k] for k in over), sum(hours[t] for t in by)) > ratio:
            return over, []
    loose = set(flow.get_sink_side_min_cut())
    return [], [k for at, k in enumerate(classes) if at not in loose]


def _scale(ratio: Fraction, total: int) -> int:
    """Return by what to divide so that capacities stay within 64 bits."""
    largest = max(total * ratio.denominator, ratio.numerator * total)
    return max(1, -(-largest // _LARGEST))
