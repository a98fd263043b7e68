"""An instance of a duty, as the pack's clauses listed it from the records.

Rows are written only by `closeout.web.casework.duties`: they are derived, and can be made anew at any time.
The columns are those of `closeout.duties.instances`. The state is kept as of `computed_on`; what moves with
the calendar alone (upcoming, due, overdue) is worked out from the dates when it is read.
"""

from django.db import models


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
    computed_on = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["officer_no", "due_on"], name="duty_officer_due"),
            models.Index(fields=["office_id", "duty", "due_on"], name="duty_office_kind_due"),
            models.Index(fields=["case_no"], name="duty_case"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "subject_table", "subject", "sequence"], name="duty_instance_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.subject}"
