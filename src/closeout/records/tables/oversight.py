"""Contracts, facilities, inspections and traces (systems G1-G7, H1)."""

from __future__ import annotations

from closeout.records.columns import (
    choice,
    claim,
    code,
    code_key,
    coded,
    count,
    day,
    in_order,
    label,
    not_the_same,
    number_key,
    numbered,
    office,
    officer,
    quantity,
    share,
)
from closeout.records.table import Table

METHODS = "full random planned complaint incidental"


class Contracts(Table):
    """A contract under surveillance (G1)."""

    section = "G1"
    contract_id = code_key("The contract's code.")
    label = label("What it is for.")
    office_id = office("The office that oversees it.")
    starts_on = day("The first day.", empty=False)
    ends_on = day("The last day.", future=True)
    starts_before_ends = in_order("starts_on", "ends_on")


class ContractStandards(Table):
    """A standard of a contract with its acceptable quality level (G1)."""

    section = "G1"
    standard_id = code_key("The standard's code.")
    contract_id = coded("contracts", "Which contract.")
    office_id = office("The office that owes it.", empty=True)
    number = count("The standard's number.", least=1)
    indicator = code("The performance indicator.")
    aql = share("The acceptable quality level.")
    direction = choice("most_defects least_compliance", "What the level bounds.")
    method = choice(METHODS, "The planned method of surveillance.")
    frequency = choice("monthly quarterly yearly", "How often it is assessed.")
    is_placeholder = claim("The real text is not public: a numbered placeholder.")
    starts_on = day("From when it is assessed.", empty=False)


class SurveillanceEvents(Table):
    """One act of surveillance (G2)."""

    section = "G2"
    event_id = number_key("The entry.")
    standard_id = coded("contract_standards", "Which standard.")
    observed_on = day("When.", empty=False)
    method = choice(METHODS, "How.")
    lot = count("Size of the lot it was drawn from.", empty=True)
    sampled = count("How many were looked at.")
    defects = count("How many had a defect.")
    inference_allowed = claim("Whether the method lets one conclude about the lot.")


class StandardAssessments(Table):
    """The determination on one standard for one period (G4)."""

    section = "G4"
    assessment_id = number_key("The entry.")
    standard_id = coded("contract_standards", "Which standard.")
    period_from = day("The period's first day.", empty=False)
    period_to = day("The period's last day.", empty=False, future=True)
    verdict = choice("meets does_not_meet insufficient_sample not_assessed not_applicable", "The verdict.")
    state = choice("planned collected computed reviewed signed", "Where it stands.")
    assessed_by = officer("Who assessed.", empty=True)
    reviewed_by = officer("Who reviewed.", empty=True)
    signed_on = day("When it was signed.")
    two_people = not_the_same("assessed_by", "reviewed_by")
    period_in_order = in_order("period_from", "period_to")


class Discrepancies(Table):
    """A discrepancy of a contract standard, its cause and its remedy (G3)."""

    section = "G3"
    discrepancy_id = number_key("The entry.")
    standard_id = coded("contract_standards", "Which standard.")
    office_id = office("The office that owes it.", empty=True)
    reported_on = day("When it was reported.", empty=False)
    defects = count("How many defects.")
    root_cause = choice(
        "process training staffing system subcontractor unclear", "The root cause.", empty=True
    )
    root_cause_on = day("When the cause was established.")
    action_due_on = day("When the corrective action is due.", future=True)
    action_done_on = day("When it was done.")
    verified_on = day("When it was verified by a new sample.")
    reported_before_cause = in_order("reported_on", "root_cause_on")


class Facilities(Table):
    """A detention facility (G5)."""

    section = "G5"
    facility_id = code_key("The facility's code.")
    label = label("What it is called.")
    office_id = office("The office responsible.", empty=True)
    area_code = code("The area of responsibility as published.", empty=True)
    kind = code("The kind of facility as published.", empty=True)
    active_from = day("From when it is used.")
    active_to = day("Until when.", future=True)
    mean_population = quantity("Mean daily population.", unit="people")


class FacilityCounts(Table):
    """A facility's population as published at one date (G6)."""

    section = "G6"
    count_id = number_key("The entry.")
    facility_id = coded("facilities", "Which facility.")
    as_of_on = day("The date.", empty=False)
    is_own_date = claim("Whether the source itself states the date.")
    mean_population = quantity("Mean daily population.", unit="people")
    mean_stay = quantity("Mean length of stay.", unit="days")
    last_inspected_on = day("The last inspection as published.", future=True)
    last_rating = code("Its rating as published.", empty=True)


class StandardSets(Table):
    """A set of detention standards (G5)."""

    section = "G5"
    standard_set_id = code_key("The set's code, such as NDS-2019.")
    label = label("What it is called.")
    in_force_from = day("From when.")


class Components(Table):
    """A component of a standard (G5)."""

    section = "G5"
    component_id = code_key("The component's code.")
    standard_set_id = coded("standard_sets", "Which set.")
    standard = code("The standard it belongs to.")
    is_priority = claim("Whether it is a priority component.")


class Inspections(Table):
    """An inspection of a facility (G5)."""

    section = "G5"
    inspection_id = number_key("The entry.")
    facility_id = coded("facilities", "Which facility.")
    office_id = office("The office that owes it.", empty=True)
    kind = choice(
        "odo odo_assisted contractor self follow_up regular special pre_occupancy other", "What kind."
    )
    standard_set_id = coded("standard_sets", "By which standards.", empty=True)
    started_on = day("The first day.")
    ended_on = day("The last day.", empty=False, future=True)
    components_assessed = count("How many components were assessed; empty if not known.", empty=True)
    state = choice(
        "planned notified documents_received on_site drafted issued response_due responded follow_up closed",
        "Where it stands.",
    )
    rating = choice(
        "meets does_not_meet acceptable deficient superior good at_risk pending none",
        "The rating.",
        empty=True,
    )
    rating_as_printed = label("The rating's own words.", empty=True)
    uploaded_on = day("When its results were uploaded in a form fit for analysis.")
    report_issued_on = day("When its report was issued.")
    response_due_on = day("When the response is due.", future=True)
    responded_on = day("When it came.")
    closed_on = day("When it was closed.")
    started_before_ended = in_order("started_on", "ended_on")


class Deficiencies(Table):
    """A deficiency found at an inspection (G5)."""

    section = "G6"
    deficiency_id = number_key("The entry.")
    inspection_id = numbered("inspections", "Which inspection.")
    facility_id = coded("facilities", "Which facility.")
    office_id = office("The office that owes it.", empty=True)
    component_id = coded("components", "Which component; empty where the source gives none.", empty=True)
    code_as_printed = code("The code the report prints.", empty=True)
    cited_on = day("When it was cited.", empty=False)
    is_priority = claim("A priority component.", empty=True)
    is_repeat = claim("Cited at the inspection before, too.")
    is_corrected_on_site = claim("Put right during the inspection.", empty=True)
    state = choice(
        "cited root_cause plan_accepted in_progress corrected verified closed waived", "Where it stands."
    )
    closed_on = day("When it was closed.")
    cited_before_closed = in_order("cited_on", "closed_on")


class CorrectiveActions(Table):
    """What is done about a deficiency (G6)."""

    section = "G6"
    action_id = number_key("The entry.")
    deficiency_id = numbered("deficiencies", "Which deficiency.")
    office_id = office("The office that owes it.", empty=True)
    state = choice("proposed accepted started done verified ineffective reopened", "Where it stands.")
    accepted_on = day("When the plan was accepted.", empty=False)
    due_on = day("When it is due.", empty=False, future=True)
    done_on = day("When it was done.")
    done_by_role = choice("facility office contractor", "Who did it, by role.", empty=True)
    verified_on = day("When it was verified.")
    verified_by = officer("Who verified.", empty=True)
    done_before_verified = in_order("done_on", "verified_on")


class Waivers(Table):
    """A waiver of a standard: never without an end (G3, G6)."""

    section = "G6"
    waiver_id = number_key("The entry.")
    facility_id = coded("facilities", "For which facility.", empty=True)
    standard_id = coded("contract_standards", "For which contract standard.", empty=True)
    component_id = coded("components", "For which component.", empty=True)
    office_id = office("The office that owes it.", empty=True)
    authority = code("Who may grant it.")
    reason = choice("structural state_law staffing emergency other", "Why.")
    requested_by = officer("Who asked.")
    approved_by = officer("Who approved.", empty=True)
    approved_on = day("When.")
    expires_on = day("When it ends.", empty=False, future=True)
    reviewed_on = day("When it was reviewed.")
    two_people = not_the_same("requested_by", "approved_by")


class AnalysisReports(Table):
    """A periodic analysis that a rule asks for: deficiencies by quarter, traces by year (G6, H1)."""

    section = "G6"
    report_id = number_key("The entry.")
    kind = choice(
        "deficiency_analysis trace_analysis complaint_analysis parent_report cooperation_cycle", "Of what."
    )
    office_id = office("Who owes it.")
    period_from = day("The period's first day.", empty=False)
    completed_on = day("When it was completed.")
    has_actions = claim("Whether it names actions.")


class TraceCounts(Table):
    """Traced firearms by month, states and time to recovery: aggregates only (H1)."""

    section = "H1"
    trace_id = number_key("The entry.")
    as_of_on = day("The extract's date.", empty=False)
    month_from = day("The month of recovery, by its first day.", empty=False)
    recovery_state = code("The state of recovery.")
    source_state = code("The state of purchase; UNKNOWN if untraced.")
    days_bucket = choice("under_1_year 1_to_3_years over_3_years untraced", "Time from purchase to recovery.")
    firearms = count("How many.")
    incomplete = count("How many of them are not traced to a purchaser.")
    suppression_rule = code("The rule small cells were treated by.")


class PublishedCounts(Table):
    """A count somebody published: agreements, countries, employees, by area and category at one date."""

    section = "C1"
    count_id = number_key("The entry.")
    kind = choice("agreements applications countries employees removals code_uses", "What is counted.")
    as_of_on = day("The date it was counted for; empty where the source gives none.")
    area = code("The state, country or office; ALL for all of them.")
    category = code("The category; ALL for all of them.")
    amount = count("How many.", unit="as the kind says")
