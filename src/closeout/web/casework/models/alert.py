"""That somebody was told of a duty: before, on and after its date, with the reason it fired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef

from closeout.web.casework.models.duty import Duty

if TYPE_CHECKING:
    from datetime import date


class Stage(models.TextChoices):
    """When an alert fires, by the duty's dates."""

    BEFORE = "before", "coming up"
    ON = "on", "due"
    AFTER = "after", "overdue"


class AlertQuerySet(models.QuerySet["Alert"]):
    """Reads alerts."""

    def standing(self) -> Self:
        """Return the alerts whose duty is still open with the date they told of."""
        same = {name: OuterRef(name) for name in (*INSTANCE, "due_on")}
        return self.filter(Exists(Duty.objects.open().filter(**same)))

    def of_officer(self, officer_no: str) -> Self:
        """Return an officer's, by due date and kind; nothing else orders a list of cases."""
        return self.filter(officer_no=officer_no).order_by("due_on", "duty", "pk")


class Alert(models.Model):
    """One alert of one instance of a duty at one stage: each fires once."""

    duty = models.CharField(max_length=64)
    subject_table = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    sequence = models.BigIntegerField()
    stage = models.CharField(max_length=8, choices=Stage)
    fired_on = models.DateField()
    due_on = models.DateField()
    lead_days = models.PositiveIntegerField()
    rule = models.CharField(max_length=160, blank=True)
    case_no = models.CharField(max_length=64, null=True, blank=True)
    office_id = models.CharField(max_length=64, null=True, blank=True)
    officer_no = models.CharField(max_length=64, null=True, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["officer_no", "due_on"], name="alert_of_officer")]
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "subject_table", "subject", "sequence", "stage"],
                name="alert_once_an_instance_and_stage",
            )
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.subject} {self.stage}"

    def reason(self, today: date) -> str:
        """Return why it fired, in words: the date, the lead, and the rule it rests on."""
        days = abs((self.due_on - today).days)
        count = f"{days} day{'' if days == 1 else 's'}"
        if self.stage == Stage.BEFORE:
            told = f"told {self.lead_days} days ahead of {self.due_on}"
        elif self.stage == Stage.ON:
            told = f"due on {self.due_on}"
        else:
            told = f"was due on {self.due_on}, {count} ago"
        return f"{told}; rule {self.rule or 'none in force'}"


INSTANCE = ("duty", "subject_table", "subject", "sequence")
"""What names one instance of a duty."""
