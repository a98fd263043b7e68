"""The rows behind a figure, looked up once in the background and kept for who may open them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from closeout.web.evidence.models.runs import AssessedMeasure


class RowListing(models.Model):
    """The rows behind one figure of a run, in the order of days, as far as they were looked up.

    Who opens one is asked each time whether the office is theirs to see.
    """

    measure = models.ForeignKey(AssessedMeasure, models.CASCADE, related_name="listings")
    office_id = models.CharField(max_length=64, blank=True)
    """Whose rows; empty for those of all offices."""
    after = models.CharField(max_length=300, blank=True)
    """The place it begins behind; empty for the first rows."""
    then = models.CharField(max_length=300, blank=True)
    """The place where the next listing begins; empty where nothing is left."""
    rows = models.PositiveIntegerField()
    why = models.TextField(blank=True)
    """Why there is no row, where something is in the way."""
    job = models.OneToOneField("jobs.Job", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["measure", "office_id", "after"], name="rowlisting_once_by_office_and_place"
            ),
            models.CheckConstraint(condition=Q(why="") | Q(rows=0), name="rowlisting_why_only_without_rows"),
        )

    def __str__(self) -> str:
        return f"rows of {self.measure_id} in {self.office_id or 'all offices'}"


class ListingPage(models.Model):
    """Some rows of a listing: as many as a page shows."""

    listing = models.ForeignKey(RowListing, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    """From 1."""
    rows = models.JSONField()
    """Keys and days of each, never free text."""

    class Meta:
        ordering = ("listing", "number")
        constraints = (
            models.UniqueConstraint(fields=["listing", "number"], name="listingpage_number_once_in_listing"),
            models.CheckConstraint(condition=Q(number__gte=1), name="listingpage_number_from_one"),
        )

    def __str__(self) -> str:
        return f"page {self.number} of listing {self.listing_id}"
