"""The hours of an office's posts in the newest run, for the page Unit."""

from __future__ import annotations

from django.urls import reverse

from closeout.web.casework.queries.posts import Post, Posts
from closeout.web.staffing.models.runs import StaffingOffice
from closeout.web.staffing.results import read
from closeout.workload.figures import OfficerHours


def newest_posts(office_id: str) -> Posts | None:
    """Return the posts of an office as last worked out with observed weights; None if they never were."""
    row = (
        StaffingOffice.objects.filter(office_id=office_id, run__kind="observed")
        .select_related("run")
        .defer("run__result")
        .order_by("-run_id")
        .first()
    )
    if row is None:
        return None
    officers = (read(OfficerHours, one) for one in row.result["officers"])
    return Posts(
        as_of=row.run.as_of,
        href=reverse("staffing:office-detail", args=[office_id]) + "#officers",
        by_officer={one.officer_no: _post(one) for one in officers},
    )


def _post(one: OfficerHours) -> Post:
    return Post(
        hours_available=one.hours_available,
        utilization=one.utilization,
        low=one.interval.low if one.interval else None,
        high=one.interval.high if one.interval else None,
        is_orphaned=bool(one.state),
    )
