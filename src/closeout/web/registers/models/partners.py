"""Partners, agreements and their oversight.

The columns are those of `closeout.records.tables`; a test holds them to it.
"""

from django.db import models

from closeout.web.casework.models.record import Record, choices, differ, in_order


class Partner(Record):
    """A law-enforcement agency with an agreement (C1)."""

    table = "partners"
    partner_id = models.CharField(max_length=64, primary_key=True)
    office = models.ForeignKey("casework.Office", models.PROTECT, db_column="office_id", related_name="+")
    label = models.CharField(max_length=120)
    area = models.CharField(max_length=64)
    kind = models.CharField(max_length=40, choices=choices("partners", "kind"))

    class Meta(Record.Meta):
        db_table = "registers_partners"


class Agreement(Record):
    """An agreement under one model (C1)."""

    table = "agreements"
    agreement_id = models.CharField(max_length=64, primary_key=True)
    partner = models.ForeignKey("Partner", models.PROTECT, db_column="partner_id", related_name="+")
    office = models.ForeignKey("casework.Office", models.PROTECT, db_column="office_id", related_name="+")
    model = models.CharField(max_length=40, choices=choices("agreements", "model"))
    state = models.CharField(max_length=40, choices=choices("agreements", "state"))
    signed_on = models.DateField()
    operational_on = models.DateField(null=True, blank=True)
    template_revision = models.CharField(max_length=64, null=True, blank=True)
    suspended_on = models.DateField(null=True, blank=True)
    notice_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    first_listed_on = models.DateField(null=True, blank=True)
    last_listed_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_agreements"
        constraints = [
            in_order("signed_on", "operational_on", name="agreements_signed_before_operational"),
            in_order("signed_on", "ended_on", name="agreements_signed_before_ended"),
        ]


class AgreementObligation(Record):
    """One obligation under an agreement, with its own due date (C1)."""

    table = "agreement_obligations"
    obligation_id = models.BigAutoField(primary_key=True)
    agreement = models.ForeignKey("Agreement", models.PROTECT, db_column="agreement_id", related_name="+")
    office = models.ForeignKey(
        "casework.Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    clause = models.CharField(max_length=40, choices=choices("agreement_obligations", "clause"))
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_agreement_obligations"


class PartnerProgram(Record):
    """An assessment of a model's mix of partners, used to guide recruitment (C2)."""

    table = "partner_programs"
    assessment_id = models.BigAutoField(primary_key=True)
    model = models.CharField(max_length=40, choices=choices("partner_programs", "model"))
    office = models.ForeignKey(
        "casework.Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    fiscal_year = models.BigIntegerField()
    due_on = models.DateField(null=True, blank=True)
    assessed_on = models.DateField(null=True, blank=True)
    agreements = models.BigIntegerField(null=True, blank=True)
    inspections_capacity = models.BigIntegerField(null=True, blank=True)
    guides_recruitment = models.BooleanField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_partner_programs"


class ProgramGoal(Record):
    """A goal with its measure and what came of it (C3)."""

    table = "program_goals"
    goal_id = models.CharField(max_length=64, primary_key=True)
    measure = models.CharField(max_length=64)
    office = models.ForeignKey(
        "casework.Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    owner_role = models.CharField(max_length=64)
    baseline = models.FloatField(null=True, blank=True)
    target = models.FloatField()
    period_from = models.DateField()
    period_to = models.DateField()
    covers_oversight = models.BooleanField()
    actual = models.FloatField(null=True, blank=True)
    assessed_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_program_goals"
        constraints = [in_order("period_from", "period_to", name="program_goals_period_in_order")]


class PartnerInspection(Record):
    """An inspection of a partner (C4)."""

    table = "partner_inspections"
    inspection_id = models.BigAutoField(primary_key=True)
    agreement = models.ForeignKey("Agreement", models.PROTECT, db_column="agreement_id", related_name="+")
    office = models.ForeignKey(
        "casework.Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    kind = models.CharField(max_length=40, choices=choices("partner_inspections", "kind"))
    is_on_site = models.BooleanField()
    notice_sent_on = models.DateField(null=True, blank=True)
    documents_requested_on = models.DateField(null=True, blank=True)
    documents_received_on = models.DateField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    interviews = models.BigIntegerField(null=True, blank=True)
    sampled = models.BigIntegerField(null=True, blank=True)
    report_issued_on = models.DateField(null=True, blank=True)
    response_due_on = models.DateField(null=True, blank=True)
    response_received_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_partner_inspections"
        constraints = [in_order("held_on", "report_issued_on", name="partner_inspections_held_before_report")]


class PartnerFinding(Record):
    """A finding of a partner inspection (C4)."""

    table = "partner_findings"
    finding_id = models.BigAutoField(primary_key=True)
    inspection = models.ForeignKey(
        "PartnerInspection", models.PROTECT, db_column="inspection_id", related_name="+"
    )
    office = models.ForeignKey(
        "casework.Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    requirement = models.CharField(max_length=64)
    is_repeat = models.BooleanField()
    found_on = models.DateField(null=True, blank=True)
    corrected_on = models.DateField(null=True, blank=True)
    verified_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_partner_findings"


class PartnerInterview(Record):
    """One answer in a standardized interview, by an anonymous respondent number (C5)."""

    table = "partner_interviews"
    answer_id = models.BigAutoField(primary_key=True)
    inspection = models.ForeignKey(
        "PartnerInspection", models.PROTECT, db_column="inspection_id", related_name="+"
    )
    respondent = models.BigIntegerField()
    instrument_version = models.CharField(max_length=64)
    question = models.CharField(max_length=64)
    is_correct = models.BooleanField()

    class Meta(Record.Meta):
        db_table = "registers_partner_interviews"


class Participation(Record):
    """A partner's member taking part in the program, by holder number."""

    table = "participations"
    participation_id = models.BigAutoField(primary_key=True)
    agreement = models.ForeignKey("Agreement", models.PROTECT, db_column="agreement_id", related_name="+")
    holder_no = models.CharField(max_length=64)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    withdrawal_notice_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_participations"
        constraints = [in_order("from_on", "to_on", name="participations_from_before_to")]


class Credential(Record):
    """A credential and what became of it (C6)."""

    table = "credentials"
    credential_no = models.CharField(max_length=64, primary_key=True)
    participation = models.ForeignKey(
        "Participation", models.PROTECT, db_column="participation_id", related_name="+"
    )
    office = models.ForeignKey(
        "casework.Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    issued_on = models.DateField()
    participation_ended_on = models.DateField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    destroyed_on = models.DateField(null=True, blank=True)
    witnessed_by = models.ForeignKey(
        "casework.Officer", models.PROTECT, db_column="witnessed_by", related_name="+", null=True, blank=True
    )

    class Meta(Record.Meta):
        db_table = "registers_credentials"
        constraints = [in_order("issued_on", "returned_on", name="credentials_issued_before_returned")]


class Complaint(Record):
    """A complaint about a partner or a facility (C7, G7)."""

    table = "complaints"
    complaint_id = models.BigAutoField(primary_key=True)
    partner = models.ForeignKey(
        "Partner", models.PROTECT, db_column="partner_id", related_name="+", null=True, blank=True
    )
    facility = models.ForeignKey(
        "Facility", models.PROTECT, db_column="facility_id", related_name="+", null=True, blank=True
    )
    office = models.ForeignKey("casework.Office", models.PROTECT, db_column="office_id", related_name="+")
    reporter_role = models.CharField(max_length=40, choices=choices("complaints", "reporter_role"))
    category = models.CharField(max_length=40, choices=choices("complaints", "category"))
    received_at = models.DateTimeField()
    notified_at = models.DateTimeField(null=True, blank=True)
    inquiry_opened_on = models.DateField(null=True, blank=True)
    resolved_on = models.DateField(null=True, blank=True)
    resolution = models.CharField(
        max_length=40, choices=choices("complaints", "resolution"), null=True, blank=True
    )

    class Meta(Record.Meta):
        db_table = "registers_complaints"


class PartnerTraining(Record):
    """A required training of one participation (C8)."""

    table = "partner_trainings"
    training_id = models.BigAutoField(primary_key=True)
    participation = models.ForeignKey(
        "Participation", models.PROTECT, db_column="participation_id", related_name="+"
    )
    office = models.ForeignKey(
        "casework.Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    course = models.ForeignKey("Course", models.PROTECT, db_column="course_id", related_name="+")
    due_on = models.DateField()
    passed_on = models.DateField(null=True, blank=True)
    score = models.FloatField(null=True, blank=True)
    attempts = models.BigIntegerField()

    class Meta(Record.Meta):
        db_table = "registers_partner_trainings"


class PartnerSummary(Record):
    """The annual summary of a partner (C9)."""

    table = "partner_summaries"
    summary_id = models.BigAutoField(primary_key=True)
    agreement = models.ForeignKey("Agreement", models.PROTECT, db_column="agreement_id", related_name="+")
    fiscal_year = models.BigIntegerField()
    completed_on = models.DateField(null=True, blank=True)
    warrants_served = models.BigIntegerField(null=True, blank=True)
    training_share = models.FloatField(null=True, blank=True)
    drafted_by = models.ForeignKey(
        "casework.Officer", models.PROTECT, db_column="drafted_by", related_name="+", null=True, blank=True
    )
    signed_by = models.ForeignKey(
        "casework.Officer", models.PROTECT, db_column="signed_by", related_name="+", null=True, blank=True
    )
    content_digest = models.CharField(max_length=64, null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_partner_summaries"
        constraints = [differ("drafted_by", "signed_by", name="partner_summaries_two_people")]
