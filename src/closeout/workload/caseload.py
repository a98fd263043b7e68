"""How many cases one officer's hours are enough for, and the standards that others publish."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from closeout.workload.figures import Achievable, Yardstick
from closeout.workload.need_draws import at_risk
from closeout.workload.yardsticks import ALMOST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

PROBABILITIES = (0.5, 0.8, 0.9, 0.95)
"""At 0.8 the figure to plan with; the others beside it."""

YARDSTICKS = (
    Yardstick(
        "APPA intensive",
        "4 hours a case of 120 hours a month",
        30,
        "American Probation and Parole Association",
    ),
    Yardstick(
        "APPA moderate",
        "2 hours a case of 120 hours a month",
        60,
        "American Probation and Parole Association",
    ),
    Yardstick(
        "APPA low", "1 hour a case of 120 hours a month", 120, "American Probation and Parole Association"
    ),
    Yardstick("HMIP", "cases a probation practitioner", 50, "HM Inspectorate of Probation"),
    Yardstick(
        "NPDWS low felony",
        "35 hours a case of 2,080 hours a year",
        59,
        "National Public Defense Workload Study",
    ),
)
"""Standards of other fields, for orientation: shown, not imposed."""


def at_mix(cases: int, utilization: float | None) -> int | None:
    """Return the cases that the hours are enough for at the present mix: n / U, rounded down.

    Args:
        cases: The present cases.
        utilization: Of the hours by these cases; above 0.

    Returns:
        Whole cases; None where there are no cases, no hours or no demand to go by.

    """
    if utilization is None or cases <= 0 or utilization <= 0:
        return None
    return math.floor(cases / utilization + ALMOST)


def by_type(hours: Sequence[float], hours_a_case: Mapping[str, float]) -> list[dict[str, int]]:
    """Return the cases of each type alone that some hours are enough for: floor(H / w), as `achievable`.

    Args:
        hours: For cases, a month, of each officer; below 0 as none.
        hours_a_case: A month, by type; types that take no time are left out.

    Returns:
        By type, in the types' order, for each officer.

    """
    kinds = [kind for kind, each in sorted(hours_a_case.items()) if each > 0]
    each = np.array([hours_a_case[kind] for kind in kinds], dtype=np.float64)
    there = np.maximum(np.asarray(hours, dtype=np.float64), 0.0)[:, None]
    fits = np.floor(there / each + ALMOST).astype(np.int64)
    return [dict(zip(kinds, row, strict=True)) for row in fits.tolist()]


def with_probability(
    cases: int, utilization: NDArray[np.float64], probabilities: tuple[float, ...] = PROBABILITIES
) -> tuple[Achievable, ...]:
    """Return the largest caseloads with P(U <= 1) at least so much.

    Args:
        cases: The present cases.
        utilization: Draws of the present utilization. Without draws there is no answer: a formula that
            took the weights for certain would promise more than they hold.
        probabilities: Each from 0 to 1.

    Returns:
        One a probability; none where there are no cases, or they take no time.

    """
    if cases <= 0 or not len(utilization) or not (utilization > 0).all():
        return ()
    found = at_risk(cases, utilization, probabilities)
    return tuple(Achievable(each, number) for each, number in zip(probabilities, found, strict=True))
