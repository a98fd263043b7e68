"""How many duties each office has, by their dates: Office adds up some thousands of rows, not millions.

Derived from the duty table and written only by `closeout.web.casework.duties`, in the transaction that
writes duties. Nothing here is as of a day: the dates are kept, so that the counts of any day follow from them
as they do from the duties themselves. A change of one case adds rows, some of them negative, and alters
none: two people who work on two cases of an office do not wait for each other. Working out all duties writes
the tables anew.
"""

from django.db import models


class DutyCount(models.Model):
    """So many duties (fewer, where `rows` is negative) of an office that are alike.

    Dates that the counts of a duty never ask for are left out: all but `last_day` where it is not open, or on
    hold.
    """

    office_id = models.CharField(max_length=64)
    duty = models.CharField(max_length=64)
    state = models.CharField(max_length=16)
    is_open = models.BooleanField()
    is_missed = models.BooleanField()
    opens_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    overdue_from = models.DateField(null=True, blank=True)
    rows = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["office_id"], name="duty_count_of_office")]

    def __str__(self) -> str:
        return f"{self.rows} of {self.duty} at {self.office_id}"


class SubjectCount(models.Model):
    """So many subjects of an office's duty that have an open instance.

    `behind_from` is the first day at whose end one of a subject's instances is overdue.
    """

    office_id = models.CharField(max_length=64)
    duty = models.CharField(max_length=64)
    behind_from = models.DateField(null=True, blank=True)
    rows = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["office_id"], name="subject_count_of_office")]

    def __str__(self) -> str:
        return f"{self.rows} subjects of {self.duty} at {self.office_id}"
