"""Who may do what: the one table that every view, action and API call asks."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from closeout.web.accounts.models import Role, User

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import AnonymousUser


class Permission(StrEnum):
    """One thing that can be allowed, named subject.verb."""

    CASE_READ = "case.read"
    CASE_WORK = "case.work"
    CASE_APPROVE = "case.approve"
    DAY_READ = "day.read"
    UNIT_READ = "unit.read"
    OFFICE_READ = "office.read"
    STAFFING_READ = "staffing.read"
    STAFFING_PLAN = "staffing.plan"
    STUDY_MANAGE = "study.manage"
    TIME_RECORD = "time.record"
    MOVES_REQUEST = "moves.request"
    MOVES_ACCEPT = "moves.accept"
    INTEGRITY_READ = "integrity.read"
    RECORDS_MANAGE = "records.manage"
    RECOMMENDATION_READ = "recommendation.read"
    RECOMMENDATION_EXPORT = "recommendation.export"
    RECOMMENDATION_DIFF = "recommendation.diff"
    DOCUMENT_UPLOAD = "document.upload"
    READING_REVIEW = "reading.review"
    PROGRESS_ADD = "progress.add"
    PLAN_EDIT = "plan.edit"
    EVIDENCE_ADD = "evidence.add"
    EVIDENCE_APPROVE = "evidence.approve"
    CLOSURE_REQUEST = "closure.request"
    CLOSURE_APPROVE = "closure.approve"
    DECISION_RECORD = "decision.record"
    ASSESSMENT_READ = "assessment.read"
    ASSESSMENT_RUN = "assessment.run"
    MEASURE_ROWS = "measure.rows"
    EVIDENCE_FREEZE = "evidence.freeze"
    EVIDENCE_VERIFY = "evidence.verify"
    AUDIT_READ = "audit.read"
    JOB_READ = "job.read"
    JOB_RUN = "job.run"
    ACCOUNT_MANAGE = "account.manage"
    API_USE = "api.use"


MEANING: Mapping[Permission, str] = MappingProxyType(
    {
        Permission.CASE_READ: "Read the cases of one's own office (auditors: of all) and what they are owed",
        Permission.CASE_WORK: "Record outcomes, reviews and requests on the cases of one's own office",
        Permission.CASE_APPROVE: "Confirm what another person proposed: closures, transfers, exceptions",
        Permission.DAY_READ: "See one's own duties of the day",
        Permission.UNIT_READ: "See the officers of one's own office with what is due, overdue and waiting",
        Permission.OFFICE_READ: "See offices' duties in total",
        Permission.STAFFING_READ: "See the hours that duties take, the hours there are, need and gap",
        Permission.STAFFING_PLAN: "Work the need out anew, and make scenarios and hiring plans",
        Permission.STUDY_MANAGE: "Plan time studies, and settle the minutes that follow from them",
        Permission.TIME_RECORD: "Record one's own minutes by activity",
        Permission.MOVES_REQUEST: "Ask for a proposal of which cases should move",
        Permission.MOVES_ACCEPT: "Accept or refuse moves of cases that somebody else asked for",
        Permission.INTEGRITY_READ: "See what the integrity checkers found",
        Permission.RECORDS_MANAGE: "Load a snapshot, write one, and work all duties out anew",
        Permission.RECOMMENDATION_READ: "Read recommendations, their timelines and sources",
        Permission.RECOMMENDATION_EXPORT: "Take tables out as CSV, JSON or a spreadsheet",
        Permission.RECOMMENDATION_DIFF: "Compare two captures of a page",
        Permission.DOCUMENT_UPLOAD: "Add documents to be read",
        Permission.READING_REVIEW: "Settle doubtful readings and correct what was read",
        Permission.PROGRESS_ADD: "Say what the agency has done",
        Permission.PLAN_EDIT: "Write the corrective action plan and its milestones",
        Permission.EVIDENCE_ADD: "Add evidence files",
        Permission.EVIDENCE_APPROVE: "Accept or return somebody else's evidence",
        Permission.CLOSURE_REQUEST: "Propose asking the auditor for closure",
        Permission.CLOSURE_APPROVE: "Approve somebody else's closure request",
        Permission.DECISION_RECORD: "Record what the auditor decided, with its document",
        Permission.ASSESSMENT_READ: "See what the records show for each recommendation, and every measure",
        Permission.ASSESSMENT_RUN: "Work all measures out anew from the records as they are",
        Permission.MEASURE_ROWS: "Open the rows behind a figure: of one's own office (auditors: of all)",
        Permission.EVIDENCE_FREEZE: "Freeze a figure and put it forward as evidence",
        Permission.EVIDENCE_VERIFY: "Bring a frozen figure and see whether it still computes",
        Permission.AUDIT_READ: "Read the audit log and check its chain",
        Permission.JOB_READ: "See background jobs and their logs",
        Permission.JOB_RUN: "Cancel background jobs and run them again",
        Permission.ACCOUNT_MANAGE: "Create accounts, set roles, deactivate",
        Permission.API_USE: "Use the API",
    },
)
"""What each permission allows, in words for the page "People and roles"."""

_READ = frozenset({Permission.RECOMMENDATION_READ})
_CASEWORK = _READ | {
    Permission.CASE_READ,
    Permission.CASE_WORK,
    Permission.DAY_READ,
    Permission.TIME_RECORD,
}
_STAFFING = {Permission.OFFICE_READ, Permission.STAFFING_READ}
_ASSESSED = {Permission.ASSESSMENT_READ}
_LEAD = (
    _STAFFING
    | _ASSESSED
    | {Permission.CASE_APPROVE, Permission.UNIT_READ, Permission.INTEGRITY_READ, Permission.MEASURE_ROWS}
)
_PLAN = {Permission.STAFFING_PLAN, Permission.MOVES_REQUEST}
_LOOK_CLOSELY = (
    _READ
    | _ASSESSED
    | {
        Permission.RECOMMENDATION_EXPORT,
        Permission.RECOMMENDATION_DIFF,
        Permission.API_USE,
    }
)
_WORK = _LOOK_CLOSELY | {
    Permission.PROGRESS_ADD,
    Permission.PLAN_EDIT,
    Permission.EVIDENCE_ADD,
    Permission.EVIDENCE_FREEZE,
    Permission.EVIDENCE_VERIFY,
    Permission.ASSESSMENT_RUN,
}

# Asking for closure and approving it are never given to one role: the requester is another
# person than the approver by the table, and the action checks the persons as well.
GRANTS: Mapping[str, frozenset[Permission]] = MappingProxyType(
    {
        Role.OFFICER: _CASEWORK,
        Role.SUPERVISOR: _CASEWORK | _LEAD | {Permission.MOVES_REQUEST, Permission.MOVES_ACCEPT},
        Role.DIRECTOR: _READ | _LEAD | _PLAN | {Permission.CASE_READ},
        Role.PLANNER: _LOOK_CLOSELY | _STAFFING | _PLAN | {Permission.STUDY_MANAGE},
        Role.PROGRAM_MANAGER: _WORK | _STAFFING,
        Role.AUDIT_LIAISON: _WORK
        | {
            Permission.DOCUMENT_UPLOAD,
            Permission.READING_REVIEW,
            Permission.CLOSURE_REQUEST,
            Permission.DECISION_RECORD,
            Permission.JOB_READ,
            Permission.JOB_RUN,
            *_STAFFING,
            Permission.INTEGRITY_READ,
        },
        Role.APPROVER: _LOOK_CLOSELY
        | {Permission.EVIDENCE_APPROVE, Permission.CLOSURE_APPROVE, Permission.EVIDENCE_VERIFY},
        Role.AUDITOR: _LOOK_CLOSELY
        | {
            Permission.AUDIT_READ,
            Permission.CASE_READ,
            *_STAFFING,
            Permission.INTEGRITY_READ,
            Permission.MEASURE_ROWS,
            Permission.EVIDENCE_VERIFY,
        },
        Role.READER: _READ | _ASSESSED | {Permission.RECOMMENDATION_EXPORT},
        Role.ADMINISTRATOR: frozenset(
            {
                Permission.AUDIT_READ,
                Permission.JOB_READ,
                Permission.JOB_RUN,
                Permission.ACCOUNT_MANAGE,
                Permission.INTEGRITY_READ,
                Permission.RECORDS_MANAGE,
            },
        ),
    },
)


def may(user: User | AnonymousUser, permission: Permission) -> bool:
    """Say whether the user's role grants the permission. Nobody signed in may do nothing."""
    return isinstance(user, User) and user.is_active and permission in GRANTS.get(user.role, frozenset())


def require(user: User | AnonymousUser, permission: Permission) -> None:
    """Raise PermissionDenied unless the user's role grants the permission."""
    if not may(user, permission):
        raise PermissionDenied(permission.value)
