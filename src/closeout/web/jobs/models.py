"""A job: what is being done in the background, how far it is, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

if TYPE_CHECKING:
    from datetime import datetime, timedelta


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELED = "canceled", "Canceled"


LOST = "The worker stopped before the job had finished. Run it again."
UNFINISHED = (JobState.WAITING, JobState.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    """Reads jobs."""

    def unfinished(self) -> Self:
        """Return the jobs that wait or run."""
        return self.filter(state__in=UNFINISHED)

    def silent_since(self, instant: datetime) -> Self:
        """Return the running jobs that have said nothing since an instant: their worker is gone."""
        return self.filter(state=JobState.RUNNING, heard_at__lt=instant)


class Job(models.Model):
    """One piece of background work that somebody asked for."""

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=JobState, default=JobState.WAITING)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs")
    is_cancel_asked = models.BooleanField(default=False)
    steps_done = models.PositiveIntegerField(default=0)
    steps_total = models.PositiveIntegerField(null=True)
    note = models.CharField(max_length=300, blank=True)
    result = models.JSONField(null=True)
    problem = models.TextField(blank=True)
    rerun_of = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="reruns")
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=UNFINISHED, finished_at__isnull=True)
                | (~Q(state__in=UNFINISHED) & Q(finished_at__isnull=False)),
                name="job_finished_at_iff_finished",
            ),
            models.CheckConstraint(
                condition=Q(steps_total__isnull=True) | Q(steps_done__lte=F("steps_total")),
                name="job_steps_done_within_total",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_finished(self) -> bool:
        """Say whether nothing more will happen to this job."""
        return self.state not in UNFINISHED

    @property
    def percent(self) -> int | None:
        """Return how much is done, 0-100 rounded down; None while the total is not known."""
        return 100 * self.steps_done // self.steps_total if self.steps_total else None

    @property
    def done_words(self) -> str:
        """Return how far it is: "12 of 40", or "all" where what is done had no steps; empty before any."""
        total = self.steps_total
        if self.state == JobState.DONE and not total:
            return f"{self.steps_done:,} of {self.steps_done:,}" if self.steps_done else "all"
        if total is None:
            return f"{self.steps_done:,}" if self.steps_done else ""
        return f"{self.steps_done:,} of {total:,}"

    @property
    def lasted(self) -> timedelta | None:
        """Return how long the job ran; None when it has not finished or never started."""
        if self.started_at is None or self.finished_at is None:
            return None
        return self.finished_at - self.started_at

    @property
    def lasted_words(self) -> str:
        """Return how long the job ran, as "2 min 5 s"; empty when it has not."""
        if self.lasted is None:
            return ""
        minutes, seconds = divmod(max(1, round(self.lasted.total_seconds())), 60)
        return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"

    @property
    def link(self) -> str:
        """Return the address of what came of the job; empty where there is none."""
        return str(self.result.get("link", "")) if isinstance(self.result, dict) else ""

    @property
    def facts(self) -> list[tuple[str, object]]:
        """Return what came of the job, label by label, without the link."""
        result = self.result if isinstance(self.result, dict) else {}
        return [(name, value) for name, value in result.items() if name not in {"link", "link_text"}]


class JobLine(models.Model):
    """One line of a job's log."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="lines")
    at = models.DateTimeField(default=timezone.now)
    text = models.CharField(max_length=500)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text
