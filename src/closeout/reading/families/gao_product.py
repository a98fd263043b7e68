"""GAO's page of one product since 2021: Fast Facts, Highlights, and a table of recommendations."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from closeout.reading.clean import CleanText
from closeout.reading.families.gao_counts import told_count
from closeout.reading.families.gao_headings import NUMBER, head_dates, title_range
from closeout.reading.families.gao_labels import ISSUER
from closeout.reading.families.gao_records import mark_cut_off, row_record
from closeout.reading.families.gao_rows import read_rows
from closeout.reading.families.gao_summary import read_summary, with_numbered_positions
from closeout.reading.model import DocumentReading, RecommendationKind, ReportMention

if TYPE_CHECKING:
    from closeout.reading.families.gao_counts import Count
    from closeout.reading.model import Record
    from closeout.reading.statements.narrative import Narrative

_LINE = r"^[ \t#*|>]*{}[ \t\r:*|]*$"
_TABLE = re.compile(
    _LINE.format(
        r"(?P<what>recommendations? for executive action"
        r"|matters? for (?:congressional )?consideration(?: by the congress)?)"
    ),
    re.IGNORECASE | re.MULTILINE,
)
_COLUMNS = re.compile(
    r"^[ \t|*]*(?:agency affected|matter)[ \t|*]+(?:recommendation[ \t|*]+)?status\b",
    re.IGNORECASE | re.MULTILINE,
)
_MATTER_COLUMNS = re.compile(r"matter[ \t|*]+(?:recommendation[ \t|*]+)?status\b")
_SECTION = re.compile(
    _LINE.format(r"(?:fast facts|highlights|what gao found|why gao did this study)"),
    re.IGNORECASE | re.MULTILINE,
)
_END = re.compile(
    _LINE.format(
        r"(?:full report|gao contacts?|contacts?|additional (?:data|materials|documents)|topics"
        r"|downloads|office of public affairs"
        r"|public inquiries|view decision|related (?:pages?|products?|content)"
        r"|see all \d+ recommendations|media inquiries"
        r"|multimedia|explore more.*|stay informed|get email updates|sign up.*)"
    ),
    re.IGNORECASE | re.MULTILINE,
)
_RELEASED = re.compile(r"publicly released:?\s*", re.IGNORECASE)
_HEAD = 6_000


class Table(NamedTuple):
    """A table of recommendations or of matters for Congress."""

    start: int
    end: int
    is_matters: bool


def _may_have_columns(text: str) -> bool:
    """Say whether the words of a table's columns stand anywhere: quicker than to look for the line."""
    lowered = text.lower()
    return "agency affected" in lowered or _MATTER_COLUMNS.search(lowered) is not None


class _Product:
    """Reads product pages since 2021."""

    name = "gao-product-page"

    def recognize(self, clean: CleanText) -> float:
        """Return how sure the layout is: by the table's headings, or by the sections before it."""
        text = clean.document.text
        if (
            _may_have_columns(text)
            and _COLUMNS.search(text)
            and (_TABLE.search(text) or _SECTION.search(text))
        ):
            return 0.92
        if not _SECTION.search(text, 0, _HEAD):
            return 0.0
        released = _RELEASED.search(text, 0, _HEAD)
        is_page = (released and NUMBER.search(text, 0, released.end())) or "Fast Facts" in text[:_HEAD]
        return 0.75 if is_page else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return the page's report and the rows of its tables."""
        page = CleanText(clean.document, ((0, len(clean.document.text), ""),))
        tables = find_tables(page.text)
        count = told_count(page.text, 0, tables[0].start if tables else len(page.text))
        summary = read_summary(page, _lists_start(page.text, tables))
        report = _report(page, count, summary)
        records = [record for table in tables for record in _table_records(page, table, report)]
        records = with_numbered_positions(mark_cut_off(page.text, records), summary)
        shown = sum(record.kind is RecommendationKind.RECOMMENDATION for record in records)
        return DocumentReading(
            document=page.document,
            family=self.name,
            title=report.title,
            issuer=ISSUER,
            report_number=report.number,
            report_date=report.issued,
            declared_total=count.value if count else None,
            declared_span=report.declared_span,
            complete=shown >= count.value if count else None,
            reports=(report,),
            records=tuple(records),
            statements=summary.statements,
        )


def find_tables(text: str) -> list[Table]:
    """Return the page's tables, each from its heading to the next or to what follows the tables."""
    heads = [(hit.end(), hit["what"].casefold().startswith("matter")) for hit in _TABLE.finditer(text)]
    if not heads:
        columns = _COLUMNS.search(text)
        heads = [(columns.start(), False)] if columns else []
    tables = []
    for index, (start, is_matters) in enumerate(heads):
        stop = _END.search(text, start)
        limits = [len(text), *([stop.start()] if stop else [])]
        if index + 1 < len(heads):
            limits.append(text.rfind("\n", 0, heads[index + 1][0] - 1) + 1)
        tables.append(Table(start, min(limits), is_matters))
    return tables


def _table_records(page: CleanText, table: Table, report: ReportMention) -> list[Record]:
    records = [row_record(page, row, report) for row in read_rows(page.text, table.start, table.end)]
    if not table.is_matters:
        return records
    return [
        replace(record, kind=RecommendationKind.MATTER, agency=record.agency or "Congress")
        for record in records
    ]


def _lists_start(text: str, tables: list[Table]) -> int:
    """Return where the heading of the first table begins, where the summary has ended."""
    if not tables:
        return len(text)
    heading = text.rfind("\n", 0, tables[0].start) + 1
    return min(heading, tables[0].start)


def _report(page: CleanText, count: Count | None, summary: Narrative) -> ReportMention:
    text = page.text
    section = _SECTION.search(text) or _TABLE.search(text)
    head_end = section.start() if section else min(len(text), _HEAD)
    number = NUMBER.search(text, 0, head_end)
    title = title_range(
        text, number.start() if number else head_end, has_number=number is not None, known=page.document.title
    )
    issued, released = head_dates(page, head_end)
    return ReportMention(
        title=page.words(*title),
        title_span=page.original(*title),
        number=number[0] if number else "",
        number_span=page.original(*number.span()) if number else None,
        issuer=ISSUER,
        issued=issued,
        publicly_released=released,
        declared_count=count.value if count else None,
        declared_span=page.original(count.start, count.end) if count else None,
        position=summary.position,
        position_span=summary.position_span,
    )


FAMILY = _Product()
