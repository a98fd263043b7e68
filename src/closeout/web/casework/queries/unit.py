"""Unit: the officers of an office with what is due, and what waits for the supervisor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.web.casework.queries.rows import KindCount, Waiting  # noqa: TC001 - for readers

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its denominator; `share` (0 to 1) is None where there is nothing to divide by."""

    count: int
    of: int

    @property
    def share(self) -> float | None:
        """Return count / of."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """One officer of a unit. `service_faults` are the office's own, never the officer's."""

    officer_no: str
    unit_id: str | None
    role: str
    open_cases: int
    due: int
    overdue: int
    overdue_by_duty: tuple[KindCount, ...]
    service_faults: Share


@dataclass(frozen=True, slots=True)
class UnitView:
    """What the page Unit shows: officers in the order of their staff numbers."""

    office_id: str
    label: str
    today: date
    officers: tuple[OfficerLine, ...]
    unassigned_cases: int
    service_faults: Share
    faults_since: date
    exceptions: tuple[Waiting, ...]
    exceptions_total: int
    approvals: tuple[Waiting, ...]
    approvals_total: int


def unit(office: str, today: date, *, first: int = 25) -> UnitView:
    """Return the officers of an office and what waits for approval there.

    Args:
        office: The office's code.
        today: The day.
        first: How many exceptions and approvals to list, oldest first; the totals count all.

    Raises:
        Office.DoesNotExist: There is no such office.

    """
    raise NotImplementedError
