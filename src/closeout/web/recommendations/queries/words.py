"""What statuses, positions and promises are called on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.followup.statuses import POSITION_LABELS, PROGRESS_LABELS, STATUS_LABELS, Progress
from closeout.reading.model import AuditorStatus, Position

if TYPE_CHECKING:
    from closeout.followup.history import State
    from closeout.web.recommendations.models import Recommendation

NOT_PRINTED = "No status printed"
NOTHING_SAID = "Nothing recorded"
SILENT = "Position not stated"


@dataclass(frozen=True, slots=True)
class Axes:
    """The three axes of a recommendation and the position, in words; they are never mixed.

    Attributes:
        auditor: Label of the auditor's own word; `auditor_value` its normal form, empty without one.
        auditor_printed: The word as printed.
        agency: Label of the agency's own progress; `agency_value` its normal form or empty.
        reads_as: Label of the system's reading, only where the auditor printed nothing; else empty.
        reads_as_confidence: 0-1.
        position: Label of the agency's position; `position_printed` as printed, `position_by` by whom.

    """

    auditor: str
    auditor_value: str
    auditor_printed: str
    agency: str
    agency_value: str
    reads_as: str
    reads_as_value: str
    reads_as_confidence: float | None
    position: str
    position_value: str
    position_printed: str
    position_by: str


def axes_of(rec: Recommendation) -> Axes:
    """Return the present axes of a recommendation in words."""
    return Axes(
        auditor=status_label(rec.auditor_status) or NOT_PRINTED,
        auditor_value=rec.auditor_status,
        auditor_printed=rec.auditor_status_printed,
        agency=progress_label(rec.progress) or NOTHING_SAID,
        agency_value=rec.progress,
        reads_as=status_label(rec.reads_as),
        reads_as_value=rec.reads_as,
        reads_as_confidence=rec.reads_as_confidence,
        position=position_label(rec.position) or SILENT,
        position_value=rec.position,
        position_printed=rec.position_printed,
        position_by=rec.position_by,
    )


def status_label(value: str) -> str:
    """Return the label of an auditor's status, empty for none."""
    return STATUS_LABELS[AuditorStatus(value)] if value else ""


def progress_label(value: str) -> str:
    """Return the label of the agency's progress, empty for none."""
    return PROGRESS_LABELS[Progress(value)] if value else ""


def position_label(value: str) -> str:
    """Return the label of a position, empty for none."""
    return POSITION_LABELS[Position(value)] if value else ""


def excerpt(text: str, length: int) -> str:
    """Return the beginning of a text, cut between words, with an ellipsis when it is cut."""
    if len(text) <= length:
        return text
    cut = text[: length + 1].rsplit(" ", 1)[0].rstrip(" ,;:")
    return f"{cut[:length]}…"


@dataclass(frozen=True, slots=True)
class StateWords:
    """A state on a day in words. `auditor_tone` is `active`, `closed` or empty; percent 0-100."""

    auditor: str
    auditor_tone: str
    reads_as: str
    confidence_percent: int
    agency: str
    position: str


def state_words(state: State) -> StateWords:
    """Return the axes of a state in words."""
    reads_as = state.reads_as
    confidence = state.reading.event.confidence if state.reading else None
    return StateWords(
        auditor=STATUS_LABELS[state.auditor_status] if state.auditor_status else NOT_PRINTED,
        auditor_tone="closed" if state.is_closed else "active",
        reads_as=STATUS_LABELS[reads_as] if reads_as else "",
        confidence_percent=round(100 * (confidence or 0)),
        agency=PROGRESS_LABELS[state.agency_progress] if state.agency_progress else NOTHING_SAID,
        position=POSITION_LABELS[state.agency_position] if state.agency_position else SILENT,
    )
