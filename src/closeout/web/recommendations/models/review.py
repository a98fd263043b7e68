"""What the reader was not sure of, and what people decided about it."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q

from closeout.web.recommendations.models.mentions import Mention
from closeout.web.recommendations.models.register import Recommendation, Report
from closeout.web.recommendations.models.rules import both_or_neither, choices, in_order, known_value
from closeout.web.recommendations.models.sources import Capture

PERSON = settings.AUTH_USER_MODEL


class ReviewKind(StrEnum):
    """Why something is put to a person."""

    DOUBTFUL_READING = "doubtful-reading"
    DOUBTFUL_JOIN = "doubtful-join"
    UNKNOWN_FAMILY = "unknown-family"
    UNREAD = "unread"
    INCOMPLETE = "incomplete"


class ReviewState(StrEnum):
    """What became of a review item."""

    OPEN = "open"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"


class Conflict(models.Model):
    """Two sources that say different things of one field, and which one a person found right.

    It is of a recommendation, or of a report (its title, its declared count). `values` lists
    `{value, sources: [{capture, start, end, page}]}`; `fingerprint` tells a conflict that
    stands from one that changed.
    """

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, null=True, blank=True, related_name="conflicts"
    )
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, null=True, blank=True, related_name="conflicts"
    )
    field = models.CharField(max_length=40)
    values = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    is_current = models.BooleanField(default=True)
    resolution = models.TextField(blank=True)
    resolved_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("recommendation", "field", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["recommendation", "field", "fingerprint"], name="conflict_once_in_recommendation"
            ),
            models.UniqueConstraint(
                fields=["report", "field", "fingerprint"], name="conflict_once_in_report"
            ),
            models.CheckConstraint(
                condition=Q(recommendation__isnull=True, report__isnull=False)
                | Q(recommendation__isnull=False, report__isnull=True),
                name="conflict_of_a_recommendation_or_a_report",
            ),
            both_or_neither("conflict", "resolved_by", "resolved_at"),
            models.CheckConstraint(
                condition=Q(resolved_by__isnull=True, resolution="")
                | Q(resolved_by__isnull=False) & ~Q(resolution=""),
                name="conflict_resolution_iff_resolved",
            ),
        )

    def __str__(self) -> str:
        return f"{self.field} of {self.recommendation or self.report}"


class Correction(models.Model):
    """One field of a mention set right by a person; it is applied again at each re-reading."""

    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=40)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    reason = models.TextField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("mention", "at", "pk")
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="correction_has_reason"),)

    def __str__(self) -> str:
        return f"{self.field} of {self.mention}"


class JoinDecision(models.Model):
    """A person's word on whether two mentions, or two reports, are the same; the newest holds."""

    one = models.ForeignKey(Mention, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    other = models.ForeignKey(Mention, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    one_report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    other_report = models.ForeignKey(
        Report, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_same = models.BooleanField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=in_order("one", "other") & Q(one_report__isnull=True, other_report__isnull=True)
                | in_order("one_report", "other_report") & Q(one__isnull=True, other__isnull=True),
                name="joindecision_between_two_mentions_or_two_reports",
            ),
        )

    def __str__(self) -> str:
        one, other = (
            (self.one_id, self.other_id) if self.one_id else (self.one_report_id, self.other_report_id)
        )
        return f"{one} {'is' if self.is_same else 'is not'} {other}"


class ReviewItem(models.Model):
    """One question for a person. `subject` keeps the same question from being asked twice."""

    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="review_items")
    mention = models.ForeignKey(
        Mention, on_delete=models.PROTECT, null=True, blank=True, related_name="review_items"
    )
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, null=True, blank=True, related_name="review_items"
    )
    kind = models.CharField(max_length=20, choices=choices(ReviewKind))
    subject = models.CharField(max_length=200)
    question = models.TextField()
    detail = models.JSONField(default=dict, blank=True)
    is_current = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=choices(ReviewState), default=ReviewState.OPEN)
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["kind", "subject"], name="reviewitem_question_once"),
            known_value("reviewitem", "kind", ReviewKind),
            known_value("reviewitem", "state", ReviewState),
            both_or_neither("reviewitem", "decided_by", "decided_at"),
            models.CheckConstraint(
                condition=Q(state=ReviewState.OPEN, decided_by__isnull=True)
                | ~Q(state=ReviewState.OPEN) & Q(decided_by__isnull=False),
                name="reviewitem_decided_iff_not_open",
            ),
        )
        indexes = (models.Index(fields=["state", "is_current", "id"], name="review_queue"),)

    def __str__(self) -> str:
        return self.question
