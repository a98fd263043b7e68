"""The measures that each planted defect moves, besides the wholes that they are part of."""

MOVES = {
    "officer-left": "cases-without-officer",
    "officer-without-hours": "cases-without-officer",
    "case-unassigned": "cases-without-officer",
    "docket-count-does-not-balance": "docket-counts-wrong",
    "program-total-misses-parts": "",
    "check-in-service-issue": "service-issue-share",
    "missed-check-in-unnoticed": (
        "check-in-outcome-lag check-in-outcome-lag-ninety check-in-outcomes-recorded check-ins-past-window"
    ),
    "missed-check-in-without-exception": (
        "exception-data-error-share exception-disposition-days exceptions-disposed-on-time "
        "missed-without-exception"
    ),
    "missed-check-in-undisposed": (
        "exception-age exception-age-ninety exception-data-error-share exception-disposition-days "
        "exceptions-disposed-on-time exceptions-overdue"
    ),
    "missed-hearing-unknown": (
        "hearings-verified proceeding-age proceeding-age-ninety proceeding-mismatch-share "
        "proceedings-verified"
    ),
    "no-appearance-without-exception": (
        "exception-data-error-share exception-disposition-days exceptions-disposed-on-time "
        "missed-without-exception"
    ),
    "hearing-mismatch-unresolved": "mismatch-correction-days mismatches-corrected-on-time",
    "contact-not-verified": "contact-age contact-age-ninety contacts-verified",
    "relocated-not-referred": "transfer-days transfers-decided-on-time transfers-in-limbo",
    "transfer-in-limbo": "transfer-days transfers-decided-on-time transfers-in-limbo",
    "file-not-reviewed": "files-reviewed",
    "status-recorded-late": "status-recording-lag statuses-recorded-on-time",
    "custody-review-overdue": "custody-reviews-on-time custody-reviews-overdue",
    "hold-past-review": "clocks-stopped-too-long",
    "interval-outside-policy": "intervals-approved-on-time intervals-without-policy",
    "check-in-without-policy": "check-ins-at-policy-interval intervals-without-policy",
    "deviation-not-approved": "intervals-approved-on-time intervals-without-policy",
    "departed-still-open": "closures-decided-on-time departed-or-deceased-open",
    "deceased-still-open": "closures-decided-on-time departed-or-deceased-open",
    "closed-without-second-person": "closures-alone closures-by-two",
    "closure-without-evidence": "closures-with-evidence",
    "inquiry-unanswered": "inquiries-answered-on-time inquiry-response-days",
    "records-check-not-done": "records-checks-done",
    "juvenile-docket-on-one-officer": "dockets-on-one-officer",
    "posts-vacant": "posts-filled",
    "post-held-by-leaver": "posts-filled",
    "travel-follow-up-late": "travel-follow-ups-on-time",
    "travel-document-expired-unused": "travel-documents-expired travel-use-days",
    "travel-package-incomplete": "travel-packages-complete",
    "country-rule-not-reviewed": "country-rules-reviewed",
    "plan-action-overdue": "country-actions-on-time country-indicators-improved",
    "instrument-not-reviewed": "instruments-reviewed",
    "escalation-unanswered": "country-actions-on-time",
    "agreement-ended-without-notice": "agreement-obligations-on-time",
    "obligation-overdue": "agreement-obligations-on-time",
    "program-not-assessed": "program-assessed",
    "goal-not-assessed": "program-assessed",
    "agreement-never-inspected": (
        "partner-coverage-months partner-inspection-closing-days partners-inspected partners-never-inspected"
    ),
    "finding-not-corrected": "partner-oversight-on-time",
    "credential-not-recovered": "credentials-at-large credentials-destroyed credentials-recovered",
    "credential-not-destroyed": "credentials-destroyed credentials-witnessed",
    "credential-destroyed-unwitnessed": "credentials-destroyed credentials-witnessed",
    "participation-outlives-agreement": "credentials-at-large",
    "complaint-notified-late": "complaint-notice-hours complaints-notified",
    "complaint-unresolved": "complaints-resolved-on-time complaints-with-outcome",
    "partner-training-lapsed": "partner-training-current",
    "partner-summary-missing": "partner-summaries-on-time",
    "policy-not-reviewed": "policies-overdue policies-reviewed",
    "policy-without-version": "policies-without-text",
    "version-without-text": "policies-without-text",
    "guidance-undecided": "guidance-decided-on-time guidance-undecided",
    "local-procedure-unmapped": "local-procedures-unsettled",
    "local-deviation-unapproved": "local-procedures-unsettled",
    "acknowledgement-missing": "policies-acknowledged",
    "converted-officer-not-trained": "training-completed training-current training-on-time",
    "certificate-lapsed": "certificates-lapsed",
    "roster-not-filed": "rosters-filed-on-time",
    "attendance-without-evidence": "attendance-evidenced",
    "course-not-evaluated": "courses-evaluated",
    "parent-not-asked": "parents-asked",
    "departure-without-decision": (
        "decision-reflection-days decisions-handled-on-time decisions-uninformed decisions-unsigned "
        "decisions-without-options departures-without-decision parents-decided"
    ),
    "decision-after-departure": (
        "decision-reflection-days decisions-handled-on-time departures-without-decision parents-decided"
    ),
    "decision-flawed": (
        "decision-reflection-days decisions-flawed decisions-handled-on-time decisions-uninformed "
        "decisions-without-options departures-without-decision parents-decided"
    ),
    "incident-unresolved": "decisions-handled-on-time",
    "outreach-unacknowledged": "outreach-acknowledged",
    "standard-not-assessed": (
        "standards-assessed-on-time standards-meeting standards-not-assessed standards-not-meeting "
        "standards-undecided verdicts-without-basis"
    ),
    "verdict-without-sample": "standards-not-assessed verdicts-without-basis",
    "discrepancy-without-cause": "discrepancies-handled-on-time discrepancies-with-cause",
    "discrepancy-not-verified": "discrepancies-handled-on-time discrepancies-verified",
    "inspection-not-uploaded": "inspections-uploaded",
    "inspection-closed-too-soon": "deficiencies-closed-wrongly",
    "deficiency-repeated": "deficiencies-repeated",
    "deficiency-closed-unverified": (
        "correction-verified-days corrections-on-time deficiencies-closed-wrongly "
        "deficiencies-verified-at-next-visit"
    ),
    "waiver-expired": "deficiencies-closed-wrongly",
    "corrective-action-overdue": "corrections-on-time",
    "corrective-action-not-verified": "correction-verified-days corrections-on-time",
    "deficiency-analysis-missing": "deficiencies-analyzed",
    "trace-analysis-missing": "trace-analyses-on-time",
    "small-unit-need-not-assessed": "small-unit-need-assessed",
    "recruitment-milestone-missed": "recruitment-milestones-met",
    "worker-statement-undelivered": "statements-acknowledged statements-delivered",
}
"""Read off a run and checked one by one: by the defect's name, the codes of measures.

Where what was left out is added (a follow-up, a verification, a review), the measures of that record move
too.
"""
