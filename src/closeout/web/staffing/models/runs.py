"""What was worked out, kept: one run, and one row an office for lists and pages.

Offices and officers are named by their codes, not by references: a run outlives the records it was worked
out from.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class StaffingRun(models.Model):
    """One finished working out of demand, hours, need and gap. It is never changed."""

    as_of = models.DateField()
    kind = models.CharField(max_length=10)
    """Which weights: observed, or adjusted."""
    load = models.ForeignKey("casework.Load", models.SET_NULL, null=True, related_name="+")
    """The load whose records the site held; empty where all were entered here."""
    records_digest = models.CharField(max_length=64)
    """SHA-256 of the manifest of the snapshot that it was worked out from."""
    pack_digest = models.CharField(max_length=64)
    parameters_version = models.CharField(max_length=64)
    seed = models.BigIntegerField()
    draws = models.PositiveIntegerField()
    job = models.OneToOneField("jobs.Job", models.SET_NULL, null=True, related_name="+")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """Empty where a command worked it out."""
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(default=timezone.now)
    result = models.JSONField()
    """`Staffing.plain()` without what is kept by office; its weights summed up by activity."""

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("observed", "adjusted")), name="staffing_run_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__gte=models.F("started_at")), name="staffing_run_times_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"staffing as of {self.as_of}"


class StaffingOffice(models.Model):
    """One office of a run: its figures for the list, and its part of the result."""

    run = models.ForeignKey(StaffingRun, models.CASCADE, related_name="offices")
    office_id = models.CharField(max_length=64)
    label = models.CharField(max_length=200)
    demand_hours = models.FloatField(null=True)
    """A month, as all hours here."""
    hours_available = models.FloatField()
    need_fte = models.FloatField(null=True)
    staff_fte = models.FloatField()
    gap_fte = models.FloatField(null=True)
    """Need less staff, unrounded; empty where there is no need, and `reason` says why."""
    pressure = models.FloatField(null=True)
    probability_short = models.FloatField(null=True)
    grade = models.CharField(max_length=4)
    observed_to = models.DateField(null=True)
    """The last day of the oldest observation behind the demand."""
    flags = models.JSONField(default=list)
    reason = models.CharField(max_length=1000, blank=True)
    intervals = models.JSONField(default=dict)
    """By the figure's name, as `Need.intervals`."""
    result = models.JSONField()
    """The office's part of `Staffing.plain()`."""

    class Meta:
        ordering = ("label", "office_id")
        constraints = [
            models.UniqueConstraint(fields=["run", "office_id"], name="staffing_office_once_in_run"),
            models.CheckConstraint(
                condition=Q(probability_short=None) | Q(probability_short__range=(0, 1)),
                name="staffing_office_probability_short_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} in run {self.run_id}"
