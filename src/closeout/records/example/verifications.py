"""That contact data, hearings and statuses were verified, and what did not match."""

# ruff: noqa: PLR2004 - the numbers are the made-up figures themselves

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from closeout.records.example.arrays import Columns, Picked, known_by, last_of_each, merged, where, words
from closeout.records.example.check_ins import ATTENDED, Held
from closeout.records.example.moves import away_from

if TYPE_CHECKING:
    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Claims, Ints
    from closeout.records.example.assignments import Leads
    from closeout.records.example.chance import Chance
    from closeout.records.example.hearings import Heard
    from closeout.records.example.lives import Lives
    from closeout.records.example.planting import Planted

_KIND = words("verifications", "kind")
_METHOD = words("verifications", "method")
_RESULT = words("verifications", "result")
_DAYS_MISMATCHED = 90


def verifications(
    agency: Agency, lives: Lives, leads: Leads, planted: Planted, held: Held, heard: Heard
) -> tuple[Columns, int]:
    """Return the verifications of a chunk."""
    chance = agency.chance("verifications", lives.chunk)
    pieces = [
        _of_contact(planted, held, chance),
        _of_hearings(agency, planted, heard, chance),
        _of_moves(agency, lives, planted, chance),
        _of_status(agency, lives, planted, chance),
    ]
    rows = merged(pieces, "case")
    chosen = planted["contact-not-verified"]
    planted.plants.note("contact-not-verified", lives.case_no.take(chosen).to_pylist())
    ids = lives.ids(len(rows["case"]))
    for defect in ("hearing-mismatch-unresolved", "relocated-not-referred"):
        marked = rows["planted"] == _place(defect)
        planted.plants.note(defect, ids[marked])
    days = rows["day"]
    columns: Columns = {
        "verification_id": ids,
        "case_no": Picked(rows["case"], lives.case_no),
        "office_id": agency.office(lives.office_on(rows["case"], days)),
        "kind": rows["kind"],
        "hearing_id": rows["hearing"],
        "verified_on": days,
        "verified_by": agency.officer(leads.on(rows["case"], days)),
        "method": rows["method"],
        "result": rows["result"],
        "mismatch_code": rows["mismatch"],
        "corrected_on": rows["corrected"],
        "new_office_id": agency.office(rows["new_office"]),
    }
    return columns, len(ids)


def _place(defect: str) -> int:
    return {"hearing-mismatch-unresolved": 1, "relocated-not-referred": 2}[defect]


def _never_verified(planted: Planted, cases: Ints) -> Claims:
    return np.isin(cases, planted["contact-not-verified"])


def _of_contact(planted: Planted, held: Held, chance: Chance) -> dict[str, Ints]:
    """Return verifications at check-ins that were attended."""
    asked = (held.outcome == ATTENDED) & chance.claims(0.15, len(held.due))
    found = np.flatnonzero(asked & ~_never_verified(planted, held.cases))
    rows = len(found)
    return {
        "case": held.cases[found],
        "day": held.outcome_on[found],
        "kind": np.full(rows, _KIND["contact"]),
        "method": np.full(rows, _METHOD["in_person"]),
        "result": where(chance.claims(0.9, rows), _RESULT["confirmed"], _RESULT["changed"]),
    }


def _of_hearings(agency: Agency, planted: Planted, heard: Heard, chance: Chance) -> dict[str, Ints]:
    """Return verifications of hearings before they are held, with the mismatches that were found."""
    days = heard.days - chance.whole(8, 40, len(heard.days))
    possible = (known_by(days, agency.as_of) >= 0) & (days >= agency.starts)
    late = np.isin(heard.cases, planted["hearing-mismatch-unresolved"])
    late &= possible & (days < agency.as_of - _DAYS_MISMATCHED)
    latest = np.flatnonzero(late)
    is_planted = np.zeros(len(days), dtype=np.bool_)
    is_planted[latest[last_of_each(heard.cases[latest])]] = True
    unknown = np.isin(heard.cases, planted["missed-hearing-unknown"])
    found = np.flatnonzero(possible & (chance.claims(0.45, len(days)) & ~unknown | is_planted))
    rows, marked = len(found), is_planted[found]
    differs = marked | chance.claims(0.04, rows)
    corrected = known_by(days[found] + chance.whole(0, 25, rows), agency.as_of)
    return {
        "case": heard.cases[found],
        "day": days[found],
        "kind": np.full(rows, _KIND["proceeding"]),
        "hearing": heard.ids[found],
        "method": np.full(rows, _METHOD["court_system"]),
        "result": where(differs, _RESULT["mismatch"], _RESULT["confirmed"]),
        "mismatch": where(differs, chance.among((0.6, 0.2, 0.15, 0.05), rows)),
        "corrected": where(differs & ~marked, corrected),
        "planted": where(marked, _place("hearing-mismatch-unresolved")),
    }


def _of_moves(agency: Agency, lives: Lives, planted: Planted, chance: Chance) -> dict[str, Ints]:
    """Return verifications that found a case to belong to another office's area."""
    moved = np.flatnonzero(lives.transferred >= 0)
    left = planted["relocated-not-referred"]
    cases = np.concatenate([moved, left])
    day = np.concatenate(
        [
            np.maximum(lives.transferred[moved] - chance.whole(26, 40, len(moved)), lives.opened[moved]),
            agency.as_of - chance.whole(40, 200, len(left)),
        ]
    )
    return {
        "case": cases,
        "day": day,
        "kind": np.full(len(cases), _KIND["contact"]),
        "method": chance.whole(0, 2, len(cases)),
        "result": np.full(len(cases), _RESULT["changed"]),
        "new_office": np.concatenate([lives.office[moved], away_from(lives, chance, left)]),
        "planted": where(np.arange(len(cases)) >= len(moved), _place("relocated-not-referred")),
    }


def _of_status(agency: Agency, lives: Lives, planted: Planted, chance: Chance) -> dict[str, Ints]:
    """Return verifications of status, representation and contact beside check-ins and hearings."""
    begins = np.maximum(lives.opened, agency.starts)
    room = lives.ends(agency.as_of) - begins
    asked = chance.claims(0.35, lives.rows) & (room > 30)
    cases = np.flatnonzero(asked & ~_never_verified(planted, np.arange(lives.rows)))
    rows = len(cases)
    kind = np.asarray([_KIND[one] for one in ("contact", "status", "representation")])
    result = np.asarray([_RESULT[one] for one in ("confirmed", "could_not_verify")])
    return {
        "case": cases,
        "day": begins[cases] + chance.below(room[cases]),
        "kind": kind[chance.among((0.5, 0.3, 0.2), rows)],
        "method": chance.whole(1, 5, rows),
        "result": result[chance.among((0.95, 0.05), rows)],
    }
