"""What the list of systems asks of the measures, word by word, and which of the pack answer it."""

from __future__ import annotations

GROUPS: tuple[tuple[int, str, str], ...] = (
    (1, "duties done inside the window, of those due in the period", "duties-on-time case-duties-on-time"),
    (1, "by kind, office and docket", "duties-on-time duties-current duties-overdue"),
    (2, "median hours from due to outcome", "check-in-outcome-lag"),
    (2, "ninth of ten hours from due to outcome", "check-in-outcome-lag-ninety"),
    (
        3,
        "expired and not disposed of, count",
        "check-ins-past-window exceptions-overdue missed-without-exception",
    ),
    (3, "their bands of age", "check-ins-past-window exceptions-overdue exception-age exception-age-ninety"),
    (4, "office-caused non-events, of all non-events", "service-issue-share"),
    (5, "median days since the last verification", "contact-age proceeding-age"),
    (5, "share beyond the policy's interval", "contacts-verified proceedings-verified"),
    (6, "accepted within the days, of those requested", "transfers-decided-on-time transfer-days"),
    (6, "in limbo for more than 30 days", "transfers-in-limbo"),
    (7, "coverage of file reviews", "files-reviewed file-reviews-on-time"),
    (7, "defect rate with its interval", "file-defect-share"),
    (8, "closed by reason", "closures-by-reason closures-of-departed-and-deceased"),
    (8, "second person on every closure", "closures-by-two closures-alone"),
    (8, "closures undone", "closures-undone"),
    (
        9,
        "median days of each stage by country, 11 or more",
        (
            "travel-sending-days travel-acknowledgement-days travel-interview-days travel-decision-days "
            "travel-use-days"
        ),
    ),
    (9, "follow-ups on time", "travel-follow-ups-on-time"),
    (9, "expired unused", "travel-documents-expired"),
    (9, "complete when first sent", "travel-packages-complete"),
    (10, "countries with a dated plan", "countries-assessed country-actions-on-time"),
    (10, "the indicator before and after", "country-indicators-improved"),
    (11, "inside 48 months", "policies-reviewed policies-overdue"),
    (11, "unofficial items open for more than 180 days", "guidance-undecided guidance-decided-on-time"),
    (11, "acknowledged", "policies-acknowledged"),
    (12, "current, of those required on the date", "training-current training-completed"),
    (12, "level 2: passed", "training-passed"),
    (12, "level 3: timeliness of duties 90 days before and after", "training-changes-work"),
    (
        13,
        "inspected in the last 24 months, of active agreements",
        "partners-inspected partners-never-inspected",
    ),
    (13, "coverage date at the present pace", "partner-coverage-months"),
    (14, "notified within 48 hours", "complaints-notified complaint-notice-hours"),
    (15, "recovered within the days, of those ended", "credentials-recovered credentials-at-large"),
    (16, "17 less those not assessed", "standards-not-assessed standards-assessed-on-time"),
    (16, "mix of verdicts", "standards-meeting standards-not-meeting standards-undecided"),
    (16, "discrepancies with a verified fix", "discrepancies-verified discrepancies-with-cause"),
    (17, "deficiencies per component assessed", "deficiency-rate"),
    (17, "flags of the funnel", "facilities-outside-funnel"),
    (17, "repeat rate", "deficiencies-repeated"),
    (17, "median time to a verified correction", "correction-verified-days"),
    (17, "verified at the next visit", "deficiencies-verified-at-next-visit"),
    (18, "asked, of those detained", "parents-asked"),
    (18, "valid decision before the departure", "parents-decided departures-without-decision"),
    (
        18,
        "flawed, by rule",
        "decisions-flawed decisions-uninformed decisions-without-options decisions-unsigned",
    ),
    (19, "age", "recommendation-age recommendations-open"),
    (19, "evidence submitted", "recommendations-evidenced"),
    (19, "returned and closed", "recommendations-returned recommendations-closed"),
    (19, "the six months of Circular A-50", "recommendations-resolved-on-time"),
    (20, "posts filled, of those aimed at", "small-unit-filled posts-filled officers-per-need"),
    (20, "conversion of stages", "recruitment-by-stage recruits-per-target recruitment-targets-reached"),
    (20, "statements delivered to staff", "statements-delivered statements-acknowledged"),
    (21, "findings of the integrity checks, open", "integrity-findings-open"),
    (21, "their age", "integrity-finding-age"),
    (22, "hits of the leak scan", "identifiers-found"),
    (22, "emergency accesses reviewed", "break-glass-reviewed"),
    (22, "the log verified every day", "audit-chain-whole"),
)
"""Group, what is asked, and the measures that answer."""

ITEMS: tuple[tuple[str, str, str], ...] = (
    (
        "A1",
        "active cases with every duty inside its interval, by office and docket",
        "cases-current duties-current",
    ),
    (
        "A2",
        "opening and in less out is closing, by office, month and docket",
        "docket-counts-balance docket-counts-wrong",
    ),
    (
        "A3",
        "lead time of alerts",
        "check-in-reminder-lead check-in-reminder-lead-ten check-in-reminders-sent",
    ),
    (
        "A3",
        "outcome within one business day; none past its window",
        "check-in-outcomes-recorded check-ins-past-window",
    ),
    (
        "A4",
        "disposed of within the days; median days; error of the records found",
        "exceptions-disposed-on-time exception-disposition-days exception-data-error-share",
    ),
    (
        "A5",
        "coverage, mismatch rate by office, time to fix",
        (
            "proceedings-verified hearings-verified proceeding-mismatch-share mismatch-correction-days "
            "mismatches-corrected-on-time"
        ),
    ),
    (
        "A6",
        "transfers accepted in time; limbo; distribution of the age of verifications",
        "transfers-decided-on-time transfers-in-limbo contact-age contact-age-ninety proceeding-age-ninety",
    ),
    (
        "A7",
        "reviewed in the interval; defect rate; agreement of reviewers",
        "files-reviewed file-defect-share file-reviewers-agree",
    ),
    (
        "A8",
        "median lag; back-dated by more than seven days",
        "status-recording-lag statuses-recorded-on-time",
    ),
    (
        "A9",
        "reviews on or before their day; overdue by office",
        "custody-reviews-on-time custody-reviews-overdue",
    ),
    (
        "A10",
        "check-ins at the policy's interval; deviations approved",
        "check-ins-at-policy-interval intervals-without-policy intervals-approved-on-time",
    ),
    (
        "A11",
        "number and share of the docket closed by reason and month; reopened; size before and after",
        "closures-by-reason docket-share-closed closures-undone docket-size",
    ),
    ("A12", "median response; overdue", "inquiry-response-days inquiries-answered-on-time"),
    ("A14", "check done where policy asks for it", "records-checks-done"),
    ("A16", "a docket of children on one officer", "dockets-on-one-officer"),
    (
        "B2",
        "rules reviewed in 12 months; completeness of their fields",
        "country-rules-reviewed country-rules-complete",
    ),
    (
        "B3",
        "action plan with dates; indicators before and after",
        "countries-assessed country-indicators-improved",
    ),
    ("B4", "memoranda reviewed", "instruments-reviewed"),
    ("C1", "every obligation has a day and a state", "agreement-obligations-on-time"),
    ("C2", "a dated assessment", "program-assessed"),
    ("C3", "goals for all activities, and a first measured period", "goals-cover-oversight goals-measured"),
    (
        "C4",
        "coverage in 24 months; report to closing; repeats",
        "partners-inspected partner-inspection-closing-days partner-findings-repeated",
    ),
    ("C5", "right answers by requirement", "partner-answers-correct"),
    ("C6", "return or revocation within the days", "credentials-recovered credentials-destroyed"),
    ("C7", "within 48 hours; recorded outcome", "complaints-notified complaints-with-outcome"),
    ("C8", "training of partners' members", "partner-training-current"),
    ("C9", "one summary a partner and year", "partner-summaries-on-time"),
    ("D1", "inside four years by office; age of the overdue", "policies-reviewed policies-overdue"),
    ("D2", "unofficial items open", "guidance-undecided"),
    ("D3", "local procedures mapped", "local-procedures-unsettled"),
    ("D4", "acknowledged in 14 days", "policies-acknowledged"),
    (
        "D5",
        "denominator on a date, attendance with its digest, refresher, level 3",
        "training-current training-completed attendance-evidenced training-on-time training-changes-work",
    ),
    ("E", "workload data; assignment by rule", "workload-recorded cases-assigned-on-time posts-filled"),
    (
        "E",
        "completed model; achievable caseloads; need beside the officers there",
        (
            "staffing-need-known duties-with-weight caseloads-that-fit officers-per-need offices-short "
            "cases-without-hours"
        ),
    ),
    ("F1", "question answered; report on demand", "parents-asked parent-reports-on-time"),
    (
        "F2",
        "valid decision before departure; flawed by rule; time between information and decision",
        "parents-decided decisions-flawed decision-reflection-days",
    ),
    ("F3", "outreach", "outreach-acknowledged"),
    (
        "G1-G4",
        "matrix without a blank; sample, cause and action of each",
        "standards-not-assessed verdicts-without-basis discrepancies-with-cause discrepancies-verified",
    ),
    ("G5", "all results in a form fit for analysis", "inspections-uploaded facilities-inspected"),
    ("G6", "an analysis each quarter, with actions", "deficiencies-analyzed corrections-on-time"),
    (
        "G7",
        "outcomes of complaints recorded and analyzed",
        "complaints-resolved-on-time complaints-with-outcome",
    ),
    ("H1", "a dated analysis with the share untraced", "trace-analyses-on-time firearms-untraced"),
    ("I1", "needs worked out", "small-unit-need-assessed"),
    ("I2", "goals, timelines, milestones", "recruitment-milestones-met recruitment-by-stage"),
    ("I3", "a dated statement for every member", "statements-delivered statements-acknowledged"),
    (
        "J1",
        "each closing rests on evidence",
        "recommendations-evidenced recommendations-closed promises-missed",
    ),
)
"""Item of the list, its closure evidence in short, and the measures that show it."""

_TOP = """
## What the list of systems asks

Word by word, what the list of measures asks of each group and which measures answer it:

| group | asked | measures |
|---|---|---|
"""
_ITEMS = """
And what would close each item of the list:

| item | closure evidence | measures |
|---|---|---|
"""
_REST = """
The kappa of reviewers (A7), the matrix of standards (G4), the funnel, the charts and trends of deficiencies
(G6) and the table of traces (H1) are in `closeout analyze`.
"""


def asked() -> str:
    """Return the two tables in Markdown."""
    groups = "".join(f"| {group} | {words} | {_codes(codes)} |\n" for group, words, codes in GROUPS)
    items = "".join(f"| {item} | {words} | {_codes(codes)} |\n" for item, words, codes in ITEMS)
    return f"{_TOP}{groups}{_ITEMS}{items}{_REST}"


def _codes(codes: str) -> str:
    return ", ".join(f"[{code}](#{code})" for code in codes.split())
