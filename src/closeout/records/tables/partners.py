"""Partners, agreements and their oversight (systems C1-C9)."""

from __future__ import annotations

from closeout.records.columns import (
    choice,
    claim,
    code,
    code_key,
    coded,
    count,
    day,
    digest,
    in_order,
    label,
    moment,
    not_the_same,
    number_key,
    numbered,
    office,
    officer,
    quantity,
    share,
)
from closeout.records.table import Table

HOLDER_NO = r"^H-[0-9A-Z]{3,12}$"
MODELS = "JEM WSO TFM"


class Partners(Table):
    """A law-enforcement agency with an agreement (C1)."""

    section = "C1"
    partner_id = code_key("The partner's code.")
    office_id = office("The office that oversees it.")
    label = label("What the agency is called.")
    area = code("The state it is in.")
    kind = choice("county state municipal other", "What kind of agency.")


class Agreements(Table):
    """An agreement under one model (C1)."""

    section = "C1"
    agreement_id = code_key("The agreement's code.")
    partner_id = coded("partners", "With whom.")
    office_id = office("The office that oversees it.")
    model = choice(MODELS, "The model.")
    state = choice(
        "signed active suspended ended unlisted",
        "Where it stands; unlisted: gone from the public list, ended or only renamed there.",
    )
    signed_on = day("When it was signed.", empty=False)
    operational_on = day("When operations began.")
    template_revision = code("The revision of the template.", empty=True)
    suspended_on = day("When it was suspended.")
    notice_on = day("When notice of its end was given.")
    ended_on = day("When it ended.", future=True)
    first_listed_on = day("When a public list first had it.")
    last_listed_on = day("When a public list last had it.")
    signed_before_operational = in_order("signed_on", "operational_on")
    signed_before_ended = in_order("signed_on", "ended_on")


class AgreementObligations(Table):
    """One obligation under an agreement, with its own due date (C1)."""

    section = "C1"
    obligation_id = number_key("The entry.")
    agreement_id = coded("agreements", "Under which agreement.")
    office_id = office("The office that owes it.", empty=True)
    clause = choice(
        "initial_review annual_compliance_meeting posters interpreter_offer notice data_report", "What."
    )
    due_on = day("When it is due.", empty=False, future=True)
    done_on = day("When it was done.")


class PartnerPrograms(Table):
    """An assessment of a model's mix of partners, used to guide recruitment (C2)."""

    section = "C2"
    assessment_id = number_key("The entry.")
    model = choice(MODELS, "Which model.")
    office_id = office("The office that owes it.", empty=True)
    fiscal_year = count("For which fiscal year.", unit="fiscal year", least=1990)
    due_on = day("When it is due.", future=True)
    assessed_on = day("When it was done.")
    agreements = count("How many agreements it covers.", empty=True)
    inspections_capacity = count("How many inspections a year the office can do.", empty=True)
    guides_recruitment = claim("Whether it says where to recruit.", empty=True)


class ProgramGoals(Table):
    """A goal with its measure and what came of it (C3)."""

    section = "C3"
    goal_id = code_key("The goal's code.")
    measure = code("The measure's code.")
    office_id = office("The office that owes it.", empty=True)
    owner_role = code("Who owns it, by role.")
    baseline = quantity("The value it starts from.", unit="as the measure says")
    target = quantity("The value aimed at.", unit="as the measure says", empty=False)
    period_from = day("The period's first day.", empty=False, future=True)
    period_to = day("The period's last day.", empty=False, future=True)
    covers_oversight = claim("Whether it is about oversight rather than output.")
    actual = quantity("The value reached.", unit="as the measure says")
    assessed_on = day("When it was assessed.")
    period_in_order = in_order("period_from", "period_to")


class PartnerInspections(Table):
    """An inspection of a partner (C4)."""

    section = "C4"
    inspection_id = number_key("The entry.")
    agreement_id = coded("agreements", "Which agreement.")
    office_id = office("The office that owes it.", empty=True)
    kind = choice("routine initial follow_up complaint", "Why.")
    is_on_site = claim("On site rather than remote.")
    notice_sent_on = day("When notice was sent.")
    documents_requested_on = day("When documents were asked for.")
    documents_received_on = day("When they came.")
    held_on = day("When it was held.")
    interviews = count("How many were interviewed.", empty=True)
    sampled = count("How many files were sampled.", empty=True)
    report_issued_on = day("When its report was issued.")
    response_due_on = day("When the partner's response is due.", future=True)
    response_received_on = day("When it came.")
    closed_on = day("When it was closed.")
    held_before_report = in_order("held_on", "report_issued_on")


class PartnerFindings(Table):
    """A finding of a partner inspection (C4)."""

    section = "C4"
    finding_id = number_key("The entry.")
    inspection_id = numbered("partner_inspections", "The inspection.")
    office_id = office("The office that owes it.", empty=True)
    requirement = code("The requirement's code.")
    is_repeat = claim("Found at the inspection before, too.")
    found_on = day("When it was found.")
    corrected_on = day("When it was put right.")
    verified_on = day("When that was verified.")


class PartnerInterviews(Table):
    """One answer in a standardized interview, by an anonymous respondent number (C5)."""

    section = "C5"
    answer_id = number_key("The entry.")
    inspection_id = numbered("partner_inspections", "The inspection.")
    respondent = count("The respondent's number within the inspection.", least=1)
    instrument_version = code("The questionnaire.")
    question = code("The question's code.")
    is_correct = claim("Whether the answer was right.")


class Participations(Table):
    """A partner's member taking part in the program, by holder number."""

    section = "C6"
    participation_id = number_key("The entry.")
    agreement_id = coded("agreements", "Under which agreement.")
    holder_no = code("The holder's number, H-....")
    from_on = day("The first day.", empty=False)
    to_on = day("The last day; empty while taking part.", future=True)
    withdrawal_notice_on = day("When written notice of withdrawal was given.")
    from_before_to = in_order("from_on", "to_on")


class Credentials(Table):
    """A credential and what became of it (C6)."""

    section = "C6"
    credential_no = code_key("The credential's log number.")
    participation_id = numbered("participations", "For which participation.")
    office_id = office("The office that owes it.", empty=True)
    issued_on = day("When it was issued.", empty=False)
    participation_ended_on = day("When the participation ended that it was issued for.", future=True)
    returned_on = day("When it was returned.")
    revoked_on = day("When it was revoked.")
    destroyed_on = day("When it was destroyed.")
    witnessed_by = officer("Who witnessed the destruction.", empty=True)
    issued_before_returned = in_order("issued_on", "returned_on")


class Complaints(Table):
    """A complaint about a partner or a facility (C7, G7)."""

    section = "C7"
    complaint_id = number_key("The entry.")
    partner_id = coded("partners", "About which partner.", empty=True)
    facility_id = coded("facilities", "About which facility.", empty=True)
    office_id = office("The office that oversees.")
    reporter_role = choice(
        "detained_person family representative staff public oversight", "Who reported, by role."
    )
    category = choice("conduct medical language conditions access records other", "About what.")
    received_at = moment("When the partner or facility received it.", empty=False)
    notified_at = moment("When the agency was notified.")
    inquiry_opened_on = day("When the inquiry was opened.")
    resolved_on = day("When it was resolved.")
    resolution = choice("substantiated unsubstantiated unfounded referred withdrawn", "How.", empty=True)


class PartnerTrainings(Table):
    """A required training of one participation (C8)."""

    section = "C8"
    training_id = number_key("The entry.")
    participation_id = numbered("participations", "Whose.")
    office_id = office("The office that owes it.", empty=True)
    course_id = coded("courses", "Which course.")
    due_on = day("When it is due.", empty=False, future=True)
    passed_on = day("When it was passed.")
    score = quantity("The score reached.", unit="percent")
    attempts = count("How often the exam was taken.")


class PartnerSummaries(Table):
    """The annual summary of a partner (C9)."""

    section = "C9"
    summary_id = number_key("The entry.")
    agreement_id = coded("agreements", "About which agreement.")
    fiscal_year = count("For which fiscal year.", unit="fiscal year", least=1990)
    completed_on = day("When it was completed.")
    warrants_served = count("Warrants served.", empty=True)
    training_share = share("Share of members current in training.")
    drafted_by = officer("Who drafted it.", empty=True)
    signed_by = officer("Who signed it.", empty=True)
    content_digest = digest("The summary's SHA-256.")
    two_people = not_the_same("drafted_by", "signed_by")
