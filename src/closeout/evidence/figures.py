"""A figure: a value with what it rests on and its interval, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What came of working a figure out. All but the first are results too, and none of them is 0."""

    COMPUTED = "computed"
    NOT_ASSESSED = "not_assessed"
    """Nobody assessed it, or the method used allows no inference."""
    INSUFFICIENT_SAMPLE = "insufficient_sample"
    """There is something to count, and too little of it to say."""
    NO_RULE = "no_rule_in_force"
    """No rule was in force, so that nothing was owed."""
    NO_DATA = "no_data"
    """The records lack the tables or columns, or hold no row that counts."""
    SUPPRESSED = "suppressed"
    """There is a value, and what it rests on is too few rows to be shown in what leaves the agency."""


OUTCOME_WORDS = {
    Outcome.COMPUTED: "computed",
    Outcome.NOT_ASSESSED: "not assessed",
    Outcome.INSUFFICIENT_SAMPLE: "insufficient sample",
    Outcome.NO_RULE: "no rule in force",
    Outcome.NO_DATA: "no data",
    Outcome.SUPPRESSED: "not shown: small numbers",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with what it rests on.

    Attributes:
        outcome: Whether there is a value; the reason stands in `reason` where there is none.
        value: Unrounded, in the measure's unit (a share is 0-1). None unless computed.
        low: Lower end of the interval; None where there is none.
        high: Upper end of the interval; None where it is not bounded or there is none.
        numerator: What was counted. Of a median, how many rows lie at or under it; of a count, the count.
        denominator: Out of how many, or over how much exposure; None for a plain count.
        level: Confidence of the interval, 0-1.
        method: How the interval was made: `wilson`, `exact`, `poisson`, `order statistics`,
            `cluster bootstrap`, `cluster variance`, `kaplan-meier`; empty without one.
        reason: Why there is no value, or what weakens the one there is; empty otherwise.

    """

    outcome: Outcome
    value: float | None = None
    low: float | None = None
    high: float | None = None
    numerator: int | None = None
    denominator: float | None = None
    level: float = 0.95
    method: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse a value without an outcome that allows one, and the other way round."""
        if (self.value is None) == (self.outcome is Outcome.COMPUTED):
            msg = f"a figure that is {self.outcome.value} cannot have the value {self.value}"
            raise ValueError(msg)
        if self.outcome is not Outcome.COMPUTED and not self.reason:
            msg = f"a figure that is {self.outcome.value} must say why"
            raise ValueError(msg)


def without(outcome: Outcome, reason: str, *, denominator: float | None = None) -> Figure:
    """Return a figure that has no value, with the reason why."""
    return Figure(outcome, denominator=denominator, reason=reason)
