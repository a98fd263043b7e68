"""The tables of this app: the declared ones in their order, and what the site keeps besides."""

from closeout.web.staffing.models.moves import MoveProposal, MoveState, ProposalKind, ProposedMove
from closeout.web.staffing.models.runs import StaffingOffice, StaffingRun
from closeout.web.staffing.models.scenarios import KeptPlan, OfficeCurve, Scenario, ScenarioRun
from closeout.web.staffing.models.time_study import (
    ActivityChange,
    DelphiEstimate,
    StudyMoment,
    StudySample,
    SufficiencyAnswer,
    TimeStudy,
    WeightAdjustment,
)
from closeout.web.staffing.models.timer import RunningTimer

__all__ = [
    "ActivityChange",
    "DelphiEstimate",
    "KeptPlan",
    "MoveProposal",
    "MoveState",
    "OfficeCurve",
    "ProposalKind",
    "ProposedMove",
    "RunningTimer",
    "Scenario",
    "ScenarioRun",
    "StaffingOffice",
    "StaffingRun",
    "StudyMoment",
    "StudySample",
    "SufficiencyAnswer",
    "TimeStudy",
    "WeightAdjustment",
]
