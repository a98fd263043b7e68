"""Custody reviews after a final order (A9), holds, and departures."""

from __future__ import annotations

from django import forms

from closeout.web.accounts.permissions import Permission
from closeout.web.casework.actions import custody, holds, incidents
from closeout.web.casework.acts.calls import on_case, on_row
from closeout.web.casework.acts.fields import words
from closeout.web.casework.acts.offered import is_open, rows_with
from closeout.web.casework.acts.registry import Act, ActForm, register

REVIEWS = "Custody reviews"
HOLDS = "Holds and departures"


class BeginForm(ActForm):
    """From when the removal period counts."""

    period_from = forms.DateField(label="The removal period began on")


class DecideForm(ActForm):
    """What was decided, and by which role."""

    decision = forms.ChoiceField(label="Decision", choices=words(custody.DECISIONS))
    decider_role = forms.ChoiceField(label="Decided by", choices=words(custody.DECIDERS))


class HoldForm(ActForm):
    """What stops the clocks, and when it is looked at again."""

    kind = forms.ChoiceField(label="What stops the clocks", choices=words(holds.KINDS))
    review_on = forms.DateField(label="Look at it again on")


class ReviewHoldForm(ActForm):
    """When it is looked at next."""

    review_on = forms.DateField(label="Look at it again on")


class DepartureForm(ActForm):
    """That the person departed and when; never where to."""

    departed_on = forms.DateField(label="Departed on")
    kind = forms.ChoiceField(label="How", choices=words(incidents.KINDS))


register(
    Act(
        "custody-begin",
        "Begin the custody reviews",
        REVIEWS,
        "Reviews are due by day 90 and day 180 of the removal period, then every year (8 CFR 241.4, 241.13).",
        on_case(custody.begin_custody_reviews),
        form=BeginForm,
        offered=lambda case: is_open(case) and case.is_detained,
        done="Began the reviews.",
    ),
    Act(
        "custody-notice",
        "Record the notice of a custody review",
        REVIEWS,
        "Served before the review.",
        on_row(custody.serve_custody_notice, "custody_review_id"),
        subjects=rows_with("custody_reviews", notice_served_on=None, decided_on=None),
        done="Recorded the notice.",
    ),
    Act(
        "custody-decide",
        "Record the decision of a custody review",
        REVIEWS,
        "Where custody goes on, the next review is put on the calendar.",
        on_row(custody.record_custody_review, "custody_review_id"),
        form=DecideForm,
        subjects=rows_with("custody_reviews", decided_on=None),
        done="Recorded the decision.",
    ),
    Act(
        "hold-place",
        "Stop the clocks",
        HOLDS,
        "The due dates move by the days held; a hold has a day on which it is looked at again.",
        on_case(holds.place_hold),
        form=HoldForm,
        offered=is_open,
        done="Stopped the clocks.",
    ),
    Act(
        "hold-release",
        "Let the clocks run again",
        HOLDS,
        "From the day on that is given.",
        on_row(holds.release_hold, "hold_id"),
        subjects=rows_with("holds", to_on=None),
        done="The clocks run again.",
    ),
    Act(
        "hold-review",
        "Look at a hold again",
        HOLDS,
        "As a second person: let it stand, and say when it is looked at next.",
        on_row(holds.review_hold, "hold_id"),
        form=ReviewHoldForm,
        permission=Permission.CASE_APPROVE,
        subjects=rows_with("holds", to_on=None),
        done="Recorded the review of the hold.",
    ),
    Act(
        "departure-record",
        "Record a departure",
        HOLDS,
        "A parent who departs without a valid earlier decision is an incident.",
        on_case(incidents.record_departure),
        form=DepartureForm,
        offered=is_open,
        done="Recorded the departure.",
    ),
    Act(
        "departure-verify",
        "Record that a departure was verified",
        HOLDS,
        "Before a case is closed on it.",
        on_row(incidents.verify_departure, "departure_id"),
        subjects=rows_with("departures", verified_on=None),
        done="Recorded the verification.",
    ),
)
