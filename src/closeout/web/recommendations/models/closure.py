"""Asking the auditor to close, and what the auditor decided."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from closeout.reading.model import AuditorStatus
from closeout.web.recommendations.models.register import Recommendation
from closeout.web.recommendations.models.rules import both_or_neither, choices, known_value
from closeout.web.recommendations.models.sources import Capture

PERSON = settings.AUTH_USER_MODEL


class ClosureState(StrEnum):
    """Where a request to close stands."""

    REQUESTED = "requested"
    APPROVED = "approved"
    RETURNED = "returned"
    SENT = "sent"
    CLOSED = "closed"
    REFUSED = "refused"


UNDER_WAY = [ClosureState.REQUESTED.value, ClosureState.APPROVED.value, ClosureState.SENT.value]
AFTER_SENDING = [ClosureState.SENT.value, ClosureState.CLOSED.value, ClosureState.REFUSED.value]


class ClosureRequest(models.Model):
    """A letter that asks the auditor to close; whoever asks never approves it."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="closure_requests"
    )
    state = models.CharField(max_length=10, choices=choices(ClosureState), default=ClosureState.REQUESTED)
    letter = models.TextField()
    attachments = models.JSONField(default=list, blank=True)
    """What goes with it, as it stood when it was asked for: title, filename and sha256 of each."""
    uncovered_reason = models.TextField(blank=True, help_text="why it is asked with needs not covered")
    requested_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text="why it was returned or refused")
    sent_on = models.DateField(null=True, blank=True)
    answer_due_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=30, choices=choices(AuditorStatus), blank=True)

    class Meta:
        ordering = ("recommendation", "requested_at", "pk")
        constraints = (
            known_value("closurerequest", "state", ClosureState),
            known_value("closurerequest", "outcome", AuditorStatus, blank=True),
            both_or_neither("closurerequest", "decided_by", "decided_at"),
            both_or_neither("closurerequest", "sent_on", "answer_due_on"),
            models.UniqueConstraint(
                fields=["recommendation"],
                condition=Q(state__in=UNDER_WAY),
                name="closurerequest_one_under_way",
            ),
            models.CheckConstraint(condition=~Q(letter=""), name="closurerequest_has_letter"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="closurerequest_approver_is_not_requester",
            ),
            models.CheckConstraint(
                condition=Q(state=ClosureState.REQUESTED, decided_by__isnull=True)
                | ~Q(state=ClosureState.REQUESTED) & Q(decided_by__isnull=False),
                name="closurerequest_decided_iff_past_requested",
            ),
            models.CheckConstraint(
                condition=Q(state__in=AFTER_SENDING, sent_on__isnull=False)
                | ~Q(state__in=AFTER_SENDING) & Q(sent_on__isnull=True),
                name="closurerequest_sent_on_iff_sent",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ClosureState.RETURNED, ClosureState.REFUSED]) | ~Q(reason=""),
                name="closurerequest_turned_down_with_reason",
            ),
        )
        indexes = (models.Index(fields=["state", "sent_on"], name="closure_waiting"),)

    def __str__(self) -> str:
        return f"closure of {self.recommendation}: {self.state}"


class AuditorDecision(models.Model):
    """The auditor's decision as a person recorded it, with the auditor's own words and date.

    `capture` is a document that shows it. A second person may confirm it.
    """

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="auditor_decisions"
    )
    request = models.ForeignKey(
        ClosureRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    status = models.CharField(max_length=30, choices=choices(AuditorStatus))
    printed = models.CharField(max_length=300)
    on = models.DateField()
    reason = models.TextField(blank=True)
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("recommendation", "on", "pk")
        constraints = (
            known_value("auditordecision", "status", AuditorStatus),
            models.CheckConstraint(condition=~Q(printed=""), name="auditordecision_has_the_auditors_words"),
            both_or_neither("auditordecision", "confirmed_by", "confirmed_at"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("recorded_by")),
                name="auditordecision_confirmer_is_not_recorder",
            ),
        )

    def __str__(self) -> str:
        return f"{self.printed} on {self.on}"
