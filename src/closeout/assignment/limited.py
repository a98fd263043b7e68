"""With a limit on moves: bring the busiest down as far as the moves allow."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from closeout.assignment.solving import Solved

_STEPS = 12
"""Halvings: the ceiling is found to a four-thousandth of its range."""


def within_limit(
    solve: Callable[[Fraction | None], list[Solved]], highest: Fraction | None, most: int | None
) -> tuple[list[Solved], Fraction | None]:
    """Return the plans that bring the busiest officer lowest within a number of moves.

    Officers below a common ceiling keep what they have; the ceiling is lowered by halving. More moves than
    the limit are returned only where cases must move whatever the ceiling: those of officers without hours,
    or that nobody leads.

    Args:
        solve: Plans for a ceiling; for None, the fairest.
        highest: The highest utilization now.
        most: The limit; None: no limit.

    Returns:
        The plans, and a utilization that no plan with so many moves brings the busiest below; None where
        the limit does not bind.

    """
    plans = solve(None)
    if most is None or _moves(plans) <= most or highest is None:
        return plans, None
    low, high = Fraction(0), highest
    proven = Fraction(0) if _bound(plans) <= most else None
    found = solve(high)
    best, least = found, proven
    for _ in range(_STEPS):
        middle = ((low + high) / 2).limit_denominator(1_000_000)
        found = solve(middle)
        if _bound(found) > most:
            least = middle if least is None or middle > least else least
        if _moves(found) <= most:
            best, high = found, middle
        else:
            low = middle
    return best, least


def _moves(plans: list[Solved]) -> int:
    return sum(plan.moves for plan in plans)


def _bound(plans: list[Solved]) -> int:
    return sum(plan.bound for plan in plans)
