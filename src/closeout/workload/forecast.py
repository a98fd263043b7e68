"""Monthly volumes ahead, with intervals, by the way that would have erred least so far."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.stats import nbinom, norm

from closeout.workload.chances import monthly
from closeout.workload.smoothing import WAYS, YEAR, Projection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import pyarrow as pa
    from numpy.typing import NDArray

    from closeout.workload.smoothing import Way

    Floats = NDArray[np.float64]

SEASON_MONTHS = 24
"""Below this many months no season is told from chance."""
TEST_MONTHS = 6
"""Below this many months no way can be tested."""
ORIGINS = 12
"""Months that the back-test starts from, one after the other, at most."""
STEPS = 3
"""Months ahead that the back-test looks."""
NO_METHOD = "none"
_LEVELS = (0.8, 0.9)


@dataclass(frozen=True, slots=True)
class MonthAhead:
    """One month's expected volume."""

    month: date
    """Its first day."""
    expected: float
    low_80: float
    high_80: float
    low_90: float
    high_90: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """The volumes of one activity in one office."""

    name: tuple[str, ...]
    """Such as office and activity."""
    method: str
    months: tuple[MonthAhead, ...]
    history: int
    """Months that it rests on."""
    mase: float | None
    """Mean absolute error of the back-test over that of the naive forecast: below 1 is better; or None."""
    coverage_90: float | None
    """Share of the back-test's months within the 90 % interval that was given for them then."""
    tried: Mapping[str, float]
    """The error of each way that could be tested."""
    note: str
    """Why a way was left out, or that there is no figure."""

    def plain(self) -> dict[str, Any]:
        """Return the forecast as plain values."""
        made = asdict(self)
        for row in made["months"]:
            row["month"] = row["month"].isoformat()
        return made | {"name": list(self.name), "months": list(made["months"])}


@dataclass(frozen=True, slots=True)
class _Tested:
    """How one way did in the back-test, by series."""

    error: Floats
    """Mean absolute error."""
    coverage: Floats
    stretch: Floats
    """Mean of the squared errors over the variances given for them, at least 1: what intervals lacked."""


def forecasts(
    counts: Floats, names: Sequence[tuple[str, ...]], next_month: date, ahead: int
) -> tuple[Forecast, ...]:
    """Return each series carried forward by the way that erred least from rolling origins.

    From each of the last `ORIGINS` months that leave a way enough history, every way forecasts up to
    `STEPS` months, knowing only what came before; the way with the least mean absolute error is taken for
    that series. Intervals are negative binomial (normal where counts vary less than by chance, as open
    cases do), with the variance of the way's own errors, and more where the back-test's errors were larger
    than that. Seasons need `SEASON_MONTHS`.

    Args:
        counts: Months by series, the oldest first, zero or more.
        names: What each series is.
        next_month: First day of the month after the last of `counts`.
        ahead: Months to carry forward, at least 1.

    """
    history, months = len(counts), _months(next_month, ahead)
    if not history:
        none = "insufficient history: no month of volumes; no forecast"
        return tuple(Forecast(name, NO_METHOD, (), 0, None, None, {}, none) for name in names)
    tested = {way: _tested(counts, *WAYS[way]) for way in _testable(history)}
    scale = _naive_error(counts)
    best = _best(tested, len(names))
    made = {way: WAYS[way][0](counts, ahead) for way in set(best)}
    return tuple(
        Forecast(
            name,
            best[at],
            _ahead(_own(made[best[at]], tested.get(best[at]), at), months),
            history,
            _scaled(tested[best[at]].error[at], scale[at]) if best[at] in tested else None,
            float(tested[best[at]].coverage[at]) if best[at] in tested else None,
            {
                way: error
                for way, result in tested.items()
                if (error := _scaled(result.error[at], scale[at])) is not None
            },
            _note(history, best[at]),
        )
        for at, name in enumerate(names)
    )


def of_volumes(
    volumes: pa.Table, activities: Sequence[str], offices: Sequence[str], ahead: int
) -> tuple[Forecast, ...]:
    """Return the forecast of each office's activity that was ever called for, named by both.

    Args:
        volumes: The history, as `shapes.VOLUMES`; its last month is taken as whole.
        activities: The activities.
        offices: The offices.
        ahead: Months to carry forward.

    """
    history = monthly(volumes, activities, offices)
    if not len(history):
        return ()
    last = max(volumes["month"].to_pylist())
    has = np.argwhere(history.sum(axis=0) > 0)
    names = [(offices[office], activities[activity]) for activity, office in has]
    counts = np.stack([history[:, activity, office] for activity, office in has], axis=1)
    return forecasts(counts, names, _months(last, 2)[1], ahead)


def _testable(history: int) -> list[str]:
    """Return the ways with at least `TEST_MONTHS` origins that leave them their months."""
    if history < TEST_MONTHS:
        return []
    seasonal = history >= SEASON_MONTHS
    return [
        way
        for way, (_, needs) in WAYS.items()
        if (needs <= YEAR or seasonal) and history - needs >= min(TEST_MONTHS, history // 2)
    ]


def _note(history: int, method: str) -> str:
    if history < TEST_MONTHS:
        return (
            f"insufficient history: {history} months, {TEST_MONTHS} are needed to test a forecast and "
            f"{SEASON_MONTHS} to know a season; used the {method}"
        )
    if history < SEASON_MONTHS:
        return (
            f"insufficient history for a season: {history} months of {SEASON_MONTHS}; used {method}, without "
            "a season"
        )
    return ""


def _best(tested: Mapping[str, _Tested], series: int) -> list[str]:
    if not tested:
        return [next(iter(WAYS))] * series
    ways = list(tested)
    errors = np.stack([tested[way].error for way in ways])
    return [ways[place] for place in errors.argmin(axis=0)]


def _tested(counts: Floats, way: Way, needs: int) -> _Tested:
    """Return how a way would have done, from each origin on what was known then."""
    first = max(needs, len(counts) - ORIGINS, TEST_MONTHS // 2)
    errors, held, over = [], [], []
    for origin in range(first, len(counts)):
        coming = counts[origin : origin + STEPS]
        found = way(counts[:origin], len(coming))
        errors.append(np.abs(coming - found.mean))
        low, high = interval_of(found, 0.9)
        held.append((low <= coming) & (coming <= high))
        given = np.maximum(found.variance, np.maximum(found.mean, 1.0) * 1e-3)
        over.append(errors[-1] ** 2 / given)
    error, coverage, stretch = (np.concatenate(each).mean(axis=0) for each in (errors, held, over))
    return _Tested(error, coverage, np.maximum(1.0, stretch))


def _naive_error(counts: Floats) -> Floats:
    """Return the mean error of taking each month as the one a season, or a month, before."""
    lag = YEAR if len(counts) >= SEASON_MONTHS else 1
    if len(counts) <= lag:
        return np.zeros(counts.shape[1])
    return np.asarray(np.abs(counts[lag:] - counts[:-lag]).mean(axis=0))


def _scaled(error: float, scale: float) -> float | None:
    """Return the error over the naive one; 0 where neither errs, None where only this one does."""
    if scale > 0:
        return float(error / scale)
    return 0.0 if error == 0 else None


def interval_of(found: Projection, level: float) -> tuple[Floats, Floats]:
    """Return the ends of the interval of each month of a projection.

    Args:
        found: What is expected, and its variance.
        level: The share to enclose.

    """
    tail = (1 - level) / 2
    mean, variance = np.maximum(found.mean, 0.0), np.maximum(found.variance, 0.0)
    around = np.sqrt(variance) * norm.ppf(1 - tail)
    low, high = np.maximum(0.0, mean - around), mean + around
    over = (variance > mean) & (mean > 0)
    if over.any():
        m, v = mean[over], variance[over]
        low[over], high[over] = (nbinom.ppf(each, m**2 / (v - m), m / v) for each in (tail, 1 - tail))
    return low, high


def _own(found: Projection, tested: _Tested | None, at: int) -> Projection:
    """Return one series' projection, its variance stretched as far as the back-test found it too small."""
    stretch = tested.stretch[at] if tested else 1.0
    return Projection(found.mean[:, at], found.variance[:, at] * stretch)


def _ahead(own: Projection, months: Sequence[date]) -> tuple[MonthAhead, ...]:
    (low_80, high_80), (low_90, high_90) = (interval_of(own, level) for level in _LEVELS)
    return tuple(
        MonthAhead(
            month,
            max(0.0, float(own.mean[step])),
            float(low_80[step]),
            float(high_80[step]),
            float(low_90[step]),
            float(high_90[step]),
        )
        for step, month in enumerate(months)
    )


def _months(first: date, count: int) -> list[date]:
    start = first.year * YEAR + first.month - 1
    return [
        first.replace(year=(start + step) // YEAR, month=(start + step) % YEAR + 1, day=1)
        for step in range(count)
    ]
