"""Who led and supported which case when."""

# ruff: noqa: PLR2004 - the numbers are the made-up figures themselves

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from closeout.records.example.agency import DETAINED, JUVENILE, NOT_DETAINED
from closeout.records.example.arrays import EMPTY, Columns, Picked, where, words
from closeout.records.example.strata import IN_CUSTODY
from closeout.records.example.strata import JUVENILE as JUVENILE_DOCKET

if TYPE_CHECKING:
    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Claims, Ints
    from closeout.records.example.chance import Chance
    from closeout.records.example.dockets import Stretches
    from closeout.records.example.lives import Lives
    from closeout.records.example.planting import Planted

_PIECES = 4
_DAYS_UNASSIGNED = 40
_RECUSED_SHARE = 0.002


@dataclass(frozen=True, slots=True)
class Leads:
    """Up to four pieces a case, each with its officer, in order of time."""

    starts: Ints
    ends: Ints
    officer: Ints
    reason: Ints

    def now(self) -> Ints:
        """Return who leads each case, or led it last."""
        last = _PIECES - 1 - np.argmax(self.starts[:, ::-1] >= 0, axis=1)
        officer: Ints = self.officer[np.arange(len(last)), last]
        return officer

    def on(self, cases: Ints, days: Ints) -> Ints:
        """Return who led each case on a day; whoever led it first where the day lies before."""
        found: Ints = self.officer[cases, 0]
        for piece in range(1, _PIECES):
            starts = self.starts[cases, piece]
            found = where((starts >= 0) & (days >= starts), self.officer[cases, piece], found)
        return found


def draw(agency: Agency, offices: Ints, dockets: Ints, chance: Chance) -> Ints:
    """Return an officer for each office and docket, of those who lead such cases there."""
    found = agency.leads[NOT_DETAINED].draw(offices, chance)
    found = where(dockets == IN_CUSTODY, agency.leads[DETAINED].draw(offices, chance), found)
    return where(dockets == JUVENILE_DOCKET, agency.leads[JUVENILE].draw(offices, chance), found)


def _kind(dockets: Ints) -> Ints:
    return where(dockets == IN_CUSTODY, DETAINED, where(dockets == JUVENILE_DOCKET, JUVENILE, NOT_DETAINED))


def lead(agency: Agency, lives: Lives, parts: Stretches) -> Leads:
    """Return who leads the cases of a chunk: a change of office or kind of docket changes the officer."""
    chance = agency.chance("assignments", lives.chunk)
    said = words("assignments", "reason")
    starts = np.full((lives.rows, _PIECES), EMPTY, dtype=np.int64)
    officer, reason = starts.copy(), np.full_like(starts, said["new"])
    for piece in range(3):
        drawn = draw(agency, parts.office[:, piece], parts.docket[:, piece], chance)
        is_new = parts.starts[:, piece] >= 0
        if piece:
            is_new &= _is_other(lives, parts, piece)
            moved = parts.starts[:, piece] == lives.transferred
            reason[:, piece] = where(moved, said["transferred"], said["skill"])
        starts[:, piece] = where(is_new, parts.starts[:, piece])
        officer[:, piece] = where(is_new, drawn)
    _hand_over(agency, lives, parts, (starts, officer, reason), chance)
    return Leads(starts, _ends(starts, lives), officer, reason)


def _is_other(lives: Lives, parts: Stretches, piece: int) -> Claims:
    moved = parts.office[:, piece] != parts.office[:, piece - 1]
    changed = _kind(parts.docket[:, piece]) != _kind(parts.docket[:, piece - 1])
    is_reopened: Claims = parts.starts[:, piece] == lives.reopened
    is_other: Claims = is_reopened | moved | changed
    return is_other


def _hand_over(
    agency: Agency, lives: Lives, parts: Stretches, pieces: tuple[Ints, Ints, Ints], chance: Chance
) -> None:
    """Pass some cases on to a colleague at a later day."""
    starts, officer, reason = pieces
    said = words("assignments", "reason")
    latest = np.maximum(starts.max(axis=1), parts.starts.max(axis=1))
    room = lives.ends(agency.as_of) - latest
    last = where(starts[:, 2] >= 0, 2, where(starts[:, 1] >= 0, 1, 0))
    now = officer[np.arange(lives.rows), last]
    drawn = draw(agency, lives.office, lives.docket, chance)
    moves = chance.claims(0.15, lives.rows) & (room > 20) & (drawn != now)
    starts[:, 3] = where(moves, latest + 10 + chance.below(room - 15))
    officer[:, 3] = where(moves, drawn)
    reasons = [said[one] for one in ("rebalanced", "officer_left", "detail_cover", "returned")]
    reason[:, 3] = np.asarray(reasons)[chance.among((0.5, 0.2, 0.2, 0.1), lives.rows)]


def _ends(starts: Ints, lives: Lives) -> Ints:
    """Return when each piece ends: when the next begins, or the case closes."""
    ends = np.full_like(starts, EMPTY)
    following = lives.closed
    for piece in range(_PIECES - 1, -1, -1):
        exists = starts[:, piece] >= 0
        ends[:, piece] = where(exists, following)
        following = where(exists, starts[:, piece], following)
    return _close_before_reopening(starts, ends, lives)


def _close_before_reopening(starts: Ints, ends: Ints, lives: Lives) -> Ints:
    until = lives.first_closed[:, None]
    return where((until >= 0) & (starts >= 0) & (starts < until), np.minimum(ends, until), ends)


def assignments(agency: Agency, lives: Lives, leads: Leads) -> tuple[Columns, int]:
    """Return the assignments of a chunk: the leads, and a few supports."""
    chance = agency.chance("support", lives.chunk)
    exists = leads.starts >= 0
    cases, _ = np.nonzero(exists)
    helped = np.flatnonzero(lives.is_open() & chance.claims(0.02, lives.rows))
    helper = agency.everyone.draw(lives.office[helped], chance)
    is_other = helper != leads.now()[helped]
    helped, helper = helped[is_other], helper[is_other]
    first = np.maximum(lives.opened, agency.as_of - 200)[helped]
    first = np.maximum(first, np.maximum(agency.active_from[helper], lives.reopened[helped]))
    merged = np.argsort(np.concatenate([cases, helped]), kind="stable")
    said = words("assignments", "role")

    def both(own: Ints, supporting: Ints) -> Ints:
        return np.concatenate([own, supporting])[merged]

    roles = both(np.full(len(cases), said["lead"]), np.full(len(helped), said["support"]))
    new = np.full(len(helped), words("assignments", "reason")["skill"])
    columns: Columns = {
        "assignment_id": lives.ids(len(merged)),
        "case_no": Picked(both(cases, helped), lives.case_no),
        "officer_no": agency.officer(both(leads.officer[exists], helper)),
        "role": roles,
        "from_on": both(leads.starts[exists], first),
        "to_on": both(leads.ends[exists], np.full(len(helped), EMPTY)),
        "reason": both(leads.reason[exists], new),
    }
    return columns, len(merged)


def misassign(agency: Agency, lives: Lives, leads: Leads, planted: Planted) -> None:
    """Leave the planted cases with officers who left or have no hours, or with nobody."""
    gone = {"officer-left": agency.leavers, "officer-without-hours": agency.idle}
    for defect in ("officer-left", "officer-without-hours", "case-unassigned"):
        cases = planted[defect]
        leads.starts[cases, 1:] = EMPTY
        leads.ends[cases, 0] = EMPTY
        if defect in gone:
            leads.officer[cases, 0] = gone[defect][lives.office[cases]]
    leads.ends[planted["case-unassigned"], 0] = agency.as_of - _DAYS_UNASSIGNED


def recusals(agency: Agency, lives: Lives, leads: Leads) -> tuple[Columns, int]:
    """Return the officers who may not work on some open cases of their office; never whoever leads it."""
    chance = agency.chance("recusals", lives.chunk)
    cases = np.flatnonzero(lives.is_open() & chance.claims(_RECUSED_SHARE, lives.rows))
    officer = agency.everyone.draw(lives.office[cases], chance)
    is_other = (officer != leads.now()[cases]) & (officer >= 0)
    cases, officer = cases[is_other], officer[is_other]
    columns: Columns = {
        "recusal_id": lives.ids(len(cases)),
        "case_no": Picked(cases, lives.case_no),
        "officer_no": agency.officer(officer),
        "reason": chance.among((0.7, 0.2, 0.1), len(cases)),
        "from_on": np.maximum(lives.opened[cases], agency.as_of - 300),
    }
    return columns, len(cases)
