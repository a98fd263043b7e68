"""Which assessment the pages show, and what is being worked out now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.web.evidence.actions.runs import KIND
from closeout.web.evidence.models import AssessmentRun
from closeout.web.jobs.models import UNFINISHED, Job, JobState

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Shown:
    """The run a page shows, and the newest attempt where that is another one.

    `attempt` is a job that waits or runs, or that failed or was canceled after the run was kept.
    """

    run: AssessmentRun | None
    attempt: Job | None
    today: date

    @property
    def is_running(self) -> bool:
        """Say whether an assessment is being worked out."""
        return self.attempt is not None and self.attempt.state in UNFINISHED

    @property
    def age_days(self) -> int:
        """Return how many days ago the records stood as the run shows them."""
        return (self.today - self.run.as_of).days if self.run else 0


def shown_run(today: date) -> Shown:
    """Return the newest run, and the newest attempt if nothing came of it yet."""
    run = AssessmentRun.objects.select_related("requested_by").first()
    job = Job.objects.filter(kind=KIND).first()
    is_newer = job is not None and (run is None or job.created_at > run.finished_at)
    attempt = job if job is not None and job.state != JobState.DONE and is_newer else None
    return Shown(run, attempt, today)
