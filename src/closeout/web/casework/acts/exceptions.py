"""What can be done about a check-in or hearing that was not kept (A4): find out, and dispose of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from closeout.records.machines import EXCEPTION
from closeout.web.accounts.permissions import Permission
from closeout.web.casework.actions import exceptions as actions
from closeout.web.casework.actions.terms import RESPONSE_DAYS
from closeout.web.casework.acts.calls import on_row
from closeout.web.casework.acts.fields import OPTIONAL, PolicyVersionField, words
from closeout.web.casework.acts.registry import Act, ActForm, register

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from closeout.web.accounts.models import User
    from closeout.web.casework.models import Case, ExceptionItem

GROUP = "Exceptions"


class NoticeForm(ActForm):
    """How long an answer may take."""

    response_days = forms.IntegerField(
        label="Days to answer",
        min_value=0,
        max_value=366,
        initial=RESPONSE_DAYS,
        help_text="Nothing follows before they end.",
    )


class DisposeForm(ActForm):
    """How it is disposed of."""

    disposition = forms.ChoiceField(
        label="Disposition", choices=words(actions.DISPOSITIONS), widget=forms.RadioSelect
    )
    policy_version_id = PolicyVersionField(
        label="Policy version",
        help_text="For a referral only: the policy in force it rests on. A second person approves it.",
        empty="None",
        **OPTIONAL,
    )


class ReturnForm(ActForm):
    """Why a referral is returned."""

    reason = forms.ChoiceField(label="Why", choices=words(EXCEPTION.reasons["return_referral"]))


def open_ones(case: Case, _user: User) -> QuerySet[ExceptionItem]:
    """Return the exceptions not disposed of, oldest first."""
    return case.exceptions.exclude(state="dispositioned").order_by("arose_on", "pk")


def proposed(case: Case, user: User) -> QuerySet[ExceptionItem]:
    """Return the referrals that wait for a second person's approval."""
    return open_ones(case, user).filter(disposition=actions.REFERRAL)


def unreviewed(case: Case, _user: User) -> QuerySet[ExceptionItem]:
    """Return the dispositions that nobody has looked at."""
    return case.exceptions.filter(state="dispositioned", reviewed_on=None).order_by("disposed_on", "pk")


register(
    Act(
        "exception-attempt",
        "Record an attempt at contact",
        GROUP,
        "That it was made and when; not how it went.",
        on_row(actions.attempt_contact, "exception_id"),
        subjects=open_ones,
        done="Recorded the attempt.",
    ),
    Act(
        "exception-notice",
        "Record that notice was served",
        GROUP,
        "To the last recorded address; only the date is kept. The time to answer starts with it.",
        on_row(actions.serve_notice, "exception_id"),
        form=NoticeForm,
        subjects=open_ones,
        done="Recorded the notice.",
    ),
    Act(
        "exception-explain",
        "Record that an explanation came",
        GROUP,
        "That it came and when; its words are not kept.",
        on_row(actions.record_explanation, "exception_id"),
        subjects=open_ones,
        done="Recorded the explanation.",
    ),
    Act(
        "exception-dispose",
        "Dispose of an exception",
        GROUP,
        "The office's own fault closes it as a service issue and never counts against the person.",
        on_row(actions.dispose_exception, "exception_id"),
        form=DisposeForm,
        subjects=open_ones,
        done="Disposed of the exception.",
    ),
    Act(
        "exception-approve-referral",
        "Approve a referral",
        GROUP,
        "A referral rests on a policy in force and on notice, and is approved by another person.",
        on_row(actions.approve_referral, "exception_id"),
        permission=Permission.CASE_APPROVE,
        subjects=proposed,
        done="Approved the referral.",
        warns=True,
    ),
    Act(
        "exception-return-referral",
        "Return a referral",
        GROUP,
        "The exception is open as before.",
        on_row(actions.return_referral, "exception_id"),
        form=ReturnForm,
        permission=Permission.CASE_APPROVE,
        subjects=proposed,
        done="Returned the referral.",
    ),
    Act(
        "exception-review",
        "Review a disposition",
        GROUP,
        "Whoever disposed of it does not review it.",
        on_row(actions.review_exception, "exception_id"),
        permission=Permission.CASE_APPROVE,
        subjects=unreviewed,
        done="Reviewed the disposition.",
    ),
)
