"""Check-ins, exceptions, hearings, verifications, reviews and inquiries.

The columns are those of `closeout.records.tables`; a test holds them to it.
"""

from django.db import models

from closeout.web.casework.models.record import Record, choices, differ, in_order, one_at_a_time

NOT_HELD = models.Q(
    outcome__in=(
        "rescheduled_by_office",
        "rescheduled_by_person",
        "missed",
        "excused",
        "service_issue",
        "data_error",
        "unexcused",
    )
)
"""A check-in that should have been held and was not, whoever was the cause."""


class CheckIn(Record):
    """A scheduled check-in and what came of it (A3, A14)."""

    table = "check_ins"
    check_in_id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("Case", models.PROTECT, db_column="case_no", related_name="check_ins")
    office = models.ForeignKey(
        "Office", models.PROTECT, db_column="office_id", related_name="+", db_index=False
    )
    due_on = models.DateField()
    window_days = models.BigIntegerField()
    channel = models.CharField(max_length=40, choices=choices("check_ins", "channel"))
    interval = models.ForeignKey(
        "ReportingInterval",
        models.PROTECT,
        db_column="interval_id",
        related_name="+",
        db_index=False,
        null=True,
        blank=True,
    )
    created_by_job = models.BooleanField()
    reminded_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=40, choices=choices("check_ins", "state"))
    outcome = models.CharField(max_length=40, choices=choices("check_ins", "outcome"), null=True, blank=True)
    outcome_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        "Officer",
        models.PROTECT,
        db_column="recorded_by",
        related_name="+",
        db_index=False,
        null=True,
        blank=True,
    )
    reviewed_on = models.DateField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        "Officer",
        models.PROTECT,
        db_column="reviewed_by",
        related_name="+",
        db_index=False,
        null=True,
        blank=True,
    )
    is_service_issue = models.BooleanField()
    records_check_due = models.BooleanField()
    records_checked_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_check_ins"
        indexes = [
            models.Index(fields=["office", "outcome_on"], condition=NOT_HELD, name="check_ins_not_held")
        ]
        constraints = [
            differ("recorded_by", "reviewed_by", name="check_ins_two_people"),
            one_at_a_time(
                "case",
                "due_on",
                while_=~models.Q(state__in=("cancelled", "rescheduled")),
                name="check_ins_one_live_on_a_day",
            ),
        ]


class ExceptionItem(Record):
    """A check-in or hearing that was not kept: an office's duty to find out and dispose (A4)."""

    table = "exceptions"
    exception_id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("Case", models.PROTECT, db_column="case_no", related_name="exceptions")
    office = models.ForeignKey(
        "Office", models.PROTECT, db_column="office_id", related_name="+", db_index=False
    )
    kind = models.CharField(max_length=40, choices=choices("exceptions", "kind"))
    check_in = models.ForeignKey(
        "CheckIn",
        models.PROTECT,
        db_column="check_in_id",
        related_name="+",
        db_index=False,
        null=True,
        blank=True,
    )
    hearing = models.ForeignKey(
        "Hearing",
        models.PROTECT,
        db_column="hearing_id",
        related_name="+",
        db_index=False,
        null=True,
        blank=True,
    )
    arose_on = models.DateField()
    response_due_on = models.DateField(null=True, blank=True)
    first_attempt_on = models.DateField(null=True, blank=True)
    attempts = models.BigIntegerField()
    notice_served_on = models.DateField(null=True, blank=True)
    explained_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=40, choices=choices("exceptions", "state"))
    disposition = models.CharField(
        max_length=40, choices=choices("exceptions", "disposition"), null=True, blank=True
    )
    disposed_on = models.DateField(null=True, blank=True)
    disposed_by = models.ForeignKey(
        "Officer",
        models.PROTECT,
        db_column="disposed_by",
        related_name="+",
        db_index=False,
        null=True,
        blank=True,
    )
    reviewed_on = models.DateField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        "Officer",
        models.PROTECT,
        db_column="reviewed_by",
        related_name="+",
        db_index=False,
        null=True,
        blank=True,
    )
    policy_version_id = models.CharField(max_length=64, null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_exceptions"
        indexes = [
            models.Index(
                fields=["office", "arose_on"],
                condition=~models.Q(state="dispositioned"),
                name="exceptions_open_of_office",
            )
        ]
        constraints = [
            in_order("arose_on", "disposed_on", name="exceptions_arose_before_disposed"),
            differ("disposed_by", "reviewed_by", name="exceptions_two_people"),
        ]


class Hearing(Record):
    """A hearing of a case's proceeding, as the office's calendar has it (A5)."""

    table = "hearings"
    hearing_id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("Case", models.PROTECT, db_column="case_no", related_name="hearings")
    scheduled_on = models.DateField()
    calendar = models.CharField(max_length=40, choices=choices("hearings", "calendar"))
    medium = models.CharField(max_length=40, choices=choices("hearings", "medium"))
    court_code = models.CharField(max_length=64, null=True, blank=True)
    notice_served_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=40, choices=choices("hearings", "outcome"), null=True, blank=True)
    adjourned_reason = models.CharField(max_length=64, null=True, blank=True)
    is_in_absentia = models.BooleanField()
    decision_code = models.CharField(max_length=64, null=True, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    appeal_due_on = models.DateField(null=True, blank=True)
    appeal_filed_on = models.DateField(null=True, blank=True)
    is_venue_changed = models.BooleanField()

    class Meta(Record.Meta):
        db_table = "casework_hearings"


class Verification(Record):
    """That something about a case was verified, how and with what result (A5, A6). Never the thing itself."""

    table = "verifications"
    verification_id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("Case", models.PROTECT, db_column="case_no", related_name="verifications")
    office = models.ForeignKey(
        "Office", models.PROTECT, db_column="office_id", related_name="+", db_index=False
    )
    kind = models.CharField(max_length=40, choices=choices("verifications", "kind"))
    hearing = models.ForeignKey(
        "Hearing",
        models.PROTECT,
        db_column="hearing_id",
        related_name="+",
        db_index=False,
        null=True,
        blank=True,
    )
    verified_on = models.DateField()
    verified_by = models.ForeignKey(
        "Officer",
        models.PROTECT,
        db_column="verified_by",
        related_name="+",
        db_index=False,
        null=True,
        blank=True,
    )
    method = models.CharField(max_length=40, choices=choices("verifications", "method"))
    result = models.CharField(max_length=40, choices=choices("verifications", "result"))
    mismatch_code = models.CharField(
        max_length=40, choices=choices("verifications", "mismatch_code"), null=True, blank=True
    )
    corrected_on = models.DateField(null=True, blank=True)
    new_office = models.ForeignKey(
        "Office",
        models.PROTECT,
        db_column="new_office_id",
        related_name="+",
        db_index=False,
        null=True,
        blank=True,
    )

    class Meta(Record.Meta):
        db_table = "casework_verifications"
        constraints = [
            in_order("verified_on", "corrected_on", name="verifications_verified_before_corrected")
        ]


class FileReview(Record):
    """A periodic review of a case file by checklist (A7)."""

    table = "file_reviews"
    review_id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("Case", models.PROTECT, db_column="case_no", related_name="file_reviews")
    office = models.ForeignKey(
        "Office", models.PROTECT, db_column="office_id", related_name="+", db_index=False
    )
    reviewer = models.ForeignKey(
        "Officer", models.PROTECT, db_column="reviewer", related_name="+", db_index=False
    )
    started_on = models.DateField()
    completed_on = models.DateField(null=True, blank=True)
    checklist_version = models.CharField(max_length=64)
    items = models.BigIntegerField()
    defects = models.BigIntegerField()
    second_reviewer = models.ForeignKey(
        "Officer",
        models.PROTECT,
        db_column="second_reviewer",
        related_name="+",
        db_index=False,
        null=True,
        blank=True,
    )
    second_reviewed_on = models.DateField(null=True, blank=True)
    second_agrees = models.BooleanField(null=True, blank=True)
    sample_basis = models.CharField(max_length=40, choices=choices("file_reviews", "sample_basis"))

    class Meta(Record.Meta):
        db_table = "casework_file_reviews"
        constraints = [
            in_order("started_on", "completed_on", name="file_reviews_started_before_completed"),
            differ("reviewer", "second_reviewer", name="file_reviews_two_people"),
        ]


class FileReviewItem(Record):
    """One item of a checklist in one review (A7)."""

    table = "file_review_items"
    item_id = models.BigAutoField(primary_key=True)
    review = models.ForeignKey("FileReview", models.PROTECT, db_column="review_id", related_name="+")
    case = models.ForeignKey(
        "Case", models.PROTECT, db_column="case_no", related_name="file_review_items", null=True, blank=True
    )
    found_on = models.DateField(null=True, blank=True)
    item = models.CharField(max_length=40, choices=choices("file_review_items", "item"))
    result = models.CharField(max_length=40, choices=choices("file_review_items", "result"))
    second_result = models.CharField(
        max_length=40, choices=choices("file_review_items", "second_result"), null=True, blank=True
    )
    corrected_on = models.DateField(null=True, blank=True)

    class Meta(Record.Meta):
        db_table = "casework_file_review_items"


class CustodyReview(Record):
    """A review of custody after a final order (A9)."""

    table = "custody_reviews"
    custody_review_id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("Case", models.PROTECT, db_column="case_no", related_name="custody_reviews")
    kind = models.CharField(max_length=40, choices=choices("custody_reviews", "kind"))
    period_from = models.DateField()
    due_on = models.DateField()
    notice_served_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decision = models.CharField(
        max_length=40, choices=choices("custody_reviews", "decision"), null=True, blank=True
    )
    decider_role = models.CharField(
        max_length=40, choices=choices("custody_reviews", "decider_role"), null=True, blank=True
    )
    tolling_reason = models.CharField(
        max_length=40, choices=choices("custody_reviews", "tolling_reason"), null=True, blank=True
    )

    class Meta(Record.Meta):
        db_table = "casework_custody_reviews"


class Inquiry(Record):
    """An inquiry from a representative (A12)."""

    table = "inquiries"
    inquiry_id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(
        "Case", models.PROTECT, db_column="case_no", related_name="inquiries", null=True, blank=True
    )
    office = models.ForeignKey("Office", models.PROTECT, db_column="office_id", related_name="+")
    category = models.CharField(max_length=40, choices=choices("inquiries", "category"))
    channel = models.CharField(max_length=40, choices=choices("inquiries", "channel"))
    received_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "Officer", models.PROTECT, db_column="answered_by", related_name="+", null=True, blank=True
    )
    has_appearance_on_file = models.BooleanField()

    class Meta(Record.Meta):
        db_table = "casework_inquiries"
        constraints = [in_order("received_on", "answered_on", name="inquiries_received_before_answered")]
