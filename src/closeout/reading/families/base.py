"""What a family of layouts has to offer, and the small pieces all families share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from closeout.reading.clean import CleanText
    from closeout.reading.model import DocumentReading, Span

REPORT_NUMBER = re.compile(
    r"\b(?:GAO-\d{2}-\d{1,6}[A-Z]{0,3}"
    r"|(?:DODIG|DCOIG|OIG|OEI|OAS|ISP|AUD|ESP|MERO)-(?:[A-Z]{1,4}-)?\d{2,4}-\d{2,5}(?:-\d{2,5})?(?:-[A-Z])?"
    r"|(?:[A-Z]{3,5}|T-[A-Z]{3,4})-\d{2}-\d{1,3}[A-Z]{0,2}"
    r"|A-\d{2}-\d{2}-\d{5}|\d{2}-\d{5}-\d{1,3}|\d-\d{3}-\d{2}-\d{3}-[A-Z])(?!\w|-\w)"
)
"""Report numbers as GAO and the larger IG offices print them."""


class Family(Protocol):
    """A family of layouts."""

    @property
    def name(self) -> str:
        """Return the family's name, such as `gao-agency-page`."""

    def recognize(self, clean: CleanText) -> float:
        """Return how sure the family is that it can read this text, 0 to 1. Cheap."""

    def read(self, clean: CleanText) -> DocumentReading:
        """Return everything the family reads from this text."""


def first_lines(clean: CleanText, characters: int = 4_000) -> str:
    """Return the beginning of the text, where most layouts can be told."""
    return clean.text[:characters]


def match_span(clean: CleanText, match: re.Match[str], group: int | str = 0) -> Span:
    """Return where a match found in the clean text stands in the document."""
    return clean.original(match.start(group), match.end(group))
