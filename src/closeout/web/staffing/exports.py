"""The tables of staffing as files: exactly what is shown, unrounded, with the unit in each heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from closeout.followup.tables import Column, Table
from closeout.web.recommendations.export.formats import MEDIA_TYPES, write
from closeout.web.staffing.confidence import USUAL

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from closeout.followup.tables import Cell
    from closeout.web.staffing.confidence import OfficerRow
    from closeout.web.staffing.queries.offices import OfficeLine
    from closeout.web.staffing.results import OfficeResult
    from closeout.workload.figures import DeskHours
    from closeout.workload.intervals import Interval

FORMATS = ("csv", "xlsx")
_HOURS, _FTE = "hours a month", "full-time equivalents"
_METHOD = "Closeout, the workload method"


def as_file(tables: Sequence[Table], kind: str, name: str) -> HttpResponse:
    """Return tables as a file to keep; in words if there is no such kind of file."""
    if kind not in FORMATS:
        said = f"There is no format {kind[:20]!r}; ask for csv or xlsx.\n"
        return HttpResponse(said, status=400, content_type="text/plain")
    answer = HttpResponse(write(tables, kind), content_type=MEDIA_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}-{tables[0].as_of.isoformat()}.{kind}"'
    return answer


def offices_table(lines: Sequence[OfficeLine], as_of: date, confidence: int = USUAL) -> Table:
    """Return all offices as a table, in the order of the page; intervals at a confidence in percent."""
    within = f"{_FTE}, {confidence} % interval"
    columns = (
        Column("office_id", "Office code"),
        Column("label", "Office"),
        Column("demand_hours", "Demand", _HOURS),
        Column("demand_low", "Demand, low", f"{_HOURS}, {confidence} % interval"),
        Column("demand_high", "Demand, high", f"{_HOURS}, {confidence} % interval"),
        Column("hours_available", "Hours for cases", _HOURS),
        Column("need_fte", "Need", _FTE),
        Column("need_low", "Need, low", within),
        Column("need_high", "Need, high", within),
        Column("staff_fte", "Staff", _FTE),
        Column("gap_fte", "Gap", _FTE),
        Column("gap_low", "Gap, low", within),
        Column("gap_high", "Gap, high", within),
        Column("pressure", "Pressure", "need over staff"),
        Column("pressure_low", "Pressure, low", f"need over staff, {confidence} % interval"),
        Column("pressure_high", "Pressure, high", f"need over staff, {confidence} % interval"),
        Column("probability_short", "Probability of being short", "share"),
        Column("grade", "Grade of the weights"),
        Column("observed_to", "Oldest observation ends"),
        Column("flags", "Flags"),
        Column("reason", "Reason"),
    )
    rows = tuple(
        (
            line.office_id,
            line.label,
            line.demand_hours,
            *_bounds(line.demand),
            line.hours_available,
            line.need_fte,
            *_bounds(line.need),
            line.staff_fte,
            line.gap_fte,
            *_bounds(line.gap),
            line.pressure,
            *_bounds(line.ratio),
            line.probability_short,
            line.grade,
            line.observed_to,
            "; ".join(line.flags),
            line.reason,
        )
        for line in lines
    )
    return Table("offices", "Demand, hours, need and gap by office", _METHOD, as_of, columns, rows)


def office_tables(
    result: OfficeResult, as_of: date, officers: Sequence[OfficerRow] | None, confidence: int = USUAL
) -> list[Table]:
    """Return one office's tables: demand by duty, hours by week, the window and officers.

    Args:
        result: The office's part of a run.
        as_of: The run's day.
        officers: For who may see them; None for others.
        confidence: In percent, of what is given of officers.

    """
    tables = [_duties(result, as_of), _weeks(result, as_of)]
    if result.need.desk is not None:
        tables.append(_window(result.need.desk, as_of))
    return tables if officers is None else [*tables, _officers(officers, as_of, confidence)]


def _window(desk: DeskHours, as_of: date) -> Table:
    columns = (
        Column("contacts", "People who wait", "a month"),
        Column("sized_hours", "By the queue", _HOURS),
        Column("serving_hours", "Of these serving", _HOURS),
        Column("check_in_hours", "Of these check-ins, in the demand", _HOURS),
        Column("rota_hours", "On the rota", _HOURS),
        Column("need_hours", "In the need", _HOURS),
        Column("reason", "Reason"),
    )
    row = tuple(getattr(desk, column.name) for column in columns)
    return Table("window", "The window", _METHOD, as_of, columns, (row,))


def _duties(result: OfficeResult, as_of: date) -> Table:
    columns = (
        Column("activity", "Activity"),
        Column("title", "Title"),
        Column("docket", "Docket"),
        Column("owed", "Called for", "a month"),
        Column("done", "Done", "a month"),
        Column("minutes", "Weight", "minutes"),
        Column("hours", "Demand", _HOURS),
        Column("grade", "Grade of the weight"),
        Column("reason", "Reason"),
    )
    rows = tuple(
        (d.activity, d.title, d.docket, d.owed, d.done, d.minutes, d.hours, str(d.grade), d.reason)
        for d in result.duties
    )
    return Table("demand", "Demand by duty", _METHOD, as_of, columns, rows)


def _weeks(result: OfficeResult, as_of: date) -> Table:
    names = ("paid", "absent", "detailed", "collateral", "support", "case")
    columns = (Column("week", "Week from"), *(Column(name, name.capitalize(), "hours") for name in names))
    rows = tuple((each.week, *(getattr(each, name) for name in names)) for each in result.weeks)
    return Table("hours", "Hours by week", _METHOD, as_of, columns, rows)


def _officers(officers: Sequence[OfficerRow], as_of: date, confidence: int) -> Table:
    within = f"share, {confidence} % interval"
    columns = (
        Column("officer_no", "Officer"),
        Column("role", "Role"),
        Column("cases", "Open cases"),
        Column("hours_available", "Hours for cases", _HOURS),
        Column("demand_hours", "Demand", _HOURS),
        Column("utilization", "Utilization", "share"),
        Column("low", "Utilization, low", within),
        Column("high", "Utilization, high", within),
        Column("state", "State"),
        Column("at_mix", "Cases that fit at the present mix"),
        Column("fits", f"Cases that fit at {confidence} %"),
    )
    rows = tuple(
        (
            one.officer_no,
            one.role,
            one.cases,
            one.hours_available,
            one.demand_hours,
            one.utilization,
            *_bounds(row.interval),
            one.state.lower(),
            one.at_mix,
            row.fits,
        )
        for row in officers
        for one in (row.officer,)
    )
    return Table("officers", "Officers by staff number", _METHOD, as_of, columns, rows)


def _bounds(around: Interval | None) -> tuple[Cell, Cell]:
    return (around.low, around.high) if around else (None, None)
