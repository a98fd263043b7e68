"""Cases, check-ins, exceptions, transfers and closures (systems A3, A4, A6, A11; 2.2)."""

from __future__ import annotations

from types import MappingProxyType

from closeout.records.machines.guards import Guard
from closeout.records.machines.machine import Actor, Machine, moves

_APPROVER = Actor.APPROVER
_ANYONE = (Actor.WORKER, Actor.APPROVER)
_OPEN_CHECK_IN = "scheduled reminded"
_NOT_KEPT = "missed awaiting_explanation"
_OUTCOMES = "attended attended_remote rescheduled service_issue cancelled"

CASE = Machine(
    name="case",
    title="Case",
    section="A1, A6, A11",
    table="cases",
    start=("intake",),
    terminal=("closed",),
    moves=(
        *moves(
            "open", "intake", "open", Guard.PLACED, by=_ANYONE, evidence="docket membership, lead assignment"
        ),
        *moves(
            "request_transfer",
            "open",
            "transfer_pending",
            Guard.OFFICE_OPEN,
            Guard.RECENTLY_VERIFIED,
            evidence="transfer row; the sender holds the case",
        ),
        *moves(
            "accept_transfer",
            "transfer_pending",
            "open",
            Guard.SECOND_PERSON,
            by=_APPROVER,
            evidence="accepted_on, accepted_by, new membership",
        ),
        *moves("reject_transfer", "transfer_pending", "open", Guard.REASON, by=_APPROVER),
        *moves("withdraw_transfer", "transfer_pending", "open", by=_ANYONE),
        *moves(
            "propose_closure",
            "open",
            "closure_proposed",
            Guard.EVIDENCE,
            Guard.NO_OPEN_SAFEGUARDS,
            evidence="closure proposal with evidence kind and SHA-256",
        ),
        *moves(
            "confirm_closure",
            "closure_proposed",
            "closed",
            Guard.SECOND_PERSON,
            Guard.PARENTAL_DECISION,
            by=_APPROVER,
            evidence="closed_on, closure_reason, decided_by",
        ),
        *moves("reject_closure", "closure_proposed", "open", Guard.REASON, by=_APPROVER),
        *moves("withdraw_closure", "closure_proposed", "open", by=_ANYONE),
        *moves(
            "reopen", "closed", "open", Guard.REASON, by=_APPROVER, evidence="reopened_on", correction=True
        ),
    ),
    reasons=MappingProxyType({"reopen": ("not_so", "new_evidence", "wrong_case", "court_order")}),
)

CHECK_IN = Machine(
    name="check-in",
    title="Check-in",
    section="A3",
    table="check_ins",
    start=("scheduled",),
    terminal=("reviewed", "dispositioned", "rescheduled", "cancelled"),
    moves=(
        *moves("remind", "scheduled", "reminded", by=Actor.JOB, evidence="reminded_on"),
        *moves("attend", _OPEN_CHECK_IN, "attended", evidence="outcome, recorded_by"),
        *moves("attend_remotely", _OPEN_CHECK_IN, "attended_remote", evidence="outcome, recorded_by"),
        *moves(
            "reschedule_by_office", _OPEN_CHECK_IN, "rescheduled", Guard.NEXT_DAY, evidence="the next one"
        ),
        *moves(
            "reschedule_by_person", _OPEN_CHECK_IN, "rescheduled", Guard.NEXT_DAY, evidence="the next one"
        ),
        *moves("cancel", _OPEN_CHECK_IN, "cancelled", Guard.REASON),
        *moves(
            "expire", _OPEN_CHECK_IN, "missed", Guard.WINDOW_PASSED, by=Actor.JOB, evidence="an exception"
        ),
        *moves("serve_notice", "missed", "awaiting_explanation", evidence="notice_served_on"),
        *moves("serve_notice", "awaiting_explanation"),
        *moves(
            "find_service_issue", _OPEN_CHECK_IN, "service_issue", Guard.NEXT_DAY, evidence="the next one"
        ),
        *moves("find_service_issue", _NOT_KEPT, "service_issue", evidence="the exception's disposition"),
        *moves("find_data_error", _NOT_KEPT, "data_error", evidence="the exception's disposition"),
        *moves("excuse", _NOT_KEPT, "excused", evidence="the exception's disposition"),
        *moves("close_out", _NOT_KEPT, "dispositioned", evidence="the exception's disposition"),
        *moves(
            "find_unexcused",
            _NOT_KEPT,
            "unexcused",
            Guard.NOTICE_SERVED,
            Guard.RESPONSE_OVER,
            Guard.SECOND_PERSON,
            by=_APPROVER,
            evidence="the exception's referral",
        ),
        *moves(
            "dispose",
            "excused service_issue data_error unexcused",
            "dispositioned",
            Guard.SECOND_PERSON,
            by=_APPROVER,
            evidence="the exception's review",
        ),
        *moves(
            "review",
            "attended attended_remote service_issue",
            "reviewed",
            Guard.SECOND_PERSON,
            by=_APPROVER,
            evidence="reviewed_on, reviewed_by",
        ),
        *moves("undo", _OUTCOMES, "scheduled", Guard.OWN, Guard.IN_TIME, correction=True),
    ),
    reasons=MappingProxyType(
        {"cancel": ("case_closed", "duplicate", "order_ended", "in_custody", "entered_in_error")}
    ),
)

EXCEPTION = Machine(
    name="exception",
    title="Exception (a check-in or hearing that was not kept)",
    section="A4",
    table="exceptions",
    start=("open",),
    terminal=("dispositioned",),
    moves=(
        *moves("attempt_contact", "open awaiting_explanation", evidence="first_attempt_on, attempts"),
        *moves("serve_notice", "open", "awaiting_explanation", evidence="notice_served_on, response_due_on"),
        *moves("serve_notice", "awaiting_explanation", evidence="notice_served_on, response_due_on"),
        *moves("record_explanation", "open awaiting_explanation", evidence="explained_on"),
        *moves("excuse", "open awaiting_explanation", "dispositioned", Guard.EXPLANATION),
        *moves(
            "dispose",
            "open awaiting_explanation",
            "dispositioned",
            Guard.REASON,
            evidence="disposition, disposed_on, disposed_by",
        ),
        *moves(
            "propose_referral",
            "awaiting_explanation",
            "",
            Guard.POLICY_IN_FORCE,
            Guard.NOTICE_SERVED,
            Guard.RESPONSE_OVER,
            evidence="disposition, policy version, disposed_by; no date of disposal yet",
        ),
        *moves(
            "approve_referral",
            "awaiting_explanation",
            "dispositioned",
            Guard.POLICY_IN_FORCE,
            Guard.NOTICE_SERVED,
            Guard.RESPONSE_OVER,
            Guard.SECOND_PERSON,
            by=_APPROVER,
            evidence="disposed_on, reviewed_by",
        ),
        *moves("return_referral", "awaiting_explanation", "", Guard.REASON, by=_APPROVER),
        *moves(
            "review",
            "dispositioned",
            "",
            Guard.SECOND_PERSON,
            by=_APPROVER,
            evidence="reviewed_on, reviewed_by",
        ),
        *moves("undo", "dispositioned", "open", Guard.OWN, Guard.IN_TIME, correction=True),
    ),
    reasons=MappingProxyType(
        {
            "dispose": ("rescheduled", "service_issue", "data_error", "duplicate", "closed"),
            "return_referral": ("notice_doubtful", "explanation_came", "service_issue", "policy_unclear"),
        }
    ),
)

TRANSFER = Machine(
    name="transfer",
    title="Transfer between offices",
    section="A6",
    table="transfers",
    start=("requested",),
    terminal=("accepted", "rejected", "withdrawn"),
    moves=(
        *moves("accept", "requested", "accepted", Guard.SECOND_PERSON, by=_APPROVER, evidence="accepted_on"),
        *moves("reject", "requested", "rejected", Guard.REASON, by=_APPROVER, evidence="rejected_on"),
        *moves("withdraw", "requested", "withdrawn", by=_ANYONE),
    ),
    reasons=MappingProxyType({"reject": ("wrong_office", "incomplete", "venue_elsewhere", "not_verified")}),
)

CLOSURE_PROPOSAL = Machine(
    name="closure proposal",
    title="Closure proposal",
    section="A11",
    table="closure_proposals",
    start=("proposed",),
    terminal=("rejected", "withdrawn", "reversed"),
    moves=(
        *moves("confirm", "proposed", "confirmed", Guard.SECOND_PERSON, by=_APPROVER, evidence="decided_by"),
        *moves("reject", "proposed", "rejected", Guard.REASON, by=_APPROVER, evidence="decided_by"),
        *moves("withdraw", "proposed", "withdrawn", by=_ANYONE, evidence="decided_by"),
        *moves("reverse", "confirmed", "reversed", Guard.REASON, by=_APPROVER, evidence="reversed_on"),
    ),
    reasons=MappingProxyType(
        {
            "reject": ("evidence_missing", "evidence_doubtful", "safeguard_open", "wrong_reason"),
            "reverse": ("not_so", "new_evidence", "wrong_case", "court_order"),
        }
    ),
)
