"""What a weight rests on: the minutes that were recorded, by officer and week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncWeek

from closeout.web.casework.models import TimeEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet


def diary_weeks(
    activity: str, *, office_id: str | None, studies: Sequence[str] = ()
) -> QuerySet[TimeEntry, dict[str, Any]]:
    """Return the recorded minutes of an activity, one row an officer and week (its Monday).

    Args:
        activity: The activity's code.
        office_id: Where it was recorded; None for all offices.
        studies: Only what was collected for these studies; all if empty.

    Returns:
        Rows with `officer_id`, `office_id`, `week`, `entries`, `minutes` and `tasks` (None where no entry
        says), by staff number and week.

    """
    wanted = Q(activity=activity)
    if office_id is not None:
        wanted &= Q(office_id=office_id)
    if studies:
        wanted &= Q(study__in=studies)
    return (
        TimeEntry.objects.filter(wanted)
        .values("officer_id", "office_id", week=TruncWeek("worked_on"))
        .annotate(entries=Count("pk"), minutes_sum=Sum("minutes"), tasks_sum=Sum("tasks"))
        .order_by("officer_id", "week")
    )
