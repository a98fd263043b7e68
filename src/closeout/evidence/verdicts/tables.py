"""Verdicts as plain tables: what a file, a letter or a page shows, one row for each thing judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.verdicts.standards_words import WORDS
from closeout.followup.tables import Column, Table

if TYPE_CHECKING:
    from closeout.evidence.verdicts.agreements import Agreements
    from closeout.evidence.verdicts.deficiencies import DeficiencyAnalysis, FacilityFigures
    from closeout.evidence.verdicts.reviews import Reviews
    from closeout.evidence.verdicts.standards import Cell, StandardRow, Standards
    from closeout.evidence.verdicts.training import Training
    from closeout.followup.tables import Cell as Value

_DIGITS = 6


def standards_table(made: Standards) -> Table:
    """Return a row for each standard and period: 17 x periods without a blank."""
    columns = (
        Column("standard", "Standard"),
        Column("number", "Number"),
        Column("period_from", "From"),
        Column("period_to", "To"),
        Column("verdict", "Verdict"),
        Column("recorded", "On record"),
        Column("sampled", "Looked at", "items"),
        Column("defects", "Defects", "items"),
        Column("aql", "Acceptable level", "share"),
        Column("estimate", "Share of defects", "share"),
        Column("low", "From", "share"),
        Column("high", "To", "share"),
        Column("p_value", "p"),
        Column("needed", "To look at", "items"),
        Column("reason", "Why"),
    )
    rows = tuple(_standard(row, cell) for row in made.rows for cell in row.cells)
    return Table("contract_standards", "Standards by period", "G4", made.as_of, columns, rows)


def facilities_table(made: DeficiencyAnalysis) -> Table:
    """Return a row for each facility, in the order of codes."""
    columns = (
        Column("facility", "Facility"),
        Column("label", "Called"),
        Column("area", "Office or area"),
        Column("inspections", "Inspections", "inspections"),
        Column("with_exposure", "With components counted", "inspections"),
        Column("components", "Components assessed", "components"),
        Column("observed", "Deficiencies", "deficiencies"),
        Column("expected", "Expected", "deficiencies"),
        Column("ratio", "Observed / expected"),
        Column("low", "From"),
        Column("high", "To"),
        Column("position", "In the funnel"),
        Column("trend", "Trend"),
    )
    rows = tuple(_facility(one) for one in made.facilities)
    return Table("facilities", "Deficiencies by facility", "G6", made.as_of, columns, rows)


def ratings_table(made: DeficiencyAnalysis) -> Table:
    """Return a row for each rating: its printed words and the fiscal years it was used in."""
    columns = (
        Column("rating", "Rating"),
        Column("printed", "As printed"),
        Column("inspections", "Inspections", "inspections"),
        Column("first_year", "First used"),
        Column("last_year", "Last used"),
    )
    rows = tuple(
        (
            one.rating.replace("_", " "),
            ", ".join(one.printed),
            one.inspections,
            f"FY{one.first_year}",
            f"FY{one.last_year}",
        )
        for one in made.ratings
    )
    return Table("ratings", "Ratings and their words", "G5", made.as_of, columns, rows)


def training_table(made: Training) -> Table:
    """Return a row for each requirement and office, and one for all: counts, never people."""
    columns = (
        Column("requirement", "Requirement"),
        Column("office", "Office"),
        Column("rule", "Rule"),
        Column("audience", "Must", "officers"),
        Column("recorded", "On record", "officers"),
        Column("with_evidence", "With attendance on file", "officers"),
        Column("exceptions", "Exceptions", "officers"),
        Column("exempt", "Exempt", "officers"),
    )
    rows = tuple(
        (
            one.requirement_id,
            office.office_id,
            one.rule if one.in_force else f"{one.rule} (no rule in force)",
            office.audience,
            office.recorded,
            office.with_evidence,
            office.exceptions,
            office.exempt,
        )
        for one in made.requirements
        for office in (*one.offices, one.total)
    )
    return Table("training", "Training by requirement and office", "D5", made.as_of, columns, rows)


def agreements_table(made: Agreements) -> Table:
    """Return a row for each model, and one for all."""
    states = tuple(made.models[-1].states)
    columns = (
        Column("model", "Model"),
        *(Column(state, state.replace("_", " ").capitalize(), "agreements") for state in states),
        Column("published", "On the public list", "agreements"),
        Column("difference", "Active less listed", "agreements"),
    )
    rows = tuple(
        (one.model, *(one.states[state] for state in states), one.published, one.difference)
        for one in made.models
    )
    return Table("agreements", "Agreements by model", "C1", made.as_of, columns, rows)


def agreement_table(made: Reviews) -> Table:
    """Return a row for each item that two people reviewed, and one for all: items, never people."""
    columns = (
        Column("item", "Item"),
        Column("reviewed_twice", "Reviewed twice", "items"),
        Column("agreed", "Same finding", "items"),
        Column("kappa", "Kappa"),
        Column("low", "From"),
        Column("high", "To"),
    )
    rows = tuple(
        (
            one.item.replace("_", " "),
            one.agreement.n,
            one.agreement.agreed,
            _rounded(one.agreement.kappa),
            _rounded(one.agreement.low),
            _rounded(one.agreement.high),
        )
        for one in made.agreements
    )
    return Table("reviewers", "Agreement of two reviewers", "A7", made.as_of, columns, rows)


def _standard(row: StandardRow, cell: Cell) -> tuple[Value, ...]:
    found = cell.result
    ends = found.interval
    return (
        row.standard_id,
        row.number,
        cell.period_from,
        cell.period_to,
        WORDS[found.verdict],
        cell.recorded.replace("_", " "),
        found.sampled,
        found.defects,
        found.aql,
        _rounded(found.estimate),
        _rounded(ends.low if ends else None),
        _rounded(ends.high if ends else None),
        _rounded(found.p_value),
        found.needed,
        found.reason,
    )


def _facility(one: FacilityFigures) -> tuple[Value, ...]:
    found = one.standardized
    ends = found.interval if found else None
    return (
        one.facility_id,
        one.label,
        one.area,
        one.inspections,
        one.with_exposure,
        found.exposure if found else None,
        found.observed if found else None,
        _rounded(found.expected if found else None),
        _rounded(found.ratio if found else None),
        _rounded(ends.low if ends else None),
        _rounded(ends.high if ends else None),
        one.placed.position.value if one.placed else "not assessed",
        one.trend.direction.value,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)
