"""Travel documents, countries and their cooperation (systems B1-B4)."""

from __future__ import annotations

from closeout.records.columns import (
    case,
    choice,
    claim,
    code,
    code_key,
    coded,
    count,
    day,
    in_order,
    label,
    number_key,
    numbered,
    office,
    officer,
    quantity,
)
from closeout.records.table import Table

ITEMS = (
    "application_form citizenship_proof birth_record prior_passport court_order portraits fingerprint_card "
    "translation fee"
)
COOPERATION = "uncooperative at_risk cooperative_with_delays cooperative"


class Countries(Table):
    """A country."""

    section = "B2"
    country = code_key("The ISO 3166 alpha-3 code.", pattern=r"^[A-Z]{3}$")
    label = label("What it is called.")
    office_id = office("The office whose desk it is.", empty=True)


class Missions(Table):
    """An embassy or consulate and what it is responsible for."""

    section = "B2"
    mission_id = code_key("The mission's code.")
    country = coded("countries", "Whose mission.")
    kind = choice("embassy consulate", "What it is.")
    jurisdiction = code("The area it serves.", empty=True)


class CountryRules(Table):
    """What a country's missions ask for, as of one version (B2)."""

    section = "B2"
    rule_id = code_key("The rule's code.")
    country = coded("countries", "Whose rule.")
    office_id = office("The office that owes it.", empty=True)
    version = count("The version.", least=1)
    effective_from = day("The first day.", empty=False, future=True)
    effective_to = day("The last day; empty while in force.", future=True)
    interview_needed = claim("Whether the mission interviews.")
    language = code("The language documents must be in.", empty=True)
    accepts_charters = claim("Whether charter flights are accepted.", empty=True)
    monthly_cap = count("How many a month, where there is a cap.", empty=True)
    follow_up_days = count("Days after which to ask again.", unit="days", least=1)
    typical_days = quantity("Median days from sending to issue.", unit="days")
    typical_days_low = quantity("Lower quartile of those days.", unit="days")
    typical_days_high = quantity("Upper quartile of those days.", unit="days")
    typical_n = count("How many requests those rest on.", empty=True)
    reviewed_on = day("When the rule was last checked.")
    reviewed_by = officer("Who checked it.", empty=True)
    effective_in_order = in_order("effective_from", "effective_to")


class CountryRuleItems(Table):
    """One thing a rule asks for (B2)."""

    section = "B2"
    item_id = number_key("The entry.")
    rule_id = coded("country_rules", "The rule.")
    item = choice(ITEMS, "What is asked for.")
    originals = count("How many originals.")
    copies = count("How many copies.")


class TravelDocumentRequests(Table):
    """A request for a travel document (B1)."""

    section = "B1"
    cluster_by = ("case_no",)
    request_id = number_key("The entry.")
    case_no = case()
    office_id = office("The office that asks.")
    country = coded("countries", "Whose document.")
    mission_id = coded("missions", "The mission asked.", empty=True)
    rule_id = coded("country_rules", "The rule in force when it was sent.", empty=True)
    package_version = count("Which package, counted from 1.", least=1)
    state = choice(
        "drafting complete sent acknowledged interview_scheduled interviewed issued used expired refused "
        "withdrawn on_hold",
        "Where it stands.",
    )
    drafted_on = day("When it was begun.", empty=False)
    completed_on = day("When the package was complete.")
    sent_on = day("When it was sent.")
    acknowledged_on = day("When the mission acknowledged it.")
    interview_on = day("When the mission interviews or interviewed.", future=True)
    interviewed_on = day("When the interview was held.")
    decided_on = day("When it was issued or refused.")
    refused_reason = choice("identity nationality incomplete policy no_reason", "Why refused.", empty=True)
    valid_from = day("The document's first day.", future=True)
    valid_to = day("The document's last day.", future=True)
    used_on = day("When it was used.")
    withdrawn_on = day("When the request was withdrawn.")
    missing_at_send = count("Items missing when it was sent.", empty=True)
    delay_cause = choice("office other_agency mission legal_stay other", "What holds it up.", empty=True)
    drafted_before_sent = in_order("drafted_on", "sent_on")
    valid_in_order = in_order("valid_from", "valid_to")


class TravelDocumentItems(Table):
    """One item of a request's package (B1)."""

    section = "B1"
    item_id = number_key("The entry.")
    request_id = numbered("travel_document_requests", "The request.")
    item = choice(ITEMS, "What.")
    is_included = claim("Whether it was in the package.")


class TravelFollowUps(Table):
    """Asking a mission again (B1)."""

    section = "B1"
    follow_up_id = number_key("The entry.")
    request_id = numbered("travel_document_requests", "The request.")
    case_no = case()
    due_on = day("When it was due.", empty=False, future=True)
    done_on = day("When it was done.")
    done_by = officer("Who asked.", empty=True)
    channel = choice("phone mail visit online", "How.", empty=True)
    result = choice("no_answer pending more_needed interview_set decided", "With what result.", empty=True)


class CooperationAssessments(Table):
    """How a country cooperates, as of one cycle (B3). About governments, never about people."""

    section = "B3"
    assessment_id = number_key("The entry.")
    cycle_on = day("The cycle's date.", empty=False)
    country = coded("countries", "Which country.")
    office_id = office("The office that owes it.", empty=True)
    category = choice(COOPERATION, "The category.")
    refuses_charters = claim("Whether charter flights are refused.", empty=True)
    release_ratio = quantity("Releases per removal.", unit="releases per removal")
    days_to_removal = quantity("Mean days from order to removal.", unit="days")
    cases = count("How many cases the two figures rest on.", unit="cases", empty=True)
    source = code("Where it was published, or internal.")


class PlanActions(Table):
    """One action of the plan for a country (B3)."""

    section = "B3"
    action_id = number_key("The entry.")
    country = coded("countries", "Which country.")
    office_id = office("The office that owes it.", empty=True)
    cycle_on = day("The cycle it answers.", empty=False)
    mechanism = choice("demarche talks memorandum visa_step escalation technical_help", "What is to be done.")
    owner_role = choice("headquarters state_department mission office", "Who owns it, by role.")
    planned_on = day("When it was put into the plan.")
    due_on = day("Until when.", empty=False, future=True)
    done_on = day("When it was done.")
    indicator_before = quantity("The indicator before.", unit="as the indicator says")
    indicator_after = quantity("The indicator after.", unit="as the indicator says")


class Instruments(Table):
    """A memorandum or agreement with a government (B4)."""

    section = "B4"
    instrument_id = code_key("The instrument's code.")
    country = coded("countries", "With whom; empty for one between agencies.", empty=True)
    office_id = office("The office that owes it.", empty=True)
    kind = choice("memorandum agreement protocol", "What it is.")
    signed_on = day("When it was signed.", empty=False)
    ended_on = day("When it ended.")
    reviewed_on = day("When it was last reviewed.")
    signed_before_ended = in_order("signed_on", "ended_on")


class Escalations(Table):
    """A matter taken to a higher level under an instrument (B4)."""

    section = "B4"
    escalation_id = number_key("The entry.")
    instrument_id = coded("instruments", "Under which instrument.", empty=True)
    country = coded("countries", "About whom.")
    office_id = office("The office that owes it.", empty=True)
    raised_on = day("When it was raised.", empty=False)
    level = choice("working senior minister", "To which level.")
    answered_on = day("When it was answered.")
    raised_before_answered = in_order("raised_on", "answered_on")
