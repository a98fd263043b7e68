"""An assessment, kept: one run, its measures, and the figures of each by office and period.

Offices are named by their codes, not by references: a run outlives the records it was worked out from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from closeout.evidence.figures import Outcome
from closeout.evidence.measures.measure import Direction, Shape, Verdict
from closeout.web.recommendations.models.rules import choices, known_value

if TYPE_CHECKING:
    from typing import Self

_DIGEST = 64


class AssessmentRun(models.Model):
    """One finished assessment. It is never changed; the job that made it tells how it went."""

    as_of = models.DateField()
    agency = models.CharField(max_length=200)
    records_digest = models.CharField(max_length=_DIGEST)
    """SHA-256 of the manifest of the snapshot that it was worked out from."""
    pack_digest = models.CharField(max_length=_DIGEST)
    job = models.OneToOneField("jobs.Job", models.SET_NULL, null=True, related_name="+")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """Empty where a command worked it out."""
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(default=timezone.now)
    sources = models.JSONField(default=dict)
    """What was read: documents and tables with their digests and counts."""
    notes = models.JSONField(default=list)
    """What could not be read or computed, a sentence each."""
    gaps = models.JSONField(default=list)
    """The largest gaps, largest first: measure, title, shortfall, sentence."""
    standards = models.JSONField(default=dict)
    """The matrix of contract standards as its page shows it; empty without any."""
    deficiencies = models.JSONField(default=dict)
    """The analysis of inspection deficiencies as its page shows it; empty without any."""

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(finished_at__gte=F("started_at")), name="assessmentrun_times_in_order"
            ),
            models.CheckConstraint(condition=~Q(agency=""), name="assessmentrun_has_agency"),
        )

    def __str__(self) -> str:
        return f"assessment as of {self.as_of}"


class MeasureQuerySet(models.QuerySet["AssessedMeasure"]):
    """Reads the measures of runs."""

    def of(self, run: AssessmentRun) -> Self:
        """Return a run's measures in the order of the pack."""
        return self.filter(run=run).order_by("place")


class AssessedMeasure(models.Model):
    """One measure as the pack declared it when the run was made, and the statement that ran."""

    run = models.ForeignKey(AssessmentRun, models.CASCADE, related_name="measures")
    place = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=80)
    group = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    section = models.CharField(max_length=20, blank=True)
    shape = models.CharField(max_length=10, choices=choices(Shape))
    unit = models.CharField(max_length=60)
    numerator = models.TextField()
    denominator = models.TextField(blank=True)
    direction = models.CharField(max_length=4, choices=choices(Direction))
    owner = models.CharField(max_length=30)
    closes_when = models.TextField(blank=True)
    target = models.FloatField(null=True)
    """A share is 0-1; what is in days or hours, is in them."""
    target_basis = models.TextField(blank=True)
    is_target_made_up = models.BooleanField(default=False)
    duties = models.JSONField(default=list)
    table = models.CharField(max_length=80, blank=True)
    reads = models.JSONField(default=list)
    definition = models.JSONField(default=dict)
    """The declaration's own keys and values."""
    declared_at = models.CharField(max_length=200, blank=True)
    """File and line of the pack."""
    query = models.TextField(blank=True)
    """The statement that ran; empty where none could."""

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ("run", "place")
        constraints = (
            models.UniqueConstraint(fields=["run", "code"], name="assessedmeasure_code_once_in_run"),
            models.UniqueConstraint(fields=["run", "place"], name="assessedmeasure_place_once_in_run"),
            known_value("assessedmeasure", "shape", Shape),
            known_value("assessedmeasure", "direction", Direction),
            models.CheckConstraint(
                condition=~Q(shape__in=[Shape.SHARE, Shape.RATE]) | ~Q(denominator=""),
                name="assessedmeasure_has_denominator",
            ),
        )

    def __str__(self) -> str:
        return self.title


class StoredFigure(models.Model):
    """A figure of a measure with its period and verdict, as the tables of figures keep it."""

    since = models.DateField(null=True)
    """Empty for a measure as of a day."""
    until = models.DateField()
    outcome = models.CharField(max_length=20, choices=choices(Outcome))
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    numerator = models.BigIntegerField(null=True)
    denominator = models.FloatField(null=True)
    level = models.FloatField(default=0.95)
    method = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    verdict = models.CharField(max_length=30, choices=choices(Verdict))
    is_suppressed = models.BooleanField(default=False)
    """Whether it rests on small counts, or would give some away: it leaves the site in no file."""
    tells_numerator = models.BooleanField(default=True)
    tells_denominator = models.BooleanField(default=True)

    class Meta:
        abstract = True
        constraints = (
            known_value("%(class)s", "outcome", Outcome),
            known_value("%(class)s", "verdict", Verdict),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.COMPUTED, value__isnull=False)
                | ~Q(outcome=Outcome.COMPUTED) & Q(value__isnull=True) & ~Q(reason=""),
                name="%(class)s_value_iff_computed",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(verdict=Verdict.NOT_ASSESSED),
                name="%(class)s_no_verdict_without_value",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(since__lte=F("until")),
                name="%(class)s_period_in_order",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")),
                name="%(class)s_interval_in_order",
            ),
        )


class MeasureResult(StoredFigure):
    """A measure's figure for one office, or for all, and one period."""

    measure = models.ForeignKey(AssessedMeasure, models.CASCADE, related_name="results")
    is_total = models.BooleanField()
    """Whether it is of all offices together."""
    office_id = models.CharField(max_length=64, blank=True)
    """Of one office: its code; empty for what no office is recorded for."""
    is_newest = models.BooleanField()
    """Whether the period ends on the run's as-of day."""

    class Meta:
        ordering = ("measure", "-is_total", "office_id", "until")
        constraints = (
            models.UniqueConstraint(
                fields=["measure", "is_total", "office_id", "until"],
                name="measureresult_once_by_office_and_period",
            ),
            models.CheckConstraint(
                condition=Q(is_total=False) | Q(office_id=""), name="measureresult_total_has_no_office"
            ),
            *StoredFigure.Meta.constraints,
        )

    def __str__(self) -> str:
        of = "all" if self.is_total else self.office_id
        return f"{self.measure_id} of {of} to {self.until}"


class MeasurePart(StoredFigure):
    """One part of a measure's newest figure, all offices together: of a docket, a country, an age."""

    measure = models.ForeignKey(AssessedMeasure, models.CASCADE, related_name="parts")
    place = models.PositiveSmallIntegerField()
    """In the order to be shown, which is that of the labels and never of a figure."""
    by = models.CharField(max_length=100)
    """What the measure is broken down by, as the pack declares it."""
    title = models.CharField(max_length=100)
    """The same as the heading of a column."""
    category = models.TextField(blank=True)
    """Which part; empty: none is recorded."""
    label = models.TextField()

    class Meta:
        ordering = ("measure", "place")
        constraints = (
            models.UniqueConstraint(fields=["measure", "place"], name="measurepart_place_once_in_measure"),
            models.UniqueConstraint(
                fields=["measure", "by", "category"], name="measurepart_once_by_category"
            ),
            *StoredFigure.Meta.constraints,
        )

    def __str__(self) -> str:
        return f"{self.measure_id} by {self.by}: {self.label}"
