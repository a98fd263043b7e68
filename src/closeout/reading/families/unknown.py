"""A document of no known family: say what can be recognized, make no record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.reading.families.base import REPORT_NUMBER, match_span
from closeout.reading.model import DocumentReading, Problem, ReportMention

if TYPE_CHECKING:
    from closeout.reading.clean import CleanText


class Unknown:
    """The family of last resort."""

    name = "unknown"

    def recognize(self, clean: CleanText) -> float:
        """Return a certainty below that of any family that knows its layout."""
        return 0.01 if clean.text else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return the report numbers seen and a problem that says so."""
        mentions = {match[0]: match_span(clean, match) for match in REPORT_NUMBER.finditer(clean.text)}
        problem = Problem(
            "unknown-family", "The layout is not one Closeout knows; nothing was read as a record."
        )
        return DocumentReading(
            document=clean.document,
            family=self.name,
            title=clean.document.title,
            reports=tuple(
                ReportMention(title="", number=number, number_span=span, is_cited_only=True)
                for number, span in mentions.items()
            ),
            problems=(*clean.document.problems, problem),
        )


FAMILY = Unknown()
