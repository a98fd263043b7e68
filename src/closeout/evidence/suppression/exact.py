"""The least loss, proven: for each small cell both tables are sought at once, in one integer program.

Fischetti and Salazar 2001, "Solving the cell suppression problem on tabular data with linear constraints",
Management Science 47(7), written out in whole numbers for CP-SAT.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ortools.sat.python import cp_model

from closeout.evidence.suppression.audit import floors_of
from closeout.evidence.suppression.cells import K, SuppressionError
from closeout.evidence.suppression.losses import loss

if TYPE_CHECKING:
    from closeout.evidence.suppression.cells import Counts

_EFFORT = 0.2
"""Units of deterministic time: a fraction of a second, and the same on every machine."""
_Marks: TypeAlias = "dict[K, cp_model.IntVar]"


def least(counts: Counts[K], small: frozenset[K]) -> frozenset[K] | None:
    """Return the cells to withhold at the least loss; None where that cannot be proven with little effort.

    Args:
        counts: The cells and how they add up.
        small: Those that are withheld in any case.

    Returns:
        The cells withheld, `small` among them.

    Raises:
        SuppressionError: What was printed before gives a small count away.

    """
    model = cp_model.CpModel()
    free = [key for key in counts.cells if counts.may_be_withheld(key) and key not in small]
    blocks = {counts.block(key): model.new_bool_var("") for key in free}
    marks = {key: blocks[counts.block(key)] for key in free}
    floors = floors_of(counts)
    for key in sorted(counts.small, key=repr):
        for goal in sorted({floors[key], counts.threshold - 1} - {counts.cells[key]}):
            table = _table(model, counts, marks, small)
            model.add(table[key] == goal)
    model.minimize(sum(loss(key, counts.cells[key] or 0) * mark for key, mark in marks.items()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = _EFFORT
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        msg = "what was printed before gives a small count away, whatever else is withheld"
        raise SuppressionError(msg)
    if status != cp_model.OPTIMAL:
        return None
    return small | {key for key, mark in marks.items() if solver.value(mark)}


def _table(
    model: cp_model.CpModel, counts: Counts[K], marks: _Marks[K], small: frozenset[K]
) -> dict[K, cp_model.LinearExprT]:
    """Return a table that fits all that a reader is told: as the true one but where cells are withheld.

    No cell need differ by more than a small count can: to move one row into or out of a cell moves each of
    its totals by one.
    """
    move = counts.threshold - 2
    largest = max((count for count in counts.cells.values() if count is not None), default=0) + move
    table: dict[K, cp_model.LinearExprT] = {}
    for key, count in counts.cells.items():
        if count is None:
            table[key] = model.new_int_var(0, largest, "")
        elif counts.is_unknown(key, small):
            table[key] = model.new_int_var(max(counts.least(key), count - move), count + move, "")
        elif key in marks:
            down = min(move, count - counts.least(key))
            moved = model.new_int_var(-down, move, "")
            model.add(moved <= move * marks[key])
            model.add(moved >= -down * marks[key])
            table[key] = count + moved
        else:
            table[key] = count
    for one in counts.sums:
        model.add(table[one.total] == sum(table[part] for part in one.parts))
    return table
