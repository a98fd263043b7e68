"""The administrator's first screen: does the site run as it should?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from closeout.reading.countwords import counted
from closeout.web.accounts.models import User
from closeout.web.casework.models import Load
from closeout.web.home.panels import MOST, Panel, Row, Screen
from closeout.web.jobs.models import Job, JobState

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.jobs.models import JobQuerySet


def administrator(user: User, today: date) -> Screen:
    """Return the jobs that failed or run, the records that are loaded, and the accounts that end soon."""
    del user
    failed = _jobs(
        "failed", "Jobs that failed", Job.objects.filter(state=JobState.FAILED, reruns=None), "No job failed."
    )
    running = _jobs("running", "Jobs waiting or running", Job.objects.unfinished(), "Nothing waits or runs.")
    load = Load.objects.filter(is_current=True).first()
    records = f"records as of {load.as_of}" if load else "no records loaded"
    answer = f"{counted(failed.total, 'job')} failed, {running.total:,} waiting or running; {records}."
    return Screen(
        "Administration",
        "Does the site run as it should?",
        answer,
        (failed, running, _ended(today), _places()),
    )


def _jobs(name: str, title: str, rows: JobQuerySet, nothing: str) -> Panel:
    said = tuple(
        Row(
            job.title,
            reverse("jobs:job-detail", args=[job.pk]),
            f"{job.created_at:%Y-%m-%d}; {job.problem[:80]}" if job.problem else f"{job.created_at:%Y-%m-%d}",
            is_late=job.state == JobState.FAILED,
        )
        for job in rows[:MOST]
    )
    return Panel(name, title, said, rows.count(), nothing, href=reverse("jobs:job-list"), more="See all jobs")


def _ended(today: date) -> Panel:
    rows = User.objects.filter(is_active=True, active_until__lt=today).order_by("active_until", "username")
    return Panel(
        "accounts",
        "Accounts past their last day that are not deactivated",
        tuple(
            Row(row.username, reverse("people:person-detail", args=[row.pk]), f"until {row.active_until}")
            for row in rows[:MOST]
        ),
        rows.count(),
        "No account is past its last day.",
        href=reverse("people:person-list"),
        more="People and roles",
    )


def _places() -> Panel:
    rows = (
        Row("Records: what is loaded, and the day's work", reverse("casework:records")),
        Row("Audit log, and whether its chain is whole", reverse("audit:event-list")),
        Row("Integrity of the records", reverse("casework:integrity")),
    )
    return Panel("places", "Look after", rows, len(rows), "")
