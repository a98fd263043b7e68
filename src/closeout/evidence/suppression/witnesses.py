"""Tables that a reader cannot tell from the true one, found one by one by linear programming.

For each small cell two are kept: in one it holds the largest small count, in the other the least it can.
The cells in which a table differs from the true one are withheld (Robertson's heuristic: "Cell suppression
at Statistics Canada", 1994). In a table of rows and columns the programs are flows, and their answers whole
numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, hstack

from closeout.evidence.suppression.audit import floors_of
from closeout.evidence.suppression.cells import K, SuppressionError
from closeout.evidence.suppression.losses import UNIT, loss

if TYPE_CHECKING:
    from collections.abc import Hashable

    from numpy.typing import NDArray

    from closeout.evidence.suppression.cells import Counts

_ALMOST = 1e-6
_OPTIMAL = 0


class Witnesses(Generic[K]):
    """The cells withheld so far, and for each small cell the two tables that protect it."""

    def __init__(self, counts: Counts[K], small: frozenset[K]) -> None:
        """Begin with the small cells withheld."""
        self.withheld = small
        self._counts = counts
        self._keys = list(counts.cells)
        self._place = {key: place for place, key in enumerate(self._keys)}
        self._sums = _matrix(counts, self._place)
        # A cell that nobody knows is found whole; of the others, how far they differ from the true ones.
        known = np.array([float(counts.cells[key] or 0) for key in self._keys])
        self._rest = -(self._sums @ known)
        self._losses = _losses(counts)
        move = counts.threshold - 2
        is_known = np.array([counts.cells[key] is not None for key in self._keys])
        self._up = np.where(is_known, float(move), np.inf)
        self._down = np.array([float(self._most_down(key, move)) for key in self._keys])
        self._may_differ = np.array([_may_differ(counts, key) for key in self._keys])
        self._floors = floors_of(counts)
        self._equations = hstack([self._sums, -self._sums]).tocsr()
        self._uses: dict[tuple[K, int], frozenset[K]] = {}

    def see_protected(self) -> None:
        """Find the small cells that those withheld protect already: one table may do for many of them."""
        for goal in (self._floors, dict.fromkeys(self._floors, self._counts.threshold - 1)):
            needs = {key: goal[key] - (self._counts.cells[key] or 0) for key in self._counts.small}
            todo = {key for key, by in needs.items() if by}
            while todo:
                reached, used = self._together({key: needs[key] for key in todo})
                self._uses |= {(key, needs[key]): used for key in reached}
                todo -= reached
                if not reached:
                    break

    def _together(self, needs: dict[K, int]) -> tuple[set[K], frozenset[K]]:
        """Return which small cells one table serves, as many as it can, and the cells it differs in."""
        may = np.array([self._counts.is_unknown(one, self.withheld) for one in self._keys])
        up, down = np.where(may, self._up, 0.0), np.where(may, self._down, 0.0)
        goal = np.zeros(2 * len(self._keys))
        half = len(self._keys)
        for key, by in needs.items():
            place = self._place[key]
            up[place], down[place] = max(by, 0), max(-by, 0)
            goal[place if by > 0 else half + place] = -1.0
        x = self._run(goal, np.zeros(2 * half), np.concatenate([up, down]))
        if x is None:
            return set(), frozenset()
        moved = x[:half] - x[half:]
        reached = {key for key, by in needs.items() if abs(moved[self._place[key]] - by) < _ALMOST}
        return reached, self._differing(moved)

    def protect(self, key: K) -> None:
        """Withhold what else a small cell needs, at the least loss.

        Raises:
            SuppressionError: No choice protects it: what was printed before gives it away.

        """
        count = self._counts.cells[key] or 0
        for by in (self._floors[key] - count, self._counts.threshold - 1 - count):
            if (key, by) in self._uses:
                continue
            used = self._solved(key, by, self._may_differ) if by else frozenset()
            if used is None:
                msg = "what was printed before gives a small count away, whatever else is withheld"
                raise SuppressionError(msg)
            self._uses[key, by] = used
            may_go = frozenset(one for one in used if self._counts.may_be_withheld(one))
            self.withheld |= self._counts.with_blocks(may_go)

    def try_to_print(self, key: K) -> None:
        """Print a cell and its block after all if every small one stays protected."""
        printed = self._counts.with_blocks(frozenset({key}))
        rest = self.withheld - printed
        may = np.array([self._counts.is_unknown(one, rest) for one in self._keys])
        found = {}
        for (cell, by), used in self._uses.items():
            if used & printed:
                other = self._solved(cell, by, may)
                if other is None:
                    return
                found[cell, by] = other
        self._uses |= found
        self.withheld = rest

    def _most_down(self, key: K, move: int) -> int:
        return max(0, min(move, (self._counts.cells[key] or 0) - self._counts.least(key)))

    def _solved(self, key: K, by: int, may: NDArray[np.bool_]) -> frozenset[K] | None:
        """Return where a table differs that has a cell changed by so much; None if there is none."""
        up, down = np.where(may, self._up, 0.0), np.where(may, self._down, 0.0)
        place = self._place[key]
        low_up, low_down = np.zeros_like(up), np.zeros_like(down)
        up[place], down[place] = max(by, 0), max(-by, 0)
        low_up[place], low_down[place] = up[place], down[place]
        cost = np.where(
            [self._counts.is_unknown(one, self.withheld) for one in self._keys], 0.0, self._losses
        )
        low, high = np.concatenate([low_up, low_down]), np.concatenate([up, down])
        x = self._run(np.concatenate([cost, cost]), low, high)
        half = len(self._keys)
        return None if x is None else self._differing(x[:half] - x[half:])

    def _run(
        self, goal: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]
    ) -> NDArray[np.float64] | None:
        answer = linprog(
            goal, A_eq=self._equations, b_eq=self._rest, bounds=np.column_stack([low, high]), method="highs"
        )
        return answer.x if answer.status == _OPTIMAL else None

    def _differing(self, moved: NDArray[np.float64]) -> frozenset[K]:
        is_moved = np.abs(moved) > _ALMOST
        return frozenset(one for one, differs in zip(self._keys, is_moved, strict=True) if differs)


def _losses(counts: Counts[K]) -> NDArray[np.float64]:
    """Return for each cell what is lost with its block, in thousandths of a bit."""
    lost: dict[Hashable, int] = {}
    for key, count in counts.cells.items():
        lost[counts.block(key)] = lost.get(counts.block(key), 0) + loss(key, count or 0)
    return np.array([lost[counts.block(key)] / UNIT for key in counts.cells])


def _matrix(counts: Counts[K], place: dict[K, int]) -> coo_array:
    """Return the sums as rows of an equation: total less parts is zero."""
    rows, columns, values = [], [], []
    for row, one in enumerate(counts.sums):
        for sign, key in ((1.0, one.total), *((-1.0, part) for part in one.parts)):
            rows.append(row)
            columns.append(place[key])
            values.append(sign)
    return coo_array((values, (rows, columns)), shape=(len(counts.sums), len(place)))


def _may_differ(counts: Counts[K], key: K) -> bool:
    return counts.may_be_withheld(key) or counts.is_unknown(key, frozenset())
