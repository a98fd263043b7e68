"""What each planted defect of the example agency looks like when it is put right, by the defect's name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from tests.evidence.content.put_right_cases import (
    closure_proposed,
    contact_verified,
    counts_follow,
    custody_reviewed,
    death_decided,
    decided_before,
    decision_sound,
    file_reviewed,
    followed_up,
    hearing_followed_up,
    hearing_verified,
    intervals_agreed,
    juveniles_shared,
    led_by_somebody,
    parents_asked,
    second_person,
    transferred,
)
from tests.evidence.content.put_right_oversight import (
    analyzed,
    cause_found,
    certificate_renewed,
    correction_verified,
    course_evaluated,
    inspection_opened_again,
    need_worked_out,
    partner_summed_up,
    partners_inspected,
    policy_reviewed,
    sample_taken,
    standards_assessed,
    version_in_force,
    waiver_renewed,
)
from tests.evidence.content.repairs import DIGEST, Records, at_noon, day_after

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Repair = Callable[[Records, Sequence[str]], None]


def done(table: str, column: str, trigger: str, after: int = 1, **more: object) -> Repair:
    """Return the repair that fills a row's day of doing, some days after its trigger."""

    def repair(r: Records, keys: Sequence[str]) -> None:
        r.put(table, keys, **{column: day_after(trigger, after)}, **more)

    return repair


def written(table: str, **values: object) -> Repair:
    """Return the repair that writes values into the rows themselves."""

    def repair(r: Records, keys: Sequence[str]) -> None:
        r.put(table, keys, **values)

    return repair


REPAIRS: dict[str, Repair] = {
    "officer-left": led_by_somebody,
    "officer-without-hours": led_by_somebody,
    "case-unassigned": led_by_somebody,
    "docket-count-does-not-balance": counts_follow,
    "program-total-misses-parts": written("program_counts", people=pl.col("people") - 21),
    "check-in-service-issue": written(
        "check_ins", outcome="attended", state="attended", is_service_issue=False
    ),
    "missed-check-in-unnoticed": written(
        "check_ins",
        outcome="attended",
        state="attended",
        outcome_on=pl.col("due_on"),
        recorded_at=at_noon("due_on"),
        recorded_by="S-AA",
    ),
    "missed-check-in-without-exception": followed_up,
    "missed-check-in-undisposed": done(
        "exceptions",
        "disposed_on",
        "arose_on",
        6,
        first_attempt_on=day_after("arose_on", 1),
        reviewed_on=day_after("arose_on", 8),
        state="dispositioned",
        disposition="excused",
    ),
    "missed-hearing-unknown": hearing_verified,
    "no-appearance-without-exception": hearing_followed_up,
    "hearing-mismatch-unresolved": done("verifications", "corrected_on", "verified_on"),
    "contact-not-verified": contact_verified,
    "relocated-not-referred": transferred,
    "transfer-in-limbo": done(
        "transfers", "accepted_on", "requested_on", 4, state="accepted", accepted_by="S-ZZ"
    ),
    "file-not-reviewed": file_reviewed,
    "status-recorded-late": done("status_changes", "recorded_on", "effective_on", 2),
    "custody-review-overdue": custody_reviewed,
    "hold-past-review": done("holds", "to_on", "review_on", 0),
    "interval-outside-policy": intervals_agreed,
    "check-in-without-policy": written("check_ins", state="cancelled"),
    "deviation-not-approved": done("interval_deviations", "approved_on", "set_on", approved_by="S-ZZ"),
    "departed-still-open": closure_proposed,
    "deceased-still-open": death_decided,
    "closed-without-second-person": second_person,
    "closure-without-evidence": written("closure_proposals", evidence_kind="other", evidence_digest=DIGEST),
    "inquiry-unanswered": done("inquiries", "answered_on", "received_on", 2),
    "records-check-not-done": done("check_ins", "records_checked_on", "due_on", 0),
    "juvenile-docket-on-one-officer": juveniles_shared,
    "posts-vacant": written("positions", vacant_from=None, officer_no="S-AA"),
    "post-held-by-leaver": written("positions", officer_no=None, vacant_from=date(2026, 1, 5)),
    "travel-follow-up-late": done("travel_follow_ups", "done_on", "due_on", 0),
    "travel-document-expired-unused": done(
        "travel_document_requests", "used_on", "valid_from", 9, state="used"
    ),
    "travel-package-incomplete": written("travel_document_requests", missing_at_send=0),
    "country-rule-not-reviewed": written("country_rules", reviewed_on=date(2026, 8, 3)),
    "plan-action-overdue": done(
        "plan_actions", "done_on", "due_on", -3, indicator_after=pl.col("indicator_before")
    ),
    "instrument-not-reviewed": written("instruments", reviewed_on=date(2026, 8, 3)),
    "escalation-unanswered": done("escalations", "answered_on", "raised_on", 9),
    "agreement-ended-without-notice": done("agreements", "notice_on", "ended_on", -95),
    "obligation-overdue": done("agreement_obligations", "done_on", "due_on", -2),
    "program-not-assessed": done("partner_programs", "assessed_on", "due_on", -2),
    "goal-not-assessed": done("program_goals", "assessed_on", "period_to", 9),
    "agreement-never-inspected": partners_inspected,
    "finding-not-corrected": done("partner_findings", "corrected_on", "found_on", 9),
    "credential-not-recovered": done("credentials", "returned_on", "participation_ended_on", 3),
    "credential-not-destroyed": done("credentials", "destroyed_on", "returned_on", 9, witnessed_by="S-AA"),
    "credential-destroyed-unwitnessed": written("credentials", witnessed_by="S-AA"),
    "participation-outlives-agreement": written("participations", to_on=date(2026, 1, 5)),
    "complaint-notified-late": done("complaints", "notified_at", "received_at"),
    "complaint-unresolved": done("complaints", "resolved_on", "received_at", 9, resolution="unfounded"),
    "partner-training-lapsed": done("partner_trainings", "passed_on", "due_on", -2, score=90.0),
    "partner-summary-missing": partner_summed_up,
    "policy-not-reviewed": policy_reviewed,
    "policy-without-version": version_in_force,
    "version-without-text": written("policy_versions", content_digest=DIGEST),
    "guidance-undecided": done("guidance", "decided_on", "issued_on", 30, decision="rescind"),
    "local-procedure-unmapped": written("policies", parent_policy_id="PROCEEDINGS", deviation="none"),
    "local-deviation-unapproved": done("policies", "deviation_approved_on", "issued_on", 20),
    "acknowledgement-missing": done("acknowledgements", "acknowledged_on", "sent_on", 3),
    "converted-officer-not-trained": done(
        "training_assignments", "completed_on", "due_on", -9, state="passed"
    ),
    "certificate-lapsed": certificate_renewed,
    "roster-not-filed": done("training_sessions", "roster_filed_on", "held_on", roster_digest=DIGEST),
    "attendance-without-evidence": written("attendance", evidence_digest=DIGEST),
    "course-not-evaluated": course_evaluated,
    "parent-not-asked": parents_asked,
    "departure-without-decision": decided_before,
    "decision-after-departure": decided_before,
    "decision-flawed": decision_sound,
    "incident-unresolved": done("safeguard_incidents", "resolved_on", "detected_on", 9),
    "outreach-unacknowledged": done("outreach_batches", "acknowledged_on", "sent_on", 9),
    "standard-not-assessed": standards_assessed,
    "verdict-without-sample": sample_taken,
    "discrepancy-without-cause": cause_found,
    "discrepancy-not-verified": done("discrepancies", "verified_on", "action_done_on", 9),
    "inspection-not-uploaded": done("inspections", "uploaded_on", "ended_on", 9),
    "inspection-closed-too-soon": inspection_opened_again,
    "deficiency-repeated": written("deficiencies", is_repeat=False),
    "deficiency-closed-unverified": correction_verified,
    "waiver-expired": waiver_renewed,
    "corrective-action-overdue": done("corrective_actions", "done_on", "due_on", -2),
    "corrective-action-not-verified": done("corrective_actions", "verified_on", "done_on", 9),
    "deficiency-analysis-missing": analyzed("deficiency_analysis", date(2025, 1, 1), 3, after=20),
    "trace-analysis-missing": analyzed("trace_analysis", date(2023, 10, 1), 12, after=20),
    "small-unit-need-not-assessed": need_worked_out,
    "recruitment-milestone-missed": done("recruitment_stages", "met_on", "milestone_due_on", -2),
    "worker-statement-undelivered": done("worker_statements", "delivered_on", "owed_from", 9),
}
"""By the defect's name. The faults of time studies are `closeout study check`'s, not a measure's."""
