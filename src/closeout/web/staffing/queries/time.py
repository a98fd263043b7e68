"""My time: what an officer recorded on a day, in its week, and what runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Max, Sum
from django.utils import timezone

from closeout.web.audit.models import Event
from closeout.web.casework.actions.terms import UNDO_MINUTES
from closeout.web.casework.models import TimeEntry
from closeout.web.casework.queries.week import WORKING_DAYS, Week, week_of
from closeout.web.staffing.activities import activity_title
from closeout.web.staffing.models.timer import RunningTimer
from closeout.web.staffing.queries.sampled import moments_of, sample_of

if TYPE_CHECKING:
    from closeout.web.accounts.models import User
    from closeout.web.casework.models import Officer
    from closeout.web.staffing.models import StudySample

RECORD, CHANGE = "time.record", "time.change"
"""What the audit log calls the two steps that can be taken back."""
USUAL = 8
USUAL_DAYS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the day; `event` is what can be taken back, None when ten minutes are over."""

    entry: TimeEntry
    title: str
    event: int | None


@dataclass(frozen=True, slots=True)
class Running:
    """The timer that runs: since when, and for how many whole minutes."""

    activity: str
    title: str
    started_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class MyTime:
    """What the page shows. Minutes, but for `contracted_hours` of the day."""

    day: date
    first: date
    today: date
    lines: tuple[Line, ...]
    minutes: int
    contracted_hours: float
    week: Week
    week_minutes: tuple[tuple[date, int], ...]
    running: Running | None
    sample: StudySample | None
    moment: StudySample | None
    """Where no diary is asked for: the first moment at which a study asks in this week."""
    last: TimeEntry | None
    last_title: str
    usual: tuple[tuple[str, str], ...]

    @property
    def previous_day(self) -> date | None:
        """Return the day before; None where the officer had not joined."""
        return self.day - timedelta(days=1) if self.day > self.first else None

    @property
    def next_day(self) -> date | None:
        """Return the day after; None where that is in the future."""
        return self.day + timedelta(days=1) if self.day < self.today else None


def my_time(officer: Officer, user: User, day: date, today: date) -> MyTime:
    """Return what an officer recorded on a day, and what helps to record more.

    Args:
        officer: Whose time.
        user: The officer's account, which took the steps that can be taken back.
        day: The day shown.
        today: Today where the officer works.

    """
    week = week_of(officer, day)
    entries = TimeEntry.objects.filter(officer=officer, worked_on=day).order_by("pk")
    steps = _undoable(user)
    lines = tuple(
        Line(one, activity_title(one.activity), steps.get((str(one.pk), one.row_version))) for one in entries
    )
    last = TimeEntry.objects.filter(officer=officer, row_source="entered").order_by("-pk").first()
    sample = sample_of(officer, day)
    return MyTime(
        day=day,
        first=officer.active_from,
        today=today,
        lines=lines,
        minutes=sum(line.entry.minutes for line in lines),
        contracted_hours=week.contracted / WORKING_DAYS if day.weekday() < WORKING_DAYS else 0.0,
        week=week,
        week_minutes=_week(officer, week.from_on),
        running=_running(officer),
        sample=sample,
        moment=None if sample else moments_of(officer, day),
        last=last,
        last_title=activity_title(last.activity) if last else "",
        usual=_usual(officer, today),
    )


def _undoable(user: User) -> dict[tuple[str, int], int]:
    """Return the steps of the last ten minutes by the entry they wrote and the version it had then."""
    since = timezone.now() - timedelta(minutes=UNDO_MINUTES)
    steps = Event.objects.filter(actor=user.username, at__gte=since, action__in=(RECORD, CHANGE))
    return {
        (step.object_id, (step.after or {}).get(f"time_entries/{step.object_id}/row_version", 0)): step.seq
        for step in steps
    }


def _week(officer: Officer, monday: date) -> tuple[tuple[date, int], ...]:
    """Return the minutes recorded on each day of a week, Monday first."""
    found = TimeEntry.objects.filter(officer=officer, worked_on__range=(monday, monday + timedelta(days=6)))
    by_day = dict(found.values_list("worked_on").annotate(sum=Sum("minutes")).order_by())
    days = (monday + timedelta(days=offset) for offset in range(7))
    return tuple((day, by_day.get(day, 0)) for day in days)


def _running(officer: Officer) -> Running | None:
    timer = RunningTimer.objects.filter(pk=officer.pk).first()
    if timer is None:
        return None
    minutes = int((timezone.now() - timer.started_at).total_seconds() // 60)
    return Running(timer.activity, activity_title(timer.activity), timer.started_at, max(0, minutes))


def _usual(officer: Officer, today: date) -> tuple[tuple[str, str], ...]:
    """Return the activities the officer recorded last, newest first, with their titles."""
    recent = TimeEntry.objects.filter(
        officer=officer, worked_on__range=(today - timedelta(days=USUAL_DAYS), today)
    )
    newest = recent.values_list("activity").annotate(last=Max("pk")).order_by("-last")[:USUAL]
    return tuple((code, activity_title(code)) for code, _ in newest)
