"""The tables of the evidence."""

from closeout.web.evidence.models.assessed import FrozenFigure, RecommendationAssessment
from closeout.web.evidence.models.runs import AssessedMeasure, AssessmentRun, MeasureResult

__all__ = [
    "AssessedMeasure",
    "AssessmentRun",
    "FrozenFigure",
    "MeasureResult",
    "RecommendationAssessment",
]
