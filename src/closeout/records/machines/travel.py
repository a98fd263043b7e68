"""Travel document requests (system B1)."""

from __future__ import annotations

from types import MappingProxyType

from closeout.records.machines.guards import Guard
from closeout.records.machines.machine import Actor, Machine, moves

HELD_FROM = "drafting complete sent acknowledged interview_scheduled interviewed issued"
"""The states a hold may interrupt: every one that is not terminal."""
_WITH_MISSION = "sent acknowledged interview_scheduled interviewed"

TRAVEL_DOCUMENT = Machine(
    name="travel document request",
    title="Travel document request",
    section="B1",
    table="travel_document_requests",
    start=("drafting",),
    terminal=("used", "expired", "refused", "withdrawn"),
    moves=(
        *moves("include_item", "drafting", evidence="the item marked as included"),
        *moves("complete", "drafting", "complete", Guard.ALL_ITEMS, evidence="completed_on"),
        *moves(
            "send",
            "complete",
            "sent",
            Guard.RULE_IN_FORCE,
            Guard.ALL_ITEMS,
            evidence="sent_on, rule_id, missing_at_send; the first follow-up",
        ),
        *moves("acknowledge", "sent", "acknowledged", evidence="acknowledged_on"),
        *moves("schedule_interview", "sent acknowledged interview_scheduled", "interview_scheduled"),
        *moves("hold_interview", "interview_scheduled", "interviewed", evidence="interviewed_on"),
        *moves(
            "issue",
            _WITH_MISSION,
            "issued",
            Guard.VALIDITY_DATES,
            evidence="decided_on, valid_from, valid_to",
        ),
        *moves("refuse", _WITH_MISSION, "refused", Guard.REASON, evidence="decided_on, refused_reason"),
        *moves("return_incomplete", "sent acknowledged", "drafting", evidence="the next package version"),
        *moves("follow_up", _WITH_MISSION, evidence="done_on, channel, result; the next follow-up"),
        *moves("set_delay_cause", HELD_FROM + " on_hold", evidence="delay_cause"),
        *moves("re_request", "refused expired", evidence="a new request"),
        *moves("use", "issued", "used", Guard.VALIDITY_DATES, evidence="used_on"),
        *moves("expire", "issued", "expired", Guard.END_PASSED, by=(Actor.JOB, Actor.WORKER)),
        *moves("withdraw", f"{HELD_FROM} on_hold", "withdrawn", Guard.REASON, evidence="withdrawn_on"),
        *moves(
            "hold", HELD_FROM, "on_hold", Guard.REASON, Guard.REVIEW_DATE, evidence="a hold of the case's"
        ),
        *(
            move
            for state in HELD_FROM.split()
            for move in moves(f"resume_{state}", "on_hold", state, Guard.STATE_BEFORE_HOLD)
        ),
    ),
    reasons=MappingProxyType(
        {
            "hold": ("legal_stay", "appeal", "medical"),
            "refuse": ("identity", "nationality", "incomplete", "policy", "no_reason"),
            "withdraw": ("case_closed", "relief", "entered_in_error", "other_document"),
        }
    ),
)
