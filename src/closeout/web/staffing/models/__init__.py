"""The tables of this app, in the order of the declarations."""

from closeout.web.staffing.models.time_study import (
    ActivityChange,
    DelphiEstimate,
    StudyMoment,
    StudySample,
    SufficiencyAnswer,
    TimeStudy,
    WeightAdjustment,
)

__all__ = [
    "ActivityChange",
    "DelphiEstimate",
    "StudyMoment",
    "StudySample",
    "SufficiencyAnswer",
    "TimeStudy",
    "WeightAdjustment",
]
