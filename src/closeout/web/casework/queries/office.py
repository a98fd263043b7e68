"""Office: what the offices owe in total, duty by duty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.web.casework.queries.unit import Share  # noqa: TC001 - for readers

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty of an office in total.

    `timeliness`: done by due date plus grace, of what fell due in the period. `currency`: subjects without an
    overdue instance, of all subjects with an open one. `backlog` counts overdue instances at the as-of date;
    `oldest_days` is the age of the oldest.
    """

    duty: str
    timeliness: Share
    currency: Share
    backlog: int
    oldest_days: int | None
    upcoming: int
    due: int
    on_hold: int
    no_basis: int


@dataclass(frozen=True, slots=True)
class OfficeView:
    """What the page Office shows."""

    office_id: str
    label: str
    today: date
    period_from: date
    open_cases: int
    officers: int
    lines: tuple[DutyLine, ...]


def office(office_id: str, today: date) -> OfficeView:
    """Return what an office owes in total; timeliness is over the last sixty days, which the site keeps.

    Raises:
        Office.DoesNotExist: There is no such office.

    """
    raise NotImplementedError
