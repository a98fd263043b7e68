"""Tables that a reader cannot tell from the true one, in which small counts hold what they may hold.

Written for HiGHS. The columns of a program are the atoms, how far each shown count lies above and below its
true value (nowhere, while it is shown), and how near each small count gets to its goal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, eye_array, hstack, vstack

from closeout.evidence.suppression.cells import K

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import sparray

    from closeout.evidence.suppression.overlapping import Line, System

_ALMOST = 1e-6
_OPTIMAL = 0
_DEPTH = 3
"""Of sums: of all offices, of an office, of the parts of a share."""
_TIE = 1e-7
"""Of figures that lose as much the first goes, on every machine."""


class Reaching(Generic[K]):
    """The programs of one system of counts.

    Attributes:
        small: The small counts that are not shown.
        further: The blocks that have been withheld for their sake.

    """

    def __init__(self, system: System[K], small: Sequence[Line[K]], withheld: set[K]) -> None:
        """Begin with some blocks withheld."""
        self.small = tuple(small)
        self.further: set[K] = set()
        held = [one for one in system.lines if one.count]
        hidden = [one for one in held if one.is_hidden(withheld) and one.least]
        self._shown = [one for one in held if not one.is_hidden(withheld)]
        self._sizes = (system.atoms, len(self._shown), len(self._shown), len(self.small))
        self._counts = np.array([float(one.count) for one in self._shown])
        self._lost = _losses(system, self._shown)
        self._most = np.full(system.atoms, np.inf)
        self._most[sorted({atom for one in system.lines if not one.count for atom in one.atoms})] = 0.0
        self._least = _least_of_atoms(system)
        self._of_small = _rows([one.atoms for one in self.small], system.atoms)
        self._equal = self._equations(system)
        self._right = np.concatenate([self._counts, np.zeros(len(system.sums))])
        # What is withheld and no zero is 1 or more; and of pairs, the first is no more than the second.
        firsts, seconds = (_rows([(pair[side],) for pair in system.at_most], system.atoms) for side in (0, 1))
        self._above = vstack([-_rows([one.atoms for one in hidden], system.atoms), firsts - seconds])
        self._limits = np.concatenate([-np.ones(len(hidden)), np.zeros(len(system.at_most))])
        self._related: dict[bool, sparray] = {}

    def together(
        self, goals: Sequence[int], todo: Sequence[int], first: int | None, *, is_up: bool
    ) -> set[int] | None:
        """Return which small counts reach their goal in one table, as many as it can; None: no table fits.

        Args:
            goals: What each small count is to hold at the least, or at the most.
            todo: The small counts that matter, by their place.
            first: One of them that comes before all others.
            is_up: Whether goals are to be reached from below, or from above.

        """
        weights = np.zeros(len(self.small))
        weights[list(todo)] = 1.0
        if first is not None:
            weights[first] = 10.0 * len(todo)
        costs = self._columns(near=-weights if is_up else weights)
        x = self._solved(costs, goals, is_up=is_up)
        if x is None:
            return None
        held = self._of_small @ x[: self._sizes[0]]
        there = held >= np.array(goals) - _ALMOST if is_up else held <= np.array(goals) + _ALMOST
        return {at for at in todo if there[at]}

    def floors(self) -> list[int]:
        """Return the least that each small count can hold, whatever is withheld.

        That is 1 but for sums: what is not zero adds up. One table serves most; where what is in a sum is
        known to be no less, that is their least.
        """
        goals = [0] * len(self.small)
        costs = self._columns(atoms=self._of_small.sum(axis=0))
        lowest = self._solved(costs, goals, is_up=True, is_all_free=True)
        if lowest is None:
            return [one.least for one in self.small]
        held = [round(float(one)) for one in self._of_small @ lowest[: self._sizes[0]]]
        return [
            count
            if count <= max(one.least, sum(self._least[atom] for atom in one.atoms))
            else self._floor(at)
            for at, (one, count) in enumerate(zip(self.small, held, strict=True))
        ]

    def _floor(self, at: int) -> int:
        row = self._of_small[[at]]
        costs = self._columns(atoms=row.toarray()[0])
        lowest = self._solved(costs, [0] * len(self.small), is_up=True, is_all_free=True)
        return self.small[at].least if lowest is None else round(float((row @ lowest[: self._sizes[0]])[0]))

    def let(self, at: int, goal: int, *, is_up: bool) -> None:
        """Withhold what else must be withheld for one small count to reach its goal, at the least loss."""
        goals = [0] * len(self.small)
        goals[at] = goal
        costs = self._columns(above=self._lost, below=self._lost)
        x = self._solved(costs, goals, is_up=is_up, is_all_free=True, must=at)
        if x is None:
            return
        start, shown = self._sizes[:2]
        moved = x[start : start + shown] + x[start + shown : start + 2 * shown]
        self.further |= {
            one.block
            for one, by in zip(self._shown, moved, strict=True)
            if by > _ALMOST and one.block is not None and not one.is_told
        }

    def _solved(
        self,
        costs: NDArray[np.float64],
        goals: Sequence[int],
        *,
        is_up: bool,
        is_all_free: bool = False,
        must: int | None = None,
    ) -> NDArray[np.float64] | None:
        """Return the columns of the best table; None where there is none."""
        is_free = np.array(
            [not one.is_told and (is_all_free or one.block in self.further) for one in self._shown],
            dtype=bool,
        )
        nearest = len(self.small)
        low = self._columns(near=np.full(nearest, -np.inf if is_up else 0.0))
        high = self._columns(
            self._most,
            np.where(is_free, np.inf, 0.0),
            np.where(is_free, self._counts - 1, 0.0),
            np.full(nearest, 0.0 if is_up else np.inf),
        )
        if must is not None:
            low[len(low) - nearest + must] = high[len(high) - nearest + must] = 0.0
        sign = -1.0 if is_up else 1.0
        limits = np.concatenate([self._limits, sign * np.array(goals, dtype=float)])
        # With no whole numbers asked for this is linear programming; `linprog` looks at all that it is given
        # first, which takes as long as solving.
        answer = milp(
            costs,
            bounds=Bounds(low, high),
            constraints=LinearConstraint(
                self._relations(is_up=is_up),
                np.concatenate([np.full(len(limits), -np.inf), self._right]),
                np.concatenate([limits, self._right]),
            ),
        )
        return np.asarray(answer.x, dtype=np.float64) if answer.status == _OPTIMAL else None

    def _columns(
        self,
        atoms: NDArray[np.float64] | None = None,
        above: NDArray[np.float64] | None = None,
        below: NDArray[np.float64] | None = None,
        near: NDArray[np.float64] | None = None,
    ) -> NDArray[np.float64]:
        """Return a number for each column: zeros where nothing else is given."""
        given = (atoms, above, below, near)
        return np.concatenate(
            [np.zeros(size) if one is None else one for one, size in zip(given, self._sizes, strict=True)]
        )

    def _relations(self, *, is_up: bool) -> sparray:
        """Return what is bounded from above, small counts among it, and under it what is equal; made once.

        Up: a small count holds its goal, less what `near` lacks to zero; down: no more than its goal and
        `near`.
        """
        if is_up not in self._related:
            bounded = self._with_reaching(self._above, is_up=is_up)
            self._related[is_up] = vstack([bounded, self._equal]).tocsc()
        return self._related[is_up]

    def _with_reaching(self, above: sparray, *, is_up: bool) -> sparray:
        sign, shown, nearest = (-1.0 if is_up else 1.0), self._sizes[1], self._sizes[3]
        nowhere = coo_array((above.shape[0], 2 * shown + nearest))
        reaching = [sign * self._of_small, coo_array((nearest, 2 * shown)), -sign * eye_array(nearest)]
        return vstack([hstack([above, nowhere]), hstack(reaching)]).tocsr()

    def _equations(self, system: System[K]) -> sparray:
        """Return that shown counts are sums of atoms, and how atoms add up."""
        number, nearest = self._sizes[1], self._sizes[3]
        apart, near = eye_array(number), coo_array((number, nearest))
        shown = hstack([_rows([one.atoms for one in self._shown], system.atoms), -apart, apart, near])
        wholes = _rows([(whole,) for whole, _ in system.sums], system.atoms)
        parts = _rows([some for _, some in system.sums], system.atoms)
        nowhere = coo_array((len(system.sums), 2 * number + nearest))
        return vstack([shown, hstack([wholes - parts, nowhere])]).tocsr()


def _rows(atoms: Sequence[Sequence[int]], width: int) -> sparray:
    """Return a row for each sum of atoms."""
    at = [place for place, some in enumerate(atoms) for _ in some]
    columns = [atom for some in atoms for atom in some]
    return coo_array((np.ones(len(at)), (at, columns)), shape=(len(atoms), width)).tocsr()


def _losses(system: System[K], shown: Sequence[Line[K]]) -> NDArray[np.float64]:
    """Return what is lost with each shown count: all that is withheld with it."""
    lost = system.losses()
    each = [lost.get(one.block, 0.0) if one.block is not None else 0.0 for one in shown]
    scaled: NDArray[np.float64] = np.array(each, dtype=np.float64) * (1 + _TIE * np.arange(len(shown)))
    return scaled


def _least_of_atoms(system: System[K]) -> list[int]:
    """Return what each atom holds at the least: what is not zero is 1 or more, and sums are what adds up."""
    least = [0] * system.atoms
    for one in system.lines:
        if len(one.atoms) == 1 and one.count:
            least[one.atoms[0]] = max(least[one.atoms[0]], one.least)
    for _ in range(_DEPTH):
        for whole, parts in system.sums:
            least[whole] = max(least[whole], sum(least[part] for part in parts))
    return least
