"""Travel documents, countries and their cooperation.

The columns are those of `closeout.records.tables`; a test holds them to it.
"""

from django.db import models

from closeout.web.casework.models.record import Record, choices, in_order


class Country(Record):
    """A country."""

    table = "countries"
    country = models.CharField(max_length=64, primary_key=True)
    label = models.CharField(max_length=120)
    office = models.ForeignKey(
        "Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )

    class Meta(Record.Meta):
        db_table = "casework_countries"


class Mission(Record):
    """An embassy or consulate and what it is responsible for."""

    table = "missions"
    mission_id = models.CharField(max_length=64, primary_key=True)
    country = models.ForeignKey("Country", models.PROTECT, db_column="country", related_name="+")
    kind = models.CharField(max_length=40, choices=choices("missions", "kind"))
    jurisdiction = models.CharField(max_length=64, null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_missions"


class CountryRule(Record):
    """What a country's missions ask for, as of one version (B2)."""

    table = "country_rules"
    rule_id = models.CharField(max_length=64, primary_key=True)
    country = models.ForeignKey("Country", models.PROTECT, db_column="country", related_name="+")
    office = models.ForeignKey(
        "Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    version = models.BigIntegerField()
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)
    interview_needed = models.BooleanField()
    language = models.CharField(max_length=64, null=True, blank=True)
    accepts_charters = models.BooleanField(null=True, blank=True)
    monthly_cap = models.BigIntegerField(null=True, blank=True)
    follow_up_days = models.BigIntegerField()
    typical_days = models.FloatField(null=True, blank=True)
    typical_days_low = models.FloatField(null=True, blank=True)
    typical_days_high = models.FloatField(null=True, blank=True)
    typical_n = models.BigIntegerField(null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        "Officer", models.PROTECT, db_column="reviewed_by", related_name="+", null=True, blank=True
    )

    class Meta(Record.Meta):
        db_table = "casework_country_rules"
        constraints = [in_order("effective_from", "effective_to", name="country_rules_effective_in_order")]


class CountryRuleItem(Record):
    """One thing a rule asks for (B2)."""

    table = "country_rule_items"
    item_id = models.BigAutoField(primary_key=True)
    rule = models.ForeignKey("CountryRule", models.PROTECT, db_column="rule_id", related_name="+")
    item = models.CharField(max_length=40, choices=choices("country_rule_items", "item"))
    originals = models.BigIntegerField()
    copies = models.BigIntegerField()

    class Meta(Record.Meta):
        db_table = "casework_country_rule_items"


class TravelDocumentRequest(Record):
    """A request for a travel document (B1)."""

    table = "travel_document_requests"
    request_id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(
        "Case", models.PROTECT, db_column="case_no", related_name="travel_document_requests"
    )
    office = models.ForeignKey("Office", models.PROTECT, db_column="office_id", related_name="+")
    country = models.ForeignKey("Country", models.PROTECT, db_column="country", related_name="+")
    mission = models.ForeignKey(
        "Mission", models.PROTECT, db_column="mission_id", related_name="+", null=True, blank=True
    )
    rule = models.ForeignKey(
        "CountryRule", models.PROTECT, db_column="rule_id", related_name="+", null=True, blank=True
    )
    package_version = models.BigIntegerField()
    state = models.CharField(max_length=40, choices=choices("travel_document_requests", "state"))
    drafted_on = models.DateField()
    completed_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    acknowledged_on = models.DateField(null=True, blank=True)
    interview_on = models.DateField(null=True, blank=True)
    interviewed_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    refused_reason = models.CharField(
        max_length=40, choices=choices("travel_document_requests", "refused_reason"), null=True, blank=True
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    missing_at_send = models.BigIntegerField(null=True, blank=True)
    delay_cause = models.CharField(
        max_length=40, choices=choices("travel_document_requests", "delay_cause"), null=True, blank=True
    )

    class Meta(Record.Meta):
        db_table = "casework_travel_document_requests"
        constraints = [
            in_order("drafted_on", "sent_on", name="travel_document_requests_drafted_before_sent"),
            in_order("valid_from", "valid_to", name="travel_document_requests_valid_in_order"),
        ]


class TravelDocumentItem(Record):
    """One item of a request's package (B1)."""

    table = "travel_document_items"
    item_id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(
        "TravelDocumentRequest", models.PROTECT, db_column="request_id", related_name="+"
    )
    item = models.CharField(max_length=40, choices=choices("travel_document_items", "item"))
    is_included = models.BooleanField()

    class Meta(Record.Meta):
        db_table = "casework_travel_document_items"


class TravelFollowUp(Record):
    """Asking a mission again (B1)."""

    table = "travel_follow_ups"
    follow_up_id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(
        "TravelDocumentRequest", models.PROTECT, db_column="request_id", related_name="+"
    )
    case = models.ForeignKey("Case", models.PROTECT, db_column="case_no", related_name="travel_follow_ups")
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        "Officer", models.PROTECT, db_column="done_by", related_name="+", null=True, blank=True
    )
    channel = models.CharField(
        max_length=40, choices=choices("travel_follow_ups", "channel"), null=True, blank=True
    )
    result = models.CharField(
        max_length=40, choices=choices("travel_follow_ups", "result"), null=True, blank=True
    )

    class Meta(Record.Meta):
        db_table = "casework_travel_follow_ups"


class CooperationAssessment(Record):
    """How a country cooperates, as of one cycle (B3). About governments, never about people."""

    table = "cooperation_assessments"
    assessment_id = models.BigAutoField(primary_key=True)
    cycle_on = models.DateField()
    country = models.ForeignKey("Country", models.PROTECT, db_column="country", related_name="+")
    office = models.ForeignKey(
        "Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    category = models.CharField(max_length=40, choices=choices("cooperation_assessments", "category"))
    refuses_charters = models.BooleanField(null=True, blank=True)
    release_ratio = models.FloatField(null=True, blank=True)
    days_to_removal = models.FloatField(null=True, blank=True)
    cases = models.BigIntegerField(null=True, blank=True)
    source = models.CharField(max_length=64)

    class Meta(Record.Meta):
        db_table = "casework_cooperation_assessments"


class PlanAction(Record):
    """One action of the plan for a country (B3)."""

    table = "plan_actions"
    action_id = models.BigAutoField(primary_key=True)
    country = models.ForeignKey("Country", models.PROTECT, db_column="country", related_name="+")
    office = models.ForeignKey(
        "Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    cycle_on = models.DateField()
    mechanism = models.CharField(max_length=40, choices=choices("plan_actions", "mechanism"))
    owner_role = models.CharField(max_length=40, choices=choices("plan_actions", "owner_role"))
    planned_on = models.DateField(null=True, blank=True)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    indicator_before = models.FloatField(null=True, blank=True)
    indicator_after = models.FloatField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_plan_actions"


class Instrument(Record):
    """A memorandum or agreement with a government (B4)."""

    table = "instruments"
    instrument_id = models.CharField(max_length=64, primary_key=True)
    country = models.ForeignKey(
        "Country", models.PROTECT, db_column="country", related_name="+", null=True, blank=True
    )
    office = models.ForeignKey(
        "Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    kind = models.CharField(max_length=40, choices=choices("instruments", "kind"))
    signed_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_instruments"
        constraints = [in_order("signed_on", "ended_on", name="instruments_signed_before_ended")]


class Escalation(Record):
    """A matter taken to a higher level under an instrument (B4)."""

    table = "escalations"
    escalation_id = models.BigAutoField(primary_key=True)
    instrument = models.ForeignKey(
        "Instrument", models.PROTECT, db_column="instrument_id", related_name="+", null=True, blank=True
    )
    country = models.ForeignKey("Country", models.PROTECT, db_column="country", related_name="+")
    office = models.ForeignKey(
        "Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    raised_on = models.DateField()
    level = models.CharField(max_length=40, choices=choices("escalations", "level"))
    answered_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_escalations"
        constraints = [in_order("raised_on", "answered_on", name="escalations_raised_before_answered")]
