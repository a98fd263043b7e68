"""Choose the cases that carry planted defects, before their rows are made. No case carries two."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from closeout.records.example.arrays import day
from closeout.records.example.defects import Plants
from closeout.records.example.strata import FAMILY, IN_CUSTODY, POST_ORDER, PRE_ORDER

if TYPE_CHECKING:
    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Claims, Ints
    from closeout.records.example.lives import Lives

LONG_AGO = 640
"""Days: longer than the events reach back."""
_MORE = {"departure-without-decision": 6.0}
"""How many times the usual number: 348 such departures were reported, and more were likely."""
NO_REVIEW_POLICY = (day(date(2022, 10, 1)), day(date(2024, 6, 30)))
"""The days on which, by the pack `ero`, no policy required the review of case files."""
LONG_ORDERED = 500
"""Days since the order became final, where a travel document was asked for and expired."""


@dataclass(frozen=True, slots=True)
class Planted:
    """The chosen cases by defect, and the notes of the rows that show it."""

    plants: Plants
    cases: dict[str, Ints] = field(default_factory=dict)

    def __getitem__(self, defect: str) -> Ints:
        """Return the places of the cases chosen for a defect."""
        return self.cases[defect]

    def marks(self, defect: str, rows: int) -> Claims:
        """Return which of `rows` cases were chosen for a defect."""
        marked = np.zeros(rows, dtype=np.bool_)
        marked[self.cases[defect]] = True
        return marked


def plant(agency: Agency, lives: Lives, chunks: int) -> Planted:
    """Choose the cases of a chunk for every defect that shows in a case."""
    quota = -(-agency.size.planted // chunks)
    planted = Planted(Plants(agency.chance("planting", lives.chunk), lives.rows, quota))
    for defect, eligible in _eligible(agency, lives).items():
        planted.cases[defect] = planted.plants.take(eligible, _MORE.get(defect, 1.0))
    return planted


def _eligible(agency: Agency, lives: Lives) -> dict[str, Claims]:
    is_plain = lives.is_open() & (lives.transferred < 0) & (lives.changed < 0) & (lives.reopened < 0)
    is_old = lives.opened < agency.as_of - LONG_AGO
    outside = is_plain & is_old & np.isin(lives.docket, (PRE_ORDER, POST_ORDER, FAMILY))
    pre = outside & (lives.docket == PRE_ORDER)
    is_settled = lives.is_open() & (lives.transferred < 0) & (lives.reopened < 0)
    post = is_settled & (lives.docket == POST_ORDER) & (lives.final_order < agency.as_of - LONG_ORDERED)
    held = is_plain & (lives.docket == IN_CUSTODY)
    long_held = held & (lives.detained < agency.as_of - 40)
    ordered = held & (lives.final_order >= 0) & (lives.final_order < agency.as_of - 130)
    gone = (lives.closed >= 0) & (lives.docket != IN_CUSTODY) & (lives.reopened < 0)
    left = (lives.closed >= 0) & (lives.docket == IN_CUSTODY) & (lives.detained < lives.closed - 20)
    return {
        "custody-review-overdue": ordered,
        "parent-not-asked": long_held,
        "departure-without-decision": left,
        "decision-after-departure": left,
        "decision-flawed": left,
        "missed-check-in-undisposed": outside,
        "missed-check-in-unnoticed": outside,
        "missed-check-in-without-exception": outside,
        "check-in-service-issue": outside,
        "records-check-not-done": outside,
        "missed-hearing-unknown": pre,
        "no-appearance-without-exception": pre,
        "hearing-mismatch-unresolved": pre,
        "transfer-in-limbo": outside,
        "relocated-not-referred": outside,
        "contact-not-verified": outside,
        "file-not-reviewed": outside & _had_review_policy(lives),
        "departed-still-open": post,
        "deceased-still-open": outside,
        "interval-outside-policy": outside,
        "check-in-without-policy": outside,
        "deviation-not-approved": outside,
        "officer-left": outside & (agency.leavers[lives.office] >= 0),
        "officer-without-hours": outside & (agency.idle[lives.office] >= 0),
        "case-unassigned": outside,
        "hold-past-review": post,
        "travel-follow-up-late": post,
        "travel-document-expired-unused": post,
        "travel-package-incomplete": post,
        "inquiry-unanswered": outside,
        "closed-without-second-person": gone,
        "closure-without-evidence": gone,
        "status-recorded-late": outside,
    }


def _had_review_policy(lives: Lives) -> Claims:
    """Return which cases were opened while a policy required the review of files."""
    return (lives.opened < NO_REVIEW_POLICY[0]) | (lives.opened > NO_REVIEW_POLICY[1])
