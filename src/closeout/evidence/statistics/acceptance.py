"""Whether what was looked at shows that an acceptable quality level is kept: the verdict on one standard."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import floor
from typing import TYPE_CHECKING, Any

import numpy as np

from closeout.evidence.statistics.chance import p_words
from closeout.evidence.statistics.distributions import binomial_at_least, binomial_at_most
from closeout.evidence.statistics.hypergeometric import hypergeometric_interval, tail_at_least
from closeout.evidence.statistics.intervals import Interval, clopper_pearson
from closeout.reading.countwords import agreeing, counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

ALPHA = 0.05
"""A standard is called missed only where chance alone would do this at most so often."""
_ROUNDING = 1e-9
_MOST = 100_000


class Method(StrEnum):
    """How a contract is watched."""

    FULL = "full"
    """Everything was looked at: what was found is the true share."""
    RANDOM = "random"
    PLANNED = "planned"
    """Chosen, not drawn: what was found says nothing about the rest."""
    COMPLAINT = "complaint"
    """A validated complaint: one event, never a share of a lot."""
    INCIDENTAL = "incidental"
    """Seen in passing: a supplement only."""


ALLOWS_INFERENCE = frozenset({Method.FULL, Method.RANDOM})
"""MO-327: samples that were not drawn at random must not be used to rate a contractor."""


class AqlVerdict(StrEnum):
    """What may be said about a standard in a period. There is no blank."""

    MEETS = "meets"
    DOES_NOT_MEET = "does_not_meet"
    INSUFFICIENT_SAMPLE = "insufficient_sample"
    """Looked at, and too little to establish either."""
    NOT_ASSESSED = "not_assessed"
    """Nobody looked, or only in a way that allows no conclusion."""
    NOT_APPLICABLE = "not_applicable"
    """The standard was not in force, or nothing of its kind happened."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What was looked at.

    Attributes:
        sampled: How many were looked at.
        defects: How many of them had a defect.
        method: How they were chosen.
        lot: How many there were; None where it is not known, and the lot counts as very large.
        allows_inference: What the surveillance plan says of it; the method can only take that away.

    """

    sampled: int
    defects: int
    method: Method
    lot: int | None = None
    allows_inference: bool = True

    def __post_init__(self) -> None:
        """Refuse counts that cannot be."""
        if not 0 <= self.defects <= self.sampled:
            msg = f"{self.defects} defects in {self.sampled} looked at cannot be"
            raise ValueError(msg)
        if self.lot is not None and self.lot < self.sampled:
            msg = f"{self.sampled} looked at of a lot of {self.lot} cannot be"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The verdict on one standard, and what it rests on.

    Attributes:
        verdict: What may be said.
        aql: The acceptable quality level as the largest share of defects, 0-1; None where none is on record.
        sampled: How many were looked at.
        defects: How many had a defect.
        lot: Out of how many; None where not known.
        estimate: Defects / looked at, 0-1; None where nothing may be concluded.
        is_over: Whether the estimate lies over the level; None without an estimate.
        is_established: Whether that is more than chance; None without an estimate.
        interval: Exact, 95 %; None without an estimate.
        p_value: The chance of so many defects or more if the level were just kept; None without a sample
            drawn at random.
        needed: How many must be looked at to establish it if the share of defects stays as it is; None
            where established, or where no sample would do.
        needed_without_defects: How many without one defect would establish that the level is kept.
        reason: Why the verdict is what it is, a sentence.

    """

    verdict: AqlVerdict
    aql: float | None
    sampled: int = 0
    defects: int = 0
    lot: int | None = None
    estimate: float | None = None
    is_over: bool | None = None
    is_established: bool | None = None
    interval: Interval | None = None
    p_value: float | None = None
    needed: int | None = None
    needed_without_defects: int | None = None
    reason: str = ""


def defect_share(aql: float, direction: str) -> float:
    """Return a level as the largest share of defects.

    Args:
        aql: 0-1.
        direction: `most_defects`, or `least_compliance`, of which the level is the other part.

    Raises:
        ValueError: The level is not between 0 and 1.

    """
    if not 0 <= aql <= 1:
        msg = f"a quality level lies between 0 and 1, not at {aql}"
        raise ValueError(msg)
    return round(1 - aql, 12) if direction == "least_compliance" else aql


def acceptance(sample: Sample | None, *, aql: float | None, is_applicable: bool = True) -> Acceptance:
    """Return the verdict on a standard from what was looked at.

    A sample drawn at random: the level is missed when P(X >= d | level) is at most 0.05 (exact; binomial, or
    hypergeometric where the lot is known), kept when the upper end of the exact 95 % interval is at or
    under it, and otherwise the sample is insufficient. Everything looked at: the share itself decides.

    Args:
        sample: What was looked at; None if nobody looked.
        aql: The largest acceptable share of defects, 0-1; None where none is on record: then nothing can be
            said to be kept or missed.
        is_applicable: Whether the standard applied in the period.

    """
    if not is_applicable:
        return Acceptance(AqlVerdict.NOT_APPLICABLE, aql, reason="The standard did not apply in this period.")
    if sample is None or sample.sampled == 0:
        return Acceptance(AqlVerdict.NOT_ASSESSED, aql, reason="Nothing was looked at in this period.")
    if aql is None:
        reason = "No acceptable quality level is on record to judge it by."
        return Acceptance(
            AqlVerdict.NOT_ASSESSED, None, sample.sampled, sample.defects, sample.lot, reason=reason
        )
    if not sample.allows_inference or sample.method not in ALLOWS_INFERENCE:
        return _without_inference(sample, aql)
    if sample.method is Method.FULL:
        return _of_everything(sample, aql)
    return _of_random(sample, aql)


def pooled(samples: list[Sample]) -> tuple[Sample | None, list[Sample]]:
    """Return the samples of one period as one, and those left out because they allow no conclusion.

    Samples drawn at random count as one drawn from all their lots together; looked at in full stays full
    only if all were. Where none allows a conclusion, the largest stands for what was done.
    """
    usable = [one for one in samples if one.allows_inference and one.method in ALLOWS_INFERENCE]
    others = [one for one in samples if one not in usable]
    if not usable:
        return max(samples, key=lambda one: one.sampled, default=None), others
    lots = [one.lot for one in usable]
    is_full = all(one.method is Method.FULL for one in usable)
    one = Sample(
        sampled=sum(one.sampled for one in usable),
        defects=sum(one.defects for one in usable),
        method=Method.FULL if is_full else Method.RANDOM,
        lot=None if None in lots else sum(lot for lot in lots if lot is not None),
    )
    return one, others


@lru_cache(maxsize=4096)
def sample_needed(aql: float, share: float = 0.0, *, least: int = 1) -> int | None:
    """Return the smallest sample of a large lot that settles the question at a share of defects.

    Args:
        aql: The largest acceptable share of defects, 0-1.
        share: The share of defects that the sample is taken to show, 0-1. Defects are rounded up where they
            are to show that the level is kept, and down where they are to show that it is missed.
        least: The smallest sample to think of.

    Returns:
        How many; None where none up to 100,000 would do: the share is the level itself, or nearly.

    """
    sizes = np.arange(least, _MOST + 1)
    if share > aql:
        defects = np.floor(share * sizes + _ROUNDING)
        firsts = np.flatnonzero(np.diff(defects, prepend=-1))
        place = _first_settled(lambda at: binomial_at_least(defects[at], sizes[at], aql) <= ALPHA, firsts)
        return None if place is None else int(sizes[firsts[place]])
    defects = np.ceil(share * sizes - _ROUNDING)

    def is_kept(at: Any) -> Any:  # noqa: ANN401 - a place or an array of them
        return binomial_at_most(defects[at], sizes[at], aql) <= ALPHA / 2

    lasts = np.flatnonzero(np.diff(defects, append=np.inf))
    place = _first_settled(is_kept, lasts)
    if place is None:
        return None
    first = lasts[place - 1] + 1 if place else 0
    return int(sizes[first + bisect_left(range(first, lasts[place]), True, key=lambda at: bool(is_kept(at)))])


def _first_settled(settles: Callable[[Any], Any], places: NDArray[np.intp]) -> int | None:
    """Return which place is the first that settles the question; None if none does.

    Sizes with as many defects are alike but for their number: where defects are to be too many the smallest
    says most, where they are to be few the largest. Only these are looked at.
    """
    start, count = 0, 256
    while start < len(places):
        found = settles(places[start : start + count])
        if found.any():
            return start + int(found.argmax())
        start, count = start + count, count * 4
    return None


def _without_inference(sample: Sample, aql: float) -> Acceptance:
    why = {
        Method.PLANNED: "a planned sample was not drawn at random",
        Method.COMPLAINT: "a validated complaint cannot be extrapolated",
        Method.INCIDENTAL: "an incidental inspection is a supplement only",
    }.get(sample.method, "the surveillance plan allows no inference from it")
    allow = agreeing(sample.defects, "allows", "allow")
    reason = (
        f"{counted(sample.defects, 'defect')} in {sample.sampled} looked at {allow} no conclusion: {why}."
    )
    return Acceptance(AqlVerdict.NOT_ASSESSED, aql, sample.sampled, sample.defects, sample.lot, reason=reason)


def _of_everything(sample: Sample, aql: float) -> Acceptance:
    estimate = sample.defects / sample.sampled
    is_over = estimate > aql + _ROUNDING
    is_whole = sample.lot is None or sample.lot == sample.sampled
    verdict = AqlVerdict.DOES_NOT_MEET if is_over else AqlVerdict.MEETS
    reason = f"Everything was looked at: {_share(sample)} is the true share, the level is {_percent(aql)}."
    if not is_whole:
        verdict = AqlVerdict.INSUFFICIENT_SAMPLE
        were = agreeing(sample.sampled, "was", "were")
        reason = f"Recorded as looked at in full, but only {sample.sampled} of {sample.lot} {were}."
    return Acceptance(
        verdict,
        aql,
        sample.sampled,
        sample.defects,
        sample.lot,
        estimate=estimate,
        is_over=is_over,
        is_established=is_whole,
        interval=Interval(estimate, estimate, 0.95, "exact") if is_whole else None,
        reason=reason,
    )


def _of_random(sample: Sample, aql: float) -> Acceptance:
    n, defects, lot = sample.sampled, sample.defects, sample.lot
    if lot is None:
        p_value = float(binomial_at_least(defects, n, aql))
        interval = clopper_pearson(defects, n)
    else:
        p_value = tail_at_least(defects, n, lot, floor(aql * lot + _ROUNDING))
        interval = hypergeometric_interval(defects, n, lot)
    is_over = defects > aql * n + _ROUNDING
    is_missed = is_over and p_value <= ALPHA
    is_kept = interval.high is not None and interval.high <= aql + _ROUNDING
    verdict = AqlVerdict.INSUFFICIENT_SAMPLE
    if is_missed or is_kept:
        verdict = AqlVerdict.DOES_NOT_MEET if is_missed else AqlVerdict.MEETS
    needed = None if is_missed or is_kept else _at_most(sample_needed(aql, defects / n, least=n + 1), lot)
    return Acceptance(
        verdict,
        aql,
        n,
        defects,
        lot,
        estimate=defects / n,
        is_over=is_over,
        is_established=is_missed or is_kept,
        interval=interval,
        p_value=p_value,
        needed=needed,
        needed_without_defects=_at_most(sample_needed(aql) if aql else None, lot),
        reason=_reason(sample, aql, verdict, p_value, interval),
    )


def _at_most(needed: int | None, lot: int | None) -> int | None:
    """Return a sample of a large lot, or the whole of a smaller one: that settles every question."""
    if lot is None:
        return needed
    return lot if needed is None else min(needed, lot)


def _reason(sample: Sample, aql: float, verdict: AqlVerdict, p_value: float, interval: Interval) -> str:
    level = f"the level of {_percent(aql)}"
    reaches = f"the 95 % interval reaches up to {_percent(1.0 if interval.high is None else interval.high)}"
    if verdict is AqlVerdict.MEETS:
        return f"{_share(sample)}; {reaches}, not over {level}."
    if verdict is AqlVerdict.DOES_NOT_MEET:
        return f"{_share(sample)} is over {level}, and chance alone seldom does this ({p_words(p_value)})."
    if sample.defects > aql * sample.sampled + _ROUNDING:
        return f"{_share(sample)} is over {level}, but chance alone can do this ({p_words(p_value)})."
    return f"{_share(sample)} is within {level}, but {reaches}: not shown."


def _share(sample: Sample) -> str:
    found = _percent(sample.defects / sample.sampled)
    return f"{counted(sample.defects, 'defect')} in {sample.sampled:,} ({found})"


def _percent(share: float) -> str:
    return f"{share * 100:.4g} %"
