"""Offices, posts, officers and their time.

The columns are those of `closeout.records.tables`; a test holds them to it.
"""

from django.db import models

from closeout.web.casework.models.record import Record, choices, differ, in_order


class Office(Record):
    """A field office or headquarters office."""

    table = "offices"
    office_id = models.CharField(max_length=64, primary_key=True)
    label = models.CharField(max_length=120)
    kind = models.CharField(max_length=40, choices=choices("offices", "kind"), null=True, blank=True)
    region = models.CharField(max_length=64, null=True, blank=True)
    area_code = models.CharField(max_length=64, null=True, blank=True)
    time_zone = models.CharField(max_length=64)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_offices"
        constraints = [in_order("opened_on", "closed_on", name="offices_opened_before_closed")]


class Unit(Record):
    """A unit of an office."""

    table = "units"
    unit_id = models.CharField(max_length=64, primary_key=True)
    office = models.ForeignKey("Office", models.PROTECT, db_column="office_id", related_name="+")
    label = models.CharField(max_length=120)
    kind = models.CharField(max_length=40, choices=choices("units", "kind"))

    class Meta(Record.Meta):
        db_table = "casework_units"


class Site(Record):
    """Premises of an office where people report: never a person's own place."""

    table = "sites"
    site_id = models.CharField(max_length=64, primary_key=True)
    office = models.ForeignKey("Office", models.PROTECT, db_column="office_id", related_name="+")
    label = models.CharField(max_length=120)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_sites"
        constraints = [in_order("opened_on", "closed_on", name="sites_opened_before_closed")]


class Position(Record):
    """An authorized post, filled or vacant."""

    table = "positions"
    position_no = models.CharField(max_length=64, primary_key=True)
    office = models.ForeignKey("Office", models.PROTECT, db_column="office_id", related_name="+")
    unit = models.ForeignKey(
        "Unit", models.PROTECT, db_column="unit_id", related_name="+", null=True, blank=True
    )
    role = models.CharField(max_length=40, choices=choices("positions", "role"))
    series = models.CharField(max_length=64, null=True, blank=True)
    grade = models.CharField(max_length=64, null=True, blank=True)
    authorized_on = models.DateField()
    abolished_on = models.DateField(null=True, blank=True)
    officer = models.ForeignKey(
        "Officer", models.PROTECT, db_column="officer_no", related_name="+", null=True, blank=True
    )
    vacant_from = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_positions"
        constraints = [
            in_order("authorized_on", "abolished_on", name="positions_authorized_before_abolished")
        ]


class Officer(Record):
    """A member of staff, by staff number."""

    table = "officers"
    officer_no = models.CharField(max_length=64, primary_key=True)
    office = models.ForeignKey("Office", models.PROTECT, db_column="office_id", related_name="+")
    unit = models.ForeignKey(
        "Unit", models.PROTECT, db_column="unit_id", related_name="+", null=True, blank=True
    )
    role = models.CharField(max_length=40, choices=choices("officers", "role"))
    entered_on = models.DateField()
    active_from = models.DateField()
    active_to = models.DateField(null=True, blank=True)
    contracted_hours = models.FloatField()
    is_converted = models.BooleanField()
    site = models.ForeignKey(
        "Site", models.PROTECT, db_column="site_id", related_name="+", null=True, blank=True
    )

    class Meta(Record.Meta):
        db_table = "casework_officers"
        constraints = [in_order("active_from", "active_to", name="officers_active_from_before_to")]


class OfficerSkill(Record):
    """A skill or language an officer is certified in."""

    table = "officer_skills"
    skill_id = models.BigAutoField(primary_key=True)
    officer = models.ForeignKey("Officer", models.PROTECT, db_column="officer_no", related_name="+")
    skill = models.CharField(max_length=64)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_officer_skills"
        constraints = [in_order("valid_from", "valid_to", name="officer_skills_from_before_to")]


class Absence(Record):
    """Days an officer was or will be away."""

    table = "absences"
    absence_id = models.BigAutoField(primary_key=True)
    officer = models.ForeignKey("Officer", models.PROTECT, db_column="officer_no", related_name="+")
    kind = models.CharField(max_length=40, choices=choices("absences", "kind"))
    from_on = models.DateField()
    to_on = models.DateField()
    hours_a_day = models.FloatField()

    class Meta(Record.Meta):
        db_table = "casework_absences"
        constraints = [in_order("from_on", "to_on", name="absences_from_before_to")]


class Detail(Record):
    """An officer lent to another office or task."""

    table = "details"
    detail_id = models.BigAutoField(primary_key=True)
    officer = models.ForeignKey("Officer", models.PROTECT, db_column="officer_no", related_name="+")
    from_office = models.ForeignKey("Office", models.PROTECT, db_column="from_office_id", related_name="+")
    to_office = models.ForeignKey(
        "Office", models.PROTECT, db_column="to_office_id", related_name="+", null=True, blank=True
    )
    kind = models.CharField(max_length=40, choices=choices("details", "kind"))
    from_on = models.DateField()
    to_on = models.DateField()

    class Meta(Record.Meta):
        db_table = "casework_details"
        constraints = [in_order("from_on", "to_on", name="details_from_before_to")]


class CollateralDuty(Record):
    """A standing task beside the caseload."""

    table = "collateral_duties"
    collateral_id = models.BigAutoField(primary_key=True)
    officer = models.ForeignKey("Officer", models.PROTECT, db_column="officer_no", related_name="+")
    kind = models.CharField(max_length=40, choices=choices("collateral_duties", "kind"))
    hours_a_week = models.FloatField()
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_collateral_duties"
        constraints = [in_order("from_on", "to_on", name="collateral_duties_from_before_to")]


class Delegation(Record):
    """One officer acting for another."""

    table = "delegations"
    delegation_id = models.BigAutoField(primary_key=True)
    from_officer = models.ForeignKey("Officer", models.PROTECT, db_column="from_officer_no", related_name="+")
    to_officer = models.ForeignKey("Officer", models.PROTECT, db_column="to_officer_no", related_name="+")
    from_on = models.DateField()
    to_on = models.DateField()

    class Meta(Record.Meta):
        db_table = "casework_delegations"
        constraints = [
            differ("from_officer", "to_officer", name="delegations_not_oneself"),
            in_order("from_on", "to_on", name="delegations_from_before_to"),
        ]


class TimeEntry(Record):
    """Minutes an officer spent on one activity on one day."""

    table = "time_entries"
    entry_id = models.BigAutoField(primary_key=True)
    officer = models.ForeignKey(
        "Officer", models.PROTECT, db_column="officer_no", related_name="+", db_index=False
    )
    office = models.ForeignKey(
        "Office", models.PROTECT, db_column="office_id", related_name="+", db_index=False
    )
    worked_on = models.DateField()
    activity = models.CharField(max_length=64)
    minutes = models.BigIntegerField()
    case = models.ForeignKey(
        "Case", models.PROTECT, db_column="case_no", related_name="time_entries", null=True, blank=True
    )
    tasks = models.BigIntegerField(null=True, blank=True)
    study = models.CharField(max_length=64, null=True, blank=True)
    is_overtime = models.BooleanField()

    class Meta(Record.Meta):
        db_table = "casework_time_entries"
        indexes = [models.Index(fields=["officer", "worked_on"], name="time_entries_of_officer")]


class DeskContact(Record):
    """A walk-in, a call or another contact at the window (A13)."""

    table = "desk_contacts"
    contact_id = models.BigAutoField(primary_key=True)
    office = models.ForeignKey(
        "Office", models.PROTECT, db_column="office_id", related_name="+", db_index=False
    )
    officer = models.ForeignKey(
        "Officer",
        models.PROTECT,
        db_column="officer_no",
        related_name="+",
        db_index=False,
        null=True,
        blank=True,
    )
    case = models.ForeignKey(
        "Case", models.PROTECT, db_column="case_no", related_name="desk_contacts", null=True, blank=True
    )
    received_at = models.DateTimeField()
    channel = models.CharField(max_length=40, choices=choices("desk_contacts", "channel"))
    category = models.CharField(max_length=40, choices=choices("desk_contacts", "category"))
    minutes = models.BigIntegerField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_desk_contacts"


class SmallUnitTask(Record):
    """A task of a small unit's mission, with the hours it takes (I1)."""

    table = "small_unit_tasks"
    task_id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey("Unit", models.PROTECT, db_column="unit_id", related_name="+")
    task = models.CharField(max_length=64)
    hours_a_year = models.FloatField()
    skill = models.CharField(max_length=64, null=True, blank=True)
    assessed_on = models.DateField()

    class Meta(Record.Meta):
        db_table = "casework_small_unit_tasks"


class RecruitmentStage(Record):
    """Applicants at one stage in one quarter, against the target (I2)."""

    table = "recruitment_stages"
    stage_id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey("Unit", models.PROTECT, db_column="unit_id", related_name="+")
    office = models.ForeignKey(
        "Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    stage = models.CharField(max_length=40, choices=choices("recruitment_stages", "stage"))
    quarter_from = models.DateField()
    target = models.BigIntegerField(null=True, blank=True)
    reached = models.BigIntegerField(null=True, blank=True)
    median_days = models.FloatField(null=True, blank=True)
    milestone_due_on = models.DateField(null=True, blank=True)
    met_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_recruitment_stages"


class WorkerStatement(Record):
    """That a worker was given an individual statement of what a change means (I3). Never its figures."""

    table = "worker_statements"
    statement_id = models.BigAutoField(primary_key=True)
    officer = models.ForeignKey("Officer", models.PROTECT, db_column="officer_no", related_name="+")
    unit = models.ForeignKey("Unit", models.PROTECT, db_column="unit_id", related_name="+")
    office = models.ForeignKey(
        "Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    subject = models.CharField(max_length=64)
    owed_from = models.DateField()
    delivered_on = models.DateField(null=True, blank=True)
    acknowledged_on = models.DateField(null=True, blank=True)
    tables_version = models.CharField(max_length=64, null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_worker_statements"
        constraints = [
            in_order(
                "delivered_on", "acknowledged_on", name="worker_statements_delivered_before_acknowledged"
            )
        ]
