"""What a run found of each recommendation, and the figures frozen as evidence of one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from closeout.evidence.assessment import Standing
from closeout.web.evidence.models.runs import AssessmentRun
from closeout.web.recommendations.models import Blob, EvidenceRevision, Recommendation
from closeout.web.recommendations.models.rules import choices, known_value

_DIGEST = 64


class RecommendationAssessment(models.Model):
    """One recommendation beside the records, as a run found it."""

    run = models.ForeignKey(AssessmentRun, models.CASCADE, related_name="assessed")
    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="assessments")
    place = models.PositiveIntegerField()
    measures = models.JSONField(default=list)
    """Codes of the measures linked to it, in the pack's order."""
    needs = models.JSONField(default=list)
    """What the auditor said is needed: text, place, the codes of measures that cover it, and what it wants
    that is no measure."""
    missing = models.JSONField(default=list)
    """What is missing to close it, a sentence each."""
    verdict = models.TextField()
    standing = models.CharField(max_length=20, choices=choices(Standing))

    class Meta:
        ordering = ("run", "place")
        constraints = (
            models.UniqueConstraint(
                fields=["run", "recommendation"], name="recommendationassessment_once_in_run"
            ),
            models.CheckConstraint(condition=~Q(verdict=""), name="recommendationassessment_has_verdict"),
            known_value("recommendationassessment", "standing", Standing),
        )

    def __str__(self) -> str:
        return f"{self.recommendation_id} in run {self.run_id}"


class FrozenFigure(models.Model):
    """A figure frozen as evidence: which one, of which run, and the record that still computes it.

    The record itself is the file of the evidence; a second person accepts it as any other.
    """

    revision = models.OneToOneField(EvidenceRevision, models.PROTECT, related_name="frozen")
    record = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    measure = models.CharField(max_length=80)
    record_digest = models.CharField(max_length=_DIGEST)
    """What names the record: SHA-256 over what it says."""
    records_digest = models.CharField(max_length=_DIGEST)
    """What names the snapshot that it computes from on this site."""
    manifest_digest = models.CharField(max_length=_DIGEST)
    """SHA-256 of the manifest's file, by which the record names the snapshot."""
    result_digest = models.CharField(max_length=_DIGEST)
    effective_on = models.DateField()
    """The day the figure stands on, apart from the day it was frozen."""
    frozen_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(measure=""), name="frozenfigure_names_measure"),
            models.CheckConstraint(condition=~Q(record_digest=""), name="frozenfigure_has_digest"),
        )

    def __str__(self) -> str:
        return f"{self.measure} as of {self.effective_on}"
