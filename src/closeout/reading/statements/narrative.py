"""Put together what a narrative about one recommendation says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from closeout.reading.clean import CleanText
    from closeout.reading.model import AuditorStatus, Position, Promise, Span, Statement


@dataclass(frozen=True, slots=True)
class Narrative:
    """What a stretch of prose says about a recommendation.

    Attributes:
        statements: One for each sentence with a known purpose, in order.
        promises: Every date promised, with what for.
        position: The respondent's position; None when the prose is silent.
        position_printed: Its words ("did not concur").
        position_span: The words from the respondent to the recommendation.
        position_by: Who takes the position, as printed.
        reads_as: The status the prose amounts to. For use only when no status is printed.
        confidence: 0-1, how sure `reads_as` is; None without it.

    """

    statements: tuple[Statement, ...] = ()
    promises: tuple[Promise, ...] = ()
    position: Position | None = None
    position_printed: str | None = None
    position_span: Span | None = None
    position_by: str = ""
    reads_as: AuditorStatus | None = None
    confidence: float | None = None
    reasons: tuple[str, ...] = ()


def read_narrative(clean: CleanText, start: int, end: int, *, agency: str = "") -> Narrative:
    """Return what `clean.text[start:end]` says about one recommendation."""
    return Narrative()
