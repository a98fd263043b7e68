"""The check-in intervals that policy sets, and the cases that leave them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from closeout.records.example.arrays import EMPTY, Columns, Picked, on, where, words
from closeout.records.example.strata import FAMILY, JUVENILE, POST_ORDER, PRE_ORDER
from closeout.records.example.writing import keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Ints
    from closeout.records.example.assignments import Leads
    from closeout.records.example.lives import Lives
    from closeout.records.example.planting import Planted

_PLACES = (PRE_ORDER, POST_ORDER, JUVENILE, FAMILY)
_NAMES = ("PRE", "POST", "JUV", "FAM")
SET_BY_POLICY = len(_NAMES)
"""Places of intervals below this are those that a policy sets."""
STANDARD_DAYS = (0, 180, 90, 180, 120)
"""By docket, in the order in which the declaration lists them; none in custody."""
IN_FORCE_BEFORE = 420
"""Days before the as-of date on which the policy on intervals came into force."""
_UNUSUAL = (30, 60, 270, 365)
_MUCH_TOO_OFTEN = 20
"""Days: below what any interval allows."""
_WEEK = 7
"""Days that a check-in may lie beyond the interval, for weekends and holidays."""


def interval_keys() -> Any:  # noqa: ANN401 - an Arrow array
    """Return the intervals' codes: those of the policy, then those used before there was one."""
    return keys([f"RI-{name}" for name in _NAMES] + [f"RI-{name}-0" for name in _NAMES])


def interval_of(agency: Agency, dockets: Ints, days: Ints) -> Ints:
    """Return the interval that held for a docket on a day, as a place among the codes."""
    place = np.full(5, EMPTY, dtype=np.int64)
    place[list(_PLACES)] = np.arange(len(_PLACES))
    older = where(days < agency.as_of - IN_FORCE_BEFORE, len(_PLACES), 0)
    return where(place[dockets] >= 0, place[dockets] + older)


def interval_rows(agency: Agency, policy_version: str) -> Iterator[dict[str, Any]]:
    """Yield the intervals: without a policy at first, then with one."""
    dockets = list(words("cases", "docket"))
    from_day = agency.as_of - IN_FORCE_BEFORE
    for place, name in zip(_PLACES, _NAMES, strict=True):
        days = STANDARD_DAYS[place]
        common = {"docket": dockets[place], "standard_days": days, "office_id": None}
        common |= {"least_days": days // 3, "most_days": days + _WEEK}
        yield common | {
            "interval_id": f"RI-{name}-0",
            "policy_version_id": None,
            "effective_from": on(from_day - 2_000),
            "effective_to": on(from_day - 1),
        }
        yield common | {
            "interval_id": f"RI-{name}",
            "policy_version_id": policy_version,
            "effective_from": on(from_day),
            "effective_to": None,
        }


def days_between(agency: Agency, lives: Lives, planted: Planted) -> tuple[Ints, Ints]:
    """Return each case's days between check-ins, and the days of those that left the policy's (or empty)."""
    chance = agency.chance("deviations", lives.chunk)
    usual = np.asarray(STANDARD_DAYS)[where(lives.docket == 0, PRE_ORDER, lives.docket)]
    left = lives.is_open() & (lives.opened < agency.as_of - 300) & planted.plants.is_free()
    left &= ~lives.is_detained & (lives.changed < 0) & chance.claims(0.01, lives.rows)
    left[planted["deviation-not-approved"]] = True
    other = np.asarray(_UNUSUAL)[chance.whole(0, len(_UNUSUAL) - 1, lives.rows)]
    days = where(left, other, usual)
    days[planted["interval-outside-policy"]] = _MUCH_TOO_OFTEN
    return days, where(left, days)


def deviations(
    agency: Agency, lives: Lives, leads: Leads, planted: Planted, left: Ints
) -> tuple[Columns, int]:
    """Return the deviations of a chunk, approved by a supervisor but for the planted ones."""
    chance = agency.chance("deviation rows", lives.chunk)
    cases = np.flatnonzero(left >= 0)
    rows = len(cases)
    earliest = np.maximum(np.maximum(lives.opened, lives.reopened), agency.starts)[cases]
    latest = np.maximum(agency.as_of - 100, earliest + 1)
    set_on = earliest + chance.below(latest - earliest)
    is_late = np.isin(cases, planted["deviation-not-approved"])
    approved = where(is_late, EMPTY, set_on + chance.whole(0, 9, rows))
    ids = lives.ids(rows)
    planted.plants.note("deviation-not-approved", ids[is_late])
    dockets = lives.docket[cases]
    columns: Columns = {
        "deviation_id": ids,
        "case_no": Picked(cases, lives.case_no),
        "interval_id": Picked(interval_of(agency, dockets, set_on), interval_keys()),
        "days": left[cases],
        "reason": chance.among((0.1, 0.2, 0.2, 0.2, 0.2, 0.1), rows),
        "set_on": set_on,
        "set_by": agency.officer(leads.on(cases, set_on)),
        "approved_on": approved,
        "approved_by": agency.officer(
            where(approved >= 0, agency.supervisors.draw(lives.office[cases], chance))
        ),
        "reviewed_on": where(chance.claims(0.4, rows) & ~is_late, np.minimum(set_on + 90, agency.as_of)),
    }
    return columns, rows
