"""The office director's first screen: does my office do what it owes, and has it the hours?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from closeout.web.casework.models import Office
from closeout.web.evidence.queries.results import measured_of
from closeout.web.evidence.queries.runs import shown_run
from closeout.web.home.first.measures import OFF_TARGET, not_assessed, off_target
from closeout.web.home.panels import Panel, Row, Screen, off_target_words
from closeout.web.staffing.models import StaffingOffice

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User


def director(user: User, today: date) -> Screen:
    """Return how the office that somebody leads stands in every measure, and its hours."""
    office = Office.objects.filter(pk=user.office).first() if user.office else None
    run = shown_run(today).run
    measured = measured_of(run, office=office.pk).values() if run and office else []
    found = [
        (each, result) for each in measured for result in each.offices if result.office_id == user.office
    ]
    off = sum(result.verdict in OFF_TARGET for _, result in found)
    if office is None:
        answer = f"Your account's office, “{user.office or 'not set'}”, is none that the records know."
    elif run is None:
        answer = "Nothing has been assessed yet; the audit liaison or a program manager asks for it."
    else:
        answer = f"{off_target_words(off, len(found), f'of {office.label}')}, as of {run.as_of}."
    return Screen(
        office.label if office else "Office",
        "Does your office do what it owes, and has it the hours?",
        answer,
        (
            off_target(found, title="Off target", nothing="No measure of your office is off target."),
            _hours(office),
            not_assessed(found),
        ),
    )


def _hours(office: Office | None) -> Panel:
    row = (
        StaffingOffice.objects.filter(office_id=office.pk, run__kind="observed").order_by("-run_id").first()
        if office
        else None
    )
    said: tuple[Row, ...] = ()
    if office and row:
        page = reverse("staffing:office-detail", args=[office.pk])
        gap = row.gap_fte
        words = row.reason or "no figure"
        if gap is not None:
            words = f"short by {gap:.1f} officers" if gap > 0 else f"{-gap:.1f} officers to spare"
        said = (
            Row("Hours and need", page, words, is_late=gap is not None and gap > 0),
            Row("Duties done in time", reverse("casework:office-detail", args=[office.pk])),
            Row("Officers, and what waits for you", reverse("casework:unit")),
        )
    return Panel(
        "hours", "Hours and people", said, len(said), "No need has been worked out for your office yet."
    )
