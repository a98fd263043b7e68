"""What each planted defect of the example agency looks like when it is put right, by the defect's name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

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


def led_by_somebody(r: Records, keys: Sequence[str]) -> None:
    leads = r["cases"].filter(pl.col("state") == "open", ~pl.col("case_no").is_in(list(keys)))
    serving = r["officers"].filter(pl.col("active_to").is_null(), pl.col("contracted_hours") > 0)
    other = (
        leads.join(serving, on="officer_no", how="semi").group_by("office_id").agg(pl.col("officer_no").min())
    )
    offices = dict(other.iter_rows())
    for case, office in r.of("cases", keys).select("case_no", "office_id").iter_rows():
        r.put("cases", [case], officer_no=offices[office])
        is_open = (pl.col("case_no") == case) & pl.col("to_on").is_null() & (pl.col("role") == "lead")
        held = r["assignments"].filter(is_open)["assignment_id"].cast(pl.String).to_list()
        if held:
            r.put("assignments", held, officer_no=offices[office])
        else:
            new = {"case_no": case, "officer_no": offices[office], "from_on": r.as_of - timedelta(days=9)}
            r.add("assignments", [new])


def counts_follow(r: Records, keys: Sequence[str]) -> None:
    rows = r["docket_counts"].sort("office_id", "docket", "period_from")
    whole = ["office_id", "docket"]
    before = pl.col("closing").shift(1).over(whole)
    made = rows.with_columns(opening=pl.coalesce(before, pl.col("opening")))
    for one in made.filter(pl.col("count_id").cast(pl.String).is_in(list(keys))).iter_rows(named=True):
        came = one["closing"] - one["opening"] + one["went_out"]
        r.put("docket_counts", [str(one["count_id"])], opening=one["opening"], came_in=came)


def followed_up(r: Records, keys: Sequence[str]) -> None:
    rows = r.of("check_ins", keys).iter_rows(named=True)
    r.add("exceptions", (exception(one, one["outcome_on"], check_in_id=one["check_in_id"]) for one in rows))


def hearing_followed_up(r: Records, keys: Sequence[str]) -> None:
    offices = dict(r["cases"].select("case_no", "office_id").iter_rows())
    rows = r.of("hearings", keys).iter_rows(named=True)
    r.add(
        "exceptions",
        (
            exception(
                {**one, "office_id": offices[one["case_no"]]},
                one["completed_on"],
                hearing_id=one["hearing_id"],
                kind="missed_hearing",
            )
            for one in rows
        ),
    )


def exception(row: dict, arose_on: date, **more: object) -> dict:
    days = {
        name: arose_on + timedelta(days=after)
        for name, after in (("first_attempt_on", 1), ("disposed_on", 6), ("reviewed_on", 8))
    }
    return {
        "case_no": row["case_no"], "office_id": row["office_id"], "arose_on": arose_on, **days, **more,
    }  # fmt: skip


def hearing_verified(r: Records, keys: Sequence[str]) -> None:
    verified(r, r.of("hearings", keys), "proceeding", before="scheduled_on", days=9)


def verified(r: Records, rows: pl.DataFrame, kind: str, *, before: str = "", days: int = 0) -> None:
    offices = dict(r["cases"].select("case_no", "office_id").iter_rows())
    r.add(
        "verifications",
        (
            {
                "case_no": one["case_no"],
                "office_id": offices[one["case_no"]],
                "kind": kind,
                "hearing_id": one.get("hearing_id"),
                "verified_on": (one[before] if before else r.as_of) - timedelta(days=days),
            }
            for one in rows.iter_rows(named=True)
        ),
    )


def contact_verified(r: Records, keys: Sequence[str]) -> None:
    verified(r, r.of("cases", keys), "contact", days=20)


def file_reviewed(r: Records, keys: Sequence[str]) -> None:
    on = r.as_of - timedelta(days=20)
    r.add(
        "file_reviews",
        (
            {"case_no": one["case_no"], "office_id": one["office_id"], "started_on": on, "completed_on": on}
            for one in r.of("cases", keys).iter_rows(named=True)
        ),
    )


def transferred(r: Records, keys: Sequence[str]) -> None:
    r.add(
        "transfers",
        (
            {
                "case_no": one["case_no"],
                "from_office_id": one["office_id"],
                "to_office_id": one["new_office_id"],
                "requested_on": one["verified_on"] + timedelta(days=1),
                "accepted_on": one["verified_on"] + timedelta(days=4),
            }
            for one in r.of("verifications", keys).iter_rows(named=True)
        ),
    )


def custody_reviewed(r: Records, keys: Sequence[str]) -> None:
    def review(one: dict) -> dict:
        begun = max(one["detained_on"], one["final_order_on"])
        due = begun + timedelta(days=90)
        return {
            "case_no": one["case_no"],
            "period_from": begun,
            "due_on": due,
            "notice_served_on": due - timedelta(days=40),
            "decided_on": due - timedelta(days=3),
        }

    r.add("custody_reviews", map(review, r.of("cases", keys).iter_rows(named=True)))


def intervals_agreed(r: Records, keys: Sequence[str]) -> None:
    pairs = r.of("check_ins", keys).select("case_no", "interval_id", "due_on").unique("case_no")
    r.add(
        "interval_deviations",
        (
            {
                "case_no": case,
                "interval_id": interval,
                "set_on": due,
                "set_by": "S-AA",
                "approved_on": due,
                "approved_by": "S-BB",
                "reviewed_on": due + timedelta(days=90),
            }
            for case, interval, due in pairs.iter_rows()
        ),
    )


def closure_proposed(r: Records, keys: Sequence[str]) -> None:
    left = r["departures"].filter(pl.col("case_no").is_in(list(keys))).unique("case_no")
    for one in left.iter_rows(named=True):
        on = max(one["departed_on"], one["verified_on"] or one["recorded_on"]) + timedelta(days=2)
        r.put("cases", [one["case_no"]], state="closure_proposed")
        new = {"reason": "departed_self_verified", "state": "proposed", "candidate_on": on, "proposed_on": on}
        r.add("closure_proposals", [{**new, "case_no": one["case_no"], "proposed_by": "S-AA"}])


def death_decided(r: Records, keys: Sequence[str]) -> None:
    mine = pl.col("case_no").is_in(list(keys)) & (pl.col("reason") == "deceased")
    said = r["closure_proposals"].filter(mine)["proposal_id"].cast(pl.String).to_list()
    r.put(
        "closure_proposals", said, state="rejected", decided_on=day_after("proposed_on", 3), decided_by="S-ZZ"
    )
    r.put("cases", keys, state="open")


def second_person(r: Records, keys: Sequence[str]) -> None:
    mine = r["closure_proposals"].filter(pl.col("case_no").is_in(list(keys)))
    known = mine["proposal_id"].cast(pl.String).to_list()
    r.put("closure_proposals", known, decided_by="S-ZZ", state="confirmed")
    missing = r.of("cases", set(keys) - set(mine["case_no"].to_list()))
    r.add(
        "closure_proposals",
        (
            {
                "case_no": one["case_no"],
                "reason": one["closure_reason"],
                "proposed_on": one["closed_on"] - timedelta(days=4),
                "proposed_by": "S-AA",
                "decided_on": one["closed_on"],
                "decided_by": "S-ZZ",
            }
            for one in missing.iter_rows(named=True)
        ),
    )


def juveniles_shared(r: Records, keys: Sequence[str]) -> None:
    mine = r["cases"].filter(pl.col("office_id").is_in(list(keys)), pl.col("docket") == "juvenile")
    (first, *_) = mine["officer_no"].drop_nulls().unique().to_list()
    other = r["cases"].filter(pl.col("office_id").is_in(list(keys)), pl.col("officer_no") != first)
    half = mine["case_no"].to_list()[::2]
    to = other["officer_no"].min()
    r.put("cases", half, officer_no=to)
    is_open = pl.col("case_no").is_in(half) & pl.col("to_on").is_null() & (pl.col("role") == "lead")
    held = r["assignments"].filter(is_open)["assignment_id"].cast(pl.String).to_list()
    r.put("assignments", held, officer_no=to)


def partners_inspected(r: Records, keys: Sequence[str]) -> None:
    on = r.as_of - timedelta(days=40)
    r.add(
        "partner_inspections",
        (
            {
                "agreement_id": one["agreement_id"],
                "office_id": one["office_id"],
                "held_on": on,
                "report_issued_on": on + timedelta(days=20),
                "closed_on": on + timedelta(days=30),
            }
            for one in r.of("agreements", keys).iter_rows(named=True)
        ),
    )


def partner_summed_up(r: Records, keys: Sequence[str]) -> None:
    years = {row[0] for row in r["partner_summaries"].select("fiscal_year").unique().iter_rows()}
    have = set(r["partner_summaries"].select("agreement_id", "fiscal_year").iter_rows())
    r.add(
        "partner_summaries",
        (
            {
                "agreement_id": agreement,
                "office_id": office,
                "fiscal_year": year,
                "completed_on": date(year, 12, 1),
                "drafted_by": "S-AA",
                "signed_by": "S-BB",
            }
            for agreement, office in r.of("agreements", keys).select("agreement_id", "office_id").iter_rows()
            for year in sorted(years)
            if (agreement, year) not in have and year < r.as_of.year
        ),
    )


def policy_reviewed(r: Records, keys: Sequence[str]) -> None:
    on = r.as_of - timedelta(days=30)
    r.add("policy_reviews", ({"policy_id": key, "reviewed_on": on} for key in keys))


def version_in_force(r: Records, keys: Sequence[str]) -> None:
    r.add(
        "policy_versions",
        (
            {
                "policy_version_id": f"{key}.9",
                "policy_id": key,
                "version": 9,
                "state": "published",
                "effective_from": r.as_of - timedelta(days=99),
                "content_digest": DIGEST,
                "needs_acknowledgement": False,
                "written_by": "S-AA",
                "approved_by": "S-BB",
            }
            for key in keys
        ),
    )


def certificate_renewed(r: Records, keys: Sequence[str]) -> None:
    r.put("training_assignments", keys, valid_to=r.as_of + timedelta(days=200))
    r.put("training_assignments", keys, exempt_until=r.as_of + timedelta(days=200))


def course_evaluated(r: Records, keys: Sequence[str]) -> None:
    have = set(r["training_evaluations"].select("course_id", "fiscal_year").iter_rows())
    r.add(
        "training_evaluations",
        (
            {"course_id": key, "fiscal_year": year, "evaluated_on": date(year, 10, 20)}
            for key in keys
            for year in (2024, 2025)
            if (key, year) not in have
        ),
    )


def parents_asked(r: Records, keys: Sequence[str]) -> None:
    cases = {one["case_no"]: one for one in r.of("cases", keys).iter_rows(named=True)}
    asked = r["parental_inquiries"].filter(pl.col("case_no").is_in(list(keys)))
    for one in asked.iter_rows(named=True):
        on = cases.pop(one["case_no"])["detained_on"]
        r.put("parental_inquiries", [str(one["inquiry_id"])], asked_on=on, answer="no")
    r.add(
        "parental_inquiries",
        (
            {"case_no": key, "office_id": one["office_id"], "asked_on": one["detained_on"]}
            for key, one in cases.items()
        ),
    )


def decided_before(r: Records, keys: Sequence[str]) -> None:
    for one in r.of("departures", keys).iter_rows(named=True):
        on = one["departed_on"] - timedelta(days=5)
        days = {"information_on": on, "decided_on": on, "validated_on": on, "honored_on": one["departed_on"]}
        said = r["parental_decisions"].filter(pl.col("case_no") == one["case_no"])
        if len(said):
            r.put("parental_decisions", said["decision_id"].cast(pl.String).to_list(), **days)
        else:
            language = r.of("cases", [one["case_no"]])["language"].item()
            r.add("parental_decisions", [{"case_no": one["case_no"], "language": language, **days}])


def decision_sound(r: Records, keys: Sequence[str]) -> None:
    r.put(
        "parental_decisions",
        keys,
        information_version="PI-2.0",
        information_on=pl.coalesce("information_on", "decided_on", "validated_on"),
        offered_reunification=True,
        offered_child_remains=True,
        offered_consultation=True,
        decision=pl.coalesce(pl.col("decision").cast(pl.String), pl.lit("together")),
        signed_kind="wet",
        state="valid",
    )
    rows = r.of("parental_decisions", keys).join(r["cases"].select("case_no", need="language"), on="case_no")
    for one in rows.iter_rows(named=True):
        key = [str(one["decision_id"])]
        r.put("parental_decisions", key, language=one["need"] or one["language"])


def standards_assessed(r: Records, keys: Sequence[str]) -> None:
    r.put(
        "standard_assessments",
        keys,
        "standard_id",
        verdict="meets",
        state="signed",
        signed_on=day_after("period_to", 20),
    )
    rows = r.of("standard_assessments", keys, "standard_id").unique(["standard_id", "period_to"])
    r.add(
        "surveillance_events",
        (
            {"standard_id": one["standard_id"], "observed_on": one["period_to"] - timedelta(days=5)}
            for one in rows.iter_rows(named=True)
        ),
    )


def sample_taken(r: Records, keys: Sequence[str]) -> None:
    r.add(
        "surveillance_events",
        (
            {"standard_id": one["standard_id"], "observed_on": one["period_to"] - timedelta(days=5)}
            for one in r.of("standard_assessments", keys).iter_rows(named=True)
        ),
    )


def cause_found(r: Records, keys: Sequence[str]) -> None:
    r.put("discrepancies", keys, root_cause="process", root_cause_on=day_after("reported_on", 9))


def inspection_opened_again(r: Records, keys: Sequence[str]) -> None:
    r.put("inspections", keys, state="follow_up", closed_on=None)


def correction_verified(r: Records, keys: Sequence[str]) -> None:
    rows = r.of("deficiencies", keys)
    known = r.of("corrective_actions", rows["deficiency_id"].cast(pl.String), "deficiency_id")
    held = known["action_id"].cast(pl.String).to_list()
    r.put(
        "corrective_actions",
        held,
        state="verified",
        verified_on=pl.coalesce("verified_on", day_after("done_on", 9)),
    )
    missing = rows.join(known, on="deficiency_id", how="anti")
    r.add(
        "corrective_actions",
        (
            {
                "deficiency_id": one["deficiency_id"],
                "office_id": one["office_id"],
                "accepted_on": one["cited_on"] + timedelta(days=20),
                "due_on": one["cited_on"] + timedelta(days=80),
                "done_on": one["cited_on"] + timedelta(days=60),
                "verified_on": one["cited_on"] + timedelta(days=90),
            }
            for one in missing.iter_rows(named=True)
        ),
    )


def waiver_renewed(r: Records, keys: Sequence[str]) -> None:
    on = r.as_of - timedelta(days=30)
    r.add(
        "waivers",
        (
            {
                "facility_id": one["facility_id"],
                "component_id": one["component_id"],
                "office_id": one["office_id"],
                "approved_by": "S-BB",
                "approved_on": on,
                "expires_on": r.as_of + timedelta(days=200),
            }
            for one in r.of("deficiencies", keys).iter_rows(named=True)
        ),
    )


def analyzed(kind: str, first: date, months: int, *, after: int) -> Repair:
    """Return the repair that adds the analyses of a kind that are missing since a day."""

    def repair(r: Records, keys: Sequence[str]) -> None:
        mine = r["analysis_reports"].filter(pl.col("kind") == kind)
        have = {
            (office, day.year, day.month)
            for office, day in mine.select("office_id", "period_from").iter_rows()
        }
        days = pl.date_range(first, r.as_of, f"{months}mo", eager=True).to_list()
        r.add(
            "analysis_reports",
            (
                {
                    "kind": kind,
                    "office_id": key,
                    "period_from": day,
                    "completed_on": day + timedelta(days=months * 30 + after),
                }
                for key in keys
                for day in days
                if (key, day.year, day.month) not in have and day + timedelta(days=months * 31) < r.as_of
            ),
        )

    return repair


def need_worked_out(r: Records, keys: Sequence[str]) -> None:
    r.add(
        "small_unit_tasks",
        (
            {"unit_id": key, "assessed_on": date(year, 9, 1)}
            for key in keys
            for year in (2023, 2024, 2025, 2026)
        ),
    )


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
