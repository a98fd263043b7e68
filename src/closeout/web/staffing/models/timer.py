"""The timer of an officer who records time: the server keeps when it was started."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class RunningTimer(models.Model):
    """A timer that runs; stopping it makes a time entry and removes it."""

    officer_no = models.CharField(max_length=64, primary_key=True)
    """One officer has one; the staff number, not a reference: loading a snapshot must not meet it."""
    activity = models.CharField(max_length=64)
    started_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.officer_no} at {self.activity}"
