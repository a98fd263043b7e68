"""Contracts, facilities, inspections and traces.

The columns are those of `closeout.records.tables`; a test holds them to it.
"""

from django.db import models

from closeout.web.casework.models.record import Record, choices, differ, in_order


class Contract(Record):
    """A contract under surveillance (G1)."""

    table = "contracts"
    contract_id = models.CharField(max_length=64, primary_key=True)
    label = models.CharField(max_length=120)
    office = models.ForeignKey("casework.Office", models.PROTECT, db_column="office_id", related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_contracts"
        constraints = [in_order("starts_on", "ends_on", name="contracts_starts_before_ends")]


class ContractStandard(Record):
    """A standard of a contract with its acceptable quality level (G1)."""

    table = "contract_standards"
    standard_id = models.CharField(max_length=64, primary_key=True)
    contract = models.ForeignKey("Contract", models.PROTECT, db_column="contract_id", related_name="+")
    office = models.ForeignKey(
        "casework.Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    number = models.BigIntegerField()
    indicator = models.CharField(max_length=64)
    aql = models.FloatField(null=True, blank=True)
    direction = models.CharField(max_length=40, choices=choices("contract_standards", "direction"))
    method = models.CharField(max_length=40, choices=choices("contract_standards", "method"))
    frequency = models.CharField(max_length=40, choices=choices("contract_standards", "frequency"))
    is_placeholder = models.BooleanField()
    starts_on = models.DateField()

    class Meta(Record.Meta):
        db_table = "registers_contract_standards"


class SurveillanceEvent(Record):
    """One act of surveillance (G2)."""

    table = "surveillance_events"
    event_id = models.BigAutoField(primary_key=True)
    standard = models.ForeignKey(
        "ContractStandard", models.PROTECT, db_column="standard_id", related_name="+"
    )
    observed_on = models.DateField()
    method = models.CharField(max_length=40, choices=choices("surveillance_events", "method"))
    lot = models.BigIntegerField(null=True, blank=True)
    sampled = models.BigIntegerField()
    defects = models.BigIntegerField()
    inference_allowed = models.BooleanField()

    class Meta(Record.Meta):
        db_table = "registers_surveillance_events"


class StandardAssessment(Record):
    """The determination on one standard for one period (G4)."""

    table = "standard_assessments"
    assessment_id = models.BigAutoField(primary_key=True)
    standard = models.ForeignKey(
        "ContractStandard", models.PROTECT, db_column="standard_id", related_name="+"
    )
    period_from = models.DateField()
    period_to = models.DateField()
    verdict = models.CharField(max_length=40, choices=choices("standard_assessments", "verdict"))
    state = models.CharField(max_length=40, choices=choices("standard_assessments", "state"))
    assessed_by = models.ForeignKey(
        "casework.Officer", models.PROTECT, db_column="assessed_by", related_name="+", null=True, blank=True
    )
    reviewed_by = models.ForeignKey(
        "casework.Officer", models.PROTECT, db_column="reviewed_by", related_name="+", null=True, blank=True
    )
    signed_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_standard_assessments"
        constraints = [
            differ("assessed_by", "reviewed_by", name="standard_assessments_two_people"),
            in_order("period_from", "period_to", name="standard_assessments_period_in_order"),
        ]


class Discrepancy(Record):
    """A discrepancy of a contract standard, its cause and its remedy (G3)."""

    table = "discrepancies"
    discrepancy_id = models.BigAutoField(primary_key=True)
    standard = models.ForeignKey(
        "ContractStandard", models.PROTECT, db_column="standard_id", related_name="+"
    )
    office = models.ForeignKey(
        "casework.Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    reported_on = models.DateField()
    defects = models.BigIntegerField()
    root_cause = models.CharField(
        max_length=40, choices=choices("discrepancies", "root_cause"), null=True, blank=True
    )
    root_cause_on = models.DateField(null=True, blank=True)
    action_due_on = models.DateField(null=True, blank=True)
    action_done_on = models.DateField(null=True, blank=True)
    verified_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_discrepancies"
        constraints = [in_order("reported_on", "root_cause_on", name="discrepancies_reported_before_cause")]


class Facility(Record):
    """A detention facility (G5)."""

    table = "facilities"
    facility_id = models.CharField(max_length=64, primary_key=True)
    label = models.CharField(max_length=120)
    office = models.ForeignKey(
        "casework.Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    area_code = models.CharField(max_length=64, null=True, blank=True)
    kind = models.CharField(max_length=64, null=True, blank=True)
    active_from = models.DateField(null=True, blank=True)
    active_to = models.DateField(null=True, blank=True)
    mean_population = models.FloatField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_facilities"


class FacilityCount(Record):
    """A facility's population as published at one date (G6)."""

    table = "facility_counts"
    count_id = models.BigAutoField(primary_key=True)
    facility = models.ForeignKey("Facility", models.PROTECT, db_column="facility_id", related_name="+")
    as_of_on = models.DateField()
    is_own_date = models.BooleanField()
    mean_population = models.FloatField(null=True, blank=True)
    mean_stay = models.FloatField(null=True, blank=True)
    last_inspected_on = models.DateField(null=True, blank=True)
    last_rating = models.CharField(max_length=64, null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_facility_counts"


class StandardSet(Record):
    """A set of detention standards (G5)."""

    table = "standard_sets"
    standard_set_id = models.CharField(max_length=64, primary_key=True)
    label = models.CharField(max_length=120)
    in_force_from = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_standard_sets"


class Component(Record):
    """A component of a standard (G5)."""

    table = "components"
    component_id = models.CharField(max_length=64, primary_key=True)
    standard_set = models.ForeignKey(
        "StandardSet", models.PROTECT, db_column="standard_set_id", related_name="+"
    )
    standard = models.CharField(max_length=64)
    is_priority = models.BooleanField()

    class Meta(Record.Meta):
        db_table = "registers_components"


class Inspection(Record):
    """An inspection of a facility (G5)."""

    table = "inspections"
    inspection_id = models.BigAutoField(primary_key=True)
    facility = models.ForeignKey("Facility", models.PROTECT, db_column="facility_id", related_name="+")
    office = models.ForeignKey(
        "casework.Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    kind = models.CharField(max_length=40, choices=choices("inspections", "kind"))
    standard_set = models.ForeignKey(
        "StandardSet", models.PROTECT, db_column="standard_set_id", related_name="+", null=True, blank=True
    )
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField()
    components_assessed = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=40, choices=choices("inspections", "state"))
    rating = models.CharField(max_length=40, choices=choices("inspections", "rating"), null=True, blank=True)
    rating_as_printed = models.CharField(max_length=120, null=True, blank=True)
    uploaded_on = models.DateField(null=True, blank=True)
    report_issued_on = models.DateField(null=True, blank=True)
    response_due_on = models.DateField(null=True, blank=True)
    responded_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_inspections"
        constraints = [in_order("started_on", "ended_on", name="inspections_started_before_ended")]


class Deficiency(Record):
    """A deficiency found at an inspection (G5)."""

    table = "deficiencies"
    deficiency_id = models.BigAutoField(primary_key=True)
    inspection = models.ForeignKey("Inspection", models.PROTECT, db_column="inspection_id", related_name="+")
    facility = models.ForeignKey("Facility", models.PROTECT, db_column="facility_id", related_name="+")
    office = models.ForeignKey(
        "casework.Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    component = models.ForeignKey(
        "Component", models.PROTECT, db_column="component_id", related_name="+", null=True, blank=True
    )
    code_as_printed = models.CharField(max_length=64, null=True, blank=True)
    cited_on = models.DateField()
    is_priority = models.BooleanField(null=True, blank=True)
    is_repeat = models.BooleanField()
    is_corrected_on_site = models.BooleanField(null=True, blank=True)
    state = models.CharField(max_length=40, choices=choices("deficiencies", "state"))
    closed_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_deficiencies"
        constraints = [in_order("cited_on", "closed_on", name="deficiencies_cited_before_closed")]


class CorrectiveAction(Record):
    """What is done about a deficiency (G6)."""

    table = "corrective_actions"
    action_id = models.BigAutoField(primary_key=True)
    deficiency = models.ForeignKey("Deficiency", models.PROTECT, db_column="deficiency_id", related_name="+")
    office = models.ForeignKey(
        "casework.Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    state = models.CharField(max_length=40, choices=choices("corrective_actions", "state"))
    accepted_on = models.DateField()
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by_role = models.CharField(
        max_length=40, choices=choices("corrective_actions", "done_by_role"), null=True, blank=True
    )
    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(
        "casework.Officer", models.PROTECT, db_column="verified_by", related_name="+", null=True, blank=True
    )

    class Meta(Record.Meta):
        db_table = "registers_corrective_actions"
        constraints = [in_order("done_on", "verified_on", name="corrective_actions_done_before_verified")]


class Waiver(Record):
    """A waiver of a standard: never without an end (G3, G6)."""

    table = "waivers"
    waiver_id = models.BigAutoField(primary_key=True)
    facility = models.ForeignKey(
        "Facility", models.PROTECT, db_column="facility_id", related_name="+", null=True, blank=True
    )
    standard = models.ForeignKey(
        "ContractStandard", models.PROTECT, db_column="standard_id", related_name="+", null=True, blank=True
    )
    component = models.ForeignKey(
        "Component", models.PROTECT, db_column="component_id", related_name="+", null=True, blank=True
    )
    office = models.ForeignKey(
        "casework.Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    authority = models.CharField(max_length=64)
    reason = models.CharField(max_length=40, choices=choices("waivers", "reason"))
    requested_by = models.ForeignKey(
        "casework.Officer", models.PROTECT, db_column="requested_by", related_name="+"
    )
    approved_by = models.ForeignKey(
        "casework.Officer", models.PROTECT, db_column="approved_by", related_name="+", null=True, blank=True
    )
    approved_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField()
    reviewed_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "registers_waivers"
        constraints = [differ("requested_by", "approved_by", name="waivers_two_people")]


class AnalysisReport(Record):
    """A periodic analysis that a rule asks for: deficiencies by quarter, traces by year (G6, H1)."""

    table = "analysis_reports"
    report_id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=40, choices=choices("analysis_reports", "kind"))
    office = models.ForeignKey("casework.Office", models.PROTECT, db_column="office_id", related_name="+")
    period_from = models.DateField()
    completed_on = models.DateField(null=True, blank=True)
    has_actions = models.BooleanField()

    class Meta(Record.Meta):
        db_table = "registers_analysis_reports"


class TraceCount(Record):
    """Traced firearms by month, states and time to recovery: aggregates only (H1)."""

    table = "trace_counts"
    trace_id = models.BigAutoField(primary_key=True)
    as_of_on = models.DateField()
    month_from = models.DateField()
    recovery_state = models.CharField(max_length=64)
    source_state = models.CharField(max_length=64)
    days_bucket = models.CharField(max_length=40, choices=choices("trace_counts", "days_bucket"))
    firearms = models.BigIntegerField()
    incomplete = models.BigIntegerField()
    suppression_rule = models.CharField(max_length=64)

    class Meta(Record.Meta):
        db_table = "registers_trace_counts"


class PublishedCount(Record):
    """A count somebody published: agreements, countries, employees, by area and category at one date."""

    table = "published_counts"
    count_id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=40, choices=choices("published_counts", "kind"))
    as_of_on = models.DateField(null=True, blank=True)
    area = models.CharField(max_length=64)
    category = models.CharField(max_length=64)
    amount = models.BigIntegerField()

    class Meta(Record.Meta):
        db_table = "registers_published_counts"
