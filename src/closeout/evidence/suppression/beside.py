"""Counts by office that are exported beside measures: duties in numbers, cases and officers of offices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.evidence.suppression.cells import THRESHOLD, Counts, Sum
from closeout.evidence.suppression.offices import Block

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_OFFICE = "(no office)"
"""Stands for the office of what none holds; the total has no office at all."""


@dataclass(frozen=True, slots=True)
class ByOffice:
    """Counts of one thing in each office.

    Attributes:
        name: What is counted; no two are named alike.
        offices: The count of each office, and under None their total.
        duty: The duty whose instances these are; empty if they are none.
        state: The state in which these instances stand.
        is_missed: Whether their last day passed without their being done.

    """

    name: str
    offices: Mapping[str | None, int]
    duty: str = ""
    state: str = ""
    is_missed: bool = False

    def counts(self, threshold: int = THRESHOLD) -> Counts[str | None]:
        """Return the counts, with how they add up.

        Raises:
            SuppressionError: The offices do not add up to the total.

        """
        parts = tuple(office for office in self.offices if office is not None)
        sums = (Sum(None, parts),) if parts else ()
        blocks = {office: Block(office, "", "") for office in self.offices}
        return Counts(self.offices, sums, threshold=threshold, blocks=blocks)
