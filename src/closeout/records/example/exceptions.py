"""Exceptions: check-ins and hearings that were not kept, and how offices disposed of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from closeout.records.example.arrays import Columns, Picked, known_by, merged, where, words
from closeout.records.example.check_ins import (
    DATA_ERROR,
    EXCUSED,
    RESPONSE_DAYS,
    SERVICE_ISSUE,
    UNEXCUSED,
    WINDOW_DAYS,
    Held,
)
from closeout.records.example.hearings import NO_APPEARANCE, Heard
from closeout.records.example.writing import keys

if TYPE_CHECKING:
    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Claims, Ints
    from closeout.records.example.assignments import Leads
    from closeout.records.example.chance import Chance
    from closeout.records.example.lives import Lives
    from closeout.records.example.planting import Planted

_SAID = words("exceptions", "disposition")
_REFERRED = _SAID["referred_per_policy"]


def exceptions(
    agency: Agency, lives: Lives, leads: Leads, planted: Planted, held: Held, heard: Heard
) -> tuple[Columns, int]:
    """Return the exceptions of a chunk, each with its check-in or hearing."""
    chance = agency.chance("exceptions", lives.chunk)
    rows = merged([_of_check_ins(held, chance), _of_hearings(agency, planted, heard, chance)], "case")
    ids = lives.ids(len(rows["case"]))
    office = lives.office_on(rows["case"], rows["arose"])
    undisposed = np.isin(rows["case"], planted["missed-check-in-undisposed"]) & (rows["disposed"] < 0)
    undisposed &= (rows["check_in"] >= 0) & (rows["arose"] < agency.as_of - 45)
    planted.plants.note("missed-check-in-undisposed", ids[undisposed])
    columns = _dates(agency, rows, undisposed, chance) | _decisions(agency, lives, leads, rows, chance)
    columns |= {
        "exception_id": ids,
        "case_no": Picked(rows["case"], lives.case_no),
        "office_id": agency.office(office),
        "kind": rows["kind"],
        "check_in_id": rows["check_in"],
        "hearing_id": rows["hearing"],
    }
    return columns, len(ids)


def _of_check_ins(held: Held, chance: Chance) -> dict[str, Ints]:
    found = np.flatnonzero(held.is_noticed)
    outcome = held.outcome[found]
    disposition = where(chance.claims(0.25, len(found)), _REFERRED, _SAID["closed"])
    for said, word in ((EXCUSED, "excused"), (SERVICE_ISSUE, "service_issue"), (DATA_ERROR, "data_error")):
        disposition = where(outcome == said, _SAID[word], disposition)
    disposed = held.disposed[found]
    return {
        "case": held.cases[found],
        "kind": np.full(len(found), words("exceptions", "kind")["missed_check_in"]),
        "check_in": held.ids[found],
        "arose": held.due[found] + WINDOW_DAYS + 1,
        "disposed": disposed,
        "disposition": where(disposed >= 0, disposition),
        "must_notify": (outcome == UNEXCUSED).astype(np.int64),
    }


def _of_hearings(agency: Agency, planted: Planted, heard: Heard, chance: Chance) -> dict[str, Ints]:
    missed = (heard.outcome == NO_APPEARANCE) & ~np.isin(
        heard.cases, planted["no-appearance-without-exception"]
    )
    found = np.flatnonzero(missed)
    arose = heard.completed[found]
    disposed = known_by(arose + 3 + chance.waiting(25, 200, len(found)), agency.as_of)
    among = [_SAID[one] for one in ("rescheduled", "excused", "data_error", "closed", "referred_per_policy")]
    drawn = np.asarray(among)[chance.among((0.3, 0.2, 0.05, 0.25, 0.2), len(found))]
    return {
        "case": heard.cases[found],
        "kind": np.full(len(found), words("exceptions", "kind")["missed_hearing"]),
        "hearing": heard.ids[found],
        "arose": arose,
        "disposed": disposed,
        "disposition": where(disposed >= 0, drawn),
    }


def _dates(agency: Agency, rows: dict[str, Ints], undisposed: Claims, chance: Chance) -> Columns:
    count = len(rows["case"])
    arose, disposed = rows["arose"], rows["disposed"]
    ended = where(disposed >= 0, disposed, agency.as_of)
    tried = where(
        chance.claims(0.9, count) & ~undisposed, np.minimum(arose + chance.whole(0, 5, count), ended)
    )
    referred = rows["disposition"] == _REFERRED
    notified = referred | (rows["must_notify"] > 0) | chance.claims(0.4, count)
    explained = np.isin(rows["disposition"], (_SAID["excused"], _SAID["service_issue"], _SAID["data_error"]))
    said = words("exceptions", "state")
    is_waiting = arose + RESPONSE_DAYS >= agency.as_of
    state = where(is_waiting, said["awaiting_explanation"], said["open"])
    return {
        "arose_on": arose,
        "response_due_on": arose + RESPONSE_DAYS,
        "first_attempt_on": tried,
        "attempts": where(tried >= 0, chance.whole(1, 4, count), 0),
        "notice_served_on": where(notified & (disposed >= 0) & ~undisposed, np.minimum(arose + 2, ended)),
        "explained_on": where(explained, disposed),
        "state": where(disposed >= 0, said["dispositioned"], state),
        "disposition": rows["disposition"],
        "disposed_on": disposed,
    }


def _decisions(agency: Agency, lives: Lives, leads: Leads, rows: dict[str, Ints], chance: Chance) -> Columns:
    cases, disposed = rows["case"], rows["disposed"]
    referred = rows["disposition"] == _REFERRED
    reviewed = (disposed >= 0) & (referred | (rows["must_notify"] > 0) | chance.claims(0.6, len(cases)))
    supervisor = agency.supervisors.draw(lives.office[cases], chance)
    return {
        "disposed_by": agency.officer(where(disposed >= 0, leads.on(cases, disposed))),
        "reviewed_on": where(reviewed, disposed),
        "reviewed_by": agency.officer(where(reviewed, supervisor)),
        "policy_version_id": Picked(where(referred, 0), keys(("EXCEPTIONS.2",))),
    }
