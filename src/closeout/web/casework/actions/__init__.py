"""Everything a person can do to a case: keyword-only, one transaction, one audit event each.

Every action begins with the permission and the case under lock, held by the person's own office; checks the
move against its machine (`closeout.records.machines`); writes; logs; and has the case's duties worked out
anew. What it refuses is an `ActionRefusedError` whose message is for the person who tried.
"""

from closeout.web.casework.actions.cases import assign_lead, change_status, unassign_lead
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
from closeout.web.casework.actions.custody import (
    begin_custody_reviews,
    record_custody_review,
    serve_custody_notice,
)
from closeout.web.casework.actions.desk import answer_inquiry, log_desk_contact, receive_inquiry
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
from closeout.web.casework.actions.holds import place_hold, release_hold, review_hold
from closeout.web.casework.actions.incidents import record_departure, resolve_incident, verify_departure
from closeout.web.casework.actions.intake import take_in_case
from closeout.web.casework.actions.intervals import approve_interval_deviation, set_interval_deviation
from closeout.web.casework.actions.parents import (
    approve_exception,
    flaws_of_decision,
    give_information,
    honor_decision,
    record_parental_decision,
    record_parental_inquiry,
    refuse_to_honor,
    request_exception,
)
from closeout.web.casework.actions.transfers import (
    accept_transfer,
    reject_transfer,
    request_transfer,
    withdraw_transfer,
)
from closeout.web.casework.actions.travel_end import (
    expire_travel_documents,
    hold_request,
    resume_request,
    set_delay_cause,
    use_document,
    withdraw_request,
)
from closeout.web.casework.actions.travel_mission import (
    acknowledge_request,
    follow_up,
    hold_interview,
    issue_document,
    re_request,
    refuse_document,
    return_incomplete,
    schedule_interview,
)
from closeout.web.casework.actions.travel_package import (
    complete_request,
    include_item,
    missing_items,
    rule_in_force,
    send_request,
    start_travel_request,
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
    "acknowledge_request",
    "answer_inquiry",
    "approve_exception",
    "approve_interval_deviation",
    "approve_referral",
    "assign_lead",
    "attempt_contact",
    "begin_custody_reviews",
    "cancel_check_in",
    "change_status",
    "complete_request",
    "confirm_closure",
    "correct_defect",
    "correct_mismatch",
    "dispose_exception",
    "expire_check_ins",
    "expire_travel_documents",
    "flaws_of_decision",
    "follow_up",
    "give_information",
    "hold_interview",
    "hold_request",
    "honor_decision",
    "include_item",
    "issue_document",
    "log_desk_contact",
    "missing_items",
    "place_hold",
    "propose_closure",
    "proposes_transfer",
    "re_request",
    "receive_inquiry",
    "record_check_in_outcome",
    "record_custody_review",
    "record_departure",
    "record_explanation",
    "record_parental_decision",
    "record_parental_inquiry",
    "refuse_document",
    "refuse_to_honor",
    "reject_closure",
    "reject_transfer",
    "release_hold",
    "remind_check_ins",
    "request_exception",
    "request_transfer",
    "reschedule_check_in",
    "resolve_incident",
    "resume_request",
    "return_incomplete",
    "return_referral",
    "reverse_closure",
    "review_check_in",
    "review_exception",
    "review_file",
    "review_hold",
    "rule_in_force",
    "schedule_check_in",
    "schedule_interview",
    "second_review_file",
    "send_request",
    "serve_custody_notice",
    "serve_notice",
    "set_delay_cause",
    "set_interval_deviation",
    "start_travel_request",
    "take_in_case",
    "unassign_lead",
    "undo",
    "undoable_events",
    "use_document",
    "verify",
    "verify_departure",
    "withdraw_closure",
    "withdraw_request",
    "withdraw_transfer",
]
