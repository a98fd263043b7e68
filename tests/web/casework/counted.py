"""What Office shows, counted in plain Python from the rows of the duty table."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from closeout.web.casework.models import Duty
from closeout.web.casework.queries.office import PERIOD_DAYS, DutyLine
from closeout.web.casework.queries.unit import Share

if TYPE_CHECKING:
    from datetime import date


def plain_lines(office_id: str, today: date) -> list[DutyLine]:
    """Return a line for each duty of an office, one row at a time."""
    rows = list(Duty.objects.as_of(today).filter(office_id=office_id).order_by("duty"))
    return [_line(duty, list(found), today) for duty, found in groupby(rows, key=lambda row: row.duty)]


def _line(duty: str, rows: list[Duty], today: date) -> DutyLine:
    period = range(1, PERIOD_DAYS + 1)
    moving = [row for row in rows if row.is_open and row.state != "on_hold"]
    late = [row for row in moving if row.overdue_from and row.overdue_from <= today]
    late_keys = {row.pk for row in late}
    ended = [
        row for row in rows if row.state in {"done", "done_late"} or row.is_missed or row.pk in late_keys
    ]
    fell_due = [row for row in ended if row.last_day and (today - row.last_day).days in period]
    ahead = [row for row in moving if row.overdue_from and row.opens_on and row.overdue_from > today]
    subjects = {row.subject for row in rows if row.is_open}
    behind = {row.subject for row in late}
    oldest = min((row.due_on for row in late if row.due_on), default=None)
    return DutyLine(
        duty=duty,
        timeliness=Share(sum(row.state == "done" for row in fell_due), len(fell_due)),
        currency=Share(len(subjects - behind), len(subjects)),
        backlog=len(late),
        oldest_days=(today - oldest).days if oldest else None,
        upcoming=sum(row.opens_on > today for row in ahead),
        due=sum(row.opens_on <= today for row in ahead),
        on_hold=sum(row.is_open and row.state == "on_hold" for row in rows),
        no_basis=sum(row.state == "no_basis" for row in rows),
    )


def days_around(today: date) -> list[date]:
    """Return days on which nothing is worked out anew: the counts move with the calendar alone."""
    return [today + timedelta(days=days) for days in (-1, 0, 1, 5, 20, 61)]
