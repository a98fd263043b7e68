"""Start, cancel and repeat background work."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from closeout.web.accounts.permissions import Permission, may, require
from closeout.web.audit import actions as audit
from closeout.web.jobs.kinds import find_kind
from closeout.web.jobs.models import LOST, Job, JobState
from closeout.web.jobs.tasks import run_job

if TYPE_CHECKING:
    from datetime import timedelta

    from closeout.web.accounts.models import User


class JobFinishedError(Exception):
    """The job has ended, so it cannot be canceled."""


class JobNotFinishedError(Exception):
    """The job still waits or runs, so it cannot be run again."""


def check_sees(user: User, job: Job) -> None:
    """Raise PermissionDenied unless the job is the user's own or the user may see all jobs."""
    if job.requested_by_id != user.pk:
        require(user, Permission.JOB_READ)


def may_steer(user: User, job: Job) -> bool:
    """Say whether the user may cancel the job or run it again."""
    return job.requested_by_id == user.pk or may(user, Permission.JOB_RUN)


def _require_steer(user: User, job: Job) -> None:
    if not may_steer(user, job):
        raise PermissionDenied(Permission.JOB_RUN.value)


@transaction.atomic
def start_job(*, by: User, kind: str, title: str, params: dict[str, Any]) -> Job:
    """Put work in the queue and return its job; it starts when the transaction has ended.

    Args:
        by: Who asks; needs the kind's own permission.
        kind: Name the work is registered under (`kinds.job_kind`).
        title: What it does, as the jobs page shows it.
        params: What the work is given, as plain JSON.

    Raises:
        UnknownKindError: No such work is registered.

    """
    require(by, find_kind(kind).permission)
    job = Job.objects.create(kind=kind, title=title, params=params, requested_by=by)
    audit.record(by=by, action="job.start", target=job, after={"kind": kind, "title": title})
    transaction.on_commit(partial(run_job.enqueue, job.pk))
    return job


@transaction.atomic
def cancel_job(*, by: User, job_id: int) -> Job:
    """Ask a job to stop: one that waits ends now, one that runs at its next step.

    Raises:
        JobFinishedError: There is nothing left to stop.

    """
    job = Job.objects.select_for_update().get(pk=job_id)
    _require_steer(by, job)
    if job.is_finished:
        raise JobFinishedError(str(job))
    before, job.is_cancel_asked = job.state, True
    if job.state == JobState.WAITING:
        job.state, job.finished_at = JobState.CANCELED, timezone.now()
    job.save(update_fields=["is_cancel_asked", "state", "finished_at"])
    audit.record(by=by, action="job.cancel", target=job, before={"state": before}, after={"state": job.state})
    return job


@transaction.atomic
def run_again(*, by: User, job_id: int) -> Job:
    """Put a finished job's work in the queue once more, as a new job, and return that.

    Raises:
        JobNotFinishedError: The job still waits or runs.

    """
    old = Job.objects.select_for_update().get(pk=job_id)
    _require_steer(by, old)
    require(by, find_kind(old.kind).permission)
    if not old.is_finished:
        raise JobNotFinishedError(str(old))
    job = Job.objects.create(kind=old.kind, title=old.title, params=old.params, requested_by=by, rerun_of=old)
    audit.record(by=by, action="job.rerun", target=job, after={"rerun_of": old.pk, "kind": old.kind})
    transaction.on_commit(partial(run_job.enqueue, job.pk))
    return job


@transaction.atomic
def fail_lost_jobs(*, silent_for: timedelta) -> int:
    """Mark as failed the running jobs that nothing was heard of for a time; return how many."""
    now = timezone.now()
    lost = list(Job.objects.select_for_update().silent_since(now - silent_for))
    for job in lost:
        job.state, job.finished_at, job.problem = JobState.FAILED, now, LOST
        job.save(update_fields=["state", "finished_at", "problem"])
        audit.record(by=audit.SYSTEM, action="job.lose", target=job, after={"state": job.state})
    return len(lost)
