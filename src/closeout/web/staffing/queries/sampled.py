"""Whether a time study asks an officer to record a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from closeout.web.staffing.models import StudySample

if TYPE_CHECKING:
    from closeout.web.casework.models import Officer

ASKS = ("asked", "recorded")


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def sample_of(officer: Officer, day: date) -> StudySample | None:
    """Return what a diary study asks of an officer in the week of a day; None where none does.

    Of several studies in one week the one with the first code is meant: minutes are recorded once.
    """
    return _asked(officer, day, "diary")


def moments_of(officer: Officer, day: date) -> StudySample | None:
    """Return the first moment at which a study asks an officer in the week of a day; None where none does."""
    return _asked(officer, day, "random_moment")


def _asked(officer: Officer, day: date, design: str) -> StudySample | None:
    asked = StudySample.objects.filter(
        officer=officer, week_from=monday_of(day), study__design=design, state__in=ASKS
    )
    asked = asked.exclude(study__state="cancelled").select_related("study")
    return asked.order_by("study_id", "asked_at").first()


def study_of(officer: Officer, day: date) -> str | None:
    """Return the code of the study that minutes of a day belong to; None where no study asks."""
    sample = sample_of(officer, day)
    if sample is None or not sample.study.from_on <= day <= sample.study.to_on:
        return None
    return sample.study_id
