"""The agency's own axis: what it says it is doing, its plans, and their milestones."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from closeout.followup.clock_rules import EventKind
from closeout.followup.statuses import Progress
from closeout.web.recommendations.models.register import Recommendation, Report
from closeout.web.recommendations.models.rules import choices, known_value

PERSON = settings.AUTH_USER_MODEL


class AgencyProgress(models.Model):
    """One step on the agency's own axis. It never moves the auditor's status."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="progress_events"
    )
    state = models.CharField(max_length=30, choices=choices(Progress))
    note = models.TextField(blank=True)
    on = models.DateField(help_text="the day it became so")
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("recommendation", "at", "pk")
        constraints = (known_value("agencyprogress", "state", Progress),)

    def __str__(self) -> str:
        return f"{self.state} on {self.on}"


class RecordedEvent(models.Model):
    """Something that starts or stops a clock and stands in no document: a statement sent, an answer.

    Without a recommendation it holds for all of the report's.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="recorded_events")
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, null=True, blank=True, related_name="recorded_events"
    )
    kind = models.CharField(max_length=30, choices=choices(EventKind))
    on = models.DateField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("on", "pk")
        constraints = (known_value("recordedevent", "kind", EventKind),)

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}"


class Plan(models.Model):
    """A corrective action plan; a new plan supersedes the one before it."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="plans")
    owner_office = models.CharField(max_length=120)
    summary = models.TextField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    class Meta:
        ordering = ("recommendation", "at", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(owner_office=""), name="plan_has_owner_office"),
            models.CheckConstraint(condition=~Q(summary=""), name="plan_has_summary"),
            models.UniqueConstraint(
                fields=["recommendation"],
                condition=Q(supersedes__isnull=True),
                name="plan_first_once_in_recommendation",
            ),
        )

    def __str__(self) -> str:
        return f"plan of {self.owner_office}"


class Milestone(models.Model):
    """One step of a plan with its day."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="milestones")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("plan", "order")
        constraints = (
            models.UniqueConstraint(fields=["plan", "order"], name="milestone_order_once_in_plan"),
            models.CheckConstraint(condition=~Q(text=""), name="milestone_has_text"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_by__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False),
                name="milestone_done_on_iff_done_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.text[:60]} by {self.due_on}"
