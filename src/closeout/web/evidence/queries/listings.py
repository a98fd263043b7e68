"""The rows behind a figure as they are kept, and the job that looks them up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from closeout.web.evidence.models import ListingPage, RowListing
from closeout.web.jobs.models import Job, JobState

if TYPE_CHECKING:
    from typing import Any

    from closeout.web.evidence.models import AssessedMeasure

KIND = "evidence.rows"
_DAYS = ("day", "began_on", "ended_on")


@dataclass(frozen=True, slots=True)
class Row:
    """One row behind a figure, as `closeout.evidence.measures.run_rows.Row` found it.

    That one is not named here: it brings the engines, which no page needs.
    """

    what: str
    key: str
    sequence: int
    case_no: str | None
    office_id: str | None
    day: date | None
    began_on: date | None
    ended_on: date | None
    state: str
    counts: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page of rows shows: a listing with one page of it, or the newest job that looks it up.

    `job` waits or runs, or ended without a listing.
    """

    listing: RowListing | None
    job: Job | None
    rows: tuple[Row, ...] = ()

    @property
    def is_running(self) -> bool:
        """Say whether the rows are being looked up."""
        return self.job is not None and not self.job.is_finished


def listing_of(measure: AssessedMeasure, office: str, after: str) -> RowListing | None:
    """Return the rows that were looked up; None where nobody asked."""
    return RowListing.objects.filter(measure=measure, office_id=office, after=after).first()


def job_of(measure: AssessedMeasure, office: str, after: str) -> Job | None:
    """Return the job that looks rows up now; None where none does."""
    job = newest_job(measure, office, after)
    return job if job is not None and not job.is_finished else None


def newest_job(measure: AssessedMeasure, office: str, after: str) -> Job | None:
    """Return the newest job for some rows, however it ended."""
    asked = {"measure": measure.pk, "office": office, "after": after}
    # Compared here: databases do not agree on when two JSON values are the same.
    jobs = Job.objects.filter(kind=KIND, params__measure=measure.pk)
    return next((job for job in jobs if job.params == asked), None)


def shown_rows(measure: AssessedMeasure, office: str, after: str, number: int) -> Shown:
    """Return one page of rows, from 1; past the last page there are none."""
    listing = listing_of(measure, office, after)
    if listing is not None:
        page = ListingPage.objects.filter(listing=listing, number=number).first()
        return Shown(listing, None, tuple(map(_row, page.rows)) if page else ())
    job = newest_job(measure, office, after)
    return Shown(None, job if job is not None and job.state != JobState.DONE else None)


def _row(said: dict[str, Any]) -> Row:
    days = {name: date.fromisoformat(said[name]) if said[name] else None for name in _DAYS}
    return Row(**{**said, **days})
