"""Contacts at the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from closeout.records.example.arrays import EMPTY, Columns, at, to_weekday, where
from closeout.records.example.size import OFFICES

if TYPE_CHECKING:
    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Ints

_DAY_MINUTES = (480, 990)


def desk_contacts(agency: Agency, case_no: pa.Array) -> tuple[Columns, int]:
    """Return the contacts at the windows on the working days of the months of events."""
    chance = agency.chance("desk contacts")
    days = np.arange(agency.starts, agency.as_of + 1)
    days = days[to_weekday(days) == days]
    office = np.repeat(np.arange(OFFICES), len(days))
    a_day = chance.generator.poisson(agency.size.desk_contacts, len(office))
    office, day = np.repeat(office, a_day), np.repeat(np.tile(days, OFFICES), a_day)
    rows = len(office)
    minute = chance.whole(*_DAY_MINUTES, rows)
    order = np.lexsort((minute, day, office))
    has_case = chance.claims(0.6, rows)
    category = chance.among((0.1, 0.3, 0.25, 0.15, 0.03, 0.1, 0.07), rows)
    columns: Columns = {
        "contact_id": np.arange(1, rows + 1),
        "office_id": agency.office(office),
        "officer_no": agency.officer(agency.everyone.draw(office, chance)),
        "case_no": _some_cases(case_no, where(has_case, chance.below(np.full(rows, len(case_no))), EMPTY)),
        "received_at": at(day, minute[order]),
        "channel": chance.among((0.55, 0.35, 0.05, 0.05), rows),
        "category": category,
        "minutes": where(chance.claims(0.9, rows), 2 + chance.waiting(9, 90, rows)),
    }
    return columns, rows


def _some_cases(case_no: pa.Array, places: Ints) -> pa.Array:
    return case_no.take(pa.array(places, mask=places < 0))
