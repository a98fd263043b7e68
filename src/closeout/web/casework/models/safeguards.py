"""Parents: inquiries, decisions, outreach, incidents.

The columns are those of `closeout.records.tables`; a test holds them to it.
"""

from django.db import models

from closeout.web.casework.models.record import Record, choices


class ParentalInquiry(Record):
    """That a detained person was asked whether they are a parent or guardian (F1). Counts only."""

    table = "parental_inquiries"
    inquiry_id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("Case", models.PROTECT, db_column="case_no", related_name="parental_inquiries")
    office = models.ForeignKey("Office", models.PROTECT, db_column="office_id", related_name="+")
    due_on = models.DateField(null=True, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(
        "Officer", models.PROTECT, db_column="asked_by", related_name="+", null=True, blank=True
    )
    answer = models.CharField(
        max_length=40, choices=choices("parental_inquiries", "answer"), null=True, blank=True
    )
    minors = models.BigIntegerField(null=True, blank=True)
    minors_citizen = models.BigIntegerField(null=True, blank=True)
    minors_resident = models.BigIntegerField(null=True, blank=True)
    is_primary_caretaker = models.BooleanField(null=True, blank=True)
    has_family_proceeding = models.BooleanField(null=True, blank=True)
    contact_notified_on = models.DateField(null=True, blank=True)
    visits_facilitated = models.BigIntegerField(null=True, blank=True)
    policy_version_id = models.CharField(max_length=64, null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_parental_inquiries"


class ParentalDecision(Record):
    """A parent's documented decision before a departure (F2)."""

    table = "parental_decisions"
    decision_id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("Case", models.PROTECT, db_column="case_no", related_name="parental_decisions")
    information_version = models.CharField(max_length=64, null=True, blank=True)
    information_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=64, null=True, blank=True)
    interpreter_used = models.BooleanField(null=True, blank=True)
    offered_reunification = models.BooleanField()
    offered_child_remains = models.BooleanField()
    offered_consultation = models.BooleanField()
    decided_on = models.DateField(null=True, blank=True)
    decision = models.CharField(
        max_length=40, choices=choices("parental_decisions", "decision"), null=True, blank=True
    )
    form_version = models.CharField(max_length=64, null=True, blank=True)
    signed_kind = models.CharField(
        max_length=40, choices=choices("parental_decisions", "signed_kind"), null=True, blank=True
    )
    witness_role = models.CharField(
        max_length=40, choices=choices("parental_decisions", "witness_role"), null=True, blank=True
    )
    reflection_hours = models.FloatField(null=True, blank=True)
    supersedes = models.ForeignKey(
        "self", models.PROTECT, db_column="supersedes_id", related_name="+", null=True, blank=True
    )
    state = models.CharField(max_length=40, choices=choices("parental_decisions", "state"))
    validated_on = models.DateField(null=True, blank=True)
    honored_on = models.DateField(null=True, blank=True)
    exception_approved_by = models.ForeignKey(
        "Officer", models.PROTECT, db_column="exception_approved_by", related_name="+", null=True, blank=True
    )
    exception_approved_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_parental_decisions"


class OutreachBatch(Record):
    """A batch of contact data that another agency was asked for or given (F3); the data stay there."""

    table = "outreach_batches"
    batch_id = models.BigAutoField(primary_key=True)
    office = models.ForeignKey(
        "Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    recipient_role = models.CharField(max_length=40, choices=choices("outreach_batches", "recipient_role"))
    legal_basis = models.CharField(max_length=64)
    sent_on = models.DateField()
    cases = models.BigIntegerField()
    receipt_digest = models.CharField(max_length=64, null=True, blank=True)
    acknowledged_on = models.DateField(null=True, blank=True)
    reached = models.BigIntegerField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_outreach_batches"


class SafeguardIncident(Record):
    """A safeguard that failed or was about to (F2)."""

    table = "safeguard_incidents"
    incident_id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("Case", models.PROTECT, db_column="case_no", related_name="safeguard_incidents")
    office = models.ForeignKey("Office", models.PROTECT, db_column="office_id", related_name="+")
    kind = models.CharField(max_length=40, choices=choices("safeguard_incidents", "kind"))
    detected_on = models.DateField()
    severity = models.CharField(max_length=40, choices=choices("safeguard_incidents", "severity"))
    resolved_on = models.DateField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        "Officer", models.PROTECT, db_column="resolved_by", related_name="+", null=True, blank=True
    )

    class Meta(Record.Meta):
        db_table = "casework_safeguard_incidents"
