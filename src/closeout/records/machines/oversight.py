"""Inspections, deficiencies, corrective actions, contract standards, waivers (systems G3-G6, 2.2)."""

from __future__ import annotations

from types import MappingProxyType

from closeout.records.machines.guards import Guard
from closeout.records.machines.machine import Actor, Machine, moves

_APPROVER = Actor.APPROVER
_DEFICIENT = "cited root_cause plan_accepted in_progress corrected"

INSPECTION = Machine(
    name="inspection",
    title="Inspection",
    section="G5",
    table="inspections",
    start=("planned",),
    terminal=("closed",),
    moves=(
        *moves("notify", "planned", "notified"),
        *moves("receive_documents", "notified", "documents_received"),
        *moves("begin", "planned notified documents_received", "on_site", evidence="started_on"),
        *moves("draft", "on_site", "drafted", evidence="ended_on, components_assessed"),
        *moves("issue", "drafted", "issued", Guard.SECOND_PERSON, by=_APPROVER, evidence="report_issued_on"),
        *moves("ask_response", "issued", "response_due", evidence="response_due_on"),
        *moves("respond", "issued response_due", "responded", evidence="responded_on"),
        *moves("follow_up", "responded", "follow_up"),
        *moves(
            "close",
            "issued responded follow_up",
            "closed",
            Guard.DEFICIENCIES_SETTLED,
            by=_APPROVER,
            evidence="closed_on",
        ),
    ),
)

DEFICIENCY = Machine(
    name="deficiency",
    title="Deficiency",
    section="G6",
    table="deficiencies",
    start=("cited",),
    terminal=("closed",),
    moves=(
        *moves("find_cause", "cited", "root_cause", Guard.REASON),
        *moves("accept_plan", "root_cause", "plan_accepted", by=_APPROVER),
        *moves("start", "plan_accepted", "in_progress"),
        *moves("correct", "cited in_progress", "corrected", Guard.EVIDENCE),
        *moves("verify", "corrected", "verified", Guard.SECOND_PERSON, by=_APPROVER),
        *moves("find_ineffective", "corrected", "in_progress", Guard.REASON, by=_APPROVER),
        *moves(
            "close", "verified waived", "closed", Guard.ACTION_VERIFIED, by=_APPROVER, evidence="closed_on"
        ),
        *moves("waive", _DEFICIENT, "waived", Guard.UNTIL, Guard.SECOND_PERSON, by=_APPROVER),
        *moves("end_waiver", "waived", "cited", Guard.END_PASSED, by=Actor.JOB),
    ),
)

CORRECTIVE_ACTION = Machine(
    name="corrective action",
    title="Corrective action",
    section="G6",
    table="corrective_actions",
    start=("proposed", "accepted"),
    terminal=("verified",),
    moves=(
        *moves("accept", "proposed", "accepted", by=_APPROVER, evidence="accepted_on, due_on"),
        *moves("start", "accepted reopened", "started"),
        *moves("finish", "started", "done", Guard.EVIDENCE, evidence="done_on"),
        *moves("verify", "done", "verified", Guard.SECOND_PERSON, by=_APPROVER, evidence="verified_on"),
        *moves("find_ineffective", "done", "ineffective", Guard.REASON, by=_APPROVER),
        *moves("reopen", "ineffective", "reopened"),
    ),
)

STANDARD_ASSESSMENT = Machine(
    name="contract standard assessment",
    title="Contract standard assessment",
    section="G4",
    table="standard_assessments",
    start=("planned",),
    terminal=("signed",),
    moves=(
        *moves("collect", "planned", "collected", evidence="surveillance events"),
        *moves("compute", "collected", "computed", Guard.SAMPLE, Guard.METHOD_AND_COUNTS, evidence="verdict"),
        *moves(
            "find_not_assessed", "planned collected", "computed", Guard.NOTHING_OBSERVED, evidence="verdict"
        ),
        *moves("find_insufficient", "collected", "computed", Guard.METHOD_AND_COUNTS, evidence="verdict"),
        *moves("review", "computed", "reviewed", Guard.SECOND_PERSON, by=_APPROVER, evidence="reviewed_by"),
        *moves("return_to_assessor", "reviewed", "collected", Guard.REASON, by=_APPROVER),
        *moves(
            "sign",
            "reviewed",
            "signed",
            Guard.METHOD_AND_COUNTS,
            Guard.SECOND_PERSON,
            by=_APPROVER,
            evidence="signed_on",
        ),
        *moves(
            "sign_not_assessed",
            "reviewed",
            "signed",
            Guard.NOTHING_OBSERVED,
            Guard.SECOND_PERSON,
            by=_APPROVER,
            evidence="signed_on",
        ),
    ),
)

WAIVER = Machine(
    name="waiver or elevation",
    title="Waiver, break-glass or elevation (the state is read from its dates)",
    section="G3, G6",
    table="",
    column="",
    start=("requested",),
    terminal=("denied", "reviewed"),
    moves=(
        *moves("approve", "requested", "approved", Guard.SECOND_PERSON, Guard.UNTIL, by=_APPROVER),
        *moves("deny", "requested", "denied", Guard.REASON, by=_APPROVER),
        *moves("activate", "approved", "active", Guard.UNTIL, by=(Actor.JOB, Actor.APPROVER)),
        *moves("expire", "active", "expired", Guard.END_PASSED, by=Actor.JOB),
        *moves("end", "approved active", "expired", by=_APPROVER),
        *moves("review", "expired", "reviewed", Guard.SECOND_PERSON, by=_APPROVER, evidence="reviewed_on"),
    ),
    reasons=MappingProxyType({"deny": ("not_needed", "too_long", "no_authority")}),
)
