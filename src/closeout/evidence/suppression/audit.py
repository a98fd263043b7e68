"""What a reader can work out of each cell that is withheld: proven by linear programming.

Written apart from the search, which finds tables that fit and not the ends of what fits.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scipy.sparse import lil_array

    from closeout.evidence.suppression.cells import Counts, K, Withheld

_ALMOST = 1e-6
_UNBOUNDED = 3


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the most that a cell can hold, by all that a reader is told; None: no limit."""

    low: int
    high: int | None

    def hides(self, threshold: int, floor: int = 1) -> bool:
        """Say whether every small count from the floor on is possible: then the sums tell nothing more."""
        return self.low <= floor and (self.high is None or self.high >= threshold - 1)


def ranges(counts: Counts[K], withheld: Withheld[K], *, of: Iterable[K] | None = None) -> Mapping[K, Range]:
    """Return what a reader can infer of cells, who knows every sum and that zeros are always printed.

    Args:
        counts: The cells and how they add up.
        withheld: Those that are not printed.
        of: Which cells; every withheld one, and every unseen one that holds a small count, if None.

    Returns:
        The range of each, by linear programming: two programs a cell (HiGHS), rounded inwards to whole
        counts. In a table of rows and columns, with totals of totals, the ends can be reached; in three
        dimensions and more the true range may be narrower.

    """
    from scipy.optimize import linprog  # noqa: PLC0415 - takes seconds to load, and many tables need no solver

    unknown = [key for key in counts.cells if counts.is_unknown(key, withheld.cells)]
    places = {key: place for place, key in enumerate(unknown)}
    left, right = _relations(counts, places)
    bounds = [(counts.least(key), None) for key in unknown]
    wanted = [key for key in unknown if key in withheld or key in counts.small] if of is None else list(of)
    found = {}
    for key in wanted:
        if key not in places:
            found[key] = Range(counts.cells[key] or 0, counts.cells[key])
            continue
        ends = []
        for sign in (1.0, -1.0):
            goal = np.zeros(len(unknown))
            goal[places[key]] = sign
            solved = linprog(goal, A_eq=left, b_eq=right, bounds=bounds, method="highs")
            ends.append(None if solved.status == _UNBOUNDED else sign * solved.fun)
        low, high = ends
        found[key] = Range(ceil((low or 0.0) - _ALMOST), None if high is None else floor(high + _ALMOST))
    return found


def exposed(counts: Counts[K], withheld: Withheld[K]) -> Mapping[K, Range]:
    """Return the small cells of which a reader learns more than that they are withheld; none if safe."""
    learnt = ranges(counts, withheld, of=[key for key in counts.cells if key in counts.small])
    floors = floors_of(counts)
    return {key: known for key, known in learnt.items() if not known.hides(counts.threshold, floors[key])}


def floors_of(counts: Counts[K]) -> Mapping[K, int]:
    """Return for each small cell the least that it can hold when nothing but zeros is printed.

    That is 1 but for sums: three parts that are not zero add up to 3 at least, whatever is withheld.
    """
    from scipy.optimize import linprog  # noqa: PLC0415 - as above

    if not counts.small:
        return {}
    unknown = [key for key, count in counts.cells.items() if count != 0]
    places = {key: place for place, key in enumerate(unknown)}
    left, right = _relations(counts, places)
    bounds = [(1 if counts.cells[key] and key not in counts.unseen else 0, None) for key in unknown]

    def least(wanted: Iterable[K]) -> dict[K, int]:
        goal = np.zeros(len(unknown))
        for key in wanted:
            goal[places[key]] = 1.0
        solved = linprog(goal, A_eq=left, b_eq=right, bounds=bounds, method="highs")
        return {key: max(1, ceil(solved.x[places[key]] - _ALMOST)) for key in wanted}

    # All together first: a cell that holds 1 then can hold no less.
    found = least(sorted(counts.small, key=repr))
    return {key: low if low == 1 else least([key])[key] for key, low in found.items()}


def _relations(counts: Counts[K], places: Mapping[K, int]) -> tuple[lil_array | None, np.ndarray | None]:
    """Return the sums with an unknown cell as equations: unknown cells left, told ones right."""
    equations = [one for one in counts.sums if any(key in places for key in (one.total, *one.parts))]
    if not equations:
        return None, None
    from scipy.sparse import lil_array  # noqa: PLC0415 - as above

    left = lil_array((len(equations), len(places)))
    right = np.zeros(len(equations))
    for row, one in enumerate(equations):
        for sign, key in ((1.0, one.total), *((-1.0, part) for part in one.parts)):
            if key in places:
                left[row, places[key]] += sign
            else:
                right[row] -= sign * (counts.cells[key] or 0)
    return left.tocsr(), right
