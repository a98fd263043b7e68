"""Cases and where they are.

The columns are those of `closeout.records.tables`; a test holds them to it.
"""

from django.db import models
from django.db.models import Q

from closeout.web.casework.models.record import (
    Record,
    both_or_neither,
    choices,
    differ,
    in_order,
    one_at_a_time,
)


class Case(Record):
    """A case, as it stands on the snapshot's as-of date."""

    table = "cases"
    case_no = models.CharField(max_length=64, primary_key=True)
    office = models.ForeignKey("Office", models.PROTECT, db_column="office_id", related_name="+")
    officer = models.ForeignKey(
        "Officer", models.PROTECT, db_column="officer_no", related_name="+", null=True, blank=True
    )
    docket = models.CharField(max_length=40, choices=choices("cases", "docket"))
    is_detained = models.BooleanField()
    state = models.CharField(max_length=40, choices=choices("cases", "state"))
    status_code = models.CharField(max_length=64, null=True, blank=True)
    opened_on = models.DateField()
    reopened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closure_reason = models.CharField(
        max_length=40, choices=choices("cases", "closure_reason"), null=True, blank=True
    )
    detained_on = models.DateField(null=True, blank=True)
    final_order_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=64, null=True, blank=True)
    has_representation = models.BooleanField()
    is_child = models.BooleanField()
    site = models.ForeignKey(
        "Site",
        models.PROTECT,
        db_column="site_id",
        related_name="+",
        db_index=False,
        null=True,
        blank=True,
    )

    class Meta(Record.Meta):
        db_table = "casework_cases"
        indexes = [
            models.Index(
                fields=["office", "officer"],
                condition=Q(closed_on__isnull=True),
                name="cases_open_of_office",
            )
        ]
        constraints = [
            both_or_neither("closed_on", "closure_reason", name="cases_closed_with_reason"),
            in_order("opened_on", "closed_on", name="cases_opened_before_closed"),
            in_order("opened_on", "reopened_on", name="cases_opened_before_reopened"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False)
                | (~Q(state="closed") & Q(closed_on__isnull=True)),
                name="cases_closed_on_iff_closed",
            ),
        ]


class DocketMembership(Record):
    """The days a case spent on one docket: exactly one docket at a time."""

    table = "docket_memberships"
    membership_id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("Case", models.PROTECT, db_column="case_no", related_name="docket_memberships")
    office = models.ForeignKey(
        "Office", models.PROTECT, db_column="office_id", related_name="+", db_index=False
    )
    docket = models.CharField(max_length=40, choices=choices("docket_memberships", "docket"))
    is_detained = models.BooleanField()
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=40, choices=choices("docket_memberships", "reason"))

    class Meta(Record.Meta):
        db_table = "casework_docket_memberships"
        constraints = [
            in_order("from_on", "to_on", name="docket_memberships_from_before_to"),
            one_at_a_time("case", while_=Q(to_on__isnull=True), name="docket_memberships_one_open_of_case"),
        ]


class StatusChange(Record):
    """A change of a case's status (A8)."""

    table = "status_changes"
    change_id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("Case", models.PROTECT, db_column="case_no", related_name="status_changes")
    status_code = models.CharField(max_length=64)
    effective_on = models.DateField()
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey(
        "Officer",
        models.PROTECT,
        db_column="recorded_by",
        related_name="+",
        db_index=False,
        null=True,
        blank=True,
    )
    source = models.CharField(max_length=40, choices=choices("status_changes", "source"))

    class Meta(Record.Meta):
        db_table = "casework_status_changes"


class Assignment(Record):
    """The days an officer led or supported a case."""

    table = "assignments"
    assignment_id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("Case", models.PROTECT, db_column="case_no", related_name="assignments")
    officer = models.ForeignKey("Officer", models.PROTECT, db_column="officer_no", related_name="+")
    role = models.CharField(max_length=40, choices=choices("assignments", "role"))
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=40, choices=choices("assignments", "reason"))

    class Meta(Record.Meta):
        db_table = "casework_assignments"
        constraints = [
            in_order("from_on", "to_on", name="assignments_from_before_to"),
            one_at_a_time(
                "case", while_=Q(role="lead", to_on__isnull=True), name="assignments_one_open_lead_of_case"
            ),
        ]


class Recusal(Record):
    """The days an officer may not work on a case; never what the conflict is."""

    table = "recusals"
    recusal_id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("Case", models.PROTECT, db_column="case_no", related_name="recusals")
    officer = models.ForeignKey("Officer", models.PROTECT, db_column="officer_no", related_name="+")
    reason = models.CharField(max_length=40, choices=choices("recusals", "reason"))
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_recusals"
        constraints = [in_order("from_on", "to_on", name="recusals_from_before_to")]


class Transfer(Record):
    """A case passed from office to office. The sender holds it until the receiver accepts (A6)."""

    table = "transfers"
    transfer_id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("Case", models.PROTECT, db_column="case_no", related_name="transfers")
    from_office = models.ForeignKey("Office", models.PROTECT, db_column="from_office_id", related_name="+")
    to_office = models.ForeignKey("Office", models.PROTECT, db_column="to_office_id", related_name="+")
    state = models.CharField(max_length=40, choices=choices("transfers", "state"))
    reason = models.CharField(max_length=40, choices=choices("transfers", "reason"))
    requested_on = models.DateField()
    requested_by = models.ForeignKey(
        "Officer", models.PROTECT, db_column="requested_by", related_name="+", null=True, blank=True
    )
    accepted_on = models.DateField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        "Officer", models.PROTECT, db_column="accepted_by", related_name="+", null=True, blank=True
    )
    rejected_on = models.DateField(null=True, blank=True)
    rejected_reason = models.CharField(
        max_length=40, choices=choices("transfers", "rejected_reason"), null=True, blank=True
    )

    class Meta(Record.Meta):
        db_table = "casework_transfers"
        constraints = [
            in_order("requested_on", "accepted_on", name="transfers_requested_before_accepted"),
            in_order("requested_on", "rejected_on", name="transfers_requested_before_rejected"),
            differ("requested_by", "accepted_by", name="transfers_two_people"),
            differ("from_office", "to_office", name="transfers_two_offices"),
            both_or_neither("rejected_on", "rejected_reason", name="transfers_rejected_with_reason"),
            one_at_a_time("case", while_=Q(state="requested"), name="transfers_one_open_of_case"),
        ]


class Hold(Record):
    """Days during which a clock of a case, or of one thing of it, stands still."""

    table = "holds"
    hold_id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("Case", models.PROTECT, db_column="case_no", related_name="holds")
    kind = models.CharField(max_length=40, choices=choices("holds", "kind"))
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    approved_by = models.ForeignKey(
        "Officer",
        models.PROTECT,
        db_column="approved_by",
        related_name="+",
        db_index=False,
        null=True,
        blank=True,
    )

    class Meta(Record.Meta):
        db_table = "casework_holds"
        constraints = [in_order("from_on", "to_on", name="holds_from_before_to")]


class ClosureProposal(Record):
    """A case proposed for closure, and what a second person said (A11)."""

    table = "closure_proposals"
    proposal_id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("Case", models.PROTECT, db_column="case_no", related_name="closure_proposals")
    reason = models.CharField(max_length=40, choices=choices("closure_proposals", "reason"))
    evidence_kind = models.CharField(
        max_length=40, choices=choices("closure_proposals", "evidence_kind"), null=True, blank=True
    )
    evidence_digest = models.CharField(max_length=64, null=True, blank=True)
    candidate_on = models.DateField(null=True, blank=True)
    proposed_on = models.DateField()
    proposed_by = models.ForeignKey("Officer", models.PROTECT, db_column="proposed_by", related_name="+")
    state = models.CharField(max_length=40, choices=choices("closure_proposals", "state"))
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "Officer", models.PROTECT, db_column="decided_by", related_name="+", null=True, blank=True
    )
    reversed_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_closure_proposals"
        constraints = [
            in_order("proposed_on", "decided_on", name="closure_proposals_proposed_before_decided"),
            in_order("decided_on", "reversed_on", name="closure_proposals_decided_before_reversed"),
            one_at_a_time("case", while_=Q(state="proposed"), name="closure_proposals_one_open_of_case"),
            # What was loaded may show a closure by one person: that is found, not refused.
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | Q(row_source="imported")
                | (Q(decided_by__isnull=False) & ~Q(decided_by=models.F("proposed_by"))),
                name="closure_proposals_confirmed_by_another",
            ),
        ]


class Departure(Record):
    """A departure of the person a case is about: that it happened and when, never where to."""

    table = "departures"
    departure_id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("Case", models.PROTECT, db_column="case_no", related_name="departures")
    departed_on = models.DateField()
    kind = models.CharField(max_length=40, choices=choices("departures", "kind"))
    is_parent = models.BooleanField(null=True, blank=True)
    recorded_on = models.DateField()
    verified_on = models.DateField(null=True, blank=True)
    evidence_digest = models.CharField(max_length=64, null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_departures"


class DocketCount(Record):
    """Cases on a docket at an office over one month, as the office counted them (A2)."""

    table = "docket_counts"
    count_id = models.BigAutoField(primary_key=True)
    office_id = models.CharField(max_length=64)
    docket = models.CharField(max_length=64)
    period_from = models.DateField()
    period_to = models.DateField()
    opening = models.BigIntegerField()
    came_in = models.BigIntegerField()
    went_out = models.BigIntegerField()
    closing = models.BigIntegerField()

    class Meta(Record.Meta):
        db_table = "casework_docket_counts"
        constraints = [in_order("period_from", "period_to", name="docket_counts_period_in_order")]


class ProgramCount(Record):
    """A count by office and category at one date, with the printed totals beside the parts."""

    table = "program_counts"
    count_id = models.BigAutoField(primary_key=True)
    as_of_on = models.DateField()
    office_id = models.CharField(max_length=64)
    category = models.CharField(max_length=64)
    people = models.BigIntegerField()

    class Meta(Record.Meta):
        db_table = "casework_program_counts"


class ReportingInterval(Record):
    """The check-in interval an office's policy sets for a kind of case (A10)."""

    table = "reporting_intervals"
    interval_id = models.CharField(max_length=64, primary_key=True)
    policy_version_id = models.CharField(max_length=64, null=True, blank=True)
    office = models.ForeignKey(
        "Office", models.PROTECT, db_column="office_id", related_name="+", null=True, blank=True
    )
    docket = models.CharField(max_length=40, choices=choices("reporting_intervals", "docket"))
    standard_days = models.BigIntegerField()
    least_days = models.BigIntegerField()
    most_days = models.BigIntegerField()
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_reporting_intervals"
        constraints = [
            in_order("effective_from", "effective_to", name="reporting_intervals_effective_in_order")
        ]


class IntervalDeviation(Record):
    """A check-in interval outside the policy's, with who approved it (A10)."""

    table = "interval_deviations"
    deviation_id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("Case", models.PROTECT, db_column="case_no", related_name="interval_deviations")
    interval = models.ForeignKey(
        "ReportingInterval", models.PROTECT, db_column="interval_id", related_name="+"
    )
    days = models.BigIntegerField()
    reason = models.CharField(max_length=40, choices=choices("interval_deviations", "reason"))
    set_on = models.DateField()
    set_by = models.ForeignKey("Officer", models.PROTECT, db_column="set_by", related_name="+")
    approved_on = models.DateField(null=True, blank=True)
    approved_by = models.ForeignKey(
        "Officer", models.PROTECT, db_column="approved_by", related_name="+", null=True, blank=True
    )
    reviewed_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_interval_deviations"
        constraints = [differ("set_by", "approved_by", name="interval_deviations_two_people")]
