"""GAO's own export of its recommendations database as comma-separated values."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from closeout.reading.clean import CleanText
from closeout.reading.families.gao_agencies import is_congress
from closeout.reading.families.gao_headings import first_date
from closeout.reading.families.gao_labels import ISSUER, is_status
from closeout.reading.families.gao_records import kind_of, number_in, with_follow_up
from closeout.reading.fold import fold_space
from closeout.reading.model import (
    DocumentReading,
    Medium,
    Problem,
    RecommendationKind,
    Record,
    ReportMention,
    Span,
)
from closeout.reading.sources.delimited import Field, scan_flat_rows, scan_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.reading.dates import FuzzyDate
    from closeout.reading.sources.delimited import Row

_SIGN = "gao recommendation"
_AS_OF = re.compile(r"status as of ([A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,6}|[a-z]{2,10});", re.IGNORECASE)
_FLAT_HEADER = re.compile(
    r'"?Publication +(?:Name|Title)"?,[^\n]{10,300}?(?:Comments|Topics)"?(?=[ \t]+")', re.IGNORECASE
)
"""Column headings with a row behind them on the same line: the export copied without its line breaks."""
_HEAD = 2_000
_COLUMNS = {
    "publication name": "title",
    "publication title": "title",
    "publication number": "number",
    "report number": "number",
    "date publication issued": "issued",
    "agency": "agency",
    "agency affected": "agency",
    "recommendation": "text",
    "status": "status",
    "priority": "priority",
    "comments": "comments",
    "topics": "topics",
}
_NEEDED = {"text": "Recommendation"}
_WANTED = {
    "title": "Publication Name",
    "number": "Publication Number",
    "issued": "Date Publication Issued",
    "agency": "Agency",
    "status": "Status",
    "comments": "Comments",
    "priority": "Priority",
}
_LEAST_COLUMNS = 3


class _Table(NamedTuple):
    """The export's rows of data, and which column holds what."""

    columns: dict[str, int]
    header: Row
    rows: list[Row]


class _Export:
    """Reads the export."""

    name = "gao-csv-export"

    def recognize(self, clean: CleanText) -> float:
        """Return 0.97 for delimited text that says it is the export or has its columns."""
        text = clean.document.text
        head = text[:_HEAD].lower()
        if _SIGN in head and "title:" in head:
            return 0.97
        is_delimited = (
            clean.document.medium is Medium.CSV and "publication" in head and "recommendation" in head
        )
        return 0.8 if is_delimited else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return one record for each row, and a problem for each column that is missing."""
        document = clean.document
        table = _table(document.text)
        problems = _column_problems(table)
        page = CleanText(document, tuple(_readable(document.text, table)))
        records: list[Record] = []
        reports: dict[str, ReportMention] = {}
        if table and "text" in table.columns:
            for row in table.rows:
                report = _mention(page, table, row)
                reports.setdefault(report.number or report.title, report)
                records.append(_record(page, table, row, report))
        return DocumentReading(
            document=document,
            family=self.name,
            issuer=ISSUER,
            as_of=_as_of(page),
            reports=tuple(reports.values()),
            records=tuple(records),
            problems=problems,
        )


def _table(text: str) -> _Table | None:
    """Return the rows under the first row that looks like the export's column headings."""
    flat = _FLAT_HEADER.search(text, 0, _HEAD)
    if flat:
        header = next(scan_rows(flat[0]))
        rows = scan_flat_rows(text, flat.start(), len(header))
    else:
        rows = scan_rows(text)
    for row in rows:
        columns = _columns(row)
        if len(columns) >= _LEAST_COLUMNS:
            return _Table(columns, row, [row for row in rows if any(field.value for field in row)])
    return None


def _columns(row: Row) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, field in enumerate(row):
        name = _COLUMNS.get(fold_space(field.value).casefold())
        if name:
            columns.setdefault(name, index)
    return columns


def _column_problems(table: _Table | None) -> tuple[Problem, ...]:
    if table is None:
        message = "There are no column headings as in GAO's export; export again from GAO's database."
        return (Problem("changed-header", message, fatal=True),)
    span = Span(table.header[0].span.start, table.header[-1].span.end)
    return tuple(
        Problem(
            "changed-header", f"The column “{label}” is missing; {_loss(name)}.", span, fatal=name in _NEEDED
        )
        for name, label in (*_NEEDED.items(), *_WANTED.items())
        if name not in table.columns
    )


def _loss(name: str) -> str:
    return "no record can be read" if name in _NEEDED else f"records are read without their {name}"


def _field(table: _Table, row: Row, name: str) -> Field | None:
    index = table.columns.get(name)
    field = row[index] if index is not None and index < len(row) else None
    return field if field and field.value else None


def _value(table: _Table, row: Row, name: str) -> str:
    field = _field(table, row, name)
    return fold_space(unescape(field.value)) if field else ""


def _mention(page: CleanText, table: _Table, row: Row) -> ReportMention:
    title, number, issued = (_field(table, row, name) for name in ("title", "number", "issued"))
    return ReportMention(
        title=_value(table, row, "title"),
        title_span=title.span if title else None,
        number=_value(table, row, "number"),
        number_span=number.span if number else None,
        issuer=ISSUER,
        issued=_date(page, issued.span) if issued else None,
        topics=tuple(filter(None, (topic.strip() for topic in _value(table, row, "topics").split(";")))),
    )


def _record(page: CleanText, table: _Table, row: Row, report: ReportMention) -> Record:
    text, agency = _field(table, row, "text"), _field(table, row, "agency")
    words, body = _value(table, row, "text"), _value(table, row, "agency")
    is_matter = is_congress(body) or kind_of(words, body) is RecommendationKind.MATTER
    record = Record(
        text=words or None,
        text_span=text.span if text else None,
        report_title=report.title,
        report_number=report.number,
        kind=RecommendationKind.MATTER if is_matter else RecommendationKind.RECOMMENDATION,
        number=number_in(words),
        agency=body,
        agency_span=agency.span if agency else None,
        is_priority=_value(table, row, "priority").casefold() in {"yes", "y", "true", "1"},
    )
    status, comments = _field(table, row, "status"), _field(table, row, "comments")
    printed = status if status and is_status(fold_space(status.value)) else None
    return with_follow_up(page, record, _at(page, printed), _at(page, comments))


def _at(page: CleanText, field: Field | None) -> tuple[int, int] | None:
    """Return where a field's words stand in the readable text, blanks at the ends left out."""
    if field is None:
        return None
    start, end = page.at(field.span.start), page.at(field.span.end)
    words = page.text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _date(page: CleanText, span: Span) -> FuzzyDate | None:
    return first_date(page, page.at(span.start), page.at(span.end))


def _as_of(page: CleanText) -> FuzzyDate | None:
    said = _AS_OF.search(page.text, 0, _HEAD)
    return first_date(page, *said.span(1)) if said else None


def _readable(text: str, table: _Table | None) -> Iterator[tuple[int, int, str]]:
    """Yield the pieces of the text, doubled quotes in fields made single and HTML entities undone."""
    at = 0
    for start, end, words in sorted(_undone(text, table)) if table else ():
        yield at, start, ""
        if words:
            yield start, start, words
        at = end
    yield at, len(text), ""


def _undone(text: str, table: _Table) -> Iterator[tuple[int, int, str]]:
    for field in (field for row in table.rows for field in row):
        start, end = field.span.start, field.span.end
        if "&" in field.value:
            for hit in _ENTITY.finditer(text, start, end):
                yield hit.start(), hit.end(), unescape(hit[0])
        if '"' in field.value:
            at = text.find('""', start, end)
            while at >= 0:
                yield at, at + 1, ""
                at = text.find('""', at + 2, end)


FAMILY = _Export()
