"""Time studies, what they observed, and how minutes are adjusted.

The columns are those of `closeout.records.tables`; a test holds them to it.
"""

from django.db import models

from closeout.web.casework.models.record import Record, choices, differ, in_order


class TimeStudy(Record):
    """A time study: how officers' time is observed, and over which weeks."""

    table = "time_studies"
    study_id = models.CharField(max_length=64, primary_key=True)
    label = models.CharField(max_length=120)
    design = models.CharField(max_length=40, choices=choices("time_studies", "design"))
    state = models.CharField(max_length=40, choices=choices("time_studies", "state"))
    from_on = models.DateField()
    to_on = models.DateField()
    weeks = models.BigIntegerField()
    moments_a_week = models.BigIntegerField(null=True, blank=True)
    office = models.ForeignKey(
        "casework.Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    role = models.CharField(max_length=40, choices=choices("time_studies", "role"), null=True, blank=True)
    aimed_error = models.FloatField(null=True, blank=True)
    seed = models.BigIntegerField(null=True, blank=True)
    planned_on = models.DateField(null=True, blank=True)
    planned_by = models.ForeignKey(
        "casework.Officer", models.PROTECT, db_column="planned_by", related_name="+", null=True, blank=True
    )

    class Meta(Record.Meta):
        db_table = "staffing_time_studies"
        constraints = [in_order("from_on", "to_on", name="time_studies_from_before_to")]


class StudySample(Record):
    """An officer asked to record one week, or one moment, of a time study."""

    table = "study_samples"
    sample_id = models.BigAutoField(primary_key=True)
    study = models.ForeignKey("TimeStudy", models.PROTECT, db_column="study_id", related_name="samples")
    officer = models.ForeignKey(
        "casework.Officer", models.PROTECT, db_column="officer_no", related_name="+", db_index=False
    )
    office = models.ForeignKey("casework.Office", models.PROTECT, db_column="office_id", related_name="+")
    week_from = models.DateField()
    asked_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=40, choices=choices("study_samples", "state"))
    settled_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "staffing_study_samples"
        indexes = [models.Index(fields=["officer", "week_from"], name="study_samples_of_officer")]


class StudyMoment(Record):
    """What an officer was doing at a moment drawn by chance."""

    table = "study_moments"
    moment_id = models.BigAutoField(primary_key=True)
    study = models.ForeignKey("TimeStudy", models.PROTECT, db_column="study_id", related_name="moments")
    officer = models.ForeignKey("casework.Officer", models.PROTECT, db_column="officer_no", related_name="+")
    office = models.ForeignKey("casework.Office", models.PROTECT, db_column="office_id", related_name="+")
    observed_at = models.DateTimeField()
    activity = models.CharField(max_length=64)
    case = models.ForeignKey(
        "casework.Case", models.PROTECT, db_column="case_no", related_name="+", null=True, blank=True
    )

    class Meta(Record.Meta):
        db_table = "staffing_study_moments"


class ActivityChange(Record):
    """A change of what an activity consists of: minutes recorded before it no longer hold."""

    table = "activity_changes"
    change_id = models.BigAutoField(primary_key=True)
    activity = models.CharField(max_length=64)
    kind = models.CharField(max_length=40, choices=choices("activity_changes", "kind"))
    changed_on = models.DateField()
    policy_version = models.ForeignKey(
        "registers.PolicyVersion",
        models.PROTECT,
        db_column="policy_version_id",
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta(Record.Meta):
        db_table = "staffing_activity_changes"


class SufficiencyAnswer(Record):
    """Whether an officer has enough time to do an activity well."""

    table = "sufficiency_answers"
    answer_id = models.BigAutoField(primary_key=True)
    study = models.ForeignKey(
        "TimeStudy", models.PROTECT, db_column="study_id", related_name="+", null=True, blank=True
    )
    activity = models.CharField(max_length=64)
    officer = models.ForeignKey("casework.Officer", models.PROTECT, db_column="officer_no", related_name="+")
    is_enough = models.BooleanField()
    suggested_minutes = models.FloatField(null=True, blank=True)
    reason = models.CharField(
        max_length=40, choices=choices("sufficiency_answers", "reason"), null=True, blank=True
    )
    answered_on = models.DateField()

    class Meta(Record.Meta):
        db_table = "staffing_sufficiency_answers"


class DelphiEstimate(Record):
    """A panelist's estimate of the minutes an activity should take, in one of two rounds."""

    table = "delphi_estimates"
    estimate_id = models.BigAutoField(primary_key=True)
    panel = models.CharField(max_length=64)
    activity = models.CharField(max_length=64)
    round = models.CharField(max_length=40, choices=choices("delphi_estimates", "round"))
    officer = models.ForeignKey("casework.Officer", models.PROTECT, db_column="officer_no", related_name="+")
    low_minutes = models.FloatField()
    likely_minutes = models.FloatField()
    high_minutes = models.FloatField()
    reason = models.CharField(
        max_length=40, choices=choices("delphi_estimates", "reason"), null=True, blank=True
    )
    estimated_on = models.DateField()

    class Meta(Record.Meta):
        db_table = "staffing_delphi_estimates"
        constraints = [
            in_order("low_minutes", "likely_minutes", name="delphi_estimates_low_before_likely"),
            in_order("likely_minutes", "high_minutes", name="delphi_estimates_likely_before_high"),
        ]


class WeightAdjustment(Record):
    """What an activity should take, decided by one person and approved by another."""

    table = "weight_adjustments"
    adjustment_id = models.BigAutoField(primary_key=True)
    activity = models.CharField(max_length=64)
    office = models.ForeignKey(
        "casework.Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    panel = models.CharField(max_length=64, null=True, blank=True)
    observed_minutes = models.FloatField(null=True, blank=True)
    adjusted_minutes = models.FloatField()
    low_minutes = models.FloatField()
    high_minutes = models.FloatField()
    reason = models.CharField(max_length=40, choices=choices("weight_adjustments", "reason"))
    rationale = models.CharField(max_length=120)
    decided_on = models.DateField()
    decided_by = models.ForeignKey(
        "casework.Officer", models.PROTECT, db_column="decided_by", related_name="+"
    )
    approved_on = models.DateField(null=True, blank=True)
    approved_by = models.ForeignKey(
        "casework.Officer", models.PROTECT, db_column="approved_by", related_name="+", null=True, blank=True
    )
    expires_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "staffing_weight_adjustments"
        constraints = [
            in_order("low_minutes", "adjusted_minutes", name="weight_adjustments_low_before_adjusted"),
            in_order("adjusted_minutes", "high_minutes", name="weight_adjustments_adjusted_before_high"),
            in_order("decided_on", "approved_on", name="weight_adjustments_decided_before_approved"),
            differ("decided_by", "approved_by", name="weight_adjustments_two_people"),
        ]
