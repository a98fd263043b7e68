"""Closings: proposed by one person, decided by another; and the departures behind many of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from closeout.records.example.arrays import EMPTY, Columns, Picked, where, words
from closeout.records.example.digests import digests
from closeout.records.example.strata import IN_CUSTODY

if TYPE_CHECKING:
    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Claims, Ints
    from closeout.records.example.assignments import Leads
    from closeout.records.example.chance import Chance
    from closeout.records.example.lives import Lives
    from closeout.records.example.planting import Planted

_HELD = (0.0, 0.02, 0.9, 0.05, 0.0, 0.02, 0.0, 0.01)
_OUTSIDE = (0.06, 0.22, 0.14, 0.3, 0.14, 0.08, 0.04, 0.02)
"""Shares of the closure reasons, in the order in which the declaration lists them."""
_DEPARTED = tuple(
    words("cases", "closure_reason")[one] for one in ("departed_removed", "departed_self_verified")
)
_EVIDENCE = ("death_certificate", "consulate_confirmation", "departure_record", "court_order",
             "agency_record", "agency_record", "agency_record", "other")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Closings:
    """By case: why it closed (empty while open), and whether a closing is waiting for a decision."""

    reason: Ints
    is_proposed: Claims


def closings(agency: Agency, lives: Lives, planted: Planted, waiting: Claims) -> Closings:
    """Return why the cases of a chunk closed, and which wait for the second person."""
    chance = agency.chance("closings", lives.chunk)
    held = chance.among(_HELD, lives.rows)
    reason = where(lives.docket == IN_CUSTODY, held, chance.among(_OUTSIDE, lives.rows))
    removed = words("cases", "closure_reason")["departed_removed"]
    for defect in ("departure-without-decision", "decision-after-departure", "decision-flawed"):
        reason[planted[defect]] = removed
    quiet = lives.is_open() & planted.plants.is_free() & ~waiting & (lives.opened < agency.as_of - 60)
    proposed = quiet & ~lives.is_detained & chance.claims(0.003, lives.rows)
    proposed[planted["deceased-still-open"]] = True
    return Closings(where(lives.closed >= 0, reason), proposed)


def proposals(
    agency: Agency, lives: Lives, leads: Leads, planted: Planted, closed: Closings
) -> tuple[Columns, int]:
    """Return the closure proposals of a chunk: confirmed, undone, waiting, rejected and withdrawn."""
    chance = agency.chance("proposals", lives.chunk)
    quiet = lives.is_open() & planted.plants.is_free() & ~closed.is_proposed & (lives.reopened < 0)
    dropped = quiet & (lives.opened < agency.as_of - 200) & chance.claims(0.002, lives.rows)
    is_late = planted.marks("deceased-still-open", lives.rows)
    decided = where(lives.closed >= 0, lives.closed, lives.first_closed)
    decided = where(dropped, agency.as_of - chance.whole(5, 150, lives.rows), decided)
    gone = (closed.reason == _DEPARTED[0]) | (closed.reason == _DEPARTED[1])
    waited = where(gone, chance.whole(1, 4, lives.rows), chance.whole(1, 20, lives.rows))
    waited = where(is_late, chance.whole(100, 260, lives.rows), waited)
    proposed = where(decided >= 0, decided, agency.as_of) - waited
    cases = np.flatnonzero((decided >= 0) | closed.is_proposed)
    rows = len(cases)
    reason = _reason(lives, closed, is_late, chance)[cases]
    ids = lives.ids(rows)
    planted.plants.note("deceased-still-open", lives.case_no.take(np.flatnonzero(is_late)).to_pylist())
    alone, bare = (
        np.isin(cases, planted[one]) for one in ("closed-without-second-person", "closure-without-evidence")
    )
    planted.plants.note("closed-without-second-person", lives.case_no.take(cases[alone]).to_pylist())
    planted.plants.note("closure-without-evidence", ids[bare])
    columns: Columns = {
        "proposal_id": ids,
        "case_no": Picked(cases, lives.case_no),
        "reason": reason,
        "evidence_kind": where(bare, EMPTY, _evidence()[reason]),
        "evidence_digest": digests(lives.chunk, "closure", rows),
        "candidate_on": (proposed - chance.whole(0, 30, lives.rows))[cases],
        "proposed_on": proposed[cases],
        "proposed_by": agency.officer(leads.on(cases, proposed[cases])),
        "state": _state(lives, decided, dropped, chance)[cases],
        "decided_on": decided[cases],
        "decided_by": agency.officer(
            where((decided[cases] >= 0) & ~alone, agency.supervisors.draw(lives.office[cases], chance))
        ),
        "reversed_on": lives.reopened[cases],
    }
    return columns, rows


def _reason(lives: Lives, closed: Closings, is_late: Claims, chance: Chance) -> Ints:
    other = chance.among(_OUTSIDE, lives.rows)
    reason = where(closed.reason >= 0, closed.reason, other)
    return where(is_late, words("closure_proposals", "reason")["deceased"], reason)


def _evidence() -> Ints:
    said = words("closure_proposals", "evidence_kind")
    return np.asarray([said[kind] for kind in _EVIDENCE])


def _state(lives: Lives, decided: Ints, dropped: Claims, chance: Chance) -> Ints:
    said = words("closure_proposals", "state")
    refused = where(chance.claims(0.7, lives.rows), said["rejected"], said["withdrawn"])
    state = where(decided >= 0, said["confirmed"], said["proposed"])
    return where(lives.reopened >= 0, said["reversed"], where(dropped, refused, state))


def departures(
    agency: Agency, lives: Lives, planted: Planted, closed: Closings, parents: Ints
) -> tuple[Columns, int, Ints]:
    """Return the departures of a chunk, and by case the day of departure (empty if none)."""
    chance = agency.chance("departures", lives.chunk)
    kinds = words("departures", "kind")
    removed, by_self = (closed.reason == one for one in _DEPARTED)
    is_late = planted.marks("departed-still-open", lives.rows)
    before = np.minimum(chance.whole(6, 14, lives.rows), np.maximum(lives.closed - lives.opened, 0))
    departed = where(removed | by_self, lives.closed - before)
    departed = where(is_late, agency.as_of - chance.whole(90, 400, lives.rows), departed)
    cases = np.flatnonzero(departed >= 0)
    rows, days = len(cases), departed[cases]
    recorded = days + where(is_late[cases], 12, np.minimum(chance.whole(0, 1, rows), before[cases]))
    ids = lives.ids(rows)
    for defect in ("departure-without-decision", "decision-after-departure"):
        planted.plants.note(defect, ids[np.isin(cases, planted[defect])])
    planted.plants.note("departed-still-open", lives.case_no.take(np.flatnonzero(is_late)).to_pylist())
    columns: Columns = {
        "departure_id": ids,
        "case_no": Picked(cases, lives.case_no),
        "departed_on": days,
        "kind": where(removed[cases], kinds["removed"], kinds["self"]),
        "is_parent": parents[cases],
        "recorded_on": recorded,
        "verified_on": where(is_late[cases], recorded + 20, recorded),
        "evidence_digest": digests(lives.chunk, "departure", rows),
    }
    return columns, rows, departed
