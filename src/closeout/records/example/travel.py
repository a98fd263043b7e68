"""Requests for travel documents, their packages, and asking the missions again."""

# ruff: noqa: PLR2004 - the numbers are the made-up figures themselves

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from closeout.records.example.arrays import EMPTY, Columns, Picked, known_by, last_of_each, where, words
from closeout.records.example.countries import COUNTRIES, Book, book, rule_ids
from closeout.records.example.strata import IN_CUSTODY
from closeout.records.example.writing import keys

if TYPE_CHECKING:
    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Claims, Ints
    from closeout.records.example.chance import Chance
    from closeout.records.example.lives import Lives
    from closeout.records.example.planting import Planted

_MOST_FOLLOW_UPS = 8
_NEVER = 10_000
"""Days: beyond every as-of date."""
_STATES = words("travel_document_requests", "state")


@dataclass(frozen=True, slots=True)
class Asked:
    """The requests of a chunk and the days of their stages; empty where not reached."""

    ids: Ints
    cases: Ints
    country: Ints
    drafted: Ints
    completed: Ints
    sent: Ints
    acknowledged: Ints
    interviewed: Ints
    decided: Ints
    issued: Claims
    valid_to: Ints
    used: Ints
    missing: Ints


def travel(agency: Agency, lives: Lives, planted: Planted, departed: Ints) -> dict[str, tuple[Columns, int]]:
    """Return the requests of a chunk with their items and follow-ups."""
    known, chance = book(agency), agency.chance("travel", lives.chunk)
    asked = _ask(agency, lives, planted, departed, chance)
    for defect in ("travel-document-expired-unused", "travel-package-incomplete"):
        planted.plants.note(defect, asked.ids[np.isin(asked.cases, planted[defect])])
    return {
        "travel_document_requests": _requests(agency, lives, asked, known, chance),
        "travel_document_items": _items(lives, asked, known, chance),
        "travel_follow_ups": _follow_ups(agency, lives, planted, asked, known, chance),
    }


def _ask(agency: Agency, lives: Lives, planted: Planted, departed: Ints, chance: Chance) -> Asked:
    late, expired, incomplete = (
        planted[one]
        for one in ("travel-follow-up-late", "travel-document-expired-unused", "travel-package-incomplete")
    )
    begins = np.maximum(np.maximum(lives.final_order, lives.reopened), agency.starts) + 3
    ends = lives.ends(agency.as_of)
    in_custody = lives.docket == IN_CUSTODY
    share = np.where(in_custody, 0.9, 0.12)
    asks = (lives.final_order >= 0) & (ends - begins > 20) & (chance.generator.random(lives.rows) < share)
    for chosen in (late, expired, incomplete):
        asks[chosen] = True
    cases = np.flatnonzero(asks)
    rows = len(cases)
    longest = where(in_custody, 15, 300)
    drafted = begins[cases] + chance.below(np.minimum(ends - begins - 15, longest)[cases])
    is_early = np.isin(cases, np.concatenate([late, expired, incomplete]))
    drafted = where(is_early, np.maximum(agency.as_of - 480, begins[cases]), drafted)
    is_left_lying = chance.claims(0.03, rows) & ~is_early
    ready = drafted + where(is_left_lying, _NEVER, chance.whole(0, 14, rows))
    sent = ready + chance.whole(0, 5, rows)
    acknowledged = sent + chance.whole(3, 30, rows)
    decided = acknowledged + 15 + where(is_early, 40, chance.waiting(80, 400, rows))
    decided = where(np.isin(cases, late), EMPTY, decided)
    limit = ends[cases]
    issued = chance.claims(0.85, rows) | np.isin(cases, expired)
    decided = where(decided <= limit, decided)
    valid_to = where(issued & (decided >= 0), decided + where(np.isin(cases, expired), 120, 365))
    left = departed[cases]
    missing = where(chance.claims(0.06, rows), 1, 0)
    return Asked(
        ids=lives.ids(rows),
        cases=cases,
        country=np.minimum(chance.waiting(25, len(COUNTRIES) - 1, rows), len(COUNTRIES) - 1),
        drafted=drafted,
        completed=where(ready <= limit, ready),
        sent=where(sent <= limit, sent),
        acknowledged=where(acknowledged <= limit, acknowledged),
        interviewed=where(acknowledged + 10 <= limit, acknowledged + 10),
        decided=decided,
        issued=issued & (decided >= 0),
        valid_to=valid_to,
        used=where((valid_to >= left) & (decided >= 0) & (decided <= left) & issued, left),
        missing=where(np.isin(cases, incomplete), 2, missing),
    )


def _requests(agency: Agency, lives: Lives, asked: Asked, known: Book, chance: Chance) -> tuple[Columns, int]:
    rows = len(asked.ids)
    interviews = asked.country % 3 != 1
    interviewed = where(interviews, asked.interviewed)
    refused = (asked.decided >= 0) & ~asked.issued
    delayed = (asked.sent >= 0) & (asked.decided < 0)
    mission = where((asked.country % 2 == 1) & chance.claims(0.5, rows), 1, 0)
    columns: Columns = {
        "request_id": asked.ids,
        "case_no": Picked(asked.cases, lives.case_no),
        "office_id": agency.office(lives.office_on(asked.cases, asked.drafted)),
        "country": Picked(asked.country, keys(COUNTRIES)),
        "mission_id": Picked(
            asked.country * 2 + mission, keys([f"{one}-{kind}" for one in COUNTRIES for kind in "EC"])
        ),
        "rule_id": Picked(
            where(asked.sent >= 0, known.rule_on(agency, asked.country, asked.sent)), keys(rule_ids())
        ),
        "package_version": 1,
        "state": _state(agency, asked, interviewed),
        "drafted_on": asked.drafted,
        "completed_on": asked.completed,
        "sent_on": asked.sent,
        "acknowledged_on": asked.acknowledged,
        "interview_on": where(interviews & (asked.acknowledged >= 0), asked.acknowledged + 10),
        "interviewed_on": interviewed,
        "decided_on": asked.decided,
        "refused_reason": where(refused, chance.whole(0, 4, rows)),
        "valid_from": where(asked.issued, asked.decided),
        "valid_to": asked.valid_to,
        "used_on": asked.used,
        "missing_at_send": where(asked.sent >= 0, asked.missing),
        "delay_cause": where(delayed, chance.among((0.2, 0.1, 0.5, 0.15, 0.05), rows)),
    }
    return columns, rows


def _state(agency: Agency, asked: Asked, interviewed: Ints) -> Ints:
    state = np.full(len(asked.ids), _STATES["drafting"])
    for days, name in (
        (asked.completed, "complete"),
        (asked.sent, "sent"),
        (asked.acknowledged, "acknowledged"),
        (interviewed, "interviewed"),
    ):
        state = where(days >= 0, _STATES[name], state)
    state = where(asked.decided >= 0, where(asked.issued, _STATES["issued"], _STATES["refused"]), state)
    state = where(asked.issued & (asked.valid_to < agency.as_of), _STATES["expired"], state)
    return where(asked.used >= 0, _STATES["used"], state)


def _items(lives: Lives, asked: Asked, known: Book, chance: Chance) -> tuple[Columns, int]:
    wanted = known.wants[asked.country]
    requests, item = np.nonzero(wanted)
    order = np.cumsum(wanted, axis=1)[wanted]
    rows = len(requests)
    absent = (order <= asked.missing[requests]) & (asked.sent[requests] >= 0)
    unfinished = (asked.completed[requests] < 0) & chance.claims(0.5, rows)
    columns: Columns = {
        "item_id": lives.ids(rows),
        "request_id": asked.ids[requests],
        "item": item,
        "is_included": ~(absent | unfinished),
    }
    return columns, rows


def _follow_ups(
    agency: Agency, lives: Lives, planted: Planted, asked: Asked, known: Book, chance: Chance
) -> tuple[Columns, int]:
    every = known.follow_up_days[asked.country]
    until = where(asked.decided >= 0, asked.decided, where(lives.is_open()[asked.cases], agency.as_of + every,
                  lives.closed[asked.cases]))  # fmt: skip
    room = where(asked.sent >= 0, until - asked.sent, 0)
    asks = np.minimum(room // every, _MOST_FOLLOW_UPS)
    requests = np.repeat(np.arange(len(asks)), asks)
    turn = np.arange(len(requests)) - np.repeat(np.cumsum(asks) - asks, asks) + 1
    rows = len(requests)
    due = asked.sent[requests] + turn * every[requests]
    lag = where(chance.claims(0.15, rows), chance.whole(3, 25, rows), chance.whole(-2, 0, rows))
    done = known_by(due + lag, agency.as_of)
    cases = asked.cases[requests]
    late = np.flatnonzero(np.isin(cases, planted["travel-follow-up-late"]) & (due < agency.as_of - 40))
    late = late[last_of_each(requests[late])]
    done = np.where(np.isin(np.arange(rows), late), EMPTY, done)
    ids = lives.ids(rows)
    planted.plants.note("travel-follow-up-late", ids[late])
    supervisor = agency.everyone.draw(lives.office[cases], chance)
    columns: Columns = {
        "follow_up_id": ids,
        "request_id": asked.ids[requests],
        "case_no": Picked(cases, lives.case_no),
        "due_on": due,
        "done_on": done,
        "done_by": agency.officer(where(done >= 0, supervisor)),
        "channel": where(done >= 0, chance.among((0.4, 0.2, 0.1, 0.3), rows)),
        "result": where(done >= 0, chance.among((0.3, 0.5, 0.1, 0.1), rows)),
    }
    return columns, rows
