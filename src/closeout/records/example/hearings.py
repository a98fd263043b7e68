"""Hearings: those held, those to come, and those nobody knows the outcome of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from closeout.records.example.arrays import (
    EMPTY,
    Columns,
    Picked,
    known_by,
    last_of_each,
    to_weekday,
    where,
    words,
)
from closeout.records.example.strata import POST_ORDER
from closeout.records.example.writing import keys

if TYPE_CHECKING:
    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Ints
    from closeout.records.example.chance import Chance
    from closeout.records.example.lives import Lives
    from closeout.records.example.planting import Planted

_SPACING = 230
"""Days between two hearings of a case."""
_SAID = words("hearings", "outcome")
_SHARES = (
    ("held", 0.57),
    ("adjourned", 0.3),
    ("no_appearance", 0.05),
    ("decided", 0.05),
    ("withdrawn", 0.01),
)
_UNKNOWN = 0.02
_ADJOURNED = ("01", "02", "06", "12", "17", "22", "45")
_COURTS = tuple(f"CT-{number:02d}" for number in range(1, 61))
NO_APPEARANCE = _SAID["no_appearance"]


@dataclass(frozen=True, slots=True)
class Heard:
    """The hearings of a chunk, by case and day."""

    ids: Ints
    cases: Ints
    days: Ints
    outcome: Ints
    completed: Ints


def hear(agency: Agency, lives: Lives, planted: Planted) -> Heard:
    """Return a chunk's hearings: of about six in ten cases whose order is not final."""
    chance = agency.chance("hearings", lives.chunk)
    cases, days = _schedule(agency, lives, planted, chance)
    rows = len(days)
    places = np.asarray([_SAID[name] for name, _ in _SHARES] + [EMPTY])
    outcome = places[chance.among([share for _, share in _SHARES] + [_UNKNOWN], rows)]
    outcome[_latest(cases, days, planted["missed-hearing-unknown"], agency.as_of - 20)] = EMPTY
    no_exception = planted["no-appearance-without-exception"]
    outcome[_latest(cases, days, no_exception, agency.as_of - 40)] = NO_APPEARANCE
    completed = where(outcome >= 0, known_by(days + chance.whole(0, 3, rows), agency.as_of))
    heard = Heard(lives.ids(rows), cases, days, where(completed >= 0, outcome), completed)
    for defect, before in (("missed-hearing-unknown", 20), ("no-appearance-without-exception", 40)):
        found = _latest(cases, days, planted[defect], agency.as_of - before)
        planted.plants.note(defect, heard.ids[found])
    return heard


def _schedule(agency: Agency, lives: Lives, planted: Planted, chance: Chance) -> tuple[Ints, Ints]:
    has_court = chance.claims(0.55, lives.rows) & (lives.docket != POST_ORDER)
    for defect in (
        "missed-hearing-unknown",
        "no-appearance-without-exception",
        "hearing-mismatch-unresolved",
    ):
        has_court[planted[defect]] = True
    begins = np.maximum(np.maximum(lives.opened + 10, lives.reopened), agency.starts)
    first = begins + chance.whole(0, _SPACING - 1, lives.rows)
    until = where(lives.final_order >= 0, lives.final_order, lives.closed)
    last = where(until >= 0, until - 5, agency.as_of + 300)
    heard = np.where(has_court & (last >= first), (last - first) // _SPACING + 1, 0)
    cases = np.repeat(np.arange(lives.rows, dtype=np.int64), heard)
    turn = np.arange(len(cases)) - np.repeat(np.cumsum(heard) - heard, heard)
    return cases, to_weekday(first[cases] + turn * _SPACING)


def _latest(cases: Ints, days: Ints, chosen: Ints, by: int) -> Ints:
    found = np.flatnonzero(np.isin(cases, chosen) & (days <= by))
    return found[last_of_each(cases[found])]


def hearings(agency: Agency, lives: Lives, heard: Heard) -> tuple[Columns, int]:
    """Return the hearings of a chunk."""
    chance = agency.chance("hearing rows", lives.chunk)
    rows = len(heard.days)
    decided = heard.outcome == _SAID["decided"]
    absent = (heard.outcome == NO_APPEARANCE) & chance.claims(0.3, rows)
    appeal_due = where(decided | absent, heard.completed + 30)
    appealed = where(decided & chance.claims(0.3, rows), known_by(heard.completed + 12, agency.as_of))
    notice = np.maximum(heard.days - chance.whole(20, 60, rows), lives.opened[heard.cases])
    adjourned = heard.outcome == _SAID["adjourned"]
    columns: Columns = {
        "hearing_id": heard.ids,
        "case_no": Picked(heard.cases, lives.case_no),
        "scheduled_on": heard.days,
        "calendar": where(lives.is_detained[heard.cases], 3, chance.among((0.7, 0.3), rows)),
        "medium": chance.among((0.6, 0.35, 0.05), rows),
        "court_code": Picked(lives.office[heard.cases] * 2 + heard.cases % 2, keys(_COURTS)),
        "notice_served_on": where(chance.claims(0.97, rows), known_by(notice, agency.as_of)),
        "outcome": heard.outcome,
        "adjourned_reason": Picked(
            where(adjourned, chance.whole(0, len(_ADJOURNED) - 1, rows)), keys(_ADJOURNED)
        ),
        "is_in_absentia": absent,
        "decision_code": Picked(where(decided | absent, chance.whole(0, 2, rows)), keys(("R", "X", "A"))),
        "completed_on": heard.completed,
        "appeal_due_on": appeal_due,
        "appeal_filed_on": appealed,
        "is_venue_changed": chance.claims(0.01, rows) & (heard.outcome >= 0),
    }
    return columns, rows
