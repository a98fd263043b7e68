"""The tables that do not grow with the cases: offices, officers, rules, partners, contracts and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from closeout.records.example import countries, intervals, offices, staff
from closeout.records.example.arrays import on

if TYPE_CHECKING:
    from closeout.records.example.agency import Agency
    from closeout.records.example.defects import Plants
    from closeout.records.example.writing import Sink


def write_registers(agency: Agency, sink: Sink, counts: list[dict[str, Any]], plants: Plants) -> None:
    """Write every table that does not grow with the cases."""
    sink.rows("docket_counts", counts)
    sink.rows("offices", list(offices.office_rows(on(agency.as_of - 8_000))))
    sink.rows("units", list(offices.unit_rows()))
    sink.rows("officers", list(staff.officer_rows(agency)))
    sink.rows("reporting_intervals", list(intervals.interval_rows(agency, "REPORTING-INTERVALS.1")))
    sink.rows("countries", list(countries.country_rows()))
    sink.rows("missions", list(countries.mission_rows()))
    sink.rows("country_rules", list(countries.rule_rows(agency, plants)))
    sink.rows("country_rule_items", list(countries.rule_item_rows(agency)))
    sink.rows("cooperation_assessments", list(countries.assessment_rows(agency)))
    sink.rows("plan_actions", list(countries.action_rows(agency, plants)))
    sink.rows("instruments", list(countries.instrument_rows(agency)))
    sink.rows("escalations", list(countries.escalation_rows(agency, plants)))
