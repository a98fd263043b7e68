"""Where a recommendation stands in a capture, and what each sentence there does."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from closeout.reading.model import StatementKind
from closeout.web.recommendations.models.register import Recommendation, Report
from closeout.web.recommendations.models.rules import choices, known_value, whole_date, whole_span
from closeout.web.recommendations.models.sources import Capture


class Mention(models.Model):
    """One recommendation as it stands in one capture, before joining.

    `record` is the record as read, with a person's corrections applied; `is_current` is false
    once a newer extractor no longer reads it there; `is_rejected` once a person said that it
    is no recommendation.
    """

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, null=True, blank=True, related_name="mentions"
    )
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="mentions")
    index = models.PositiveIntegerField(help_text="place among the capture's records, from 0")
    record = models.JSONField()
    text_start = models.PositiveIntegerField(null=True, blank=True)
    text_end = models.PositiveIntegerField(null=True, blank=True)
    page = models.PositiveIntegerField(null=True, blank=True)
    is_current = models.BooleanField(default=True)
    is_rejected = models.BooleanField(default=False)

    class Meta:
        ordering = ("capture", "index")
        constraints = (
            models.UniqueConstraint(
                fields=["capture", "index"],
                condition=Q(is_current=True),
                name="mention_index_once_in_capture",
            ),
            whole_span("mention", "text_start", "text_end"),
            models.CheckConstraint(
                condition=Q(is_rejected=False) | Q(recommendation__isnull=True),
                name="mention_rejected_belongs_to_none",
            ),
        )

    def __str__(self) -> str:
        return f"{self.capture}, mention {self.index}"


class Statement(models.Model):
    """One thing said in a capture: of one recommendation, or of all of a report's.

    `mention` and `recommendation` are null for a sentence about all of them at once.
    """

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, null=True, blank=True, related_name="statements"
    )
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, null=True, blank=True, related_name="statements"
    )
    mention = models.ForeignKey(
        Mention, on_delete=models.PROTECT, null=True, blank=True, related_name="statements"
    )
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=20, choices=choices(StatementKind))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    page = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField()
    value = models.CharField(max_length=40, blank=True)
    printed = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=200, blank=True)
    said_on_edtf = models.CharField(max_length=40, blank=True)
    said_on_earliest = models.DateField(null=True, blank=True)
    said_on_latest = models.DateField(null=True, blank=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ("capture", "start", "pk")
        constraints = (
            known_value("statement", "kind", StatementKind),
            whole_span("statement"),
            whole_date("statement", "said_on"),
        )
        indexes = (models.Index(fields=["recommendation", "kind"], name="statement_rec_kind"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.text[:60]}"
