"""The least and the greatest need that weights could call for and still add up to the hours paid.

An interval says how far each weight may be off. But the minutes recorded are the minutes paid: if one weight
is higher, another is lower. The band of needs over all weights within their intervals that add up is the
"benefit of the doubt" at both ends; it asks for no law of chance.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import linprog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

TOLERANCE = 0.02
"""Share by which the minutes may miss the minutes paid: rounding of entries."""
_EXACT = 1e-7


class NotProvenError(RuntimeError):
    """The solver's answer broke a limit, or was not shown to be best; nothing is reported from it."""


@dataclass(frozen=True, slots=True)
class Paid:
    """What was recorded in one office: its tasks must add up to its paid case minutes."""

    name: str
    tasks: tuple[float, ...]
    """Of each activity, in the weeks observed."""
    minutes: float
    """Paid for cases in the same weeks, above 0."""


@dataclass(frozen=True, slots=True)
class RobustBand:
    """The least and greatest need over the weights that are possible."""

    low_fte: float
    high_fte: float
    low_weights: tuple[float, ...]
    """Minutes of each activity at the low end."""
    high_weights: tuple[float, ...]
    is_possible: bool
    """Whether any weights within their intervals add up to the minutes paid."""
    reason: str
    """Where they do not: by how much, and what the band allows for instead."""
    proven_within: float
    """The greatest distance between an end and its proven bound, as a share of the need."""

    def plain(self) -> dict[str, Any]:
        """Return the band as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Limits:
    """`rows @ x <= most`, `low <= x <= high`, scaled to about 1."""

    rows: Floats
    most: Floats
    low: Floats
    high: Floats


def need_band(
    fte_a_minute: Sequence[float],
    low: Sequence[float],
    high: Sequence[float],
    paid: Sequence[Paid],
    *,
    fixed_fte: float = 0.0,
    tolerance: float = TOLERANCE,
) -> RobustBand:
    """Return the least and greatest need over all weights within their intervals that add up.

    A linear programme, solved twice. Unscaled hours have made a solver call an answer best that was up to
    4.8 times too high, so every weight is measured in its own middle and every limit in its own size, and
    each answer is checked on the figures as given: that it keeps every limit, and that a bound worked out
    from the limits' prices alone (weak duality) meets it.

    Args:
        fte_a_minute: Full-time equivalents that one more minute of each activity takes, zero or more.
        low: The least minutes of each activity.
        high: The most minutes of each.
        paid: The offices whose minutes must add up; none for the band of the intervals alone.
        fixed_fte: Need that no weight changes (named duties).
        tolerance: Share by which minutes may miss the minutes paid.

    Returns:
        The band in full-time equivalents. Where no weights add up, the band for the least miss that is
        possible, and the reason says how large that is.

    Raises:
        ValueError: A least is above its most, or minutes paid are not above 0.
        NotProvenError: The solver's answer did not stand the check.

    """
    slopes, floor, ceiling = (np.asarray(each, dtype=np.float64) for each in (fte_a_minute, low, high))
    _check(slopes, floor, ceiling, paid)
    unit = np.where(ceiling > 0, (floor + ceiling) / 2, 1.0)
    missed = _least_miss(unit, floor, ceiling, paid)
    is_possible = missed <= tolerance + _EXACT
    limits = _limits(unit, floor, ceiling, paid, tolerance if is_possible else missed + _EXACT)
    scale = float((slopes * unit).sum()) or 1.0
    least, under = _best(slopes * unit / scale, limits)
    most, over = _best(-slopes * unit / scale, limits)
    need_low, need_high = (float(slopes @ (ends * unit)) for ends in (least, most))
    gaps = (need_low / scale - under, -over - need_high / scale)
    return RobustBand(
        need_low + fixed_fte,
        need_high + fixed_fte,
        tuple((least * unit).tolist()),
        tuple((most * unit).tolist()),
        is_possible,
        "" if is_possible else _why(missed, tolerance),
        max(0.0, *gaps),
    )


def _check(slopes: Floats, floor: Floats, ceiling: Floats, paid: Sequence[Paid]) -> None:
    if not (floor <= ceiling).all() or (floor < 0).any() or (slopes < 0).any():
        msg = "each activity needs a least number of minutes, from 0 up to its most, and work of 0 or more"
        raise ValueError(msg)
    for one in paid:
        if one.minutes <= 0 or len(one.tasks) != len(slopes):
            msg = f"{one.name}: the minutes paid must be above 0, with the tasks of every activity"
            raise ValueError(msg)


def _why(missed: float, tolerance: float) -> str:
    return (
        f"no weights within their intervals add up to the minutes paid: they miss by {missed:.1%} at least, "
        f"and {tolerance:.1%} is allowed; the band allows for {missed:.1%}. Look for minutes that no "
        "activity holds, or for intervals that are too narrow"
    )


def _sums(unit: Floats, paid: Sequence[Paid]) -> Floats:
    """Return the rows whose product with the scaled weights is 1 where the minutes add up."""
    return np.array([np.asarray(one.tasks) * unit / one.minutes for one in paid]).reshape(
        len(paid), len(unit)
    )


def _limits(unit: Floats, floor: Floats, ceiling: Floats, paid: Sequence[Paid], tolerance: float) -> _Limits:
    sums = _sums(unit, paid)
    ones = np.ones(len(sums))
    rows, most = np.vstack([sums, -sums]), np.concatenate([ones * (1 + tolerance), ones * (tolerance - 1)])
    return _Limits(rows, most, floor / unit, ceiling / unit)


def _least_miss(unit: Floats, floor: Floats, ceiling: Floats, paid: Sequence[Paid]) -> float:
    """Return the least share by which some weights miss the minutes paid in the office they miss most."""
    if not paid:
        return 0.0
    sums = _sums(unit, paid)
    one = np.ones((len(sums), 1))
    limits = _Limits(
        np.vstack([np.hstack([sums, -one]), np.hstack([-sums, -one])]),
        np.concatenate([one[:, 0], -one[:, 0]]),
        np.append(floor / unit, 0.0),
        np.append(ceiling / unit, float(np.abs(sums @ (ceiling / unit)).max()) + 1),
    )
    price = np.zeros(len(unit) + 1)
    price[-1] = 1.0
    found, _ = _best(price, limits)
    return float(found[-1])


def _best(price: Floats, limits: _Limits) -> tuple[Floats, float]:
    """Return the cheapest point within the limits and a proven bound under its price."""
    has_rows = len(limits.rows) > 0
    found = linprog(
        price,
        A_ub=limits.rows if has_rows else None,
        b_ub=limits.most if has_rows else None,
        bounds=np.column_stack([limits.low, limits.high]),
        method="highs",
    )
    if found.x is None:
        msg = f"the solver gave no weights: {found.message}"
        raise NotProvenError(msg)
    point = np.clip(found.x, limits.low, limits.high)
    bound = proven_bound(price, limits.rows, limits.most, limits.low, limits.high, found.ineqlin.marginals)
    over = float((limits.rows @ point - limits.most).max(initial=0.0))
    if over > _EXACT or float(price @ point) - bound > _EXACT * 10:
        msg = (
            f"the solver's weights miss a limit by {over:g} and the proven bound by {price @ point - bound:g}"
        )
        raise NotProvenError(msg)
    return point, bound


def proven_bound(
    price: Floats, rows: Floats, most: Floats, low: Floats, high: Floats, multipliers: Floats
) -> float:
    """Return a bound that no point within the limits undercuts, whatever the multipliers (weak duality).

    Args:
        price: Of each variable.
        rows: Of `rows @ x <= most`.
        most: The limits.
        low: Of each variable.
        high: Of each variable.
        multipliers: One a row; those above 0 are taken as 0. The solver's make the bound tight.

    """
    prices = np.minimum(np.asarray(multipliers, dtype=np.float64), 0.0)
    left = price - prices @ rows
    return float(prices @ most + np.where(left > 0, left * low, left * high).sum())
