"""Small offices to simulate."""

from __future__ import annotations

from datetime import date

from closeout.simulation.model import Comes, Duty, OfficeModel, Officer

START = date(2026, 1, 5)
"""A Monday."""
CHECK_IN = Duty("check-in", 20, Comes.FIXED, interval_days=90, window_days=3)
CONTACT = Duty(
    "contact", 25, Comes.FOLLOWS, after="check-in", probability=0.15, window_days=3, is_business=True
)
REVIEW = Duty("review", 60, Comes.ROLLING, interval_days=180, lead_days=30, window_days=14)
INQUIRY = Duty("inquiry", 20, Comes.ARISES, per_case={"": 2.0}, window_days=5, is_business=True)
DUTIES = (CHECK_IN, CONTACT, REVIEW, INQUIRY)


def make_office(staff=4, cases=100, **changes):
    posts = tuple(Officer(f"D{number:02}", 480.0, {"": cases}) for number in range(staff))
    given = {
        "office_id": "NORTH",
        "officers": posts,
        "duties": DUTIES,
        "start_on": START,
        "days": 120,
        "warm_up_days": 30,
    }
    return OfficeModel(**(given | changes))
