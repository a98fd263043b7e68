"""What somebody asked "what if" about, and what the simulation and the hiring plan answered.

Offices and officers are named by their codes, not by references: an answer outlives the records it was
worked out from. No row here is ever changed: another question is another row.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Scenario(models.Model):
    """Changes to an office's inputs, in one version. Another version is another row."""

    office_id = models.CharField(max_length=64)
    code = models.CharField(max_length=24)
    title = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=1)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    """The version before; empty for the first."""
    changes = models.JSONField()
    """As `closeout.simulation.scenario.Scenario.plain()` lists them."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the changes: the same changes, the same digest."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("office_id", "code", "-version")
        constraints = [
            models.UniqueConstraint(
                fields=["office_id", "code", "version"], name="staffing_scenario_version_once"
            ),
            models.CheckConstraint(
                condition=Q(version=1, parent=None) | Q(version__gt=1) & ~Q(parent=None),
                name="staffing_scenario_first_iff_no_parent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} version {self.version} of {self.office_id}"


class Answer(models.Model):
    """What every answer rests on, and who asked."""

    office_id = models.CharField(max_length=64)
    as_of = models.DateField()
    records_digest = models.CharField(max_length=64)
    """SHA-256 of the manifest of the snapshot that it was worked out from."""
    pack_digest = models.CharField(max_length=64)
    seed = models.BigIntegerField()
    job = models.OneToOneField("jobs.Job", models.SET_NULL, null=True, related_name="+")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """Empty where a command asked."""
    finished_at = models.DateTimeField(default=timezone.now)
    result = models.JSONField()

    class Meta:
        abstract = True


class ScenarioRun(Answer):
    """A scenario beside the office as it is. `result` is `Comparison.plain()`."""

    scenario = models.ForeignKey(Scenario, models.PROTECT, related_name="runs")
    replications = models.PositiveIntegerField()

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index(fields=["office_id", "-id"], name="staffing_scenario_runs_of")]

    def __str__(self) -> str:
        return f"run {self.pk} of scenario {self.scenario_id}"


class OfficeCurve(Answer):
    """The share on time at each caseload of an office. `result` is `Curve.plain()`."""

    replications = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, default="observed")
    """Which weights: observed, or adjusted."""

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index(fields=["office_id", "-id"], name="staffing_curves_of_office")]

    def __str__(self) -> str:
        return f"curve {self.pk} of {self.office_id}"


class KeptPlan(Answer):
    """A hiring plan. `result` is `Planned.plain()`."""

    by_on = models.DateField()
    probability = models.FloatField()
    """The share of chances in which the staff is to be enough, as asked for."""
    asked = models.JSONField()
    """Ceiling, classes and overtime, as `ask_plan` wrote them."""

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index(fields=["office_id", "-id"], name="staffing_plans_of_office")]
        constraints = [
            models.CheckConstraint(
                condition=Q(probability__gt=0, probability__lte=1), name="staffing_plan_probability_share"
            ),
            models.CheckConstraint(condition=Q(by_on__gt=F("as_of")), name="staffing_plan_ahead"),
        ]

    def __str__(self) -> str:
        return f"hiring plan {self.pk} of {self.office_id}"
