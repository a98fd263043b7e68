"""The job that submits a dossier: whether one waits or runs, and how the newest ended."""

from __future__ import annotations

from dataclasses import dataclass

from closeout.web.jobs.models import Job, JobState
from closeout.web.recommendations.models import ClosureRequest

KIND = "evidence.dossier"


@dataclass(frozen=True, slots=True)
class Submission:
    """A dossier's newest job without a request to close: it waits, runs, failed or was stopped."""

    job: Job

    @property
    def is_running(self) -> bool:
        """Say whether the dossier is being submitted."""
        return not self.job.is_finished

    @property
    def why(self) -> str:
        """Return why it failed, in words; empty where it did not."""
        if self.job.state != JobState.FAILED:
            return ""
        error, _, words = self.job.problem.partition(": ")
        return words if error.isidentifier() and words else self.job.problem


def submission_of(recommendation_id: int) -> Submission | None:
    """Return what has come of submitting a dossier; None where nobody did, or it was submitted since."""
    job = Job.objects.filter(kind=KIND, params__recommendation=recommendation_id).first()
    if job is None or job.state == JobState.DONE:
        return None
    later = ClosureRequest.objects.filter(recommendation=recommendation_id, requested_at__gt=job.created_at)
    return None if job.is_finished and later.exists() else Submission(job)
