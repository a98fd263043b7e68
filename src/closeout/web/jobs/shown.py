"""Which run of repeated work the pages show, and what is being worked out anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from closeout.web.jobs.models import Job, JobState

if TYPE_CHECKING:
    from datetime import date, datetime


AnyRun = TypeVar("AnyRun")


@dataclass(frozen=True, slots=True)
class Shown(Generic[AnyRun]):
    """The run a page shows, and the newest attempt where that is another one.

    `attempt` is a job that waits or runs, or that failed or was canceled after the run was kept; `as_of` the
    day on which the records stood as the run shows them, None without a run.
    """

    run: AnyRun | None
    attempt: Job | None
    today: date
    as_of: date | None

    @property
    def is_running(self) -> bool:
        """Say whether it is being worked out anew."""
        return self.attempt is not None and not self.attempt.is_finished

    @property
    def age_days(self) -> int:
        """Return how many days ago the records stood as the run shows them."""
        return (self.today - self.as_of).days if self.as_of else 0


def newest_attempt(kind: str, *, kept_at: datetime | None) -> Job | None:
    """Return the newest job of a kind, if it came after what was kept last and nothing came of it yet."""
    job = Job.objects.filter(kind=kind).first()
    is_newer = job is not None and (kept_at is None or job.created_at > kept_at)
    return job if job is not None and job.state != JobState.DONE and is_newer else None
