"""Transfers between offices: accepted, rejected, and left lying."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from closeout.records.example.arrays import Columns, Picked, where, words
from closeout.records.example.size import OFFICES

if TYPE_CHECKING:
    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Claims, Ints
    from closeout.records.example.assignments import Leads
    from closeout.records.example.chance import Chance
    from closeout.records.example.lives import Lives
    from closeout.records.example.planting import Planted

_DAYS_IN_LIMBO = (45, 240)


def pending(agency: Agency, lives: Lives, planted: Planted) -> Claims:
    """Return which cases have a transfer that nobody answered."""
    chance = agency.chance("pending transfers", lives.chunk)
    quiet = lives.is_open() & (lives.transferred < 0) & (lives.opened < agency.as_of - 60)
    waiting = quiet & planted.plants.is_free() & ~lives.is_detained & chance.claims(0.002, lives.rows)
    return waiting | planted.marks("transfer-in-limbo", lives.rows)


def transfers(
    agency: Agency, lives: Lives, leads: Leads, planted: Planted, waiting: Claims
) -> tuple[Columns, int]:
    """Return the transfers of a chunk."""
    chance = agency.chance("transfers", lives.chunk)
    rejected = lives.is_open() & (lives.opened < agency.as_of - 120) & chance.claims(0.003, lives.rows)
    rejected &= (lives.transferred < 0) & ~waiting & planted.plants.is_free() & ~lives.is_detained
    cases = np.flatnonzero((lives.transferred >= 0) | waiting | rejected)
    rows, is_waiting, is_rejected = len(cases), waiting[cases], rejected[cases]
    is_accepted = lives.transferred[cases] >= 0
    requested = _requested(agency, lives, planted, cases, chance)
    requested = requested - where(is_rejected, 22, 0)
    away = away_from(lives, chance, cases)
    sender, receiver = lives.office_before[cases], where(is_accepted, lives.office[cases], away)
    said = words("transfers", "state")
    state = where(is_waiting, said["requested"], where(is_rejected, said["rejected"], said["accepted"]))
    ids = lives.ids(rows)
    planted.plants.note("transfer-in-limbo", ids[np.isin(cases, planted["transfer-in-limbo"])])
    columns: Columns = {
        "transfer_id": ids,
        "case_no": Picked(cases, lives.case_no),
        "from_office_id": agency.office(sender),
        "to_office_id": agency.office(receiver),
        "state": state,
        "reason": chance.among((0.75, 0.05, 0.15, 0.05), rows),
        "requested_on": requested,
        "requested_by": agency.officer(leads.on(cases, requested)),
        "accepted_on": lives.transferred[cases],
        "accepted_by": agency.officer(
            where(is_accepted, agency.supervisors.draw(lives.office[cases], chance))
        ),
        "rejected_on": where(is_rejected, requested + chance.whole(2, 20, rows)),
        "rejected_reason": where(is_rejected, chance.among((0.4, 0.3, 0.2, 0.1), rows)),
    }
    return columns, rows


def _requested(agency: Agency, lives: Lives, planted: Planted, cases: Ints, chance: Chance) -> Ints:
    rows = len(cases)
    accepted = lives.transferred[cases]
    before = accepted - chance.whole(3, 25, rows)
    recent = agency.as_of - chance.whole(1, 28, rows)
    long_ago = agency.as_of - chance.whole(*_DAYS_IN_LIMBO, rows)
    is_limbo = np.isin(cases, planted["transfer-in-limbo"])
    return where(is_limbo, long_ago, where(accepted >= 0, before, recent))


def away_from(lives: Lives, chance: Chance, cases: Ints) -> Ints:
    """Return another office for each case."""
    return (lives.office[cases] + 1 + chance.below(np.full(len(cases), OFFICES - 1))) % OFFICES
