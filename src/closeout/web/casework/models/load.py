"""Which snapshots were loaded, and how far: what makes a load that was killed go on where it was.

A row of `LoadChunk` is written in the transaction that writes the chunk's rows. So a chunk is either there
with its row in this ledger, or neither is.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Load(models.Model):
    """One snapshot brought into the database; unfinished while `finished_at` is empty."""

    digest = models.CharField(max_length=64)
    """SHA-256 over the manifest: another snapshot has another."""
    as_of = models.DateField()
    source = models.CharField(max_length=200)
    rows = models.BigIntegerField()
    taken_away = models.JSONField(default=list)
    """Statements that put back the indexes and foreign keys that were dropped for the load, in order."""
    is_current = models.BooleanField(default=True)
    """The one whose rows are in the database; at most one is."""
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=models.Q(is_current=True), name="load_one_current"
            )
        ]

    def __str__(self) -> str:
        return f"snapshot {self.digest[:12]} as of {self.as_of}"


class LoadChunk(models.Model):
    """One row group of one file that is in the database."""

    load = models.ForeignKey(Load, models.CASCADE, related_name="chunks")
    table = models.CharField(max_length=64)
    part = models.CharField(max_length=200)
    row_group = models.PositiveIntegerField()
    rows = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["load", "part", "row_group"], name="load_chunk_once")]

    def __str__(self) -> str:
        return f"{self.part} {self.row_group}"
