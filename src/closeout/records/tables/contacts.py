"""Check-ins, exceptions, hearings, verifications, reviews and inquiries (systems A3-A7, A9, A12)."""

from __future__ import annotations

import polars as pl

from closeout.records.columns import (
    case,
    choice,
    claim,
    code,
    coded,
    count,
    day,
    in_order,
    moment,
    not_the_same,
    number_key,
    numbered,
    office,
    officer,
    one_at_a_time,
)
from closeout.records.table import Table


class CheckIns(Table):
    """A scheduled check-in and what came of it (A3, A14)."""

    section = "A3"
    cluster_by = ("case_no",)
    is_event = True
    check_in_id = number_key("The entry.")
    case_no = case()
    office_id = office("The office that scheduled it.")
    due_on = day("The day it is due.", empty=False, future=True)
    window_days = count("Days after the due day on which it still counts.", unit="days")
    channel = choice("in_person kiosk phone online", "How it is to be held.")
    interval_id = coded("reporting_intervals", "The interval it follows; empty if none.", empty=True)
    created_by_job = claim("Scheduled by the recurring job rather than by hand.")
    reminded_on = day("When a reminder went out.")
    state = choice(
        "scheduled reminded attended attended_remote rescheduled missed awaiting_explanation excused "
        "service_issue data_error unexcused dispositioned reviewed cancelled",
        "Where it stands.",
    )
    outcome = choice(
        "attended attended_remote rescheduled_by_office rescheduled_by_person missed excused service_issue "
        "data_error unexcused cancelled",
        "What came of it; empty while open.",
        empty=True,
    )
    outcome_on = day("The day of the outcome.")
    recorded_at = moment("When the outcome was written down.")
    recorded_by = officer("Who wrote it down.", empty=True)
    reviewed_on = day("When a second person looked at it.")
    reviewed_by = officer("Who looked.", empty=True)
    is_service_issue = claim("The office, not the person, was why it was not held.")
    records_check_due = claim("Policy asked for a criminal-history check at this check-in. Never its result.")
    records_checked_on = day("When the check was done. Never its result.")
    two_people = not_the_same("recorded_by", "reviewed_by")
    one_live_on_a_day = one_at_a_time(
        "case_no",
        "due_on",
        while_=~pl.col("state").is_in(["cancelled", "rescheduled"]),
        meaning="A case has one check-in on a day that is neither cancelled nor rescheduled.",
    )


class Exceptions(Table):
    """A check-in or hearing that was not kept: an office's duty to find out and dispose (A4)."""

    section = "A4"
    cluster_by = ("case_no",)
    is_event = True
    exception_id = number_key("The entry.")
    case_no = case()
    office_id = office("The office that must dispose of it.")
    kind = choice("missed_check_in missed_hearing", "What was not kept.")
    check_in_id = numbered("check_ins", "The check-in.", empty=True)
    hearing_id = numbered("hearings", "The hearing.", empty=True)
    arose_on = day("When it arose.", empty=False)
    response_due_on = day("Until when an explanation may come before anything follows.", future=True)
    first_attempt_on = day("When contact was first tried.")
    attempts = count("How often contact was tried.")
    notice_served_on = day("When notice had been served to the last recorded address; the date only.")
    explained_on = day("When an explanation came.")
    state = choice("open awaiting_explanation dispositioned", "Where it stands.")
    disposition = choice(
        "rescheduled excused service_issue data_error duplicate referred_per_policy closed",
        "How it was disposed of.",
        empty=True,
    )
    disposed_on = day("When.")
    disposed_by = officer("Who.", empty=True)
    reviewed_on = day("When a supervisor reviewed it.")
    reviewed_by = officer("Who reviewed.", empty=True)
    policy_version_id = coded("policy_versions", "The policy that a referral rests on.", empty=True)
    arose_before_disposed = in_order("arose_on", "disposed_on")
    two_people = not_the_same("disposed_by", "reviewed_by")


class Hearings(Table):
    """A hearing of a case's proceeding, as the office's calendar has it (A5)."""

    section = "A5"
    cluster_by = ("case_no",)
    is_event = True
    hearing_id = number_key("The entry.")
    case_no = case()
    scheduled_on = day("The hearing's day.", empty=False, future=True)
    calendar = choice("master individual bond custody", "The calendar.")
    medium = choice("in_person video phone", "How it is held.")
    court_code = code("The court.", empty=True)
    notice_served_on = day("When notice was served.")
    outcome = choice("held adjourned no_appearance decided withdrawn", "What came of it.", empty=True)
    adjourned_reason = code("The court's code for why it was adjourned.", empty=True)
    is_in_absentia = claim("Decided in the person's absence.")
    decision_code = code("The court's decision code.", empty=True)
    completed_on = day("When the outcome was known.")
    appeal_due_on = day("Until when an appeal may be filed.", future=True)
    appeal_filed_on = day("When one was filed.")
    is_venue_changed = claim("The venue was changed at this hearing.")


class Verifications(Table):
    """That something about a case was verified, how and with what result (A5, A6). Never the thing itself."""

    section = "A6"
    cluster_by = ("case_no",)
    is_event = True
    verification_id = number_key("The entry.")
    case_no = case()
    office_id = office("The office that verified.")
    kind = choice("contact proceeding status representation", "What was verified.")
    hearing_id = numbered("hearings", "The hearing, where it was one that was verified.", empty=True)
    verified_on = day("When.", empty=False)
    verified_by = officer("Who.", empty=True)
    method = choice("in_person phone mail court_system partner_agency document", "How.")
    result = choice("confirmed changed could_not_verify mismatch", "With what result.")
    mismatch_code = choice("date court status outcome representation", "What did not match.", empty=True)
    corrected_on = day("When the mismatch was put right.")
    new_office_id = office("The office whose area it now belongs to, if another.", empty=True)
    verified_before_corrected = in_order("verified_on", "corrected_on")


class FileReviews(Table):
    """A periodic review of a case file by checklist (A7)."""

    section = "A7"
    cluster_by = ("case_no",)
    is_event = True
    review_id = number_key("The entry.")
    case_no = case()
    office_id = office("The office.")
    reviewer = officer("Who reviewed.")
    started_on = day("When it was begun.", empty=False)
    completed_on = day("When it was completed.")
    checklist_version = code("The checklist.")
    items = count("Items looked at.")
    defects = count("Items with a defect.")
    second_reviewer = officer("Who reviewed it again.", empty=True)
    second_reviewed_on = day("When.")
    second_agrees = claim("Whether the second reviewer found the same.", empty=True)
    sample_basis = choice("all random targeted supervisor", "Why this file was taken.")
    started_before_completed = in_order("started_on", "completed_on")
    two_people = not_the_same("reviewer", "second_reviewer")


class FileReviewItems(Table):
    """One item of a checklist in one review (A7)."""

    section = "A7"
    item_id = number_key("The entry.")
    review_id = numbered("file_reviews", "The review.")
    case_no = case("The case whose file was reviewed.", empty=True)
    found_on = day("When the reviewer looked at the item.")
    item = choice(
        "contact proceeding records_check representation parental_interests language medical travel_document",
        "What was looked at.",
    )
    result = choice("right defect not_applicable", "The reviewer's finding.")
    second_result = choice("right defect not_applicable", "The second reviewer's finding.", empty=True)
    corrected_on = day("When the defect was put right.")


class CustodyReviews(Table):
    """A review of custody after a final order (A9)."""

    section = "A9"
    cluster_by = ("case_no",)
    custody_review_id = number_key("The entry.")
    case_no = case()
    kind = choice("day_90 day_180 annual", "Which review.")
    period_from = day("When the removal period began that it counts from.", empty=False)
    due_on = day("When it was due.", empty=False, future=True)
    notice_served_on = day("When notice of the review was served.")
    decided_on = day("When it was decided.")
    decision = choice("continue release supervise refer_headquarters", "The decision.", empty=True)
    decider_role = choice("field_director headquarters", "Who decided, by role.", empty=True)
    tolling_reason = choice(
        "failure_to_cooperate stay request_of_person", "Why the clock stood still.", empty=True
    )


class Inquiries(Table):
    """An inquiry from a representative (A12)."""

    section = "A12"
    inquiry_id = number_key("The entry.")
    case_no = case(empty=True)
    office_id = office("The office asked.")
    category = choice("status documents custody medical bond scheduling other", "About what.")
    channel = choice("phone mail email portal in_person", "How it came.")
    received_on = day("When it came.", empty=False)
    answered_on = day("When it was answered.")
    answered_by = officer("Who answered.", empty=True)
    has_appearance_on_file = claim("Whether an entry of appearance is on file.")
    received_before_answered = in_order("received_on", "answered_on")
