"""What the worker process does with a job."""

from __future__ import annotations

import logging

from django.utils import timezone
from django_tasks import task

from closeout.web.jobs.kinds import find_kind
from closeout.web.jobs.models import LOST, Job, JobState
from closeout.web.jobs.progress import JobCanceledError, Progress

logger = logging.getLogger(__name__)


@task()
def run_job(job_id: int) -> None:
    """Do a job's work and write down how it ended; a job that no longer waits is left alone."""
    now = timezone.now()
    claimed = Job.objects.filter(pk=job_id, state=JobState.WAITING).update(
        state=JobState.RUNNING, started_at=now, heard_at=now
    )
    if not claimed:
        return
    job = Job.objects.get(pk=job_id)
    try:
        result = find_kind(job.kind).run(Progress(job.pk), job.params)
    except JobCanceledError:
        _end(job.pk, JobState.CANCELED)
    except SystemExit:
        # The worker was told to stop and would not wait for the job's end.
        _end(job.pk, JobState.FAILED, problem=LOST)
        raise
    except Exception as error:
        # Whatever went wrong, the page must not show the job as running for ever.
        _end(job.pk, JobState.FAILED, problem=f"{type(error).__name__}: {error}")
        logger.exception("job %s failed", job.pk)
        raise
    else:
        _end(job.pk, JobState.DONE, result=result)


def _end(job_id: int, state: JobState, *, result: object = None, problem: str = "") -> None:
    Job.objects.filter(pk=job_id).update(
        state=state, result=result, problem=problem, finished_at=timezone.now()
    )
