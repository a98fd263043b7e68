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


FLAGS = frozenset({Fault.WEEK_MISSING, Fault.DAYS_MISSING, Fault.OVER_CONTRACT})
"""Of a week, to look at; its entries go on. Every other fault refuses the entries it is found in."""

WHY = {
    Fault.DAY_OVER_24_HOURS: "the day has more than 24 hours; correct or remove its entries",
    Fault.NEGATIVE_MINUTES: "the minutes are below 0; correct the entry",
    Fault.NO_MINUTES: "the entry has no minutes; fill them in or remove it",
    Fault.UNKNOWN_ACTIVITY: "the activity is not in the pack's activities.yaml; add it or correct the code",
    Fault.UNKNOWN_OFFICER: "the staff number is not among the officers; add the officer or correct it",
    Fault.TWO_OFFICES: "the officer was asked at another office in this week; record at one office a week",
    Fault.ENTRY_TWICE: "the entry, or the same minutes of the case and activity, stands twice; keep one",
    Fault.NEVER_ASKED: "the study asked this officer for no such week; add the sample or remove the entries",
    Fault.OUTSIDE_STUDY: "the day lies outside the study; correct the day or the study's dates",
    Fault.WEEK_MISSING: "the week is said to be recorded, and no usable entry is there; add them",
    Fault.DAYS_MISSING: "working days of the recorded week have no entry; add them",
    Fault.OVER_CONTRACT: "the week has more than 125 % of the contracted hours; ask whether that is so",
    Fault.STUDY_UNKNOWN: "the study is not among the time studies; add it or correct the code",
}
"""What each means and what to do about it."""
