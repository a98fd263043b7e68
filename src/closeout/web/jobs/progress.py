"""How a running job says how far it is, and learns that it should stop."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.utils import timezone

from closeout.web.jobs.models import Job, JobLine

if TYPE_CHECKING:
    from collections.abc import Callable

WRITE_SECONDS = 0.5
_LINE_LENGTH = 500
_NOTE_LENGTH = 300


class JobCanceledError(Exception):
    """Somebody asked the job to stop."""


class Progress:
    """The handle a kind of work is given.

    Steps are written at most twice a second, so that work on thousands of small things is not
    slowed by telling of it; lines of the log are written at once.
    """

    def __init__(self, job_id: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._job_id = job_id
        self._clock = clock
        self._written_at = float("-inf")

    @property
    def job_id(self) -> int:
        """Return the key of the job whose handle this is."""
        return self._job_id

    def advance(self, done: int, total: int | None = None, *, note: str = "") -> None:
        """Say how many steps are done.

        Args:
            done: Steps done so far, from 0.
            total: Steps in all; None while that is not known.
            note: What is being done now, in a few words.

        Raises:
            JobCanceledError: Somebody asked the job to stop.

        """
        now = self._clock()
        if now - self._written_at < WRITE_SECONDS and done != total:
            return
        self._written_at = now
        self._write(
            steps_done=done if total is None else min(done, total),
            steps_total=total,
            note=note[:_NOTE_LENGTH],
        )

    def tell(self, text: str) -> None:
        """Add a line to the job's log.

        Raises:
            JobCanceledError: Somebody asked the job to stop.

        """
        JobLine.objects.create(job_id=self._job_id, text=text[:_LINE_LENGTH])
        self._write()

    def _write(self, **fields: object) -> None:
        jobs = Job.objects.filter(pk=self._job_id)
        jobs.update(heard_at=timezone.now(), **fields)
        if jobs.filter(is_cancel_asked=True).exists():
            raise JobCanceledError
