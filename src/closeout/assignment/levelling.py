"""Level what officers have received: pour new work in where least was, as water finds its level."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def level(
    already: Sequence[float],
    new: int,
    *,
    hours: Sequence[float] | None = None,
    minutes: float = 1.0,
) -> list[int]:
    """Return how many of some new cases each officer should get, so that all have received alike.

    What counts is minutes received in the period per hour available. Officers above the common level get
    nothing. Whole cases that remain go one each to those who were highest among the rest, so that nobody
    passes the common level by more than one case. With equal hours and cases this is the allocation of
    Caseflow's priority push job, whose published cases it reproduces (workload method, 2.K).

    Args:
        already: Minutes received in the period, by officer; 0 or more. Counts, where `minutes` is 1.
        new: Cases to hand out; 0 or more.
        hours: Hours available in the period, by officer; an officer without hours gets nothing. All alike
            if None.
        minutes: What one new case takes, above 0.

    Returns:
        Cases by officer, in the order given, adding up to `new`; all 0 where nobody has hours.

    Raises:
        ValueError: A number is negative, or the lengths differ.

    """
    available = [1.0] * len(already) if hours is None else list(hours)
    if len(available) != len(already) or min([*already, *available, new, 0]) < 0 or minutes <= 0:
        msg = "levelling needs one figure of hours an officer, none negative, and minutes above 0"
        raise ValueError(msg)
    got = {i: (Fraction(already[i]), Fraction(h)) for i, h in enumerate(available) if h > 0}
    shares = [0] * len(already)
    if not got or not new:
        return shares
    order = sorted(got, key=lambda i: (got[i][0] / got[i][1], i))
    common, below = _common_level([got[i] for i in order], new * Fraction(minutes))
    for i in order[:below]:
        shares[i] = int((common * got[i][1] - got[i][0]) / Fraction(minutes))
    left = new - sum(shares)
    for i in order[:below][::-1][:left]:
        shares[i] += 1
    return shares


def target(already: Sequence[float], new: int) -> int:
    """Return the whole number of cases that levelling brings officers of equal hours to."""
    order = sorted(Fraction(count) for count in already)
    return int(_common_level([(count, Fraction(1)) for count in order], Fraction(new))[0])


def _common_level(got: list[tuple[Fraction, Fraction]], poured: Fraction) -> tuple[Fraction, int]:
    """Return the common minutes per hour, and how many officers lie below it; they come lowest first."""
    minutes, hours = poured, Fraction(0)
    for below, (had, available) in enumerate(got):
        if hours and minutes / hours <= had / available:
            return minutes / hours, below
        minutes, hours = minutes + had, hours + available
    return minutes / hours, len(got)
