"""A document of no known family: say what can be recognized, make no record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from closeout.reading.dates import find_dates
from closeout.reading.families.base import REPORT_NUMBER, first_lines
from closeout.reading.fold import fold_space
from closeout.reading.model import DocumentReading, Problem, ReportMention, Span

if TYPE_CHECKING:
    from closeout.reading.clean import CleanText

_ISSUER = re.compile(
    r"\b(?:U\.?S\.? )?Government Accountability Office\b|\bGAO\b"
    r"|\bOffice of (?:the )?Inspector General\b|\bInspector General\b|\bOIG\b"
    r"|\b(?:Auditor General|State Auditor|Comptroller General)\b",
    re.IGNORECASE,
)
_LEAST_TITLE, _MOST_TITLE = 10, 200
_MOST_MENTIONS = 50
"""Report numbers named at most; a bibliography has thousands, and none is a record."""
_SPEAKS_OF = re.compile(r"\brecommend(?:ation|ations|ed|s)?\b", re.IGNORECASE)


class Unknown:
    """The family of last resort."""

    name = "unknown"

    def recognize(self, clean: CleanText) -> float:
        """Return a certainty below that of any family that knows its layout."""
        return 0.01 if clean.text.strip() else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return title, numbers, date and issuer where they can be told, and a problem that says so.

        Never a record: a person must look at the document, or a family must be written for it.
        """
        title = clean.document.title or _title(clean)
        numbers: dict[str, Span] = {}
        for match in REPORT_NUMBER.finditer(clean.text):
            numbers.setdefault(match[0], clean.original(match.start(), match.end()))
            if len(numbers) == _MOST_MENTIONS:
                break
        problems = (*clean.document.problems, _problem(clean, title, list(numbers)))
        return DocumentReading(
            document=clean.document,
            family=self.name,
            title=title,
            reports=tuple(
                ReportMention(title="", number=number, number_span=span, is_cited_only=True)
                for number, span in numbers.items()
            ),
            problems=problems,
        )


def _title(clean: CleanText) -> str:
    """Return the first line that could be a title, or an empty text."""
    for line in first_lines(clean).splitlines():
        words = fold_space(line).strip("#*_ ")
        if _LEAST_TITLE <= len(words) <= _MOST_TITLE and not words.endswith((".", ":")):
            return words
    return ""


def _problem(clean: CleanText, title: str, numbers: list[str]) -> Problem:
    opening = first_lines(clean)
    issuer = _ISSUER.search(opening)
    dates = find_dates(opening)
    seen = [f"title “{title}”"] if title else []
    seen += [f"report numbers {', '.join(numbers[:5])}"] if numbers else []
    seen += [f"issuer “{fold_space(issuer[0])}”"] if issuer else []
    seen += [f"date {dates[0].edtf}"] if dates else []
    count = sum(1 for _ in _SPEAKS_OF.finditer(clean.text))
    seen += [f"the word “recommend” {count} times"] if count else []
    found = f" It has {', '.join(seen)}." if seen else ""
    message = f"The layout is not one Closeout knows, so no recommendation was read from it.{found}"
    return Problem("unknown-family", message)


FAMILY = Unknown()
