"""Case weights: the minutes one duty, or one open case in one month, takes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Unit(StrEnum):
    """What a weight is minutes for."""

    DUTY = "duty"
    CASE_MONTH = "case_month"


class Kind(StrEnum):
    """Where the minutes come from. The two are never written over one another."""

    OBSERVED = "observed"
    """As recorded in the time study."""
    ADJUSTED = "adjusted"
    """As it should be, by sufficiency survey and two Delphi rounds."""


class Grade(StrEnum):
    """How far a weight can be relied on (workload method, section 1)."""

    A = "A"
    """A diary with at least 80 % response, at most 3 years old."""
    B = "B"
    """50 to 80 % response, or at most 5 years old."""
    C = "C"
    """Pooled from other offices."""
    D = "D"
    """Experts' estimate only."""
    NONE = "none"
    """Expired, or the policy changed: no figure, and `reason` says why."""


@dataclass(frozen=True, slots=True)
class Weight:
    """The minutes of one activity, in one office or in the nation."""

    activity: str
    """The code that the pack's clauses name under `minutes`."""
    unit: Unit
    minutes: float | None
    """Per unit; None where the grade is `none`."""
    low: float | None
    high: float | None
    """The 90 % interval around the minutes; an expert's range for grade D."""
    grade: Grade
    kind: Kind = Kind.OBSERVED
    office_id: str | None = None
    """None: the nation's."""
    studies: tuple[str, ...] = ()
    officers: int = 0
    """Officers whose diaries it rests on."""
    entries: int = 0
    tasks: float = 0.0
    """Duties done, or case-months open, in the weeks observed; cases nobody touched are counted."""
    response: float | None = None
    """Officer-weeks recorded, of those asked for."""
    observed_from: date | None = None
    observed_to: date | None = None
    expires_on: date | None = None
    reason: str = ""
    """Why there is no figure, or why it is of a low grade."""
