"""The cases themselves, as they stand on the as-of date, and the changes of their status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from closeout.records.example.arrays import EMPTY, Columns, Picked, where, words
from closeout.records.example.strata import JUVENILE

if TYPE_CHECKING:
    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Claims, Ints
    from closeout.records.example.assignments import Leads
    from closeout.records.example.chance import Chance
    from closeout.records.example.closures import Closings
    from closeout.records.example.lives import Lives
    from closeout.records.example.planting import Planted

LANGUAGES = ("es", "en", "pt", "fr", "zh", "ht", "ar", "pa", "ru", "vi")
_SPOKEN = (0.62, 0.1, 0.06, 0.04, 0.05, 0.04, 0.03, 0.02, 0.02, 0.02)
_STATUSES = ("2A", "8B", "2B", "8D", "3", "8C", "16", "5F", "9")
_BEFORE_ORDER, _AFTER_ORDER = (0, 1, 2, 3), (4, 5, 6, 7, 8)


def cases(
    agency: Agency, lives: Lives, leads: Leads, planted: Planted, closed: Closings, waiting: Claims
) -> Columns:
    """Return the cases of a chunk."""
    chance = agency.chance("cases", lives.chunk)
    officer = leads.now().copy()
    officer[planted["case-unassigned"]] = EMPTY
    for defect in ("officer-left", "officer-without-hours", "case-unassigned"):
        planted.plants.note(defect, lives.case_no.take(planted[defect]).to_pylist())
    return {
        "case_no": lives.case_no,
        "office_id": agency.office(lives.office),
        "officer_no": agency.officer(officer),
        "docket": lives.docket,
        "is_detained": lives.is_detained & lives.is_open(),
        "state": _state(agency, lives, closed, waiting),
        "status_code": Picked(status_places(lives, lives.ends(agency.as_of), chance), pa.array(_STATUSES)),
        "opened_on": lives.opened,
        "reopened_on": lives.reopened,
        "closed_on": lives.closed,
        "closure_reason": closed.reason,
        "detained_on": where(lives.is_detained & lives.is_open(), lives.detained),
        "final_order_on": lives.final_order,
        "language": Picked(chance.among(_SPOKEN, lives.rows), pa.array(LANGUAGES)),
        "has_representation": chance.claims(0.4, lives.rows),
        "is_child": lives.docket == JUVENILE,
        "site_id": Picked(_site(agency, lives, officer), agency.sites),
    }


def _site(agency: Agency, lives: Lives, officer: Ints) -> Ints:
    """Return where each case reports: at the home site of whoever leads it, else at the office's main one."""
    known = np.maximum(officer, 0)
    is_home = (officer >= 0) & (agency.home[known] == lives.office)
    return where(is_home, agency.site[known], agency.main_site[lives.office])


def _state(agency: Agency, lives: Lives, closed: Closings, waiting: Claims) -> Ints:
    said = words("cases", "state")
    is_new = (lives.opened > agency.as_of - 6) & ~lives.is_detained
    state = where(is_new, said["intake"], said["open"])
    state = where(waiting, said["transfer_pending"], state)
    state = where(closed.is_proposed, said["closure_proposed"], state)
    return where(lives.is_open(), state, said["closed"])


def status_places(lives: Lives, days: Ints, chance: Chance) -> Ints:
    """Return a status for every case that fits whether its order was final on a day."""
    is_final = (lives.final_order >= 0) & (lives.final_order <= days)
    before = chance.whole(_BEFORE_ORDER[0], _BEFORE_ORDER[-1], lives.rows)
    return where(is_final, chance.whole(_AFTER_ORDER[0], _AFTER_ORDER[-1], lives.rows), before)


def status_changes(agency: Agency, lives: Lives, leads: Leads, planted: Planted) -> tuple[Columns, int]:
    """Return the changes of status within the months of events: openings, orders, closings and others."""
    chance = agency.chance("status changes", lives.chunk)
    rows = lives.rows
    end = lives.ends(agency.as_of)
    other = np.maximum(lives.opened, agency.starts)
    other = where(chance.claims(0.36, rows), other + chance.below(end - other + 1))
    is_late = planted.marks("status-recorded-late", rows)
    other = where(is_late, agency.as_of - 150, other)
    days = np.stack([lives.opened, lives.final_order, other, lives.closed], axis=1)
    status = np.stack([status_places(lives, day, chance) for day in days.T], axis=1)
    exists = (days >= agency.starts) & (days >= lives.opened[:, None])
    days, status = np.where(exists, days, EMPTY), np.where(exists, status, EMPTY)
    order = np.argsort(np.where(exists, days, np.iinfo(np.int64).max), axis=1, kind="stable")
    days, status = np.take_along_axis(days, order, 1), np.take_along_axis(status, order, 1)
    found, _ = np.nonzero(days >= 0)
    effective = days[days >= 0]
    return _status_columns(agency, lives, leads, planted, (found, effective, status[days >= 0]), chance)


def _status_columns(
    agency: Agency,
    lives: Lives,
    leads: Leads,
    planted: Planted,
    found: tuple[Ints, Ints, Ints],
    chance: Chance,
) -> tuple[Columns, int]:
    places, effective, status = found
    rows = len(places)
    lag = where(chance.claims(0.08, rows), chance.whole(8, 60, rows), chance.whole(0, 4, rows))
    late = np.isin(places, planted["status-recorded-late"]) & (effective == agency.as_of - 150)
    lag = where(late, 120, lag)
    recorded = np.minimum(effective + lag, agency.as_of)
    ids = lives.ids(rows)
    planted.plants.note("status-recorded-late", ids[late])
    columns: Columns = {
        "change_id": ids,
        "case_no": Picked(places, lives.case_no),
        "status_code": Picked(status, pa.array(_STATUSES)),
        "effective_on": effective,
        "recorded_on": recorded,
        "recorded_by": agency.officer(leads.on(places, recorded)),
        "source": where(
            late, words("status_changes", "source")["entered"], chance.among((0.8, 0.15, 0.05), rows)
        ),
    }
    return columns, rows
