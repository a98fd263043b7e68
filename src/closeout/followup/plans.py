"""The agency's own plan for a recommendation: its steps and their days, in words as of a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step of a plan: what, by which day, and on which day it was done; None while it is not."""

    text: str
    due_on: date
    done_on: date | None = None

    def is_done(self, day: date) -> bool:
        """Say whether it was done by a day."""
        return self.done_on is not None and self.done_on <= day

    def is_ahead(self, day: date) -> bool:
        """Say whether it is still to be done and may still be done in time: its day has not passed."""
        return not self.is_done(day) and day <= self.due_on

    def in_words(self, day: date) -> str:
        """Return the step with what became of it: `First count (was due 2026-01-31, not done)`."""
        if self.is_done(day):
            return f"{self.text} (done {self.done_on})"
        if self.is_ahead(day):
            return f"{self.text} (by {self.due_on})"
        return f"{self.text} (was due {self.due_on}, not done)"


@dataclass(frozen=True, slots=True)
class Plan:
    """A corrective action plan: what will be done, in the agency's words, and its dated steps."""

    summary: str
    steps: tuple[PlannedStep, ...] = ()

    def is_ahead(self, day: date) -> bool:
        """Say whether it names a day still to come: a plan whose days have all passed is no timeline."""
        return any(step.is_ahead(day) for step in self.steps)

    def in_words(self, day: date) -> str:
        """Return the plan in one line as of a day: what, and each step with its day."""
        return f"{self.summary} {'; '.join(step.in_words(day) for step in self.steps)}".strip()
