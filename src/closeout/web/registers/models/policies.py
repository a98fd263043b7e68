"""Policies, guidance, acknowledgements and training.

The columns are those of `closeout.records.tables`; a test holds them to it.
"""

from django.db import models

from closeout.web.casework.models.record import Record, choices, differ, in_order


class Policy(Record):
    """A policy, national or local (D1, D3)."""

    table = "policies"
    policy_id = models.CharField(max_length=64, primary_key=True)
    label = models.CharField(max_length=120)
    kind = models.CharField(max_length=40, choices=choices("policies", "kind"))
    office = models.ForeignKey("casework.Office", models.PROTECT, db_column="office_id", related_name="+")
    parent_policy = models.ForeignKey(
        "self", models.PROTECT, db_column="parent_policy_id", related_name="+", null=True, blank=True
    )
    deviation = models.CharField(
        max_length=40, choices=choices("policies", "deviation"), null=True, blank=True
    )
    deviation_approved_on = models.DateField(null=True, blank=True)
    issued_on = models.DateField()
    rescinded_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_policies"
        constraints = [in_order("issued_on", "rescinded_on", name="policies_issued_before_rescinded")]


class PolicyVersion(Record):
    """A version of a policy (D1)."""

    table = "policy_versions"
    policy_version_id = models.CharField(max_length=64, primary_key=True)
    policy = models.ForeignKey("Policy", models.PROTECT, db_column="policy_id", related_name="+")
    version = models.BigIntegerField()
    state = models.CharField(max_length=40, choices=choices("policy_versions", "state"))
    effective_from = models.DateField(null=True, blank=True)
    effective_to = models.DateField(null=True, blank=True)
    content_digest = models.CharField(max_length=64, null=True, blank=True)
    needs_acknowledgement = models.BooleanField()
    written_by = models.ForeignKey(
        "casework.Officer", models.PROTECT, db_column="written_by", related_name="+", null=True, blank=True
    )
    approved_by = models.ForeignKey(
        "casework.Officer", models.PROTECT, db_column="approved_by", related_name="+", null=True, blank=True
    )

    class Meta(Record.Meta):
        db_table = "registers_policy_versions"
        constraints = [
            in_order("effective_from", "effective_to", name="policy_versions_effective_in_order"),
            differ("written_by", "approved_by", name="policy_versions_two_people"),
        ]


class PolicyReview(Record):
    """A periodic review of a policy, with or without a change (D1)."""

    table = "policy_reviews"
    review_id = models.BigAutoField(primary_key=True)
    policy = models.ForeignKey("Policy", models.PROTECT, db_column="policy_id", related_name="+")
    reviewed_on = models.DateField()
    reviewed_by = models.ForeignKey(
        "casework.Officer", models.PROTECT, db_column="reviewed_by", related_name="+", null=True, blank=True
    )
    result = models.CharField(max_length=40, choices=choices("policy_reviews", "result"))

    class Meta(Record.Meta):
        db_table = "registers_policy_reviews"


class PolicyClause(Record):
    """A clause of a policy version that creates a duty (D1)."""

    table = "policy_clauses"
    clause_id = models.BigAutoField(primary_key=True)
    policy_version = models.ForeignKey(
        "PolicyVersion", models.PROTECT, db_column="policy_version_id", related_name="+"
    )
    clause = models.CharField(max_length=64)
    duty = models.CharField(max_length=64, null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_policy_clauses"


class Guidance(Record):
    """A memo, e-mail or oral instruction outside the policies, and what was decided about it (D2)."""

    table = "guidance"
    guidance_id = models.BigAutoField(primary_key=True)
    office = models.ForeignKey("casework.Office", models.PROTECT, db_column="office_id", related_name="+")
    channel = models.CharField(max_length=40, choices=choices("guidance", "channel"))
    issued_on = models.DateField()
    registered_on = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=40, choices=choices("guidance", "decision"), null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    formalized_policy = models.ForeignKey(
        "Policy", models.PROTECT, db_column="formalized_policy_id", related_name="+", null=True, blank=True
    )

    class Meta(Record.Meta):
        db_table = "registers_guidance"
        constraints = [in_order("issued_on", "decided_on", name="guidance_issued_before_decided")]


class Acknowledgement(Record):
    """An officer's acknowledgement of a version (D4)."""

    table = "acknowledgements"
    acknowledgement_id = models.BigAutoField(primary_key=True)
    policy_version = models.ForeignKey(
        "PolicyVersion", models.PROTECT, db_column="policy_version_id", related_name="+"
    )
    officer = models.ForeignKey("casework.Officer", models.PROTECT, db_column="officer_no", related_name="+")
    office = models.ForeignKey(
        "casework.Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    sent_on = models.DateField()
    acknowledged_on = models.DateField(null=True, blank=True)
    quiz_passed_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_acknowledgements"
        constraints = [
            in_order("sent_on", "acknowledged_on", name="acknowledgements_sent_before_acknowledged")
        ]


class Course(Record):
    """A version of a course (D5)."""

    table = "courses"
    course_id = models.CharField(max_length=64, primary_key=True)
    label = models.CharField(max_length=120)
    office = models.ForeignKey(
        "casework.Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    version = models.BigIntegerField()
    covers_case_system = models.BooleanField()
    pass_score = models.FloatField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_courses"


class TrainingRequirement(Record):
    """Who must take a course and how often (D5)."""

    table = "training_requirements"
    requirement_id = models.CharField(max_length=64, primary_key=True)
    course = models.ForeignKey("Course", models.PROTECT, db_column="course_id", related_name="+")
    role = models.CharField(max_length=40, choices=choices("training_requirements", "role"))
    converted_only = models.BooleanField()
    recurrence = models.CharField(max_length=40, choices=choices("training_requirements", "recurrence"))
    months = models.BigIntegerField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    policy_version = models.ForeignKey(
        "PolicyVersion",
        models.PROTECT,
        db_column="policy_version_id",
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta(Record.Meta):
        db_table = "registers_training_requirements"


class TrainingAssignment(Record):
    """A requirement as it falls on one officer (D5)."""

    table = "training_assignments"
    assignment_id = models.BigAutoField(primary_key=True)
    officer = models.ForeignKey("casework.Officer", models.PROTECT, db_column="officer_no", related_name="+")
    office = models.ForeignKey("casework.Office", models.PROTECT, db_column="office_id", related_name="+")
    requirement = models.ForeignKey(
        "TrainingRequirement", models.PROTECT, db_column="requirement_id", related_name="+"
    )
    state = models.CharField(max_length=40, choices=choices("training_assignments", "state"))
    assigned_on = models.DateField()
    due_on = models.DateField()
    completed_on = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    exempt_until = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_training_assignments"


class TrainingSession(Record):
    """A session of a course (D5)."""

    table = "training_sessions"
    session_id = models.BigAutoField(primary_key=True)
    course = models.ForeignKey("Course", models.PROTECT, db_column="course_id", related_name="+")
    office = models.ForeignKey(
        "casework.Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    held_on = models.DateField()
    roster_digest = models.CharField(max_length=64, null=True, blank=True)
    roster_filed_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_training_sessions"


class AttendanceRecord(Record):
    """An officer at a session (D5)."""

    table = "attendance"
    attendance_id = models.BigAutoField(primary_key=True)
    session = models.ForeignKey("TrainingSession", models.PROTECT, db_column="session_id", related_name="+")
    officer = models.ForeignKey("casework.Officer", models.PROTECT, db_column="officer_no", related_name="+")
    is_present = models.BooleanField()
    minutes = models.BigIntegerField()
    score = models.FloatField(null=True, blank=True)
    has_passed = models.BooleanField(null=True, blank=True)
    attempt = models.BigIntegerField()
    evidence_digest = models.CharField(max_length=64, null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_attendance"


class TrainingEvaluation(Record):
    """An evaluation of a course on one of the four levels (D5)."""

    table = "training_evaluations"
    evaluation_id = models.BigAutoField(primary_key=True)
    course = models.ForeignKey("Course", models.PROTECT, db_column="course_id", related_name="+")
    level = models.BigIntegerField()
    fiscal_year = models.BigIntegerField()
    evaluated_on = models.DateField(null=True, blank=True)
    value = models.FloatField(null=True, blank=True)
    responses = models.BigIntegerField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_training_evaluations"
