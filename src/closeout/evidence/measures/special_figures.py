"""Figures from counts that no query of a measure gives, with the same intervals as all others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.evidence.figures import Figure, Outcome, without
from closeout.evidence.measures.intervals import FEW
from closeout.evidence.statistics.intervals import clopper_pearson, poisson_exact, quantile_interval, wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from closeout.evidence.statistics.intervals import Interval


def counted(count: int, *, out_of: int | None = None, note: str = "") -> Figure:
    """Return a count with its exact Poisson interval.

    Args:
        count: How many; zero or more.
        out_of: Of how many, where that is known.
        note: What weakens it.

    """
    made = Figure(Outcome.COMPUTED, float(count), numerator=count, denominator=out_of, reason=note)
    return with_interval(made, poisson_exact(count))


def shared(numerator: int, denominator: int, *, nothing: str, note: str = "") -> Figure:
    """Return a share, 0-1, with its Wilson interval, or the exact one of few rows.

    Args:
        numerator: Rows that do.
        denominator: Rows that could.
        nothing: Why there is no share where the denominator is 0.
        note: What weakens it.

    """
    if not denominator:
        return without(Outcome.NO_DATA, nothing, denominator=0)
    value = numerator / denominator
    made = Figure(Outcome.COMPUTED, value, numerator=numerator, denominator=denominator, reason=note)
    return with_interval(made, (clopper_pearson if denominator < FEW else wilson)(numerator, denominator))


def middle(lengths: Mapping[int, int], *, nothing: str, note: str = "") -> Figure:
    """Return the median of lengths with its interval from order statistics.

    Args:
        lengths: How many have each length, in days.
        nothing: Why there is no median where there are none.
        note: What weakens it.

    """
    if not sum(lengths.values()):
        return without(Outcome.NO_DATA, nothing, denominator=0)
    found = quantile_interval(lengths)
    made = Figure(
        Outcome.COMPUTED, found.value, numerator=found.at_or_under, denominator=found.n, reason=note
    )
    return with_interval(made, found.interval)


def with_interval(figure: Figure, interval: Interval) -> Figure:
    """Return a figure with the ends of an interval and how it was made."""
    reason = "; ".join(word for word in (figure.reason, interval.note) if word)
    return replace(
        figure,
        low=interval.low,
        high=interval.high,
        level=interval.level,
        method=interval.method,
        reason=reason,
    )
