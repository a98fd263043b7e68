"""Small groups, solved exactly: the closest band that whole cases allow, then the fewest moves.

Cases of one holder, class and work are alike, so the solver decides counts of them, not single cases
(CP-SAT, one worker and a limit of counted work, so that the same input gives the same answer). Its answer
is counted again here before it is believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from closeout.assignment.flow import Group

_MOST_CHOICES = 4_000
_MOST_CASES = 20_000
_EFFORT = 4.0
"""Units of deterministic time for each of the two questions: some seconds."""
_FINE = 100_000
"""The band is sought in steps of this part of the fair load."""
_GRAIN = 2
"""Hundredths of a minute that rounding fair loads and caps to whole ones may have taken from a cap."""


@dataclass(frozen=True, slots=True)
class Exact:
    """What the solver found."""

    to: NDArray[np.int64]
    cap: NDArray[np.int64]
    """As asked for, or as close to it as whole cases allow."""
    bound: int
    """No plan under these caps has fewer moves, as far as proven."""
    is_best_band: bool
    """The caps had to be raised, and it is proven that no smaller raise would do."""


@dataclass(frozen=True, slots=True)
class _Cells:
    first: NDArray[np.int64]
    """Where the cases of each cell start; one more at the end."""
    holder: NDArray[np.int64]
    kind: NDArray[np.int64]
    work: NDArray[np.int64]

    @property
    def count(self) -> NDArray[np.int64]:
        return np.diff(self.first)


def is_small(group: Group) -> bool:
    """Say whether a group is small enough to be solved exactly."""
    if group.work.size > _MOST_CASES:
        return False
    cells = _cells(group)
    return int(group.may[:, cells.kind].sum()) <= _MOST_CHOICES


def exactly(group: Group, hint: NDArray[np.int64], base: NDArray[np.int64], seed: int) -> Exact:
    """Return the plan with the fewest moves under the caps, or under the closest that whole cases allow.

    Args:
        group: A small group.
        hint: A plan to start from, at best one under the caps.
        base: By officer, the fair load in whole units: what a band is a share of.
        seed: The solver's.

    """
    cells = _cells(group)
    cap, is_best_band = group.cap, False
    if (_load(group, hint) > cap).any():
        hint, cap, is_best_band = _closest(group, cells, hint, base, seed)
    found, bound = _fewest(group, cells, hint, cap, seed)
    if found is None or (_load(group, found) > cap).any() or _moves(group, found) > _moves(group, hint):
        found = hint
    return Exact(found, cap, min(bound, _moves(group, found)), is_best_band)


def _closest(
    group: Group, cells: _Cells, hint: NDArray[np.int64], base: NDArray[np.int64], seed: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], bool]:
    """Return a plan with the smallest band, its caps, and whether no smaller one is possible."""
    load = _load(group, hint)
    scale = np.maximum(base, 1)
    over = np.ceil((load - group.cap) * _FINE / scale)
    most = max(1, int(over[group.may.any(axis=1)].max(initial=0)))
    model = cp_model.CpModel()
    given = _choices(model, group, cells, hint)
    wider = model.new_int_var(0, most, "wider")
    for i, mine in enumerate(_by_officer(group, cells, given)):
        room = int(group.cap[i] - group.fixed[i])
        model.add(sum(_FINE * w * x for w, x in mine) <= _FINE * room + int(scale[i]) * wider)
    model.minimize(wider)
    solver, status = _run(model, seed)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return hint, np.maximum(group.cap, load), False
    found = _read(solver, group, cells, given)
    width = np.maximum(_load(group, found) - group.cap, 0) * _FINE / scale
    least = int(np.ceil(width.max(initial=0)))
    cap = group.cap + -(-(scale * least) // _FINE) + (_GRAIN if least else 0)
    cap = np.where(group.may.any(axis=1), np.maximum(cap, _load(group, found)), group.cap)
    return found, cap, status == cp_model.OPTIMAL and bool((cap > group.cap).any())


def _fewest(
    group: Group, cells: _Cells, hint: NDArray[np.int64], cap: NDArray[np.int64], seed: int
) -> tuple[NDArray[np.int64] | None, int]:
    model = cp_model.CpModel()
    given = _choices(model, group, cells, hint)
    for i, mine in enumerate(_by_officer(group, cells, given)):
        model.add(sum(w * x for w, x in mine) <= int(cap[i] - group.fixed[i]))
    stays = [x for (cell, i), x in given.items() if cells.holder[cell] == i]
    model.minimize(int(group.work.size) - sum(stays))
    solver, status = _run(model, seed)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return None, 0
    bound = round(solver.objective_value) if status == cp_model.OPTIMAL else solver.best_objective_bound
    return _read(solver, group, cells, given), max(0, int(np.ceil(bound - 1e-6)))


def _choices(
    model: cp_model.CpModel, group: Group, cells: _Cells, hint: NDArray[np.int64]
) -> dict[tuple[int, int], cp_model.IntVar]:
    """Return how many cases of each cell each officer gets: variables that add up to the cell's count."""
    given = {}
    for cell, count in enumerate(cells.count.tolist()):
        at = hint[cells.first[cell] : cells.first[cell + 1]]
        mine = []
        for i in np.flatnonzero(group.may[:, cells.kind[cell]]).tolist():
            given[cell, i] = model.new_int_var(0, count, f"{cell}-{i}")
            model.add_hint(given[cell, i], int((at == i).sum()))
            mine.append(given[cell, i])
        model.add(sum(mine) == count)
    return given


def _by_officer(
    group: Group, cells: _Cells, given: dict[tuple[int, int], cp_model.IntVar]
) -> list[list[tuple[int, cp_model.IntVar]]]:
    mine: list[list[tuple[int, cp_model.IntVar]]] = [[] for _ in range(group.officers)]
    for (cell, i), x in given.items():
        mine[i].append((int(cells.work[cell]), x))
    return mine


def _run(model: cp_model.CpModel, seed: int) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed % (1 << 31)
    solver.parameters.max_deterministic_time = _EFFORT
    return solver, solver.solve(model)


def _read(
    solver: cp_model.CpSolver,
    group: Group,
    cells: _Cells,
    given: dict[tuple[int, int], cp_model.IntVar],
) -> NDArray[np.int64]:
    """Return who has each case: those that stay come last in a cell, as they are the most attached."""
    to = np.full(group.work.size, -1, dtype=np.int64)
    at = cells.first[:-1].copy()
    for (cell, i), x in sorted(
        given.items(), key=lambda one: (one[0][0], one[0][1] == cells.holder[one[0][0]])
    ):
        n = solver.value(x)
        to[at[cell] : at[cell] + n] = i
        at[cell] += n
    return to


def _cells(group: Group) -> _Cells:
    key = group.holder.astype(np.int64) * group.may.shape[1] + group.kind
    if not key.size:
        return _Cells(np.zeros(1, dtype=np.int64), group.holder, group.kind, group.work)
    is_first = np.concatenate([[True], (key[1:] != key[:-1]) | (group.work[1:] != group.work[:-1])])
    first = np.flatnonzero(is_first)
    return _Cells(np.append(first, key.size), group.holder[first], group.kind[first], group.work[first])


def _moves(group: Group, to: NDArray[np.int64]) -> int:
    return int((to != group.holder).sum())


def _load(group: Group, to: NDArray[np.int64]) -> NDArray[np.int64]:
    on = np.bincount(to, weights=group.work, minlength=group.officers)
    return group.fixed + on.astype(np.int64)
