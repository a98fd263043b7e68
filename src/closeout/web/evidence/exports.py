"""The tables of the evidence as files: exactly what is shown, unrounded, small counts taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from closeout.evidence import wording as words
from closeout.followup.tables import Column, Table
from closeout.web.evidence.queries.measure import breakdowns_of
from closeout.web.evidence.queries.results import measured_of
from closeout.web.evidence.wording import NO_OFFICE, STANDING_WORDS
from closeout.web.staffing.exports import FORMATS, as_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from closeout.evidence.measures.measure import Measured, Result
    from closeout.followup.tables import Cell
    from closeout.web.evidence.models import AssessmentRun
    from closeout.web.evidence.queries.assessment import Line
    from closeout.web.evidence.queries.measure import Beside, BreakdownView, MeasureView

__all__ = [
    "FORMATS",
    "as_file",
    "assessment_tables",
    "deficiency_tables",
    "measure_tables",
    "measures_table",
    "offices_table",
    "standards_table",
]

_SOURCE = "Closeout assessment; figures that rest on 1 to 10 rows are not shown"
_FIGURE = (
    Column("value", "Value", "in the measure's unit; a share is 0-1"),
    Column("low", "Low", "of the interval"),
    Column("high", "High", "of the interval"),
    Column("numerator", "Numerator"),
    Column("denominator", "Denominator"),
    Column("verdict", "Verdict"),
    Column("reason", "Why there is none"),
)


def _figure_cells(result: Result) -> tuple[Cell, ...]:
    figure = result.figure
    return (
        figure.value,
        figure.low,
        figure.high,
        figure.numerator,
        _whole(figure.denominator),
        words.verdict(result),
        figure.reason,
    )


def _whole(value: float | None) -> float | None:
    """Return a denominator as a whole number where it counts rows."""
    return int(value) if value is not None and float(value).is_integer() else value


def measures_table(run: AssessmentRun, *codes: str) -> Table:
    """Return measures of a run with their newest figures as a table: those named, or all."""
    columns = (
        Column("measure", "Measure"),
        Column("title", "Title"),
        Column("section", "System"),
        Column("unit", "Unit"),
        Column("target", "Target"),
        Column("owner", "Who answers for it"),
        Column("since", "From"),
        Column("until", "To"),
        *_FIGURE,
    )
    rows = tuple(
        (
            each.measure.code,
            each.measure.title,
            each.measure.section,
            each.measure.unit,
            words.target(each.measure),
            each.measure.owner,
            each.total.since,
            each.total.until,
            *_figure_cells(each.total),
        )
        for each in measured_of(run, *codes, safe=True).values()
    )
    return Table("measures", "Measures", _SOURCE, run.as_of, columns, rows)


def assessment_tables(lines: Iterable[Line], run: AssessmentRun) -> list[Table]:
    """Return the assessment as two tables: the recommendations, and their measures."""
    kept = list(lines)
    columns = (
        Column("report", "Report"),
        Column("number", "Recommendation"),
        Column("asked", "What is asked"),
        Column("standing", "The records show it"),
        Column("verdict", "In words"),
        Column("measures", "Measures"),
        Column("missing", "What is missing to close it"),
    )
    rows = tuple(
        (
            str(line.rec.report),
            line.rec.label,
            line.rec.text,
            STANDING_WORDS[line.row.standing],
            line.row.verdict,
            "; ".join(line.row.measures),
            " ".join(line.row.missing),
        )
        for line in kept
    )
    codes = {code for line in kept for code in line.row.measures}
    shown = Table("recommendations", "Recommendations beside the records", _SOURCE, run.as_of, columns, rows)
    return [shown, measures_table(run, *sorted(codes))] if codes else [shown]


def measure_tables(view: MeasureView, run: AssessmentRun) -> list[Table]:
    """Return one measure as tables: the offices by name, the past periods, and each breakdown."""
    safe = measured_of(run, view.row.code, offices=True, parts=True, safe=True)[view.row.code]
    as_of = run.as_of
    offices = {each.office_id: each for each in safe.offices}
    head = (Column("office_id", "Office code"), Column("label", "Office"))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (each.office_id, each.label, *_figure_cells(offices[each.result.office_id])) for each in view.offices
    )
    total = ("", "All offices", *_figure_cells(safe.total))
    period = (Column("since", "From"), Column("until", "To"))
    past = tuple((each.since, each.until, *_figure_cells(each)) for each in safe.series or (safe.total,))
    title = view.row.title
    return [
        Table("offices", f"{title}: offices by name", _SOURCE, as_of, (*head, *_FIGURE), (*rows, total)),
        Table("periods", f"{title}: past periods", _SOURCE, as_of, (*period, *_FIGURE), past),
        *(_breakdown_table(each, safe, title) for each in breakdowns_of(safe)),
    ]


def _breakdown_table(shown: BreakdownView, safe: Measured, title: str) -> Table:
    """Return a breakdown as a table, its parts in the order of their names and the whole last."""
    head = (Column("category", "Code"), Column("label", shown.title))
    rows = [(each.category, each.label, *_figure_cells(each.result)) for each in shown.parts]
    rows.append(("", "All", *_figure_cells(safe.total)))
    named = f"{title}, by {shown.title.lower()}"
    return Table(shown.slug, named, _SOURCE, safe.as_of, (*head, *_FIGURE), tuple(rows))


def offices_table(shown: Sequence[Beside], run: AssessmentRun) -> Table:
    """Return duties' timeliness by office as one table, offices by name within each duty."""
    columns = (
        Column("measure", "Measure"),
        Column("title", "Duty"),
        Column("office_id", "Office code"),
        Column("label", "Office"),
        *_FIGURE,
    )
    rows: list[tuple[Cell, ...]] = []
    codes = [each.measured.measure.code for each in shown]
    safely = measured_of(run, *codes, offices=True, safe=True) if codes else {}
    for each in shown:
        safe = {result.office_id: result for result in safely[each.measured.measure.code].offices}
        measure = each.measured.measure
        rows += [
            (
                measure.code,
                measure.title,
                office.office_id,
                office.label or NO_OFFICE,
                *_figure_cells(safe[office.result.office_id]),
            )
            for office in each.offices
        ]
    return Table("offices", "Duty timeliness by office", _SOURCE, run.as_of, columns, tuple(rows))


def standards_table(matrix: Mapping[str, Any], as_of: date) -> Table:
    """Return the matrix of standards as a table of a row a cell."""
    columns = (
        Column("contract", "Contract"),
        Column("number", "Standard"),
        Column("title", "Indicator"),
        Column("period", "Period ends in"),
        Column("verdict", "Verdict"),
        Column("n", "Looked at"),
        Column("recorded", "Verdict on record"),
        Column("why", "Why"),
    )
    rows = tuple(
        (
            contract["title"],
            row["number"],
            row["title"],
            period,
            cell["verdict"],
            cell["n"],
            cell["recorded"],
            cell["why"],
        )
        for contract in matrix["contracts"]
        for row in contract["rows"]
        for period, cell in zip(contract["periods"], row["cells"], strict=True)
    )
    return Table("standards", "Contract standards by period", "Closeout assessment", as_of, columns, rows)


def deficiency_tables(found: Mapping[str, Any], as_of: date) -> list[Table]:
    """Return deficiencies as two tables: facilities by code, and fiscal quarters."""
    columns = (
        Column("facility", "Facility"),
        Column("area", "Area"),
        Column("inspections", "Inspections"),
        Column("with_exposure", "That say how many components were assessed"),
        Column("observed", "Deficiencies"),
        Column("exposure", "Components"),
        Column("expected", "Expected"),
        Column("ratio", "Found over expected"),
        Column("position", "In the funnel"),
    )
    rows: list[tuple[Cell, ...]] = []
    for each in found["facilities"]:
        standard, placed = each["standardized"] or {}, each["placed"] or {}
        cells = (standard.get("observed"), standard.get("exposure"), standard.get("expected"))
        rows.append(
            (
                each["facility_id"],
                each["area"],
                each["inspections"],
                each["with_exposure"],
                *cells,
                placed.get("value"),
                placed.get("position", "not compared"),
            )
        )
    names = ("quarter", "inspections", "with_exposure", "components", "deficiencies")
    quarters = tuple(Column(name, name.replace("_", " ").capitalize()) for name in names)
    past = tuple(tuple(each[name] for name in names) for each in found["quarters"])
    source = "Closeout assessment"
    return [
        Table("facilities", "Deficiencies by facility", source, as_of, columns, tuple(rows)),
        Table("quarters", "Deficiencies by fiscal quarter", source, as_of, quarters, past),
    ]
