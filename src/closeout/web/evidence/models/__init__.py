"""The tables of the evidence."""

from closeout.web.evidence.models.assessed import FrozenFigure, RecommendationAssessment
from closeout.web.evidence.models.brought import BroughtFile
from closeout.web.evidence.models.listings import ListingPage, RowListing
from closeout.web.evidence.models.runs import AssessedMeasure, AssessmentRun, MeasurePart, MeasureResult

__all__ = [
    "AssessedMeasure",
    "AssessmentRun",
    "BroughtFile",
    "FrozenFigure",
    "ListingPage",
    "MeasurePart",
    "MeasureResult",
    "RecommendationAssessment",
    "RowListing",
]
