"""A check-in interval outside the policy's (A10): asked for, and approved by a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from closeout.web.accounts.permissions import Permission
from closeout.web.casework.actions import intervals as actions
from closeout.web.casework.acts.calls import on_case, on_row
from closeout.web.casework.acts.fields import words
from closeout.web.casework.acts.registry import Act, ActForm, register

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from closeout.web.accounts.models import User
    from closeout.web.casework.models import Case, IntervalDeviation

GROUP = "Check-ins"


class DeviationForm(ActForm):
    """How many days, and why."""

    days = forms.IntegerField(label="Days between check-ins", min_value=1, max_value=366)
    reason = forms.ChoiceField(label="Why", choices=words(actions.REASONS))


def unapproved(case: Case, _user: User) -> QuerySet[IntervalDeviation]:
    """Return the deviations that nobody approved, oldest first."""
    return case.interval_deviations.filter(approved_on=None).order_by("set_on", "pk")


register(
    Act(
        "interval-set",
        "Ask for another check-in interval",
        GROUP,
        "The policy sets the interval; another holds once a second person approves.",
        on_case(actions.set_interval_deviation),
        form=DeviationForm,
        offered=lambda case: case.state == "open",
        done="Asked for the interval.",
    ),
    Act(
        "interval-approve",
        "Approve the check-in interval",
        GROUP,
        "Whoever set it does not approve it.",
        on_row(actions.approve_interval_deviation, "deviation_id"),
        permission=Permission.CASE_APPROVE,
        subjects=unapproved,
        done="Approved the interval.",
    ),
)
