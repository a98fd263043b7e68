"""Cases and where they are: dockets, statuses, assignments, transfers, closures (systems A1-A2, A8, A11)."""

from __future__ import annotations

import polars as pl

from closeout.records.columns import (
    CASE_NO,
    both_or_neither,
    case,
    choice,
    claim,
    code,
    code_key,
    coded,
    count,
    day,
    digest,
    filled_just_when,
    in_order,
    not_the_same,
    number_key,
    office,
    officer,
    one_at_a_time,
)
from closeout.records.table import Table

DOCKETS = "detained non_detained_pre_order non_detained_post_order juvenile family"
CLOSURE_REASONS = (
    "deceased departed_self_verified departed_removed relief_granted status_acquired duplicate "
    "transferred_out admin_error"
)


class Cases(Table):
    """A case, as it stands on the snapshot's as-of date."""

    section = "A1"
    cluster_by = ("case_no",)
    case_no = code_key("The random case number.", pattern=CASE_NO)
    office_id = office("The office that holds it.")
    officer_no = officer("Whoever leads it; empty while unassigned.", empty=True)
    docket = choice(DOCKETS, "The docket it is on.")
    is_detained = claim("Whether the person is held in custody.")
    state = choice("intake open transfer_pending closure_proposed closed", "Where the case stands.")
    status_code = code("The case status by the agency's codebook.", empty=True)
    opened_on = day("When it was first opened.", empty=False)
    reopened_on = day("When it was last reopened; empty if never.")
    closed_on = day("When it was closed; empty while open.")
    closure_reason = choice(CLOSURE_REASONS, "Why it was closed.", empty=True)
    detained_on = day("Since when in custody; empty if not.")
    final_order_on = day("When the order became final; empty without one.")
    language = code("The language needed for anything said or served, as an ISO 639 code.", empty=True)
    has_representation = claim("An entry of appearance is on file.")
    is_child = claim("Whether it belongs to the duties owed to children.")
    site_id = coded("sites", "The agency's site where it reports; empty where any will do.", empty=True)
    closed_with_reason = both_or_neither("closed_on", "closure_reason")
    closed_on_iff_closed = filled_just_when("closed_on", pl.col("state") == "closed")
    opened_before_closed = in_order("opened_on", "closed_on")
    opened_before_reopened = in_order("opened_on", "reopened_on")


class DocketMemberships(Table):
    """The days a case spent on one docket: exactly one docket at a time."""

    section = "A2"
    cluster_by = ("case_no",)
    membership_id = number_key("The entry.")
    case_no = case()
    office_id = office("The office that held it then.")
    docket = choice(DOCKETS, "The docket.")
    is_detained = claim("Whether in custody during these days.")
    from_on = day("The first day.", empty=False)
    to_on = day("The day it left the docket; empty while on it.")
    reason = choice(
        "opened detained released order_final reopened aged_out family_unit transferred corrected",
        "Why it came.",
    )
    from_before_to = in_order("from_on", "to_on")
    one_open_of_case = one_at_a_time(
        "case_no", while_=pl.col("to_on").is_null(), meaning="A case is on one docket at a time."
    )


class StatusChanges(Table):
    """A change of a case's status (A8)."""

    section = "A8"
    cluster_by = ("case_no",)
    is_event = True
    change_id = number_key("The entry.")
    case_no = case()
    status_code = code("The status by the agency's codebook.")
    effective_on = day("From when it holds.", empty=False)
    recorded_on = day("When it was written down.", empty=False)
    recorded_by = officer("Who wrote it down.", empty=True)
    source = choice("entered imported derived", "Where it came from.")


class Assignments(Table):
    """The days an officer led or supported a case."""

    section = "A1"
    cluster_by = ("case_no",)
    assignment_id = number_key("The entry.")
    case_no = case()
    officer_no = officer("Who.")
    role = choice("lead support", "As what.")
    from_on = day("The first day.", empty=False)
    to_on = day("The day it ended; empty while assigned.")
    reason = choice("new rebalanced detail_cover officer_left transferred skill returned", "Why.")
    from_before_to = in_order("from_on", "to_on")
    one_open_lead_of_case = one_at_a_time(
        "case_no",
        while_=(pl.col("role") == "lead") & pl.col("to_on").is_null(),
        meaning="A case has one lead at a time.",
    )


class Recusals(Table):
    """The days an officer may not work on a case; never what the conflict is."""

    section = "A1"
    recusal_id = number_key("The entry.")
    case_no = case()
    officer_no = officer("Who may not work on it.")
    reason = choice("conflict_of_interest earlier_part_in_it other", "Of which kind.")
    from_on = day("The first day.", empty=False)
    to_on = day("The last day; empty without an end.", future=True)
    from_before_to = in_order("from_on", "to_on")


class Transfers(Table):
    """A case passed from office to office. The sender holds it until the receiver accepts (A6)."""

    section = "A6"
    transfer_id = number_key("The entry.")
    case_no = case()
    from_office_id = office("The sender.")
    to_office_id = office("The receiver.")
    state = choice("requested accepted rejected withdrawn", "Where it stands.")
    reason = choice("area_changed custody_moved venue_changed workload corrected", "Why.")
    requested_on = day("When the sender asked.", empty=False)
    requested_by = officer("Who asked.", empty=True)
    accepted_on = day("When the receiver accepted.")
    accepted_by = officer("Who accepted.", empty=True)
    rejected_on = day("When the receiver rejected.")
    rejected_reason = choice(
        "wrong_office incomplete venue_elsewhere not_verified", "Why rejected.", empty=True
    )
    requested_before_accepted = in_order("requested_on", "accepted_on")
    requested_before_rejected = in_order("requested_on", "rejected_on")
    two_people = not_the_same("requested_by", "accepted_by")
    two_offices = not_the_same("from_office_id", "to_office_id")
    rejected_with_reason = both_or_neither("rejected_on", "rejected_reason")
    one_open_of_case = one_at_a_time(
        "case_no", while_=pl.col("state") == "requested", meaning="A case has one open transfer at a time."
    )


class Holds(Table):
    """Days during which a clock of a case, or of one thing of it, stands still."""

    section = "A9"
    cluster_by = ("case_no",)
    hold_id = number_key("The entry.")
    case_no = case()
    kind = choice("legal_stay appeal medical waiver litigation", "What stops the clock.")
    from_on = day("The first day.", empty=False)
    to_on = day("The day the clock ran again; empty while held.", future=True)
    review_on = day("When the hold is to be looked at again.", future=True)
    approved_by = officer("Who approved it.", empty=True)
    from_before_to = in_order("from_on", "to_on")


class ClosureProposals(Table):
    """A case proposed for closure, and what a second person said (A11)."""

    section = "A11"
    proposal_id = number_key("The entry.")
    case_no = case()
    reason = choice(CLOSURE_REASONS, "Why it should be closed.")
    evidence_kind = choice(
        "death_certificate consulate_confirmation departure_record court_order agency_record other",
        "What shows it.",
        empty=True,
    )
    evidence_digest = digest("The evidence's SHA-256.")
    candidate_on = day("When the records first pointed to it.")
    proposed_on = day("When it was proposed.", empty=False)
    proposed_by = officer("Who proposed.")
    state = choice("proposed confirmed rejected withdrawn reversed", "Where it stands.")
    decided_on = day("When it was confirmed, rejected or withdrawn.")
    decided_by = officer("Who decided.", empty=True)
    reversed_on = day("When the closure was undone.")
    proposed_before_decided = in_order("proposed_on", "decided_on")
    decided_before_reversed = in_order("decided_on", "reversed_on")
    one_open_of_case = one_at_a_time(
        "case_no", while_=pl.col("state") == "proposed", meaning="A case has one open proposal at a time."
    )


class Departures(Table):
    """A departure of the person a case is about: that it happened and when, never where to."""

    section = "F2"
    departure_id = number_key("The entry.")
    case_no = case()
    departed_on = day("When.", empty=False)
    kind = choice("removed self voluntary_order", "How.")
    is_parent = claim("The parental inquiry was answered yes; empty if it was not held.", empty=True)
    recorded_on = day("When it was written down.", empty=False)
    verified_on = day("When it was verified.")
    evidence_digest = digest("The evidence's SHA-256.")


class DocketCounts(Table):
    """Cases on a docket at an office over one month, as the office counted them (A2)."""

    section = "A2"
    count_id = number_key("The entry.")
    office_id = code("The office or court.")
    docket = code("The docket, or the class of cases.")
    period_from = day("The period's first day.", empty=False)
    period_to = day("The period's last day.", empty=False)
    opening = count("Cases at the start.", unit="cases")
    came_in = count("Cases that came in.", unit="cases")
    went_out = count("Cases that went out.", unit="cases")
    closing = count("Cases at the end.", unit="cases")
    period_in_order = in_order("period_from", "period_to")


class ProgramCounts(Table):
    """A count by office and category at one date, with the printed totals beside the parts."""

    section = "A2"
    count_id = number_key("The entry.")
    as_of_on = day("The date it was counted for.", empty=False)
    office_id = code("The office; ALL for the printed total.")
    category = code("The category; ALL for the printed total.")
    people = count("How many.", unit="people")


class ReportingIntervals(Table):
    """The check-in interval an office's policy sets for a kind of case (A10)."""

    section = "A10"
    interval_id = code_key("The interval's code.")
    policy_version_id = coded(
        "policy_versions", "The policy that sets it; empty where none does.", empty=True
    )
    office_id = office("The office it holds for; empty for all.", empty=True)
    docket = choice(DOCKETS, "The docket it holds for.")
    standard_days = count("The interval.", unit="days", least=1)
    least_days = count("The shortest that may be set.", unit="days", least=1)
    most_days = count("The longest that may be set.", unit="days", least=1)
    effective_from = day("The first day.", empty=False, future=True)
    effective_to = day("The last day; empty while in force.", future=True)
    effective_in_order = in_order("effective_from", "effective_to")


class IntervalDeviations(Table):
    """A check-in interval outside the policy's, with who approved it (A10)."""

    section = "A10"
    deviation_id = number_key("The entry.")
    case_no = case()
    interval_id = coded("reporting_intervals", "The interval that was left.")
    days = count("The interval that was set instead.", unit="days", least=1)
    reason = choice("court_order medical distance safeguard work_schedule other", "Why.")
    set_on = day("When.", empty=False)
    set_by = officer("Who set it.")
    approved_on = day("When a supervisor approved it.")
    approved_by = officer("Who approved.", empty=True)
    reviewed_on = day("When it was looked at again.")
    two_people = not_the_same("set_by", "approved_by")
