"""The share on time at each caseload, and the largest caseload that meets a target."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.stats import binom

from closeout.reading.countwords import counted
from closeout.simulation.estimates import LEVEL, Estimate, estimate, plain, within
from closeout.simulation.expected import expected_hours
from closeout.simulation.model import ModelError
from closeout.simulation.replications import REPLICATIONS, SEED, simulate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from closeout.simulation.model import OfficeModel
    from closeout.simulation.outcome import Outcome
    from closeout.simulation.replications import Told

_GRID = (0.25, 0.5, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25)
"""Caseloads tried first, in parts of the one that would use every hour on average."""
_SHOWN = 3
_MOST_HALVINGS = 12


@dataclass(frozen=True, slots=True)
class Target:
    """What an office is to reach, and how surely."""

    share: float = 0.95
    """Of the duties that fall due, done on time."""
    probability: float = 0.8
    """Of years in which it is reached."""
    duty: str = ""
    """Only of this duty; of all together if empty."""

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1 or not 0 < self.probability < 1:
            msg = "a target needs a share above 0 and up to 1, and a probability between 0 and 1"
            raise ModelError(msg)


@dataclass(frozen=True, slots=True)
class Point:
    """One caseload that was tried."""

    cases: int
    """Of an officer, on average."""
    on_time: Estimate | None
    meets: float
    """Share of the replications that met the target."""
    used: Estimate | None
    shares: NDArray[np.float64]
    worst: tuple[tuple[str, float], ...]
    """The duties with the lowest shares on time, lowest first."""

    def plain(self) -> dict[str, Any]:
        """Return the point as plain values."""
        return {
            "cases": self.cases,
            "on_time": plain(self.on_time),
            "meets": self.meets,
            "used": plain(self.used),
            "lowest": [{"duty": duty, "on_time": share} for duty, share in self.worst],
        }


@dataclass(frozen=True, slots=True)
class Curve:
    """The share on time against caseload."""

    office_id: str
    target: Target
    now: float
    """Cases an officer who leads any has on average now."""
    points: tuple[Point, ...]
    """In the order of caseload."""
    largest: int | None
    """The largest caseload that meets the target; None when none does."""
    low: int | None
    high: int | None
    """Between these lies, with the level's certainty, the caseload met in just that part of all years. None:
    below the least or above the most that was tried."""
    level: float
    reason: str
    """Why there is no largest caseload, or that it lies beyond what was tried; empty otherwise."""

    def plain(self) -> dict[str, Any]:
        """Return the curve as plain values, unrounded; the keys do not change."""
        return {
            "office_id": self.office_id,
            "target": {
                "share": self.target.share,
                "probability": self.target.probability,
                "duty": self.target.duty,
            },
            "now": self.now,
            "largest": self.largest,
            "low": self.low,
            "high": self.high,
            "level": self.level,
            "reason": self.reason,
            "points": [one.plain() for one in self.points],
        }


class _Tried:
    """Caseloads tried so far, each simulated once."""

    def __init__(
        self, model: OfficeModel, target: Target, replications: int, seed: int, told: Told | None
    ) -> None:
        self.model, self.target, self.told = model, target, told
        self.replications, self.seed = replications, seed
        self.points: dict[int, Point] = {}

    def meets(self, cases: int) -> bool:
        """Tell whether a caseload meets the target in enough replications."""
        if cases not in self.points:
            found = simulate(self.model.with_caseload(cases), self.replications, self.seed, told=self.told)
            self.points[cases] = _point(cases, found, self.target)
        return self.points[cases].meets >= self.target.probability

    def in_order(self) -> tuple[Point, ...]:
        """Return the points in the order of caseload."""
        return tuple(self.points[cases] for cases in sorted(self.points))


def curve(
    model: OfficeModel,
    target: Target | None = None,
    caseloads: Sequence[int] = (),
    *,
    replications: int = REPLICATIONS,
    seed: int = SEED,
    told: Told | None = None,
) -> Curve:
    """Find the largest caseload that meets a target, at the present mix of cases.

    Caseloads of a grid are simulated on the same chances, then the step at which the target is lost is
    halved until it is one case wide.

    Args:
        model: The office.
        target: What to reach; 95 % of all duties on time in four of five years if left out.
        caseloads: To try first, cases an officer; around the one that uses every hour if empty.
        replications: Of each caseload.
        seed: Of all.
        told: Is told of each replication of the caseload that is being tried.

    Raises:
        ModelError: The office has no cases or not that duty, or a caseload is below 1.

    """
    asked = target or Target()
    leading = sum(1 for one in model.officers if one.caseload)
    if not leading:
        msg = f"office {model.office_id} has no cases, so there is no mix whose caseload could be varied"
        raise ModelError(msg)
    if asked.duty and asked.duty not in {duty.code for duty in model.duties}:
        msg = f"office {model.office_id} has no duty {asked.duty}"
        raise ModelError(msg)
    grid = sorted(set(caseloads)) or _grid(model)
    if grid[0] < 1:
        msg = "a caseload to try is at least 1 case an officer"
        raise ModelError(msg)
    # What a caseload does when it is kept: what is overdue today is no part of it.
    tried = _Tried(replace(model, backlog=None), asked, replications, seed, told)
    largest = _search(tried, grid)
    points = tried.in_order()
    low, high = _interval(points, asked, LEVEL)
    reason = _reason(model, points, asked, largest)
    return Curve(model.office_id, asked, model.cases / leading, points, largest, low, high, LEVEL, reason)


def _grid(model: OfficeModel) -> list[int]:
    """Return caseloads around the one that would use every hour; around the present one if none would."""
    leading = sum(1 for one in model.officers if one.caseload)
    hours = expected_hours(model)
    of_cases = hours.needed - hours.of_office - hours.of_roles
    full = (hours.available_crew - hours.of_office) / of_cases if of_cases > 0 else 1.0
    there = max(1.0, full * model.cases / leading)
    return sorted({max(1, round(part * there)) for part in _GRID})


def _search(tried: _Tried, grid: Sequence[int]) -> int | None:
    met = [cases for cases in grid if tried.meets(cases)]
    missed = [cases for cases in grid if not tried.meets(cases)]
    if not missed:
        return grid[-1]
    if not met:
        if grid[0] == 1 or not tried.meets(1):
            return None
        met = [1]
    low = max(met)
    # Above the largest that meets the target there may be none that misses it: the grid ended.
    above = [cases for cases in missed if cases > low]
    if not above:
        return low
    high = min(above)
    for _ in range(_MOST_HALVINGS):
        if high - low <= max(1, low // 200):
            break
        middle = (low + high) // 2
        if tried.meets(middle):
            low = middle
        else:
            high = middle
    return low


def _point(cases: int, found: Outcome, target: Target) -> Point:
    shares = found.shares(target.duty or None)
    seen = shares[~np.isnan(shares)]
    means = [(duty.code, found.on_time(duty.code)) for duty in found.duties]
    worst = sorted((share.mean, code) for code, share in means if share)[:_SHOWN]
    return Point(
        cases,
        within(estimate(shares), 0.0, 1.0),
        # Where nothing fell due nothing was late.
        float((seen >= target.share).mean()) if seen.size else 1.0,
        estimate(found.used()),
        shares,
        tuple((code, share) for share, code in worst),
    )


def _interval(points: Sequence[Point], target: Target, level: float) -> tuple[int | None, int | None]:
    """Return the interval of the largest caseload by order statistics of the replications' own thresholds.

    Each replication has its own largest caseload; the one asked for is their quantile, and the ranks that
    enclose a quantile are binomial (Conover 1999, section 3.2). Between two caseloads tried, a replication's
    threshold is taken on the straight line between its shares.
    """
    thresholds = np.sort(_thresholds(points, target.share))
    count, missed = len(thresholds), 1 - target.probability
    tail = (1 - level) / 2
    first = int(binom.ppf(tail, count, missed)) - 1
    last = int(binom.ppf(1 - tail, count, missed))
    low = None if first < 0 or thresholds[first] < points[0].cases else int(thresholds[first])
    high = None if last >= count or not np.isfinite(thresholds[last]) else int(thresholds[last])
    return low, high


def _thresholds(points: Sequence[Point], share: float) -> NDArray[np.float64]:
    """Return each replication's largest caseload; infinite where it met the target at every one."""
    cases = np.array([point.cases for point in points], dtype=np.float64)
    shares = np.nan_to_num(np.stack([point.shares for point in points], axis=1), nan=1.0)
    found = np.empty(len(shares))
    for replication, line in enumerate(shares):
        met = np.flatnonzero(line >= share)
        if not met.size:
            found[replication] = 0.0
        elif met[-1] == len(cases) - 1:
            found[replication] = np.inf
        else:
            at = met[-1]
            part = (line[at] - share) / (line[at] - line[at + 1])
            found[replication] = cases[at] + part * (cases[at + 1] - cases[at])
    return found


def _reason(model: OfficeModel, points: Sequence[Point], target: Target, largest: int | None) -> str:
    what = f"{target.share:.0%} of {target.duty or 'all duties'} on time"
    if largest is not None:
        if largest == points[-1].cases:
            return f"every caseload that was tried meets the target; the largest tried is {largest}"
        return ""
    least = points[0]
    lowest = ", ".join(f"{duty} {share:.0%}" for duty, share in least.worst)
    fewest = counted(least.cases, "case")
    said = f"never reached: at {fewest} an officer {what} is met in {least.meets:.0%} of years"
    said += f"; lowest are {lowest}" if lowest else ""
    if not model.has_cover:
        said += "; nobody covers absences, so what falls due in one is late however small the caseload"
    return said
