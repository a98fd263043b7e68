"""One office: its need, its demand by duty, its hours by week, its officers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from closeout.web.staffing.activities import activity_title
from closeout.web.staffing.models.runs import StaffingOffice
from closeout.web.staffing.results import office_result

if TYPE_CHECKING:
    from closeout.web.staffing.models.runs import StaffingRun
    from closeout.web.staffing.results import OfficeResult
    from closeout.workload.figures import DutyHours, Week


@dataclass(frozen=True, slots=True)
class ActivityDemand:
    """One activity of an office over all dockets; hours a month, None where a docket has no figure."""

    activity: str
    title: str
    owed: float
    done: float
    minutes: float | None
    hours: float | None
    grade: str
    reason: str
    lines: tuple[DutyHours, ...]


@dataclass(frozen=True, slots=True)
class OfficeStaffing:
    """What the page of one office shows."""

    office_id: str
    label: str
    result: OfficeResult
    demand: tuple[ActivityDemand, ...]
    orphaned: int
    """Officers with cases and no hours."""


def office_staffing(run: StaffingRun, office_id: str) -> OfficeStaffing | None:
    """Return an office's part of a run; None where the run does not know the office."""
    row = StaffingOffice.objects.filter(run=run, office_id=office_id).first()
    if row is None:
        return None
    result = office_result(row)
    return OfficeStaffing(
        office_id=row.office_id,
        label=row.label,
        result=result,
        demand=demand_of(result),
        orphaned=sum(bool(one.state) for one in result.officers),
    )


def demand_of(result: OfficeResult) -> tuple[ActivityDemand, ...]:
    """Return an office's demand by activity, by title, each over its dockets."""
    by_activity: dict[str, list[DutyHours]] = {}
    for line in result.duties:
        by_activity.setdefault(line.activity, []).append(line)
    made = (_activity(lines) for lines in by_activity.values())
    return tuple(sorted(made, key=lambda one: (one.title, one.activity)))


def _activity(lines: list[DutyHours]) -> ActivityDemand:
    first = lines[0]
    hours = [line.hours for line in lines]
    return ActivityDemand(
        activity=first.activity,
        title=activity_title(first.activity),
        owed=sum(line.owed for line in lines),
        done=sum(line.done for line in lines),
        minutes=first.minutes,
        hours=None if None in hours else sum(hour for hour in hours if hour is not None),
        grade=str(first.grade),
        reason=first.reason,
        lines=tuple(lines),
    )


def week_rows(weeks: tuple[Week, ...]) -> list[dict[str, Any]]:
    """Return the weeks with the share of paid hours that is left for cases, 0-1; None of no paid hours."""
    return [{"week": each, "share": each.case / each.paid if each.paid else None} for each in weeks]
