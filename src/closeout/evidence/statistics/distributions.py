"""The few distributions that intervals and tests need, from special functions: quick to load.

`scipy.stats` offers the same and takes a second to import, which every command that measures would pay.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil, isfinite
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import special

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_ROUNDING = 1e-12


def normal_quantile(share: float) -> float:
    """Return the value under which a share of the standard normal distribution lies; share 0-1."""
    return float(special.ndtri(share))


def normal_beyond(z: float) -> float:
    """Return the share of the standard normal distribution above a value, 0-1."""
    return float(special.ndtr(-z))


def z_of(level: float) -> float:
    """Return how many standard errors a two-sided interval of a level takes to each side; level 0-1."""
    return normal_quantile(0.5 + level / 2)


def beta_quantile(share: float, a: float, b: float) -> float:
    """Return the quantile of Beta(a, b) at a share, 0-1."""
    return float(special.betaincinv(a, b, share))


def gamma_quantile(share: float, shape: float) -> float:
    """Return the quantile of the gamma distribution of scale 1 at a share."""
    return float(special.gammaincinv(shape, share))


def gamma_beyond_quantile(share: float, shape: float) -> float:
    """Return the value that the gamma distribution of scale 1 exceeds with a share."""
    return float(special.gammainccinv(shape, share))


def binomial_at_least(events: Any, n: Any, share: float) -> NDArray[np.float64]:  # noqa: ANN401 - number or array
    """Return P(X >= events), X binomial of n and a share; numbers or arrays."""
    k, of = np.asarray(events, dtype=np.float64), np.asarray(n, dtype=np.float64)
    inside = np.clip(k, 1, of)
    found = special.betainc(inside, of - inside + 1, share)
    return np.asarray(np.where(k <= 0, 1.0, np.where(k > of, 0.0, found)))


def binomial_at_most(events: Any, n: Any, share: float) -> NDArray[np.float64]:  # noqa: ANN401 - as above
    """Return P(X <= events), X binomial of n and a share; numbers or arrays."""
    of = np.asarray(n, dtype=np.float64)
    return binomial_at_least(of - np.asarray(events, dtype=np.float64), of, 1 - share)


@lru_cache(maxsize=10_000)
def binomial_quantile(at: float, n: int, share: float) -> int:
    """Return the least number of events with P(X <= events) at least `at`, X binomial of n and a share."""
    if share <= 0 or share >= 1:
        return 0 if share <= 0 else n
    near = special.bdtrik(at, n, share)
    return _least(lambda events: events >= n or _at_most(events, n, share) >= at - _ROUNDING, near)


def _at_most(events: int, n: int, share: float) -> float:
    """Return the same as `binomial_at_most` of fewer than n events, of which there are more than -1."""
    return float(special.betainc(n - events, events + 1, 1 - share))


def poisson_at_most(events: float, expected: float) -> float:
    """Return P(X <= events), X Poisson with an expectation."""
    return float(special.gammaincc(events + 1, expected)) if events >= 0 else 0.0


def poisson_quantile(at: float, expected: float) -> int:
    """Return the least number of events with P(X <= events) at least `at`, X Poisson with an expectation."""
    if expected <= 0:
        return 0
    near = special.pdtrik(at, expected)
    return _least(lambda events: poisson_at_most(events, expected) >= at - _ROUNDING, near)


def _least(is_enough: Callable[[int], bool], near: float) -> int:
    """Return the least number of events that are enough, begun near it."""
    events = max(0, ceil(near)) if isfinite(near) else 0
    while events and is_enough(events - 1):
        events -= 1
    while not is_enough(events):
        events += 1
    return events


def hypergeometric_at_least(events: int, sampled: int, lot: int, bad: int) -> float:
    """Return P(X >= events), X the bad ones in a sample of a lot that holds `bad` of them."""
    least, most = max(events, 0, sampled - (lot - bad)), min(bad, sampled)
    if events <= max(0, sampled - (lot - bad)):
        return 1.0
    if least > most:
        return 0.0
    x = np.arange(least, most + 1)
    logs = _log_choose(bad, x) + _log_choose(lot - bad, sampled - x) - _log_choose(lot, sampled)
    return float(min(1.0, np.exp(logs).sum()))


def ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the ranks of values from 1 on; tied ones share the mean of theirs."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[place])


def _log_choose(n: int, k: Any) -> Any:  # noqa: ANN401 - number or array
    return (
        special.gammaln(n + 1) - special.gammaln(np.asarray(k) + 1) - special.gammaln(n - np.asarray(k) + 1)
    )
