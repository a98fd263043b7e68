"""Time studies, and contacts at the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from closeout.records.example.arrays import EMPTY, Columns, Picked, at, to_weekday, where
from closeout.records.example.size import OFFICES
from closeout.records.example.writing import keys

if TYPE_CHECKING:
    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Ints

ACTIVITIES = (
    ("check-in", 14, 6, 0.2), ("record-outcome", 4, 2, 0.15), ("reminder", 3, 1, 0.1),
    ("verify-contact", 9, 4, 0.1), ("verify-proceeding", 8, 4, 0.1), ("review-file", 42, 15, 0.06),
    ("exception-disposition", 25, 12, 0.05), ("answer-inquiry", 18, 9, 0.06),
    ("travel-package", 70, 30, 0.04),
    ("travel-follow-up", 15, 6, 0.03), ("transfer", 20, 8, 0.02), ("custody-review", 90, 35, 0.02),
    ("parental-inquiry", 20, 8, 0.02), ("window", 120, 40, 0.05),
)  # fmt: skip
"""Code as the pack calls it, mean minutes a task, their spread, share of the entries."""
_STUDY_DAYS = 10
_ENTRIES_A_DAY = 8
_MOST_TASKS = 4
_RESPONSE = 0.72
_DAY_MINUTES = (480, 990)


def time_entries(agency: Agency, case_no: pa.Array) -> tuple[Columns, int]:
    """Return the entries of the time studies: two working weeks each, officers who answered only."""
    chance = agency.chance("time studies")
    pieces = []
    for wave in range(agency.size.study_waves):
        answered = np.flatnonzero(chance.claims(_RESPONSE, len(agency.home)) & (agency.active_to < 0))
        officer = np.repeat(answered, _STUDY_DAYS * _ENTRIES_A_DAY)
        turn = np.tile(np.arange(_STUDY_DAYS * _ENTRIES_A_DAY), len(answered))
        begins = int(to_weekday(np.asarray([agency.as_of - 400 + 150 * wave]))[0])
        days = _workday(begins, turn // _ENTRIES_A_DAY)
        pieces.append(np.stack([officer, days, np.full(len(officer), wave)]))
    entries = np.concatenate(pieces, axis=1)
    officer, days, waves = entries[:, np.lexsort((entries[1], entries[0]))]
    rows = len(officer)
    activity = chance.among([one[3] for one in ACTIVITIES], rows)
    tasks = chance.whole(1, _MOST_TASKS, rows)
    mean, spread = (np.asarray([one[place] for one in ACTIVITIES]) for place in (1, 2))
    drawn = chance.generator.normal(mean[activity], spread[activity]) * tasks**0.9
    has_case = chance.claims(0.4, rows) & (activity < len(ACTIVITIES) - 1) & (tasks == 1)
    columns: Columns = {
        "entry_id": np.arange(1, rows + 1),
        "officer_no": agency.officer(officer),
        "office_id": agency.office(agency.home[officer]),
        "worked_on": days,
        "activity": Picked(activity, keys([one[0] for one in ACTIVITIES])),
        "minutes": np.clip(drawn, 1, 480).astype(np.int64),
        "case_no": _some_cases(case_no, where(has_case, chance.below(np.full(rows, len(case_no))))),
        "tasks": tasks,
        "study": Picked(waves, keys([f"STUDY-{wave + 1}" for wave in range(agency.size.study_waves)])),
        "is_overtime": chance.claims(0.05, rows),
    }
    return columns, rows


def _workday(begins: int, working_days: Ints) -> Ints:
    """Return the days that lie so many working days after a working day; weekends are skipped."""
    weekday = (begins + 3) % 7
    return begins + working_days + 2 * ((weekday + working_days) // 5)


def _some_cases(case_no: pa.Array, places: Ints) -> pa.Array:
    return case_no.take(pa.array(places, mask=places < 0))


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
