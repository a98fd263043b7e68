"""What can be done about check-ins (A3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.timezone import localdate

from closeout.records.machines import CHECK_IN
from closeout.web.accounts.permissions import Permission
from closeout.web.casework.actions import check_ins as actions
from closeout.web.casework.actions.terms import WINDOW_DAYS
from closeout.web.casework.acts.calls import on_case, on_row
from closeout.web.casework.acts.fields import OPTIONAL, words
from closeout.web.casework.acts.registry import Act, ActForm, register

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from closeout.web.accounts.models import User
    from closeout.web.casework.models import Case, CheckIn

GROUP = "Check-ins"
OUTCOMES = [
    ("attended", "Attended"),
    ("attended_remote", "Attended by phone or online"),
    ("service_issue", "Not held: the office's own fault"),
]


class ScheduleForm(ActForm):
    """When and how the next check-in is to be held."""

    due_on = forms.DateField(label="Day of the check-in", initial=localdate)
    channel = forms.ChoiceField(label="How", choices=words(actions.CHANNELS))
    window_days = forms.IntegerField(
        label="Days after it on which it still counts", min_value=0, max_value=90, initial=WINDOW_DAYS
    )


class OutcomeForm(ActForm):
    """What came of a check-in."""

    outcome = forms.ChoiceField(label="Outcome", choices=OUTCOMES, widget=forms.RadioSelect)
    is_records_check_done = forms.BooleanField(
        label="The criminal-history check was done (never its result)", required=False
    )
    next_on = forms.DateField(
        label="Next check-in", help_text="By the policy's interval when empty.", **OPTIONAL
    )


class RescheduleForm(ActForm):
    """Another day, and whose cause it is."""

    next_on = forms.DateField(label="New day")
    cause = forms.ChoiceField(
        label="Whose cause",
        choices=[
            ("person", "The person asked for it"),
            ("office", "The office's cause: never counts against the person"),
        ],
        widget=forms.RadioSelect,
    )


class CancelForm(ActForm):
    """Why it is cancelled."""

    reason = forms.ChoiceField(label="Why", choices=words(CHECK_IN.reasons["cancel"]))


def open_ones(case: Case, _user: User) -> QuerySet[CheckIn]:
    """Return the check-ins without an outcome, by day."""
    return case.check_ins.filter(state__in=actions.OPEN).order_by("due_on")


def to_review(case: Case, _user: User) -> QuerySet[CheckIn]:
    """Return the check-ins with an outcome that nobody has looked at, by day."""
    return case.check_ins.filter(
        state__in=("attended", "attended_remote", "dispositioned"), reviewed_on=None
    ).order_by("due_on")


def is_open(case: Case) -> bool:
    """Say whether check-ins are held on the case."""
    return case.state not in ("closed", "intake")


register(
    Act(
        "check-in-outcome",
        "Record a check-in",
        GROUP,
        "The outcome is recorded within one business day. A check-in the office did not hold never counts "
        "against the person.",
        on_row(actions.record_check_in_outcome, "check_in_id"),
        form=OutcomeForm,
        subjects=open_ones,
        done="Recorded the check-in.",
    ),
    Act(
        "check-in-reschedule",
        "Move a check-in",
        GROUP,
        "Whose cause it was is kept with it.",
        on_row(actions.reschedule_check_in, "check_in_id"),
        form=RescheduleForm,
        subjects=open_ones,
        done="Moved the check-in.",
    ),
    Act(
        "check-in-cancel",
        "Cancel a check-in",
        GROUP,
        "A cancelled check-in is kept, with its reason.",
        on_row(actions.cancel_check_in, "check_in_id"),
        form=CancelForm,
        subjects=open_ones,
        done="Cancelled the check-in.",
        warns=True,
    ),
    Act(
        "check-in-schedule",
        "Schedule a check-in",
        GROUP,
        "The interval is set by the office's policy; another needs a supervisor's approval.",
        on_case(actions.schedule_check_in),
        form=ScheduleForm,
        offered=is_open,
        done="Scheduled the check-in.",
    ),
    Act(
        "check-in-review",
        "Review a recorded check-in",
        GROUP,
        "Whoever recorded an outcome does not review it.",
        on_row(actions.review_check_in, "check_in_id"),
        permission=Permission.CASE_APPROVE,
        subjects=to_review,
        done="Reviewed the check-in.",
    ),
)
