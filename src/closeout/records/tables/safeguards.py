"""Parents: inquiries, decisions, outreach, incidents (systems F1-F3)."""

from __future__ import annotations

from closeout.records.columns import (
    case,
    choice,
    claim,
    code,
    coded,
    count,
    day,
    digest,
    number_key,
    numbered,
    office,
    officer,
    quantity,
)
from closeout.records.table import Table


class ParentalInquiries(Table):
    """That a detained person was asked whether they are a parent or guardian (F1). Counts only."""

    section = "F1"
    cluster_by = ("case_no",)
    inquiry_id = number_key("The entry.")
    case_no = case()
    office_id = office("The office that must ask.")
    due_on = day("When it had to be asked.", future=True)
    asked_on = day("When it was asked.")
    asked_by = officer("Who asked.", empty=True)
    answer = choice("yes no declined", "The answer.", empty=True)
    minors = count("How many minor children.", empty=True)
    minors_citizen = count("How many of them are citizens.", empty=True)
    minors_resident = count("How many of them are lawful residents.", empty=True)
    is_primary_caretaker = claim("Whether the person is their primary caretaker.", empty=True)
    has_family_proceeding = claim("Whether a family or child-welfare proceeding is pending.", empty=True)
    contact_notified_on = day("When the office's point of contact was told.")
    visits_facilitated = count("How many visits were facilitated.", empty=True)
    policy_version_id = coded("policy_versions", "The policy in force when asked.", empty=True)


class ParentalDecisions(Table):
    """A parent's documented decision before a departure (F2)."""

    section = "F2"
    cluster_by = ("case_no",)
    decision_id = number_key("The entry.")
    case_no = case()
    information_version = code("The version of the information given.", empty=True)
    information_on = day("When it was given.")
    language = code("The language it was given in.", empty=True)
    interpreter_used = claim("Whether an interpreter was used.", empty=True)
    offered_reunification = claim("Whether traveling together was offered.")
    offered_child_remains = claim("Whether the child's staying was offered.")
    offered_consultation = claim("Whether a call to an attorney or consulate was offered.")
    decided_on = day("When it was decided.")
    decision = choice("together child_remains undecided", "The decision.", empty=True)
    form_version = code("The form.", empty=True)
    signed_kind = choice("wet electronic refused unable", "How it was signed.", empty=True)
    witness_role = choice(
        "officer supervisor interpreter attorney consulate", "Who witnessed, by role.", empty=True
    )
    reflection_hours = quantity("Hours between information and decision.", unit="hours")
    supersedes_id = numbered("parental_decisions", "The decision it replaces.", empty=True)
    state = choice("recorded valid flawed superseded honored not_honored", "Where it stands.")
    validated_on = day("When its validity was checked.")
    honored_on = day("When it was honored.")
    exception_approved_by = officer("Who approved not honoring it or an exception.", empty=True)
    exception_approved_on = day("When.")


class OutreachBatches(Table):
    """A batch of contact data that another agency was asked for or given (F3); the data stay there."""

    section = "F3"
    batch_id = number_key("The entry.")
    office_id = office("The office that owes it.", empty=True)
    recipient_role = choice("state_department health_services justice attorney other", "To whom.")
    legal_basis = code("On which basis.")
    sent_on = day("When.", empty=False)
    cases = count("How many cases it covers.", unit="cases")
    receipt_digest = digest("The receipt's SHA-256.")
    acknowledged_on = day("When it was acknowledged.")
    reached = count("How many parents were reached.", unit="people", empty=True)


class SafeguardIncidents(Table):
    """A safeguard that failed or was about to (F2)."""

    section = "F2"
    incident_id = number_key("The entry.")
    case_no = case()
    office_id = office("Where.")
    kind = choice(
        "departure_without_decision closure_blocked notice_missing language_missing hold_ignored",
        "What happened.",
    )
    detected_on = day("When it was detected.", empty=False)
    severity = choice("attempt harm", "Whether it was stopped in time.")
    resolved_on = day("When it was resolved.")
    resolved_by = officer("Who resolved it.", empty=True)
