"""Check-ins: when they are due, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from closeout.records.example.arrays import (
    EMPTY,
    Columns,
    Picked,
    at,
    known_by,
    last_of_each,
    to_weekday,
    where,
    words,
)
from closeout.records.example.intervals import SET_BY_POLICY, interval_keys, interval_of
from closeout.records.example.strata import IN_CUSTODY, POST_ORDER

if TYPE_CHECKING:
    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Claims, Ints
    from closeout.records.example.assignments import Leads
    from closeout.records.example.chance import Chance
    from closeout.records.example.lives import Lives
    from closeout.records.example.planting import Planted

WINDOW_DAYS = 3
RESPONSE_DAYS = 14
_OUTCOMES = (
    ("attended", 0.805), ("attended_remote", 0.07), ("rescheduled_by_office", 0.02),
    ("rescheduled_by_person", 0.03), ("missed", 0.02), ("excused", 0.015), ("service_issue", 0.01),
    ("data_error", 0.005), ("unexcused", 0.01), ("cancelled", 0.01), ("", 0.005),
)  # fmt: skip
_SAID = words("check_ins", "outcome")
ATTENDED, REMOTE, BY_OFFICE, BY_PERSON, MISSED = (_SAID[name] for name, _ in _OUTCOMES[:5])
EXCUSED, SERVICE_ISSUE, DATA_ERROR, UNEXCUSED, CANCELLED = (_SAID[name] for name, _ in _OUTCOMES[5:10])
NOT_HELD = (MISSED, EXCUSED, SERVICE_ISSUE, DATA_ERROR, UNEXCUSED)


@dataclass(frozen=True, slots=True)
class Held:
    """The check-ins of a chunk, by case and day. `outcome` is empty while open."""

    ids: Ints
    cases: Ints
    due: Ints
    outcome: Ints
    outcome_on: Ints
    disposed: Ints
    """When the exception of a check-in that was not held was disposed of; empty if it was not."""
    office: Ints
    officer: Ints
    is_noticed: Claims
    """Whether an exception was opened for one that was not held."""


def hold(agency: Agency, lives: Lives, leads: Leads, planted: Planted, days_between: Ints) -> Held:
    """Return a chunk's check-ins and what came of them."""
    chance = agency.chance("check-ins", lives.chunk)
    cases, due = _schedule(agency, lives, days_between, chance)
    outcome = np.asarray([_SAID.get(name, EMPTY) for name, _ in _OUTCOMES])[
        chance.among([share for _, share in _OUTCOMES], len(due))
    ]
    undisposed = _force(agency, planted, (cases, due), outcome)
    disposed = known_by(due + WINDOW_DAYS + 3 + chance.waiting(15, 120, len(due)), agency.as_of)
    disposed[undisposed] = EMPTY
    not_held = np.isin(outcome, NOT_HELD)
    outcome = where(not_held & (disposed < 0), MISSED, outcome)
    expired = due + WINDOW_DAYS + 1
    happened = where(outcome == MISSED, expired, where(not_held, disposed, due + _delay(outcome, chance)))
    happened = where(outcome < 0, EMPTY, known_by(happened, agency.as_of))
    outcome = where(happened >= 0, outcome)
    return Held(
        ids=lives.ids(len(due)),
        cases=cases,
        due=due,
        outcome=outcome,
        outcome_on=happened,
        disposed=where(np.isin(outcome, NOT_HELD), disposed),
        office=lives.office_on(cases, due),
        officer=leads.on(cases, np.minimum(due, agency.as_of)),
        is_noticed=np.isin(outcome, NOT_HELD) & ~np.isin(cases, planted["missed-check-in-without-exception"]),
    )


def _delay(outcome: Ints, chance: Chance) -> Ints:
    late = where(chance.claims(0.1, len(outcome)), chance.whole(1, WINDOW_DAYS, len(outcome)), 0)
    return where((outcome == ATTENDED) | (outcome == REMOTE), late, 0)


def _schedule(agency: Agency, lives: Lives, every: Ints, chance: Chance) -> tuple[Ints, Ints]:
    was_outside = (lives.docket == IN_CUSTODY) & (lives.changed >= 0)
    reports = ~lives.is_detained | was_outside
    begins = np.maximum(np.maximum(lives.opened, lives.reopened), where(was_outside, 0, lives.changed))
    is_running = begins < agency.starts
    begins = np.maximum(begins, agency.starts)
    first = begins + where(is_running, chance.below(every), every)
    until = where(was_outside, lives.changed, lives.closed)
    last = where(until >= 0, until - 3, agency.as_of + every)
    held = np.where(reports & (last >= first), (last - first) // every + 1, 0)
    cases = np.repeat(np.arange(lives.rows, dtype=np.int64), held)
    turn = np.arange(len(cases)) - np.repeat(np.cumsum(held) - held, held)
    return cases, to_weekday(first[cases] + turn * every[cases])


def _force(agency: Agency, planted: Planted, rows: tuple[Ints, Ints], outcome: Ints) -> Ints:
    """Force the outcomes of planted check-ins; return those whose exception stays open."""
    cases, due = rows
    forced = (
        ("missed-check-in-undisposed", 60, MISSED),
        ("missed-check-in-unnoticed", 40, EMPTY),
        ("missed-check-in-without-exception", 60, MISSED),
        ("check-in-service-issue", 130, SERVICE_ISSUE),
        ("records-check-not-done", 30, ATTENDED),
    )
    for defect, days, said in forced:
        outcome[_latest(cases, due, planted[defect], agency.as_of - days)] = said
    kept_open = [planted[one] for one in ("missed-check-in-undisposed", "missed-check-in-without-exception")]
    return _latest(cases, due, np.concatenate(kept_open), agency.as_of - 60)


def _latest(cases: Ints, due: Ints, chosen: Ints, by: int) -> Ints:
    """Return the rows of the chosen cases' latest check-ins due on or before a day."""
    found = np.flatnonzero(np.isin(cases, chosen) & (due <= by))
    return found[last_of_each(cases[found])]


def check_ins(agency: Agency, lives: Lives, planted: Planted, held: Held) -> tuple[Columns, int]:
    """Return the check-ins of a chunk, and note the planted ones."""
    chance = agency.chance("check-in rows", lives.chunk)
    rows = len(held.due)
    _note(agency, planted, held)
    dockets = lives.docket_on(held.cases, held.due)
    is_own = np.isin(held.cases, planted["check-in-without-policy"])
    by_hand = is_own | np.isin(held.cases, planted["interval-outside-policy"])
    interval = where(is_own, EMPTY, interval_of(agency, dockets, held.due))
    _note_intervals(planted, held, interval)
    reviewed = where(
        chance.claims(0.1, rows) | (held.outcome == UNEXCUSED), known_by(held.outcome_on + 2, agency.as_of)
    )
    reviewed = where(held.outcome_on >= 0, reviewed)
    recorded = _recorded(agency, held, chance)
    asked = (dockets == POST_ORDER) | np.isin(held.cases, planted["records-check-not-done"])
    came = np.isin(held.outcome, (ATTENDED, REMOTE))
    checked = came & asked & chance.claims(0.93, rows)
    checked &= ~np.isin(held.ids, _unchecked(agency, planted, held))
    columns: Columns = {
        "check_in_id": held.ids,
        "case_no": Picked(held.cases, lives.case_no),
        "office_id": agency.office(held.office),
        "due_on": held.due,
        "window_days": WINDOW_DAYS,
        "channel": chance.among((0.6, 0.15, 0.15, 0.1), rows),
        "interval_id": Picked(interval, interval_keys()),
        "created_by_job": ~by_hand & chance.claims(0.9, rows),
        "reminded_on": where(chance.claims(0.93, rows), known_by(held.due - 7, agency.as_of)),
        "state": _state(agency, held, reviewed),
        "outcome": held.outcome,
        "outcome_on": held.outcome_on,
        "recorded_at": recorded,
        "recorded_by": agency.officer(where(recorded >= 0, held.officer)),
        "reviewed_on": reviewed,
        "reviewed_by": agency.officer(where(reviewed >= 0, agency.supervisors.draw(held.office, chance))),
        "is_service_issue": np.isin(held.outcome, (SERVICE_ISSUE, BY_OFFICE)),
        "records_check_due": asked,
        "records_checked_on": where(checked, held.outcome_on),
    }
    return columns, rows


def _recorded(agency: Agency, held: Held, chance: Chance) -> Ints:
    rows = len(held.due)
    lag = where(chance.claims(0.08, rows), chance.whole(1, 9, rows), 0)
    days = np.minimum(held.outcome_on + lag, agency.as_of)
    return at(where(held.outcome_on >= 0, days), chance.whole(480, 1_010, rows))


def _state(agency: Agency, held: Held, reviewed: Ints) -> Ints:
    said = words("check_ins", "state")
    waiting = where(agency.as_of > held.due + WINDOW_DAYS + 1 + RESPONSE_DAYS, said["missed"],
                    said["awaiting_explanation"])  # fmt: skip
    by_outcome = np.full(len(_SAID) + 1, EMPTY, dtype=np.int64)
    for outcome, place in _SAID.items():
        by_outcome[place] = said["rescheduled" if outcome.startswith("rescheduled") else outcome]
    state = by_outcome[held.outcome]
    is_fine = (held.outcome == ATTENDED) | (held.outcome == REMOTE)
    state = where(is_fine & (reviewed >= 0), said["reviewed"], state)
    missed = where(held.disposed >= 0, said["dispositioned"], waiting)
    state = where(held.outcome == MISSED, missed, state)
    still_open = where(held.due - 7 <= agency.as_of, said["reminded"], said["scheduled"])
    return where(held.outcome < 0, still_open, state)


def _unchecked(agency: Agency, planted: Planted, held: Held) -> Ints:
    return held.ids[_latest(held.cases, held.due, planted["records-check-not-done"], agency.as_of - 30)]


def _note(agency: Agency, planted: Planted, held: Held) -> None:
    for defect, days in (
        ("missed-check-in-unnoticed", 40),
        ("missed-check-in-without-exception", 60),
        ("check-in-service-issue", 130),
        ("records-check-not-done", 30),
    ):
        rows = _latest(held.cases, held.due, planted[defect], agency.as_of - days)
        planted.plants.note(defect, held.ids[rows])


def _note_intervals(planted: Planted, held: Held, interval: Ints) -> None:
    """Note the check-ins that came too soon after one attended, and those to come that no policy asks for."""
    is_planted = np.isin(held.cases, planted["interval-outside-policy"])
    came = is_planted & (held.outcome == ATTENDED)
    too_soon = came[1:] & came[:-1] & (held.cases[1:] == held.cases[:-1]) & (interval[1:] == interval[:-1])
    too_soon &= interval[1:] < SET_BY_POLICY
    planted.plants.note("interval-outside-policy", held.ids[1:][too_soon])
    standing = np.isin(held.cases, planted["check-in-without-policy"]) & (held.outcome < 0)
    planted.plants.note("check-in-without-policy", held.ids[standing])
