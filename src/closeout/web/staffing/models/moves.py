"""Moves of cases that were proposed, and what a supervisor said of each.

Cases, officers and offices are named by their codes, not by references: a proposal outlives the records it
was worked out from.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class MoveState(models.TextChoices):
    """Where a proposed move stands. Only a proposed one can still be decided."""

    PROPOSED = "proposed", "proposed"
    ACCEPTED = "accepted", "accepted"
    REFUSED = "refused", "refused"
    OVERTAKEN = "overtaken", "overtaken"
    """The case changed hands, closed or left the office before anybody decided."""


class ProposalKind(models.TextChoices):
    """What a proposal is about."""

    REBALANCE = "rebalance", "even loads"
    WAITING = "waiting", "cases that nobody leads"


class MoveProposal(models.Model):
    """Moves proposed for an office, with their certificate. What it says is never changed."""

    kind = models.CharField(max_length=10, choices=ProposalKind)
    office_id = models.CharField(max_length=64)
    as_of = models.DateField()
    records_digest = models.CharField(max_length=64)
    """SHA-256 of the manifest of the snapshot that it was worked out from."""
    job = models.OneToOneField("jobs.Job", models.SET_NULL, null=True, related_name="+")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """Who asked, and so does not decide; empty where a command asked."""
    made_at = models.DateTimeField(default=timezone.now)
    sentence = models.TextField()
    result = models.JSONField()
    """`closeout.assignment.asking.answered` without its moves."""

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index(fields=["office_id", "-id"], name="staffing_proposals_of_office")]

    def __str__(self) -> str:
        return f"proposal {self.pk} of {self.office_id}"


class ProposedMove(models.Model):
    """One case that should change hands, and why."""

    proposal = models.ForeignKey(MoveProposal, models.CASCADE, related_name="moves")
    case_no = models.CharField(max_length=64)
    from_officer = models.CharField(max_length=64, blank=True)
    """Empty: nobody led it."""
    to_officer = models.CharField(max_length=64)
    minutes_a_month = models.FloatField()
    reason = models.CharField(max_length=40)
    sentence = models.TextField()
    state = models.CharField(max_length=10, choices=MoveState, default=MoveState.PROPOSED)
    override_reason = models.CharField(max_length=40, blank=True)
    """Why a supervisor refused it."""
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("case_no",)
        constraints = [
            models.UniqueConstraint(fields=["proposal", "case_no"], name="staffing_move_once_in_proposal"),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at=None) | ~Q(state="proposed") & ~Q(decided_at=None),
                name="staffing_move_decided_iff_not_proposed",
            ),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(override_reason="")
                | ~Q(state="refused") & Q(override_reason=""),
                name="staffing_move_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(from_officer=F("to_officer")), name="staffing_move_changes_hands"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_no} to {self.to_officer}"
