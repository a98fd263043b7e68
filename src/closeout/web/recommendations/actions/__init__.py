"""Everything a person can do to the register: keyword-only, one transaction, one audit event each.

Every action begins with the permission and the row under lock, checks the rule, writes, logs,
and brings the present state up to date. What it refuses is an `ActionRefusedError` whose message
is for the person who tried.
"""

from closeout.web.recommendations.actions.closure import decide_closure, record_sent, request_closure
from closeout.web.recommendations.actions.decisions import (
    confirm_auditor_decision,
    record_auditor_decision,
)
from closeout.web.recommendations.actions.documents import upload_document
from closeout.web.recommendations.actions.errors import ActionRefusedError
from closeout.web.recommendations.actions.evidence import (
    add_evidence,
    cover_need,
    review_evidence,
    revise_evidence,
)
from closeout.web.recommendations.actions.joins import decide_join, join_by_hand, resolve_conflict
from closeout.web.recommendations.actions.plans import Step, complete_milestone, set_plan
from closeout.web.recommendations.actions.progress import add_progress, record_event, record_promise
from closeout.web.recommendations.actions.review import (
    accept_item,
    correct_mention,
    correct_promise,
    reject_item,
    reject_mention,
    restore_mention,
)

__all__ = [
    "ActionRefusedError",
    "Step",
    "accept_item",
    "add_evidence",
    "add_progress",
    "complete_milestone",
    "confirm_auditor_decision",
    "correct_mention",
    "correct_promise",
    "cover_need",
    "decide_closure",
    "decide_join",
    "join_by_hand",
    "record_auditor_decision",
    "record_event",
    "record_promise",
    "record_sent",
    "reject_item",
    "reject_mention",
    "request_closure",
    "resolve_conflict",
    "restore_mention",
    "review_evidence",
    "revise_evidence",
    "set_plan",
    "upload_document",
]
