"""What can be wrong with a time study's entries, and whether the entries can still be used."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """One kind of fault; the value is how the check and the example's list of defects call it."""

    DAY_OVER_24_HOURS = "day-over-24-hours"
    NEGATIVE_MINUTES = "negative-minutes"
    NO_MINUTES = "no-minutes"
    UNKNOWN_ACTIVITY = "unknown-activity"
    UNKNOWN_OFFICER = "unknown-officer"
    TWO_OFFICES = "two-offices"
    ENTRY_TWICE = "entry-twice"
    NEVER_ASKED = "never-asked"
    OUTSIDE_STUDY = "outside-study"
    WEEK_MISSING = "week-missing"
    DAYS_MISSING = "days-missing"
    OVER_CONTRACT = "over-contract"
    STUDY_UNKNOWN = "study-unknown"
