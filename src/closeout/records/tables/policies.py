"""Policies, guidance, acknowledgements and training (systems D1-D5)."""

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
    not_the_same,
    number_key,
    numbered,
    office,
    officer,
    quantity,
)
from closeout.records.table import Table
from closeout.records.tables.organization import ROLES


class Policies(Table):
    """A policy, national or local (D1, D3)."""

    section = "D1"
    policy_id = code_key("The policy's number.")
    label = label("Its title.")
    kind = choice("directive manual_chapter sop memo broadcast local", "What it is.")
    office_id = office("The office that owns it.")
    parent_policy_id = coded("policies", "The national policy a local one belongs to.", empty=True)
    deviation = choice("none stricter narrower conflicting unmapped", "How a local one differs.", empty=True)
    deviation_approved_on = day("When the deviation was approved.")
    issued_on = day("When it was first issued.", empty=False)
    rescinded_on = day("When it was rescinded.")
    issued_before_rescinded = in_order("issued_on", "rescinded_on")


class PolicyVersions(Table):
    """A version of a policy (D1)."""

    section = "D1"
    policy_version_id = code_key("The version's code.")
    policy_id = coded("policies", "Which policy.")
    version = count("The version.", least=1)
    state = choice(
        "draft in_review change_requested validated published superseded rescinded expired_review archived",
        "Where it stands.",
    )
    effective_from = day("The first day.", future=True)
    effective_to = day("The last day; empty while in force.", future=True)
    content_digest = digest("The text's SHA-256.")
    needs_acknowledgement = claim("Whether its audience must acknowledge it.")
    written_by = officer("Who wrote it.", empty=True)
    approved_by = officer("Who approved it.", empty=True)
    effective_in_order = in_order("effective_from", "effective_to")
    two_people = not_the_same("written_by", "approved_by")


class PolicyReviews(Table):
    """A periodic review of a policy, with or without a change (D1)."""

    section = "D1"
    review_id = number_key("The entry.")
    policy_id = coded("policies", "Which policy.")
    reviewed_on = day("When.", empty=False)
    reviewed_by = officer("Who.", empty=True)
    result = choice("no_change revise rescind", "With what result.")


class PolicyClauses(Table):
    """A clause of a policy version that creates a duty (D1)."""

    section = "D1"
    clause_id = number_key("The entry.")
    policy_version_id = coded("policy_versions", "Which version.")
    clause = code("The clause's code.")
    duty = code("The duty it creates, as the pack calls it.", empty=True)


class Guidance(Table):
    """A memo, e-mail or oral instruction outside the policies, and what was decided about it (D2)."""

    section = "D2"
    guidance_id = number_key("The entry.")
    office_id = office("The office that issued it.")
    channel = choice("memo email broadcast oral", "How it was given.")
    issued_on = day("When.", empty=False)
    registered_on = day("When it was registered.")
    decision = choice("formalize rescind no_policy_content", "What was decided.", empty=True)
    decided_on = day("When.")
    formalized_policy_id = coded("policies", "The policy it became.", empty=True)
    issued_before_decided = in_order("issued_on", "decided_on")


class Acknowledgements(Table):
    """An officer's acknowledgement of a version (D4)."""

    section = "D4"
    cluster_by = ("policy_version_id",)
    acknowledgement_id = number_key("The entry.")
    policy_version_id = coded("policy_versions", "Which version.")
    officer_no = officer("Who.")
    office_id = office("The officer's office.", empty=True)
    sent_on = day("When it was sent to the officer.", empty=False)
    acknowledged_on = day("When the officer acknowledged it.")
    quiz_passed_on = day("When the quiz on it was passed.")
    sent_before_acknowledged = in_order("sent_on", "acknowledged_on")


class Courses(Table):
    """A version of a course (D5)."""

    section = "D5"
    course_id = code_key("The course's code.")
    label = label("What it is called.")
    office_id = office("The office that owes it.", empty=True)
    version = count("The version.", least=1)
    covers_case_system = claim("Covers electronic case handling, deceased and departed cases included.")
    pass_score = quantity("The score needed.", unit="percent")
    valid_from = day("From when it is taught.", empty=False, future=True)
    valid_to = day("Until when.", future=True)


class TrainingRequirements(Table):
    """Who must take a course and how often (D5)."""

    section = "D5"
    requirement_id = code_key("The requirement's code.")
    course_id = coded("courses", "Which course.")
    role = choice(ROLES, "The role it holds for.")
    converted_only = claim("Only for converted officers.")
    recurrence = choice("once rolling fixed on_demand", "How it recurs.")
    months = count("The interval, where it recurs.", unit="months", empty=True, least=1)
    valid_from = day("From when it is required.", empty=False, future=True)
    valid_to = day("Until when.", future=True)
    policy_version_id = coded("policy_versions", "The policy it rests on.", empty=True)


class TrainingAssignments(Table):
    """A requirement as it falls on one officer (D5)."""

    section = "D5"
    assignment_id = number_key("The entry.")
    officer_no = officer("Who.")
    office_id = office("The officer's office.")
    requirement_id = coded("training_requirements", "Which requirement.")
    state = choice(
        "assigned notified enrolled attended passed current expiring expired failed remedial disqualified "
        "exempt equivalent",
        "Where it stands.",
    )
    assigned_on = day("When it was assigned.", empty=False)
    due_on = day("When it is due.", empty=False, future=True)
    completed_on = day("When it was completed.")
    valid_to = day("Until when the certificate holds.", future=True)
    exempt_until = day("Until when an exemption holds.", future=True)


class TrainingSessions(Table):
    """A session of a course (D5)."""

    section = "D5"
    session_id = number_key("The entry.")
    course_id = coded("courses", "Which course.")
    office_id = office("Where.", empty=True)
    held_on = day("When.", empty=False, future=True)
    roster_digest = digest("The roster's SHA-256.")
    roster_filed_on = day("When the roster was filed as evidence of attendance.")


class Attendance(Table):
    """An officer at a session (D5)."""

    section = "D5"
    attendance_id = number_key("The entry.")
    session_id = numbered("training_sessions", "Which session.")
    officer_no = officer("Who.")
    is_present = claim("Whether the officer was there.")
    minutes = count("For how long.", unit="minutes")
    score = quantity("The score reached.", unit="percent")
    has_passed = claim("Whether the officer passed.", empty=True)
    attempt = count("Which attempt.", least=1)
    evidence_digest = digest("The attendance sheet's SHA-256.")


class TrainingEvaluations(Table):
    """An evaluation of a course on one of the four levels (D5)."""

    section = "D5"
    evaluation_id = number_key("The entry.")
    course_id = coded("courses", "Which course.")
    level = count("Level 1 reaction, 2 learning, 3 behavior, 4 results.", unit="level", least=1)
    fiscal_year = count("For which fiscal year.", unit="fiscal year", least=1990)
    evaluated_on = day("When.")
    value = quantity("The value found.", unit="as the level says")
    responses = count("How many it rests on.", empty=True)
