"""The tables that do not grow with the cases: offices, officers, rules, partners, contracts and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from closeout.records.example import (
    adjusting,
    contracts,
    countries,
    counts,
    desks,
    facilities,
    intervals,
    members,
    offices,
    partners,
    posts,
    reports,
    rulebooks,
    small_unit,
    staff,
    studies,
    training,
)
from closeout.records.example.arrays import on
from closeout.records.example.size import LONE_JUVENILE_OFFICE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias

    import pyarrow as pa

    from closeout.records.example.agency import Agency
    from closeout.records.example.defects import Plants
    from closeout.records.example.writing import Sink

    Rows: TypeAlias = Iterator[tuple[str, Iterable[dict[str, Any]]]]

_OPENED_DAYS_AGO = 8_000


def write_registers(
    agency: Agency,
    sink: Sink,
    plants: Plants,
    case_no: pa.Array,
    *,
    months: list[dict[str, Any]],
    incidents: Sequence[tuple[str, str]],
) -> None:
    """Write every table that does not grow with the cases, and the two that only mention cases.

    Args:
        agency: The agency.
        sink: Where to.
        plants: Notes what is planted.
        case_no: All case numbers.
        months: The dockets' monthly counts.
        incidents: Cases that a safeguard failed in, with their offices.

    """
    sink.rows("docket_counts", counts.with_errors(months, plants))
    sink.rows("safeguard_incidents", list(reports.incident_rows(agency, incidents, plants)))
    for made in (_organization, _rules, _countries, _partners, _oversight):
        for table, rows in made(agency, plants):
            sink.rows(table, list(rows))
    _studies(agency, sink, plants, case_no)
    sink.columns("desk_contacts", *desks.desk_contacts(agency, case_no))


def _organization(agency: Agency, plants: Plants) -> Rows:
    plants.note("juvenile-docket-on-one-officer", [agency.office_id(LONE_JUVENILE_OFFICE)])
    yield "offices", offices.office_rows(on(agency.as_of - _OPENED_DAYS_AGO))
    yield "sites", offices.site_rows(on(agency.as_of - _OPENED_DAYS_AGO))
    yield "units", offices.unit_rows()
    yield "officers", staff.officer_rows(agency)
    yield "positions", posts.position_rows(agency, plants)
    yield "officer_skills", posts.skill_rows(agency)
    yield "absences", posts.absence_rows(agency)
    yield "details", posts.detail_rows(agency)
    yield "collateral_duties", posts.collateral_rows(agency)
    yield "delegations", posts.delegation_rows(agency)
    yield "small_unit_tasks", small_unit.task_rows(agency, plants)
    yield "recruitment_stages", small_unit.recruitment_rows(agency, plants)
    yield "worker_statements", small_unit.statement_rows(agency, plants)
    yield "program_counts", counts.program_rows(agency, plants)
    yield "published_counts", counts.published_rows(agency)


def _studies(agency: Agency, sink: Sink, plants: Plants, case_no: pa.Array) -> None:
    sample = studies.draw(agency)
    columns, rows, lost = studies.entries(agency, sample, case_no, plants)
    sink.columns("time_entries", columns, rows)
    sink.columns("study_samples", *studies.sample_columns(agency, sample, lost))
    sink.columns("study_moments", *studies.moments(agency, sample))
    sink.rows("time_studies", list(studies.study_rows(agency)))
    sink.rows("activity_changes", list(adjusting.change_rows(agency)))
    sink.rows("sufficiency_answers", list(adjusting.answer_rows(agency)))
    sink.rows("delphi_estimates", list(adjusting.estimate_rows(agency)))
    sink.rows("weight_adjustments", list(adjusting.adjustment_rows(agency)))


def _rules(agency: Agency, plants: Plants) -> Rows:
    yield "reporting_intervals", intervals.interval_rows(agency, "INTERVALS.2")
    yield "policies", rulebooks.policy_rows(agency, plants)
    yield "policy_versions", rulebooks.version_rows(agency, plants)
    yield "policy_reviews", rulebooks.review_rows(agency)
    yield "policy_clauses", rulebooks.clause_rows()
    yield "guidance", rulebooks.guidance_rows(agency, plants)
    yield "acknowledgements", rulebooks.acknowledgement_rows(agency, plants)
    yield "courses", training.course_rows(agency)
    yield "training_requirements", training.requirement_rows(agency)
    yield "training_assignments", training.assignment_rows(agency, plants)
    yield "training_sessions", training.session_rows(agency, plants)
    yield "attendance", training.attendance_rows(agency, plants)
    yield "training_evaluations", training.evaluation_rows(agency, plants)


def _countries(agency: Agency, plants: Plants) -> Rows:
    yield "countries", countries.country_rows()
    yield "missions", countries.mission_rows()
    yield "country_rules", countries.rule_rows(agency, plants)
    yield "country_rule_items", countries.rule_item_rows(agency)
    yield "cooperation_assessments", countries.assessment_rows(agency)
    yield "plan_actions", countries.action_rows(agency, plants)
    yield "instruments", countries.instrument_rows(agency, plants)
    yield "escalations", countries.escalation_rows(agency, plants)


def _partners(agency: Agency, plants: Plants) -> Rows:
    yield "partners", partners.partner_rows(agency)
    yield "agreements", partners.agreement_rows(agency, plants)
    yield "agreement_obligations", partners.obligation_rows(agency, plants)
    yield "partner_inspections", partners.inspection_rows(agency)
    yield "partner_findings", partners.finding_rows(agency, plants)
    yield "partner_interviews", partners.interview_rows(agency)
    yield "participations", partners.participation_rows(agency, plants)
    yield "partner_summaries", partners.summary_rows(agency, plants)
    yield "partner_programs", partners.program_rows(agency, plants)
    yield "program_goals", partners.goal_rows(agency, plants)
    yield "credentials", members.credential_rows(agency, plants)
    yield "partner_trainings", members.training_rows(agency, plants)
    yield "complaints", members.complaint_rows(agency, plants)


def _oversight(agency: Agency, plants: Plants) -> Rows:
    yield "contracts", contracts.contract_rows(agency)
    yield "contract_standards", contracts.standard_rows(agency, plants)
    yield "surveillance_events", contracts.event_rows(agency)
    yield "standard_assessments", contracts.assessment_rows(agency, plants)
    yield "discrepancies", contracts.discrepancy_rows(agency, plants)
    yield "facilities", facilities.facility_rows(agency)
    yield "facility_counts", facilities.count_rows(agency)
    yield "standard_sets", facilities.set_rows(agency)
    yield "components", facilities.component_rows()
    yield "inspections", facilities.inspection_rows(agency, plants)
    yield "deficiencies", facilities.deficiency_rows(agency, plants)
    yield "corrective_actions", facilities.action_rows(agency, plants)
    yield "waivers", facilities.waiver_rows(agency)
    yield "analysis_reports", reports.analysis_rows(agency, plants)
    yield "outreach_batches", reports.outreach_rows(agency, plants)
    yield "trace_counts", reports.trace_rows(agency)
