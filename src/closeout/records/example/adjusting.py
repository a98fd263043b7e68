"""How minutes were adjusted: answers on whether time suffices, two rounds of estimates, decisions."""

# ruff: noqa: PLR2004 - the numbers are the made-up figures themselves

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

from closeout.records.example.arrays import on, words
from closeout.records.example.size import OFFICES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.records.example.agency import Agency

PANEL = "PANEL-1"
_PANELISTS = 9
_ANSWERS_AN_OFFICE = 4
_ADJUSTED = {
    "check-in": (11.0, 15.0), "review-file": (30.0, 45.0), "verify-contact": (6.5, 9.0),
    "exception-disposition": (21.0, 30.0), "custody-review": (82.0, 100.0), "parental-inquiry": (17.0, 22.0),
}  # fmt: skip
"""Minutes as somebody observed them at the time, and as the panel found they should be."""
_UNAPPROVED, _EXPIRED = "parental-inquiry", "custody-review"
CHANGED = (("interval-deviation", 30), ("check-in", 900))
"""Activities that a policy changed, and how many days ago: one since the last study, one long before."""


def change_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield the changes of activities."""
    for number, (activity, ago) in enumerate(CHANGED, 1):
        yield {
            "change_id": number,
            "activity": activity,
            "kind": "policy",
            "changed_on": on(agency.as_of - ago),
        }


def answer_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield a few officers' answers in each office; two in five say that the time does not suffice."""
    chance = agency.chance("sufficiency")
    reasons = list(words("sufficiency_answers", "reason"))
    numbers = count(1)
    for office in range(OFFICES):
        for officer in agency.everyone.of(office)[:_ANSWERS_AN_OFFICE].tolist():
            for activity, (observed, should) in _ADJUSTED.items():
                is_enough = chance.generator.random() > 0.4
                wanted = float(round(max(observed, chance.generator.normal(should, observed / 6)), 1))
                yield {
                    "answer_id": next(numbers),
                    "study_id": "STUDY-3",
                    "activity": activity,
                    "officer_no": agency.officer_no(officer),
                    "is_enough": is_enough,
                    "suggested_minutes": None if is_enough else wanted,
                    "reason": None if is_enough else reasons[int(chance.generator.integers(len(reasons)))],
                    "answered_on": on(agency.as_of - 340),
                }


def estimate_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield the panel's estimates: in the second round nearer to what the first one found."""
    chance = agency.chance("panel")
    numbers = count(1)
    panel = agency.everyone.members[:: len(agency.everyone.members) // _PANELISTS][:_PANELISTS].tolist()
    for turn, name in enumerate(words("delphi_estimates", "round")):
        for activity, (_, should) in _ADJUSTED.items():
            for officer in panel:
                likely = float(round(max(1.0, chance.generator.normal(should, should / (5 + 10 * turn))), 1))
                yield {
                    "estimate_id": next(numbers),
                    "panel": PANEL,
                    "activity": activity,
                    "round": name,
                    "officer_no": agency.officer_no(officer),
                    "low_minutes": round(likely * 0.8, 1),
                    "likely_minutes": likely,
                    "high_minutes": round(likely * 1.3, 1),
                    "reason": "quality" if turn else "experience",
                    "estimated_on": on(agency.as_of - 300 + 30 * turn),
                }


def adjustment_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield what was decided: one adjustment waits for approval, one has run out."""
    decider, approver = (int(place) for place in np.flatnonzero(agency.home == OFFICES)[:2])
    for number, (activity, (observed, should)) in enumerate(_ADJUSTED.items(), 1):
        decided = agency.as_of - (1_300 if activity == _EXPIRED else 250)
        row: dict[str, Any] = {
            "adjustment_id": number,
            "activity": activity,
            "panel": PANEL,
            "observed_minutes": observed,
            "adjusted_minutes": should,
            "low_minutes": round(should * 0.9, 1),
            "high_minutes": round(should * 1.15, 1),
            "reason": "steps_left_out" if number % 2 else "too_little_time",
            "rationale": "The panel found steps that officers leave out for want of time (fictional)",
            "decided_on": on(decided),
            "decided_by": agency.officer_no(decider),
            "expires_on": on(decided + 1_095),
        }
        is_approved = activity != _UNAPPROVED
        yield row | {
            "approved_on": on(decided + 14) if is_approved else None,
            "approved_by": agency.officer_no(approver) if is_approved else None,
        }
