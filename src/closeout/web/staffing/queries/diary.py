"""What a weight rests on: the minutes that were recorded, by officer and week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Sum
from django.db.models.functions import TruncWeek

from closeout.web.casework.models import TimeEntry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class DiaryWeek:
    """What an officer recorded of one activity in one week, from its Monday.

    `tasks` is how many tasks the minutes cover; None where no entry says.
    """

    officer_no: str
    week: date
    entries: int
    minutes: int
    tasks: int | None


def diary_weeks(activity: str, *, office_id: str, studies: Sequence[str] = ()) -> list[DiaryWeek]:
    """Return the recorded minutes of an activity in an office, by staff number and week.

    Args:
        activity: The activity's code.
        office_id: Where it was recorded.
        studies: Only what was collected for these studies; all if empty.

    """
    entries = TimeEntry.objects.filter(activity=activity, office_id=office_id)
    if studies:
        entries = entries.filter(study__in=studies)
    rows = (
        entries.annotate(week=TruncWeek("worked_on"))
        .values_list("officer_id", "week")
        .annotate(entries=Count("pk"), all_minutes=Sum("minutes"), all_tasks=Sum("tasks"))
        .order_by("officer_id", "week")
    )
    return [DiaryWeek(*row) for row in rows]
