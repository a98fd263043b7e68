"""Evidence files, their revisions, and which of the auditor's needs each one covers."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from closeout.web.recommendations.models.mentions import Statement
from closeout.web.recommendations.models.register import Recommendation
from closeout.web.recommendations.models.rules import both_or_neither, choices, known_value
from closeout.web.recommendations.models.sources import Blob

PERSON = settings.AUTH_USER_MODEL


class EvidenceState(StrEnum):
    """What a second person said of a revision."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class Evidence(models.Model):
    """One thing put forward to show that a recommendation is done."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(max_length=200)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("recommendation", "pk")
        verbose_name_plural = "evidence"
        constraints = (models.CheckConstraint(condition=~Q(title=""), name="evidence_has_title"),)

    def __str__(self) -> str:
        return self.title


class EvidenceRevision(models.Model):
    """One version of an evidence file, reviewed by somebody other than who submitted it."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=150)
    media_type = models.CharField(max_length=100)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=choices(EvidenceState), default=EvidenceState.SUBMITTED)
    submitted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_note = models.TextField(blank=True)

    class Meta:
        ordering = ("evidence", "number")
        constraints = (
            models.UniqueConstraint(fields=["evidence", "number"], name="evidencerevision_number_once"),
            known_value("evidencerevision", "state", EvidenceState),
            both_or_neither("evidencerevision", "reviewed_by", "reviewed_at"),
            models.CheckConstraint(
                condition=Q(state=EvidenceState.SUBMITTED, reviewed_by__isnull=True)
                | ~Q(state=EvidenceState.SUBMITTED) & Q(reviewed_by__isnull=False),
                name="evidencerevision_reviewed_iff_not_submitted",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("submitted_by")),
                name="evidencerevision_reviewer_is_not_submitter",
            ),
            models.CheckConstraint(
                condition=~Q(state=EvidenceState.RETURNED) | ~Q(review_note=""),
                name="evidencerevision_returned_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.filename}, revision {self.number}"


class EvidenceCover(models.Model):
    """That a piece of evidence covers one thing the auditor said is needed."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="covers")
    need = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="covers")
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("need", "pk")
        constraints = (
            models.UniqueConstraint(fields=["evidence", "need"], name="evidencecover_need_once_in_evidence"),
        )

    def __str__(self) -> str:
        return f"{self.evidence} covers {self.need_id}"
