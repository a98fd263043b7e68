"""Everything a person can do to a case: keyword-only, one transaction, one audit event each.

Every action begins with the permission and the case under lock, held by the person's own office; checks the
move against its machine (`closeout.records.machines`); writes; logs; and has the case's duties worked out
anew. What it refuses is an `ActionRefusedError` whose message is for the person who tried.
"""

from closeout.web.casework.actions.check_ins import (
    cancel_check_in,
    record_check_in_outcome,
    reschedule_check_in,
    review_check_in,
    schedule_check_in,
)
from closeout.web.casework.actions.closures import (
    confirm_closure,
    propose_closure,
    reject_closure,
    reverse_closure,
    withdraw_closure,
)
from closeout.web.casework.actions.errors import (
    ActionRefusedError,
    GateClosedError,
    NotNowError,
    SamePersonError,
    StaleError,
    UnfitValueError,
    UnknownOfficerError,
)
from closeout.web.casework.actions.exceptions import (
    approve_referral,
    attempt_contact,
    dispose_exception,
    record_explanation,
    return_referral,
    review_exception,
    serve_notice,
)
from closeout.web.casework.actions.expiry import expire_check_ins, remind_check_ins
from closeout.web.casework.actions.file_reviews import correct_defect, review_file, second_review_file
from closeout.web.casework.actions.intervals import approve_interval_deviation, set_interval_deviation
from closeout.web.casework.actions.transfers import (
    accept_transfer,
    reject_transfer,
    request_transfer,
    withdraw_transfer,
)
from closeout.web.casework.actions.undoing import undo, undoable_events
from closeout.web.casework.actions.verifications import correct_mismatch, proposes_transfer, verify

__all__ = [
    "ActionRefusedError",
    "GateClosedError",
    "NotNowError",
    "SamePersonError",
    "StaleError",
    "UnfitValueError",
    "UnknownOfficerError",
    "accept_transfer",
    "approve_interval_deviation",
    "approve_referral",
    "attempt_contact",
    "cancel_check_in",
    "confirm_closure",
    "correct_defect",
    "correct_mismatch",
    "dispose_exception",
    "expire_check_ins",
    "propose_closure",
    "proposes_transfer",
    "record_check_in_outcome",
    "record_explanation",
    "reject_closure",
    "reject_transfer",
    "remind_check_ins",
    "request_transfer",
    "reschedule_check_in",
    "return_referral",
    "reverse_closure",
    "review_check_in",
    "review_exception",
    "review_file",
    "schedule_check_in",
    "second_review_file",
    "serve_notice",
    "set_interval_deviation",
    "undo",
    "undoable_events",
    "verify",
    "withdraw_closure",
    "withdraw_transfer",
]
