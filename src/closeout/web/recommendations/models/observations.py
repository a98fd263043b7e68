"""Dated observations of status, position, and promise: the history every state comes from."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from closeout.reading.model import AuditorStatus, Position, PromiseKind
from closeout.web.recommendations.models.mentions import Mention
from closeout.web.recommendations.models.register import Recommendation
from closeout.web.recommendations.models.rules import choices, known_value, whole_date, whole_span, within
from closeout.web.recommendations.models.sources import Capture

PERSON = settings.AUTH_USER_MODEL


class Observation(models.Model):
    """What a capture says, or a person recorded, about one recommendation.

    Exactly one of `capture` and `recorded_by` is filled. `at` is when we came to know it.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    page = models.PositiveIntegerField(null=True, blank=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        abstract = True


def one_source(table: str) -> models.CheckConstraint:
    """Demand a capture or a person as the source, never both and never none."""
    return models.CheckConstraint(
        condition=Q(capture__isnull=False, recorded_by__isnull=True)
        | Q(capture__isnull=True, recorded_by__isnull=False, start__isnull=True),
        name=f"{table}_from_a_capture_or_a_person",
    )


class StatusObservation(Observation):
    """What the auditor says the status is: printed, recorded by a person, or only inferred."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="status_observations"
    )
    value = models.CharField(max_length=30, choices=choices(AuditorStatus))
    printed = models.CharField(max_length=300, blank=True)
    basis = models.CharField(max_length=10)
    confidence = models.FloatField(null=True, blank=True, help_text="0-1, inferred only")
    as_of_edtf = models.CharField(max_length=40, blank=True)
    as_of_earliest = models.DateField(null=True, blank=True)
    as_of_latest = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("as_of_latest", "at", "pk")
        constraints = (
            known_value("statusobservation", "value", AuditorStatus),
            whole_span("statusobservation"),
            whole_date("statusobservation", "as_of"),
            one_source("statusobservation"),
            models.CheckConstraint(
                condition=Q(basis="printed", capture__isnull=False, confidence__isnull=True) & ~Q(printed="")
                | Q(basis="inferred", capture__isnull=False) & within("confidence")
                | Q(basis="recorded", recorded_by__isnull=False, confidence__isnull=True) & ~Q(printed=""),
                name="statusobservation_basis_has_its_proof",
            ),
        )
        indexes = (models.Index(fields=["recommendation", "as_of_latest"], name="status_rec_as_of"),)

    def __str__(self) -> str:
        return f"{self.value} ({self.basis})"


class PositionObservation(Observation):
    """What a respondent says of the recommendation: concurs, agrees in part, does not."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="position_observations"
    )
    value = models.CharField(max_length=20, choices=choices(Position))
    printed = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=200, blank=True)
    said_on_edtf = models.CharField(max_length=40, blank=True)
    said_on_earliest = models.DateField(null=True, blank=True)
    said_on_latest = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("said_on_latest", "at", "pk")
        constraints = (
            known_value("positionobservation", "value", Position),
            whole_span("positionobservation"),
            whole_date("positionobservation", "said_on"),
            one_source("positionobservation"),
        )

    def __str__(self) -> str:
        return f"{self.value} by {self.by}" if self.by else self.value


class PromiseObservation(Observation):
    """A date somebody promised, and what for. `share` is the share promised, 0-1."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="promise_observations"
    )
    kind = models.CharField(max_length=12, choices=choices(PromiseKind))
    what = models.TextField(blank=True)
    share = models.FloatField(null=True, blank=True)
    printed = models.TextField()
    by = models.CharField(max_length=200, blank=True)
    due_edtf = models.CharField(max_length=40)
    due_earliest = models.DateField()
    due_latest = models.DateField()
    said_on_edtf = models.CharField(max_length=40, blank=True)
    said_on_earliest = models.DateField(null=True, blank=True)
    said_on_latest = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("due_latest", "at", "pk")
        constraints = (
            known_value("promiseobservation", "kind", PromiseKind),
            whole_span("promiseobservation"),
            whole_date("promiseobservation", "due"),
            whole_date("promiseobservation", "said_on"),
            one_source("promiseobservation"),
            models.CheckConstraint(condition=~Q(printed=""), name="promiseobservation_has_words"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | within("share"),
                name="promiseobservation_share_within_bounds",
            ),
        )
        indexes = (models.Index(fields=["due_latest"], name="promise_due"),)

    def __str__(self) -> str:
        return f"{self.kind} by {self.due_edtf}"


class CaptureEvent(models.Model):
    """A difference between two captures of one document. It never closes anything."""

    older = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="+")
    newer = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="events")
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, null=True, blank=True, related_name="capture_events"
    )
    kind = models.CharField(max_length=30)
    detail = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("newer", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(older=models.F("newer")), name="captureevent_between_two_captures"
            ),
        )

    def __str__(self) -> str:
        return self.kind
