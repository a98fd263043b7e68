"""Funnel plots: which units lie further from the whole than chance and common spread explain."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from closeout.evidence.statistics.distributions import binomial_quantile, normal_quantile, poisson_quantile
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

LEVELS = (0.95, 0.998)
TRIMMED = 0.1
"""This share of z-scores at each end is pulled in before the spread is estimated."""
LEAST_UNITS = 10
"""With fewer units no spread between them is estimated."""
_LARGE = 1_000_000
_ROUNDING = 1e-9


class Kind(StrEnum):
    """What the values of a funnel are."""

    SHARE = "share"
    """Observed of a number of rows; binomial."""
    RATE = "rate"
    """Observed over an exposure; Poisson."""
    RATIO = "ratio"
    """Observed over expected, by standardization; Poisson, around 1."""


class Position(StrEnum):
    """Where a unit lies."""

    WITHIN = "within"
    HIGH = "above the 95 % limit"
    VERY_HIGH = "above the 99.8 % limit"
    LOW = "below the 95 % limit"
    VERY_LOW = "below the 99.8 % limit"


@dataclass(frozen=True, slots=True)
class Unit:
    """A facility or an office: never a person.

    Attributes:
        name: Its code.
        observed: What was counted.
        base: Rows, exposure or expected events: what it is counted over.

    """

    name: str
    observed: int
    base: float


@dataclass(frozen=True, slots=True)
class Limits:
    """The four limits at a base, in the unit of the values."""

    base: float
    low_95: float
    high_95: float
    low_998: float
    high_998: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit in the funnel.

    Attributes:
        unit: The unit.
        value: Observed / base.
        z: How many standard errors it lies from the target on the transformed scale, common spread left out.
        limits: Those it is held to.
        position: Beside these limits.
        position_unadjusted: Beside the exact limits without common spread.

    """

    unit: Unit
    value: float
    z: float
    limits: Limits
    position: Position
    position_unadjusted: Position


@dataclass(frozen=True, slots=True)
class Funnel:
    """A funnel plot as figures.

    Attributes:
        kind: What its values are.
        target: The middle: the value of all units together, or one that was given.
        placed: Units with a base, in the order of their names: a funnel is no league table.
        without_base: Names of units without a base, which have no value.
        phi: Overdispersion: the mean square of the winsorized z-scores; 1 is chance alone. None where there
            are too few units.
        tau2: Variance between units on the transformed scale, added to each unit's own; 0 where chance
            explains the spread.
        by_chance: How many units would lie outside the 95 % limits by chance.
        curve: Limits along the bases, for the drawing.
        note: What limits were used, and why.

    """

    kind: Kind
    target: float
    placed: tuple[Placed, ...]
    without_base: tuple[str, ...]
    phi: float | None
    tau2: float
    by_chance: float
    curve: tuple[Limits, ...]
    note: str


def funnel(
    units: Iterable[Unit], *, kind: Kind, target: float | None = None, is_exact: bool = True
) -> Funnel:
    """Return a funnel plot (Spiegelhalter 2005).

    Where the units spread more than chance explains, the variance between them is added to each one's own
    (additive random effects): z on a scale where the variance hangs on the base alone (square root for
    rates and ratios, arcsine square root for shares), 10 % at each end winsorized, phi their mean square,
    tau2 by DerSimonian & Laird (1986). The limits are then normal on that scale, and nowhere inside the exact
    ones: over few expected events the square root makes nothing found look far stranger than it is, and
    common spread makes nobody stranger. Otherwise they are exact.

    Args:
        units: Facilities or offices.
        kind: What the values are.
        target: The middle; that of all units together if None, 1 for a ratio.
        is_exact: False: normal limits even where the spread is chance alone.

    Raises:
        ValueError: No unit has a base, a count is negative, or a share is above 1.

    """
    given = sorted(units, key=lambda unit: unit.name)
    kept = [unit for unit in given if unit.base > 0]
    _check(kept, kind)
    middle = _target(kept, kind) if target is None else target
    z = _z_scores(kept, kind, middle)
    phi, tau2 = _spread(z, kept) if len(kept) >= LEAST_UNITS else (None, 0.0)

    @cache
    def exact(base: float) -> Limits:
        return limits(kind, middle, base)

    @cache
    def held_to(base: float) -> Limits:
        if tau2 == 0 and is_exact:
            return exact(base)
        normal = limits(kind, middle, base, tau2=tau2, is_normal=True)
        return _wider(normal, exact(base)) if is_exact else normal

    placed = tuple(
        _place(unit, float(score), held_to(unit.base), exact(unit.base))
        for unit, score in zip(kept, z, strict=True)
    )
    bases = _grid([unit.base for unit in kept], is_whole=kind is Kind.SHARE)
    return Funnel(
        kind,
        middle,
        placed,
        tuple(unit.name for unit in given if unit.base <= 0),
        phi,
        tau2,
        by_chance=len(kept) * (1 - LEVELS[0]),
        curve=tuple(held_to(base) for base in bases),
        note=_note(phi, tau2, len(kept), is_exact=is_exact),
    )


def limits(kind: Kind, target: float, base: float, *, tau2: float = 0.0, is_normal: bool = False) -> Limits:
    """Return the limits at a base.

    Exact limits are quantiles of the binomial or Poisson distribution: a count at a limit lies within.
    Normal ones are target +/- z x sqrt(1 / (4 x base) + tau2) on the transformed scale, brought back, and
    never below 0.
    """
    ends = []
    for level in LEVELS:
        tail = (1 - level) / 2
        if is_normal:
            ends.append(_normal(kind, target, base, tail, tau2))
        else:
            ends.append((_exact(kind, target, base, tail), _exact(kind, target, base, 1 - tail)))
    (low_95, high_95), (low_998, high_998) = ends
    return Limits(base, low_95, high_95, low_998, high_998)


def position(value: float, at: Limits) -> Position:
    """Return where a value lies beside limits; on a limit is within it."""
    if value > at.high_998 + _ROUNDING:
        return Position.VERY_HIGH
    if value < at.low_998 - _ROUNDING:
        return Position.VERY_LOW
    if value > at.high_95 + _ROUNDING:
        return Position.HIGH
    return Position.LOW if value < at.low_95 - _ROUNDING else Position.WITHIN


def _check(units: Sequence[Unit], kind: Kind) -> None:
    if not units:
        msg = "no unit has a base: there is nothing to compare"
        raise ValueError(msg)
    for unit in units:
        if unit.observed < 0 or (kind is Kind.SHARE and unit.observed > unit.base):
            msg = f"{unit.name}: {unit.observed} of {unit.base} cannot be"
            raise ValueError(msg)


def _target(units: Sequence[Unit], kind: Kind) -> float:
    if kind is Kind.RATIO:
        return 1.0
    return sum(unit.observed for unit in units) / sum(unit.base for unit in units)


def _scaled(value: float, kind: Kind) -> float:
    """Return a value on the scale where its variance is 1 / (4 x base)."""
    return float(np.arcsin(np.sqrt(value)) if kind is Kind.SHARE else np.sqrt(value))


def _z_scores(units: Sequence[Unit], kind: Kind, target: float) -> NDArray[np.float64]:
    middle = _scaled(target, kind)
    return np.array(
        [(_scaled(unit.observed / unit.base, kind) - middle) * 2 * np.sqrt(unit.base) for unit in units]
    )


def _spread(z: NDArray[np.float64], units: Sequence[Unit]) -> tuple[float, float]:
    """Return phi and tau2 from winsorized z-scores; tau2 is 0 where chance explains the spread."""
    low, high = np.quantile(z, [TRIMMED, 1 - TRIMMED])
    phi = float(np.mean(np.clip(z, low, high) ** 2))
    weights = np.array([4 * unit.base for unit in units])
    excess = len(units) * phi - (len(units) - 1)
    scale = weights.sum() - (weights**2).sum() / weights.sum()
    return phi, max(0.0, float(excess / scale)) if scale > 0 else 0.0


def _place(unit: Unit, z: float, at: Limits, exact: Limits) -> Placed:
    value = unit.observed / unit.base
    return Placed(unit, value, z, at, position(value, at), position(value, exact))


def _wider(one: Limits, other: Limits) -> Limits:
    """Return at each end the limit that lies further out."""
    return Limits(
        one.base,
        min(one.low_95, other.low_95),
        max(one.high_95, other.high_95),
        min(one.low_998, other.low_998),
        max(one.high_998, other.high_998),
    )


def _exact(kind: Kind, target: float, base: float, share: float) -> float:
    if kind is Kind.SHARE:
        return binomial_quantile(share, round(base), target) / base
    expected = target * base
    if expected > _LARGE:
        return float(expected + normal_quantile(share) * np.sqrt(expected)) / base
    return poisson_quantile(share, expected) / base


def _normal(kind: Kind, target: float, base: float, tail: float, tau2: float) -> tuple[float, float]:
    half = normal_quantile(1 - tail) * np.sqrt(1 / (4 * base) + tau2)
    middle = _scaled(target, kind)
    low, high = max(0.0, middle - half), middle + half
    if kind is Kind.SHARE:
        return float(np.sin(low) ** 2), float(np.sin(min(high, np.pi / 2)) ** 2)
    return float(low**2), float(high**2)


def _grid(bases: Sequence[float], *, is_whole: bool, steps: int = 40) -> list[float]:
    """Return bases from the least to the most, evenly spaced on a log scale."""
    least, most = min(bases), max(bases)
    if least == most:
        return [least]
    grid = np.geomspace(least, most, steps)
    return sorted({float(round(base)) for base in grid}) if is_whole else [float(base) for base in grid]


def _note(phi: float | None, tau2: float, units: int, *, is_exact: bool) -> str:
    limits_used = "exact" if is_exact else "normal"
    if phi is None:
        return (
            f"{limits_used} limits; {counted(units, 'unit is', 'units are')} too few to estimate "
            f"the spread between them (the least is {LEAST_UNITS})"
        )
    if tau2 > 0:
        widest = ", nowhere inside the exact ones" if is_exact else ""
        return (
            f"the units spread {phi:.2f} times as much as chance (phi); the variance between them "
            f"(tau2 = {tau2:.4g}) is added to normal limits{widest}"
        )
    return f"chance explains the spread between units (phi = {phi:.2f}); {limits_used} limits, nothing added"
