"""The register: agencies, reports, and recommendations with their present state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from closeout.followup.statuses import Progress
from closeout.reading.model import AuditorStatus, Position, RecommendationKind
from closeout.web.recommendations.models.rules import CLOSED_PREFIX, choices, known_value, whole_date, within
from closeout.web.recommendations.models.sources import Capture

if TYPE_CHECKING:
    from datetime import date


class Agency(models.Model):
    """An agency or component as the auditors name it."""

    name = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Report(models.Model):
    """One report of an auditor. `key` is `<issuer>/<number>`, or `<issuer>/title/<hash>` without one."""

    key = models.CharField(max_length=600, unique=True)
    issuer = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=80, blank=True)
    title = models.TextField(blank=True)
    kind = models.CharField(max_length=40, blank=True)
    issued_edtf = models.CharField(max_length=40, blank=True)
    issued_earliest = models.DateField(null=True, blank=True)
    issued_latest = models.DateField(null=True, blank=True)
    released_edtf = models.CharField(max_length=40, blank=True)
    released_earliest = models.DateField(null=True, blank=True)
    released_latest = models.DateField(null=True, blank=True)
    fiscal_year = models.PositiveSmallIntegerField(null=True, blank=True)
    declared_count = models.PositiveIntegerField(null=True, blank=True)
    aliases = models.JSONField(default=list, blank=True, help_text="other titles and earlier keys")
    is_cited_only = models.BooleanField(default=False)
    is_unidentified = models.BooleanField(
        default=False, help_text="not a report: the place of recommendations whose report is not named"
    )
    has_incomplete_source = models.BooleanField(default=False)
    is_retired = models.BooleanField(default=False, help_text="found to be another report, or none")
    captures = models.ManyToManyField(Capture, related_name="reports", blank=True)

    class Meta:
        ordering = ("key",)
        constraints = (whole_date("report", "issued"), whole_date("report", "released"))
        indexes = (
            models.Index(fields=["number"], name="report_number"),
            models.Index(fields=["issuer", "key"], name="report_issuer_key"),
        )

    def __str__(self) -> str:
        return self.number or self.title or self.key


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    """Narrows the register."""

    def listed(self) -> Self:
        """Leave out what was rejected as not a recommendation or read away."""
        return self.filter(is_retired=False)

    def open(self) -> Self:
        """Keep what no auditor's word has closed; of a declared-only one nobody knows."""
        return self.filter(is_open=True, is_declared_only=False)

    def overdue(self, on: date) -> Self:
        """Keep those whose newest completion promise had wholly passed before a day.

        Only where the auditor's last word is an open status: without one nothing is known to be late.
        """
        return self.filter(is_open=True, promise_latest__lt=on).exclude(auditor_status="")


class Recommendation(models.Model):
    """One recommendation of a report, and where it stands.

    Everything from `auditor_status` down is the present state: `state.refresh` computes it from
    the observations and acts, and nothing else may write it. Three axes never mix:
    `auditor_status` is the auditor's printed or recorded word, `progress` the agency's own, and
    `reads_as` the system's reading of prose where no word is printed. `promise_…` is the newest
    completion promise that no later one supersedes.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="recommendations")
    key = models.CharField(max_length=700, unique=True)
    sort_key = models.CharField(max_length=360, db_index=True)
    number = models.CharField(max_length=40, blank=True)
    part = models.CharField(max_length=20, blank=True)
    order = models.PositiveIntegerField(default=0)
    kind = models.CharField(
        max_length=20, choices=choices(RecommendationKind), default=RecommendationKind.RECOMMENDATION
    )
    agencies = models.ManyToManyField(Agency, related_name="recommendations", blank=True)
    addressee = models.TextField(blank=True)
    is_priority = models.BooleanField(default=False)
    is_legislative = models.BooleanField(default=False)
    is_declared_only = models.BooleanField(default=False)
    is_withheld = models.BooleanField(default=False)
    is_retired = models.BooleanField(default=False, help_text="found to be another one, or none")
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    aliases = models.JSONField(default=list, blank=True, help_text="earlier keys")

    auditor_status = models.CharField(max_length=30, choices=choices(AuditorStatus), blank=True)
    auditor_status_printed = models.CharField(max_length=200, blank=True)
    auditor_status_basis = models.CharField(max_length=10, blank=True)
    auditor_status_as_of_edtf = models.CharField(max_length=40, blank=True)
    auditor_status_as_of_earliest = models.DateField(null=True, blank=True)
    auditor_status_as_of_latest = models.DateField(null=True, blank=True)
    reads_as = models.CharField(max_length=30, choices=choices(AuditorStatus), blank=True)
    reads_as_confidence = models.FloatField(null=True, blank=True, help_text="0-1")
    position = models.CharField(max_length=20, choices=choices(Position), blank=True)
    position_printed = models.CharField(max_length=200, blank=True)
    position_by = models.CharField(max_length=200, blank=True)
    progress = models.CharField(max_length=30, choices=choices(Progress), blank=True)
    promise_edtf = models.CharField(max_length=40, blank=True)
    promise_earliest = models.DateField(null=True, blank=True)
    promise_latest = models.DateField(null=True, blank=True)
    promise_kind = models.CharField(max_length=12, blank=True)
    promise_by = models.CharField(max_length=200, blank=True)
    promises_made = models.PositiveIntegerField(default=0)
    clock_rule = models.CharField(max_length=40, blank=True)
    clock_due_on = models.DateField(null=True, blank=True)
    needs = models.PositiveIntegerField(default=0)
    needs_covered = models.PositiveIntegerField(default=0)
    closure_state = models.CharField(max_length=12, blank=True)
    owner_office = models.CharField(max_length=120, blank=True)
    is_open = models.BooleanField(default=True)
    has_conflict = models.BooleanField(default=False)
    has_incomplete_source = models.BooleanField(default=False)
    in_review = models.BooleanField(default=False)

    # Long texts last: SQLite then reads the state of a row without the pages they spill onto.
    text_hash = models.CharField(max_length=64, blank=True, help_text="of the folded text")
    text = models.TextField(blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ("sort_key",)
        constraints = (
            known_value("recommendation", "kind", RecommendationKind),
            known_value("recommendation", "auditor_status", AuditorStatus, blank=True),
            known_value("recommendation", "reads_as", AuditorStatus, blank=True),
            known_value("recommendation", "position", Position, blank=True),
            known_value("recommendation", "progress", Progress, blank=True),
            whole_date("recommendation", "auditor_status_as_of"),
            whole_date("recommendation", "promise"),
            models.CheckConstraint(
                condition=Q(is_open=True) & ~Q(auditor_status__startswith=CLOSED_PREFIX)
                | Q(is_open=False, auditor_status__startswith=CLOSED_PREFIX),
                name="recommendation_closed_iff_auditor_says_closed",
            ),
            models.CheckConstraint(
                condition=Q(auditor_status="", auditor_status_basis="")
                | (~Q(auditor_status="") & Q(auditor_status_basis__in=["printed", "recorded"])),
                name="recommendation_auditor_status_never_inferred",
            ),
            models.CheckConstraint(
                condition=Q(reads_as="", reads_as_confidence__isnull=True)
                | (~Q(reads_as="") & Q(auditor_status="") & within("reads_as_confidence")),
                name="recommendation_reads_as_only_when_nothing_printed",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(is_retired=True),
                name="recommendation_merged_is_retired",
            ),
            models.CheckConstraint(
                condition=Q(is_declared_only=False) | Q(text="", text_hash=""),
                name="recommendation_declared_only_has_no_text",
            ),
            models.CheckConstraint(
                condition=Q(clock_rule="", clock_due_on__isnull=True)
                | (~Q(clock_rule="") & Q(clock_due_on__isnull=False)),
                name="recommendation_clock_rule_iff_due",
            ),
            models.CheckConstraint(
                condition=Q(needs_covered__lte=models.F("needs")),
                name="recommendation_needs_covered_at_most_needs",
            ),
        )
        indexes = (
            # One for each way the list is ordered, each also narrowing to the open ones.
            models.Index(fields=["is_retired", "is_open", "sort_key"], name="rec_open_sort"),
            models.Index(
                fields=["is_retired", "is_open", "promise_latest", "sort_key"], name="rec_open_promise"
            ),
            models.Index(fields=["is_retired", "auditor_status", "sort_key"], name="rec_status_sort"),
            models.Index(fields=["is_retired", "progress", "sort_key"], name="rec_progress_sort"),
            models.Index(fields=["is_retired", "owner_office", "sort_key"], name="rec_owner_sort"),
            models.Index(fields=["report", "order"], name="rec_report_order"),
            models.Index(fields=["text_hash"], name="rec_text_hash"),
            # Covers the counts above the list, so that they never read a row's text.
            models.Index(
                fields=[
                    "is_retired",
                    "is_open",
                    "is_declared_only",
                    "has_conflict",
                    "in_review",
                    "has_incomplete_source",
                    "progress",
                    "auditor_status",
                    "promise_latest",
                    "clock_due_on",
                ],
                name="rec_counts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.report}, {self.label}"

    @property
    def label(self) -> str:
        """Return what the report calls it: "Recommendation 2", or its place without a number."""
        return f"Recommendation {self.number}{self.part}" if self.number else f"unnumbered, {self.order}"


class SearchEntry(models.Model):
    """The words a recommendation is found by; the database indexes them by itself."""

    recommendation = models.OneToOneField(
        Recommendation, on_delete=models.CASCADE, primary_key=True, related_name="search_entry"
    )
    names = models.TextField(blank=True, help_text="report number and title, agencies")
    asked = models.TextField(blank=True, help_text="the recommendation's own words")
    said = models.TextField(blank=True, help_text="what was said about it")

    def __str__(self) -> str:
        return self.names
