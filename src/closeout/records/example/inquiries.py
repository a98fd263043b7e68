"""Inquiries from representatives."""

# ruff: noqa: PLR2004 - the numbers are the made-up figures themselves

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from closeout.records.example.arrays import EMPTY, Columns, Picked, known_by, to_weekday, where

if TYPE_CHECKING:
    from closeout.records.example.agency import Agency
    from closeout.records.example.assignments import Leads
    from closeout.records.example.lives import Lives
    from closeout.records.example.planting import Planted


def inquiries(agency: Agency, lives: Lives, leads: Leads, planted: Planted) -> tuple[Columns, int]:
    """Return the inquiries of a chunk; about one open case in twelve had one."""
    chance = agency.chance("inquiries", lives.chunk)
    begins = np.maximum(lives.opened, agency.starts)
    room = lives.ends(agency.as_of) - begins
    asked = chance.claims(0.08, lives.rows) & (room > 10)
    asked[planted["inquiry-unanswered"]] = True
    cases = np.flatnonzero(asked)
    rows = len(cases)
    late = np.isin(cases, planted["inquiry-unanswered"])
    received = to_weekday(begins[cases] + chance.below(room[cases] - 5))
    received = where(late, to_weekday(agency.as_of - chance.whole(60, 200, rows)), received)
    answered = known_by(to_weekday(received + chance.waiting(5, 45, rows)), agency.as_of)
    answered = where(late | chance.claims(0.02, rows), EMPTY, answered)
    ids = lives.ids(rows)
    planted.plants.note("inquiry-unanswered", ids[late])
    columns: Columns = {
        "inquiry_id": ids,
        "case_no": Picked(cases, lives.case_no),
        "office_id": agency.office(lives.office_on(cases, received)),
        "category": chance.among((0.35, 0.2, 0.15, 0.1, 0.1, 0.05, 0.05), rows),
        "channel": chance.among((0.3, 0.1, 0.35, 0.2, 0.05), rows),
        "received_on": received,
        "answered_on": answered,
        "answered_by": agency.officer(where(answered >= 0, leads.on(cases, answered))),
        "has_appearance_on_file": chance.claims(0.85, rows),
    }
    return columns, rows
