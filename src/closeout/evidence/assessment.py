"""What an assessment holds: every recommendation with its measures, and what is missing to close it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from closeout.evidence.measures.measure import Measured
    from closeout.followup.followed import Followed


class Standing(StrEnum):
    """What the records say of a recommendation."""

    DONE = "done"
    """Every measure linked to it is on target, and surely."""
    PARTLY = "partly"
    """Some measures are off target, or cannot be judged."""
    NOT_DONE = "not_done"
    """Every measure that can be judged is off target."""
    UNSETTLED = "unsettled"
    """The figures lie on one side of their targets, but their intervals reach over them."""
    NOT_ASSESSED = "not_assessed"
    """No measure is linked to it, or none can be judged."""


@dataclass(frozen=True, slots=True)
class NeedCovered:
    """One thing the auditor said is needed to close, and the measures and other results that cover it."""

    text: str
    place: str
    """Document and page or span."""
    measures: tuple[str, ...] = ()
    """Codes of the measures that cover it; none: nothing in the records covers it."""
    wants: str = ""
    """The result that is no measure and would cover it, such as `hiring`; empty where none would."""
    why: str = ""
    """Why that result does not cover it, in words; empty where it does, or where none would."""

    @property
    def lacks(self) -> str:
        """Return in a sentence that nothing covers it; empty where something does."""
        if self.measures:
            return ""
        return f"The auditor needs “{self.text}”: {self.why or 'not covered by any measure'}"


@dataclass(frozen=True, slots=True)
class Assessed:
    """One recommendation beside the records.

    Attributes:
        followed: The recommendation as of the day.
        measures: Codes of the measures linked to it, in the pack's order.
        needs: What the auditor said is needed, and what covers it.
        missing: What is missing to close it, a sentence each.
        verdict: In words: `the records show it is being done`, `… not being done`, `not assessed: …`.
        standing: The same in one word.

    """

    followed: Followed
    measures: tuple[str, ...] = ()
    needs: tuple[NeedCovered, ...] = ()
    missing: tuple[str, ...] = ()
    verdict: str = ""
    standing: Standing = Standing.NOT_ASSESSED

    @property
    def key(self) -> str:
        """Return the register's key of the recommendation."""
        return self.followed.entry.key


@dataclass(frozen=True, slots=True)
class Gap:
    """A measure that misses its target, and by how much of what is owed."""

    measure: str
    title: str
    shortfall: float
    """How many rows more (or fewer) the target asks for."""
    sentence: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The outcome of one run of the main job.

    Attributes:
        agency: The agency, as the pack's title or the snapshot's source names it.
        as_of: The day it stands on.
        sources: What was read: documents and tables with their digests and counts, for the foot of pages.
        measured: Every measure of the pack, in its order.
        assessed: Every recommendation, in the register's order.
        gaps: The largest gaps, largest first.
        notes: What could not be read or computed, a sentence each.

    """

    agency: str
    as_of: date
    measured: tuple[Measured, ...]
    assessed: tuple[Assessed, ...]
    gaps: tuple[Gap, ...] = ()
    sources: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def measure(self, code: str) -> Measured:
        """Return a measure by its code.

        Raises:
            KeyError: There is none of that code.

        """
        for each in self.measured:
            if each.measure.code == code:
                return each
        raise KeyError(code)
