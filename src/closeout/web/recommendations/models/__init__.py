"""The register's tables, in the order in which words become facts.

bytes (`sources`) → mentions and what they say (`mentions`, `observations`) → reports and
recommendations (`register`) → what people decide (`review`) and do (`progress`, `evidence`,
`closure`). History is append-only: a row that no longer holds is marked, never removed.
"""

from closeout.web.recommendations.models.closure import AuditorDecision, ClosureRequest, ClosureState
from closeout.web.recommendations.models.evidence import (
    Evidence,
    EvidenceCover,
    EvidenceRevision,
    EvidenceState,
)
from closeout.web.recommendations.models.mentions import Mention, Statement
from closeout.web.recommendations.models.observations import (
    CaptureEvent,
    PositionObservation,
    PromiseObservation,
    StatusObservation,
)
from closeout.web.recommendations.models.progress import AgencyProgress, Milestone, Plan, RecordedEvent
from closeout.web.recommendations.models.register import Agency, Recommendation, Report, SearchEntry
from closeout.web.recommendations.models.review import (
    Conflict,
    Correction,
    JoinDecision,
    ReviewItem,
    ReviewKind,
    ReviewState,
)
from closeout.web.recommendations.models.sources import Blob, Capture, Document, JoinKey, SupersededReading

__all__ = [
    "Agency",
    "AgencyProgress",
    "AuditorDecision",
    "Blob",
    "Capture",
    "CaptureEvent",
    "ClosureRequest",
    "ClosureState",
    "Conflict",
    "Correction",
    "Document",
    "Evidence",
    "EvidenceCover",
    "EvidenceRevision",
    "EvidenceState",
    "JoinDecision",
    "JoinKey",
    "Mention",
    "Milestone",
    "Plan",
    "PositionObservation",
    "PromiseObservation",
    "Recommendation",
    "RecordedEvent",
    "Report",
    "ReviewItem",
    "ReviewKind",
    "ReviewState",
    "SearchEntry",
    "Statement",
    "StatusObservation",
    "SupersededReading",
]
