"""Reviews of custody after a final order, and the holds that stop a case's clocks."""

# ruff: noqa: PLR2004 - the numbers are the made-up figures themselves

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from closeout.records.example.arrays import EMPTY, Columns, Picked, known_by, where, words
from closeout.records.example.strata import IN_CUSTODY

if TYPE_CHECKING:
    from closeout.records.example.agency import Agency
    from closeout.records.example.lives import Lives
    from closeout.records.example.planting import Planted

_AFTER = (90, 180, 545)
"""Days from the start of the removal period to each kind of review."""
_AHEAD = 60
_LOOK_AGAIN = 90
"""Days after which a hold is to be looked at again."""


def custody_reviews(agency: Agency, lives: Lives, planted: Planted) -> tuple[Columns, int]:
    """Return the custody reviews of a chunk, the coming one of each case included."""
    chance = agency.chance("custody reviews", lives.chunk)
    begins = where((lives.docket == IN_CUSTODY) & (lives.final_order >= 0), lives.final_order)
    due = begins[:, None] + np.asarray(_AFTER)
    until = where(lives.closed >= 0, lives.closed, agency.as_of + _AHEAD)
    exists = (begins >= 0)[:, None] & (due <= until[:, None])
    cases, kind = np.nonzero(exists)
    rows, due_on = len(cases), due[exists]
    decided = known_by(due_on + chance.whole(-12, 4, rows), agency.as_of)
    ends = lives.ends(agency.as_of)[cases]
    decided = where(decided <= ends, decided)
    late = np.isin(cases, planted["custody-review-overdue"]) & (due_on < agency.as_of - 30)
    decided = where(late, EMPTY, decided)
    ids = lives.ids(rows)
    chosen = planted["custody-review-overdue"]
    planted.plants.note("custody-review-overdue", lives.case_no.take(chosen).to_pylist())
    said, roles = words("custody_reviews", "decision"), words("custody_reviews", "decider_role")
    columns: Columns = {
        "custody_review_id": ids,
        "case_no": Picked(cases, lives.case_no),
        "kind": kind,
        "period_from": begins[cases],
        "due_on": due_on,
        "notice_served_on": where(chance.claims(0.9, rows), known_by(due_on - 30, agency.as_of)),
        "decided_on": decided,
        "decision": where(
            decided >= 0, where(chance.claims(0.2, rows), said["refer_headquarters"], said["continue"])
        ),
        "decider_role": where(decided >= 0, where(kind == 0, roles["field_director"], roles["headquarters"])),
        "tolling_reason": where(chance.claims(0.03, rows) & ~late, chance.whole(0, 2, rows)),
    }
    return columns, rows


def holds(agency: Agency, lives: Lives, planted: Planted) -> tuple[Columns, int]:
    """Return the holds of a chunk: stays, appeals, illness. Cases with a planted defect have none."""
    chance = agency.chance("holds", lives.chunk)
    begins = np.maximum(np.maximum(lives.opened, lives.reopened), agency.starts)
    room = lives.ends(agency.as_of) - begins
    share = np.where(lives.final_order >= 0, 0.04, 0.004)
    held = (chance.generator.random(lives.rows) < share) & (room > 60) & planted.plants.is_free()
    held[planted["hold-past-review"]] = True
    cases = np.flatnonzero(held)
    rows = len(cases)
    forgotten = np.isin(cases, planted["hold-past-review"])
    from_on = where(forgotten, agency.as_of - 200, begins[cases] + chance.below(room[cases] - 30))
    to_on = known_by(from_on + 10 + chance.waiting(60, 300, rows), agency.as_of)
    to_on = where(forgotten, EMPTY, to_on)
    closed = lives.closed[cases]
    to_on = where(closed >= 0, where(to_on >= 0, np.minimum(to_on, closed), closed), to_on)
    ids = lives.ids(rows)
    planted.plants.note("hold-past-review", ids[forgotten])
    kinds = words("holds", "kind")
    kind = np.asarray([kinds[one] for one in ("legal_stay", "appeal", "medical", "litigation")])
    columns: Columns = {
        "hold_id": ids,
        "case_no": Picked(cases, lives.case_no),
        "kind": kind[chance.among((0.35, 0.4, 0.15, 0.1), rows)],
        "from_on": from_on,
        "to_on": to_on,
        "review_on": from_on + _LOOK_AGAIN,
        "approved_by": agency.officer(agency.supervisors.draw(lives.office[cases], chance)),
    }
    return columns, rows
