"""What a unit would show if it were like all others: indirect standardization."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.evidence.statistics.intervals import Interval, poisson_exact

if TYPE_CHECKING:
    from collections.abc import Container, Hashable, Iterable, Mapping

_MOSTLY = 0.5


@dataclass(frozen=True, slots=True)
class Part:
    """What was counted for one unit in one stratum.

    Attributes:
        unit: The facility or office.
        stratum: What makes counts comparable, such as the set of standards and the kind of inspection.
        observed: Events.
        exposure: What they were counted over, such as components assessed; zero or more.

    """

    unit: str
    stratum: Hashable
    observed: int
    exposure: float


@dataclass(frozen=True, slots=True)
class Standardized:
    """A unit beside what it would show at the rates of all units.

    Attributes:
        unit: The facility or office.
        observed: Events.
        expected: Events at the rates of all units, unrounded.
        exposure: What they were counted over.
        ratio: Observed / expected; 1 is like all. None where nothing was expected.
        interval: Exact Poisson, 95 %; None where nothing was expected.
        alone: The share of its exposure, 0-1, in strata that are mostly its own: there it is compared with
            itself.

    """

    unit: str
    observed: int
    expected: float
    exposure: float
    ratio: float | None
    interval: Interval | None
    alone: float


def stratum_rates(parts: Iterable[Part]) -> dict[Hashable, float]:
    """Return the rate of all units together in each stratum that has an exposure."""
    events: dict[Hashable, int] = defaultdict(int)
    exposures: dict[Hashable, float] = defaultdict(float)
    for part in parts:
        events[part.stratum] += part.observed
        exposures[part.stratum] += part.exposure
    return {stratum: events[stratum] / total for stratum, total in exposures.items() if total > 0}


def standardize(parts: Iterable[Part]) -> list[Standardized]:
    """Return each unit's observed and expected events, by indirect standardization.

    Expected = sum over strata of exposure x rate of all units in the stratum (Breslow & Day 1987, section
    2.3). Over all units expected and observed are equal.

    Args:
        parts: Any number for each unit and stratum. Those without exposure are left out: events of an
            inspection whose components were not counted cannot be compared.

    Returns:
        Units with any exposure, in the order of their names.

    """
    kept = [part for part in parts if part.exposure > 0]
    rates = stratum_rates(kept)
    totals: dict[Hashable, float] = defaultdict(float)
    own: dict[tuple[str, Hashable], float] = defaultdict(float)
    by_unit: dict[str, list[Part]] = defaultdict(list)
    for part in kept:
        totals[part.stratum] += part.exposure
        own[part.unit, part.stratum] += part.exposure
        by_unit[part.unit].append(part)
    mostly_own = {key for key, exposure in own.items() if exposure > _MOSTLY * totals[key[1]]}
    return [_standardized(unit, by_unit[unit], rates, mostly_own) for unit in sorted(by_unit)]


def _standardized(
    unit: str,
    parts: list[Part],
    rates: Mapping[Hashable, float],
    mostly_own: Container[tuple[str, Hashable]],
) -> Standardized:
    exposure = sum(part.exposure for part in parts)
    observed = sum(part.observed for part in parts)
    expected = sum(part.exposure * rates[part.stratum] for part in parts)
    alone = sum(part.exposure for part in parts if (unit, part.stratum) in mostly_own)
    ratio = observed / expected if expected > 0 else None
    interval = poisson_exact(observed, exposure=expected) if expected > 0 else None
    return Standardized(unit, observed, expected, exposure, ratio, interval, alone / exposure)
