"""An instance of a duty, as the pack's clauses listed it from the records.

Rows are written only by `closeout.web.casework.duties`: they are derived, and can be made anew at any time.
The columns are those of `closeout.duties.instances` and three of the site's own. The state is kept as of
`computed_on`; what moves with the calendar alone (upcoming, due, overdue) is worked out from the dates when
it is read: `as_of`. Kept are the open instances and those
that closed, or were due, in the last sixty days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, F, Q, Value, When

from closeout.duties.clauses import State

if TYPE_CHECKING:
    from datetime import date

KEPT_DAYS = 60
"""How long an instance is kept after it closed or was due, whichever is later."""


class DutyQuerySet(models.QuerySet["Duty"]):
    """Reads duties as of a day."""

    def open(self) -> Self:
        """Return the instances that nothing has ended."""
        return self.filter(is_open=True)

    def overdue(self, day: date) -> Self:
        """Return the open instances that are overdue at the end of a day; those on hold are not."""
        return self.open().filter(overdue_from__lte=day).exclude(state=State.ON_HOLD)

    def as_of(self, day: date) -> Self:
        """Return the instances with `state_then`, their state at the end of a day.

        The same rule as the engine's for what moves with the calendar alone: an open instance is overdue
        from `overdue_from`, due from `opens_on`, upcoming before. What needs the records (a hold that
        begins or ends, a new period) is as of `computed_on`.
        """
        moving = Q(is_open=True) & ~Q(state=State.ON_HOLD)
        return self.annotate(
            state_then=Case(
                When(moving & Q(overdue_from__lte=day), then=Value(State.OVERDUE.value)),
                When(moving & Q(opens_on__lte=day), then=Value(State.DUE.value)),
                When(moving, then=Value(State.UPCOMING.value)),
                default=F("state"),
                output_field=models.CharField(),
            )
        )


class Duty(models.Model):
    """One thing an office owes, or owed, by a date, on the basis of a rule."""

    duty = models.CharField(max_length=64)
    subject_table = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    sequence = models.BigIntegerField()
    case_no = models.CharField(max_length=64, null=True, blank=True)
    office_id = models.CharField(max_length=64, null=True, blank=True)
    officer_no = models.CharField(max_length=64, null=True, blank=True)
    opened_on = models.DateField()
    opens_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=16)
    reason = models.CharField(max_length=64, blank=True)
    rule = models.CharField(max_length=160, blank=True)
    days_held = models.BigIntegerField()
    is_missed = models.BooleanField()
    # The site's own: nothing has ended it; the first day at whose end it is overdue; what state is as of.
    is_open = models.BooleanField(default=False)
    overdue_from = models.DateField(null=True, blank=True)
    computed_on = models.DateField()

    objects = DutyQuerySet.as_manager()

    class Meta:
        # Each holds what the first screens count, so that a count reads the index alone.
        indexes = [
            models.Index(
                fields=["officer_no", "due_on", "duty", "id"],
                include=["overdue_from", "opens_on", "state", "due_at"],
                condition=Q(is_open=True),
                name="duty_of_officer_by_due_date",
            ),
            models.Index(
                fields=["officer_no"],
                condition=Q(is_open=True, state=State.ON_HOLD.value),
                name="duty_on_hold_of_officer",
            ),
            models.Index(
                fields=["office_id", "officer_no", "duty", "due_on"],
                include=["overdue_from", "opens_on", "state"],
                condition=Q(is_open=True),
                name="duty_open_of_office",
            ),
            models.Index(
                fields=["officer_no", "done_on"], condition=Q(done_on__isnull=False), name="duty_done_by_day"
            ),
            models.Index(fields=["case_no"], name="duty_case"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "subject_table", "subject", "sequence"], name="duty_instance_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.subject}"
