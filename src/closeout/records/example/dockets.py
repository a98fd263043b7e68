"""Days on a docket, and the monthly counts that must reconcile with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from dateutil.relativedelta import relativedelta

from closeout.records.example.agency import MONTHS
from closeout.records.example.arrays import Columns, Picked, day, on, where, words
from closeout.records.example.size import OFFICES
from closeout.records.example.strata import IN_CUSTODY, JUVENILE, POST_ORDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Claims, Ints
    from closeout.records.example.lives import Lives

_DOCKETS = 5


@dataclass(frozen=True, slots=True)
class Stretches:
    """The stretches of every case between two changes, three columns a case."""

    starts: Ints
    ends: Ints
    office: Ints
    docket: Ints

    def exists(self) -> Claims:
        """Return which stretches there are."""
        return self.starts >= 0


def stretches(lives: Lives) -> Stretches:
    """Return the stretches of a chunk's lives, in order of time."""
    changed, moved = lives.changed, lives.transferred
    both = (changed >= 0) & (moved >= 0)
    second = where(both, np.minimum(changed, moved), np.maximum(changed, moved))
    second = where(lives.reopened >= 0, lives.reopened, second)
    third = where(both, np.maximum(changed, moved))
    starts = np.stack([lives.opened, second, third], axis=1)
    last = np.stack([second, third, np.full(lives.rows, -1)], axis=1)
    last[:, 0] = where(lives.first_closed >= 0, lives.first_closed, last[:, 0])
    ends = where((last < 0) & (starts >= 0), lives.closed[:, None], last)
    cases = np.arange(lives.rows)[:, None]
    return Stretches(starts, ends, lives.office_on(cases, starts), lives.docket_on(cases, starts))


def memberships(agency: Agency, lives: Lives, parts: Stretches) -> tuple[Columns, int]:
    """Return the docket memberships of a chunk."""
    exists = parts.exists()
    cases, _ = np.nonzero(exists)
    docket, starts = parts.docket[exists], parts.starts[exists]
    in_custody = (docket == IN_CUSTODY) | ((docket == JUVENILE) & lives.is_detained[cases])
    columns: Columns = {
        "membership_id": lives.ids(len(cases)),
        "case_no": Picked(cases, lives.case_no),
        "office_id": agency.office(parts.office[exists]),
        "docket": docket,
        "is_detained": in_custody,
        "from_on": starts,
        "to_on": parts.ends[exists],
        "reason": _reasons(lives, cases, starts, docket),
    }
    return columns, len(cases)


def _reasons(lives: Lives, cases: Ints, starts: Ints, docket: Ints) -> Ints:
    said = words("docket_memberships", "reason")
    reason = np.full(len(cases), said["opened"])
    changed = starts == lives.changed[cases]
    came = where(docket == IN_CUSTODY, said["detained"], said["released"])
    came = where(docket == POST_ORDER, said["order_final"], came)
    came = where(lives.docket_before[cases] == JUVENILE, said["aged_out"], came)
    reason = where(changed, came, reason)
    reason = where(starts == lives.transferred[cases], said["transferred"], reason)
    return where(starts == lives.reopened[cases], said["reopened"], reason)


def month_starts(agency: Agency) -> list[int]:
    """Return the first days of the months of events and of the month after them."""
    first = on(agency.starts)
    return [day(first + relativedelta(months=month)) for month in range(MONTHS + 1)]


def tally(agency: Agency, parts: Stretches) -> Ints:
    """Return cases that came to and left each office and docket in each month.

    The answer has axes came/left, office, docket, and month: 0 is everything before the first month,
    the last everything after the whole months.
    """
    exists = parts.exists()
    group = parts.office[exists] * _DOCKETS + parts.docket[exists]
    months = np.asarray(month_starts(agency))
    counted = []
    for days in (parts.starts[exists], parts.ends[exists]):
        known = days >= 0
        month = np.searchsorted(months, days[known], side="right")
        cells = np.bincount(group[known] * (MONTHS + 2) + month, minlength=OFFICES * _DOCKETS * (MONTHS + 2))
        counted.append(cells.reshape(OFFICES, _DOCKETS, MONTHS + 2))
    return np.stack(counted)


def count_rows(agency: Agency, counted: Ints) -> Iterator[dict[str, Any]]:
    """Yield the offices' monthly counts, all of which reconcile."""
    months = month_starts(agency)
    dockets = list(words("cases", "docket"))
    number = 0
    for office, docket in np.ndindex(OFFICES, _DOCKETS):
        came, left = counted[0, office, docket], counted[1, office, docket]
        opening = int(came[0] - left[0])
        for month in range(MONTHS):
            number += 1
            closing = opening + int(came[month + 1]) - int(left[month + 1])
            if months[month + 1] - 1 <= agency.as_of:
                yield {
                    "count_id": number,
                    "office_id": agency.office_id(office),
                    "docket": dockets[docket],
                    "period_from": on(months[month]),
                    "period_to": on(months[month + 1] - 1),
                    "opening": opening,
                    "came_in": int(came[month + 1]),
                    "went_out": int(left[month + 1]),
                    "closing": closing,
                }
            opening = closing
