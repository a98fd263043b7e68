"""What the integrity checkers found when they last looked."""

from django.db import models


class Finding(models.Model):
    """A row of the records that breaks a rule. Derived: replaced whole whenever the checkers look."""

    rule = models.CharField(max_length=64)
    subject_table = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    case_no = models.CharField(max_length=64, null=True, blank=True)
    office_id = models.CharField(max_length=64, null=True, blank=True)
    since_on = models.DateField(null=True, blank=True)
    found_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["rule", "office_id", "since_on"], name="finding_rule_office")]
        constraints = [
            models.UniqueConstraint(fields=["rule", "subject_table", "subject"], name="finding_once_a_row")
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.subject_table} {self.subject}"
