"""GAO's page of one product as it was until 2020: labelled recommendations with status and comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from closeout.reading.clean import CleanText
from closeout.reading.families.gao_counts import told_count
from closeout.reading.families.gao_entries import entry_record
from closeout.reading.families.gao_headings import NUMBER, head_dates, title_range
from closeout.reading.families.gao_labelled import read_entries
from closeout.reading.families.gao_labels import ISSUER
from closeout.reading.families.gao_records import mark_cut_off
from closeout.reading.families.gao_summary import read_summary, with_numbered_positions
from closeout.reading.model import DocumentReading, RecommendationKind, ReportMention

if TYPE_CHECKING:
    from closeout.reading.families.gao_labelled import Entry
    from closeout.reading.statements.narrative import Narrative

_PUBLISHED = re.compile(r"\b(?P<number>[A-Z][\w/-]{0,20}-\d[\w-]{0,20}):?\s+Published:", re.IGNORECASE)
_SECTION = re.compile(
    r"^[ \t#*]*(?P<what>recommendations? for executive action|matters? for congressional consideration)",
    re.IGNORECASE | re.MULTILINE,
)
_STATUS_LABEL = re.compile(r"^[ \t]*(?:\d{1,3}\.\s*)?[*_]*Status[*_]*:", re.MULTILINE)
_HEAD = 6_000


class _Product2010:
    """Reads product pages until 2020."""

    name = "gao-product-page-2010s"

    def recognize(self, clean: CleanText) -> float:
        """Return 0.93 for a page with a product number, its dates and labelled statuses."""
        text = clean.document.text
        if "published:" not in text[:_HEAD].lower() or not _PUBLISHED.search(text, 0, _HEAD):
            return 0.0
        if not _SECTION.search(text):
            return 0.0
        return 0.93 if _STATUS_LABEL.search(text) else 0.6

    def read(self, clean: CleanText) -> DocumentReading:
        """Return the page's report and its labelled recommendations."""
        page = CleanText(clean.document, ((0, len(clean.document.text), ""),))
        sections = list(_SECTION.finditer(page.text))
        start = sections[0].start() if sections else 0
        matters = [hit.start() for hit in sections if hit["what"].casefold().startswith("matter")]
        entries = [_placed(entry, sections, matters) for entry in read_entries(page.text, start)]
        summary = read_summary(page, start)
        report = _report(page, start, summary)
        records = [entry_record(page, entry, report) for entry in entries]
        records = with_numbered_positions(mark_cut_off(page.text, records), summary)
        shown = sum(record.kind is RecommendationKind.RECOMMENDATION for record in records)
        return DocumentReading(
            document=page.document,
            family=self.name,
            title=report.title,
            issuer=ISSUER,
            report_number=report.number,
            report_date=report.issued,
            declared_total=report.declared_count,
            declared_span=report.declared_span,
            complete=None if report.declared_count is None else shown >= report.declared_count,
            reports=(report,),
            records=tuple(records),
            statements=summary.statements,
        )


def _placed(entry: Entry, sections: list[re.Match[str]], matters: list[int]) -> Entry:
    """Return the entry, marked as a matter for Congress when it stands in such a section."""
    before = [hit.start() for hit in sections if hit.start() <= entry.start]
    entry.is_matter = entry.is_matter or bool(before and before[-1] in matters)
    return entry


def _report(page: CleanText, head_end: int, summary: Narrative) -> ReportMention:
    text = page.text
    stamp = _PUBLISHED.search(text, 0, _HEAD)
    number = stamp.span("number") if stamp else None
    hit = None if stamp else NUMBER.search(text, 0, _HEAD)
    number = hit.span() if hit else number
    title = title_range(
        text, number[0] if number else head_end, has_number=number is not None, known=page.document.title
    )
    issued, released = head_dates(page, min(head_end, _HEAD))
    count = told_count(text, 0, head_end)
    return ReportMention(
        title=page.words(*title),
        title_span=page.original(*title),
        number=text[slice(*number)] if number else "",
        number_span=page.original(*number) if number else None,
        issuer=ISSUER,
        issued=issued,
        publicly_released=released,
        declared_count=count.value if count else None,
        declared_span=page.original(count.start, count.end) if count else None,
        position=summary.position,
        position_span=summary.position_span,
    )


FAMILY = _Product2010()
