"""What a check of one time study's entries finds: those no weight rests on, and weeks to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from closeout.records.snapshot import arrow_schema
from closeout.web.casework.models import Officer, TimeEntry
from closeout.web.staffing.activities import activities
from closeout.web.staffing.models import StudySample
from closeout.workload.study.check import check_studies
from closeout.workload.study.faults import WHY, Fault
from closeout.workload.study.read import Records

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from closeout.web.staffing.models import TimeStudy

AT_ONCE = 100_000
"""Entries checked while a page is opened; more are checked when that is asked for."""
NAMED = 20
"""Officers' days or weeks named under each fault."""
_RENAMED = {"officer_no": "officer_id", "case_no": "case_id"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found: an officer's day, or the week from a Monday, and its minutes."""

    officer_no: str
    day: date
    minutes: int | None
    """Recorded that day in the entries found; None for a week."""
    entries: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one fault."""

    fault: str
    why: str
    """What it means and what to do, as a sentence."""
    is_used: bool
    """Whether the entries count all the same: the weeks are to be looked at."""
    count: int
    """Entries that are not used; weeks where they are."""
    places: tuple[Place, ...]
    """The first by officer and day."""
    more: int
    """Days or weeks beyond those."""


@dataclass(frozen=True, slots=True)
class StudyCheck:
    """What a check of a study found."""

    entries: int
    used: int
    findings: tuple[Finding, ...]


def entries_of(study: TimeStudy) -> QuerySet[TimeEntry]:
    """Return the entries of a study."""
    return TimeEntry.objects.filter(study=study.pk)


def checked(study: TimeStudy) -> StudyCheck:
    """Return what `closeout study check` finds in one study, as the records are now.

    A day's hours are those recorded for this study.
    """
    entries = _frame("time_entries", entries_of(study), _ENTRIES)
    found = check_studies(_records(study, entries), activities().values())
    refused = [
        _finding(str(fault), rows.rename({"worked_on": "day"}), len(rows), is_used=False)
        for (fault,), rows in found.refused.group_by("fault")
    ]
    flags = [
        _finding(str(fault), rows.rename({"week": "day"}).with_columns(minutes=None), len(rows), is_used=True)
        for (fault,), rows in found.flags.group_by("fault")
    ]
    findings = tuple(sorted((*refused, *flags), key=lambda one: (one.is_used, one.fault)))
    return StudyCheck(len(entries), len(found.good), findings)


def _finding(fault: str, rows: pl.DataFrame, count: int, *, is_used: bool) -> Finding:
    by_day = (
        rows.group_by("officer_no", "day")
        .agg(minutes=pl.col("minutes").sum(), entries=pl.len())
        .sort("officer_no", "day")
    )
    places = tuple(
        Place(officer, day, None if is_used else minutes, entries)
        for officer, day, minutes, entries in by_day.head(NAMED).iter_rows()
    )
    why = WHY[Fault(fault)]
    said = f"{why[:1].upper()}{why[1:]}."
    return Finding(fault, said, is_used, count, places, max(0, len(by_day) - NAMED))


_ENTRIES = (
    "entry_id", "officer_no", "office_id", "worked_on", "activity", "minutes", "case_no", "tasks", "study",
)  # fmt: skip
_OFFICERS = ("officer_no", "office_id", "unit_id", "role", "active_from", "active_to", "contracted_hours")
_SAMPLES = ("sample_id", "study_id", "officer_no", "office_id", "week_from", "asked_at", "state")


def _records(study: TimeStudy, entries: pl.DataFrame) -> Records:
    """Return the study as the check reads one; it looks at neither moments nor adjustments."""
    samples = StudySample.objects.filter(study=study)
    days = {"study_id": [study.pk], "from_on": [study.from_on], "to_on": [study.to_on]}
    return Records(
        entries=entries,
        studies=pl.DataFrame(days),
        samples=_frame("study_samples", samples, _SAMPLES),
        officers=_frame("officers", Officer.objects.all(), _OFFICERS, {"officer_no": "pk"}),
        moments=_empty("study_moments"),
        changes=_empty("activity_changes"),
        answers=_empty("sufficiency_answers"),
        estimates=_empty("delphi_estimates"),
        adjustments=_empty("weight_adjustments"),
    )


def _empty(table: str) -> pl.DataFrame:
    return pl.DataFrame(arrow_schema(table).empty_table())


def _frame(
    table: str, rows: QuerySet[Any], names: tuple[str, ...], renamed: dict[str, str] | None = None
) -> pl.DataFrame:
    fields = [(_RENAMED | (renamed or {})).get(name, name) for name in names]
    schema = pl.DataFrame(arrow_schema(table).empty_table().select(list(names))).schema
    return pl.DataFrame(list(rows.order_by("pk").values_list(*fields)), schema=schema, orient="row")
