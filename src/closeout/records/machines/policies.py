"""Policy versions and training assignments (systems D1, D5)."""

from __future__ import annotations

from closeout.records.machines.guards import Guard
from closeout.records.machines.machine import Actor, Machine, moves

_APPROVER = Actor.APPROVER
_ASKED = "assigned notified enrolled"

POLICY_VERSION = Machine(
    name="policy version",
    title="Policy version",
    section="D1",
    table="policy_versions",
    start=("draft",),
    terminal=("archived",),
    moves=(
        *moves("submit", "draft", "in_review"),
        *moves("request_change", "in_review", "change_requested", Guard.REASON, by=_APPROVER),
        *moves("revise", "change_requested", "draft"),
        *moves("validate", "in_review", "validated", Guard.SECOND_PERSON, by=_APPROVER),
        *moves(
            "publish",
            "validated",
            "published",
            Guard.SECOND_PERSON,
            Guard.DIGEST,
            Guard.SUPERSEDES_RESOLVED,
            Guard.DUTIES_SHOWN,
            Guard.AUDIENCE,
            by=_APPROVER,
            evidence="effective_from, approved_by, content_digest",
        ),
        *moves("supersede", "published expired_review", "superseded", by=_APPROVER, evidence="effective_to"),
        *moves(
            "rescind",
            "published expired_review",
            "rescinded",
            Guard.REASON,
            by=_APPROVER,
            evidence="effective_to",
        ),
        *moves("review_without_change", "published expired_review", "published", Guard.REASON, by=_APPROVER),
        *moves("expire_review", "published", "expired_review", Guard.END_PASSED, by=Actor.JOB),
        *moves("archive", "draft superseded rescinded expired_review", "archived", by=_APPROVER),
    ),
)

TRAINING_ASSIGNMENT = Machine(
    name="training assignment",
    title="Training assignment",
    section="D5",
    table="training_assignments",
    start=("assigned",),
    terminal=("disqualified", "equivalent"),
    moves=(
        *moves("notify", "assigned", "notified", by=(Actor.JOB, Actor.WORKER)),
        *moves("enroll", "assigned notified expiring expired", "enrolled"),
        *moves("attend", "enrolled", "attended", Guard.EVIDENCE, evidence="attendance row"),
        *moves("pass", "attended remedial", "passed", Guard.EVIDENCE, evidence="completed_on, valid_to"),
        *moves("fail", "attended", "failed", Guard.EVIDENCE, evidence="attendance row with the score"),
        *moves("take_remedial", "failed", "remedial", Guard.REMEDIAL_LEFT),
        *moves("disqualify", "failed remedial", "disqualified", Guard.SECOND_PERSON, by=_APPROVER),
        *moves("take_effect", "passed", "current", by=(Actor.JOB, Actor.WORKER)),
        *moves("near_end", "current", "expiring", by=Actor.JOB),
        *moves("expire", "current expiring", "expired", Guard.END_PASSED, by=Actor.JOB),
        *moves(
            "exempt",
            _ASKED,
            "exempt",
            Guard.UNTIL,
            Guard.SECOND_PERSON,
            by=_APPROVER,
            evidence="exempt_until",
        ),
        *moves("end_exemption", "exempt", "assigned", Guard.END_PASSED, by=Actor.JOB),
        *moves("accept_equivalent", _ASKED, "equivalent", Guard.EVIDENCE, by=_APPROVER),
    ),
)
