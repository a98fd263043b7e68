"""GAO testimonies and summaries: they speak of earlier recommendations and make none of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from closeout.reading.families.gao_counts import declared_count
from closeout.reading.families.gao_frontmatter import has_labels, read_front_matter
from closeout.reading.families.gao_headings import NUMBER
from closeout.reading.families.gao_labels import ISSUER
from closeout.reading.families.gao_passages import headings
from closeout.reading.model import DocumentReading, Problem, ReportMention

if TYPE_CHECKING:
    from closeout.reading.clean import CleanText
    from closeout.reading.families.gao_frontmatter import FrontMatter

_SUMMARY = "This report summary was extracted from"
_SPOKEN = re.compile(
    r"\bTestimony\s+Before\b|\bStatement\s+of\b|\b[Tt]his\s+(?:statement|testimony)\b"
    r"|\b[Mm]y\s+(?:statement|testimony|remarks)\s+(?:today|will)\b"
    r"|\ba\s+testimony\s+before\b|\bGao\s+ID:|\bFor\s+Release\s+on\s+Delivery\b"
)
_DETAILED = re.compile(r"\bWhat\s+GAO\s+Found\b|\bWhy\s+GAO\s+Did\s+This\s+Study\b")
_HEAD = 12_000
_SHORT = 9_000
_MOST_CITED = 60


class _Testimony:
    """Reads testimonies and summaries."""

    name = "gao-testimony-summary"

    def recognize(self, clean: CleanText) -> float:
        """Return 0.82 for a GAO number and a speaker's or summary's words, without a section of demands."""
        text = clean.text
        head = text[:_HEAD]
        if "gao" not in head.lower() or next(headings(text), None) is not None:
            return 0.0
        front = read_front_matter(clean)
        if not front.number or "(Recommendation 1)" in text:
            return 0.0
        if _SUMMARY in text or front.number.endswith("T") or _SPOKEN.search(head):
            return 0.82
        if len(text) < _SHORT and _DETAILED.search(head):
            return 0.7
        return 0.55 * has_labels(clean)

    def read(self, clean: CleanText) -> DocumentReading:
        """Return the product itself and the reports it cites; no records."""
        front = read_front_matter(clean)
        count = declared_count(clean.text)
        own = ReportMention(
            title=front.title,
            title_span=front.title_span,
            number=front.number,
            number_span=front.number_span,
            issuer=ISSUER,
            kind="testimony"
            if front.number.endswith("T") or _SPOKEN.search(clean.text, 0, _HEAD)
            else "summary",
            issued=front.issued,
            publicly_released=front.released,
            declared_count=count.value if count else None,
            declared_span=clean.original(count.start, count.end) if count else None,
        )
        message = "The summary counts recommendations without giving their words; read the report itself."
        return DocumentReading(
            document=clean.document,
            family=self.name,
            title=front.title,
            issuer=ISSUER,
            report_number=front.number,
            report_date=front.issued,
            declared_total=own.declared_count,
            declared_span=own.declared_span,
            complete=False if count else None,
            reports=(own, *_cited(clean, front)),
            problems=(Problem("no-recommendation-text", message, own.declared_span),) if count else (),
        )


def _cited(clean: CleanText, front: FrontMatter) -> tuple[ReportMention, ...]:
    """Return the reports the text cites, each once, in order."""
    found: dict[str, ReportMention] = {}
    for hit in NUMBER.finditer(clean.text):
        number = hit[0].upper()
        if number != front.number.upper() and len(found) < _MOST_CITED:
            found.setdefault(
                number,
                ReportMention(
                    title="",
                    number=number,
                    number_span=clean.original(*hit.span()),
                    issuer=ISSUER,
                    is_cited_only=True,
                ),
            )
    return tuple(found.values())


FAMILY = _Testimony()
