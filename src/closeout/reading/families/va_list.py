"""VA OIG's list of reports with the recommendations of each and how they were closed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from closeout.reading.families.ig_dates import date_in
from closeout.reading.families.ig_facts import office
from closeout.reading.families.ig_rows import is_cut_off, rows, value_after
from closeout.reading.families.ig_sentences import trim
from closeout.reading.families.ig_status_labels import label_status
from closeout.reading.model import DocumentReading, Record, ReportMention, Span, StatusBasis

if TYPE_CHECKING:
    from closeout.reading.clean import CleanText

_REPORT = re.compile(
    r"(?:^|\n)[ \t]*(?:Date Issued\b[^\n]*\n(?:[^\n]*\n){0,4}?[ \t|]*)?Report Number[ \t|]*\n?[ \t"
    r"|]*(?P<number>\d\d-\d{4,5}-\d{1,3})"
)
_ROW = re.compile(
    r"(?:^|\n)[ \t]*(?:Recommendation[ \t]+)?No\.[ \t]*(?P<number>\d{1,3})[ \t]*\n[ \t]*"
    r"(?P<icon>[^\n]*Recommendation Image[^\n]*)"
)
_STOP = re.compile(
    r"\n[ \t]*(?:Date Issued|Total Monetary Impact|Report Number|Topics:|View Report|Download)\b"
)
_OFFICE = re.compile(r"\n[ \t]*to[ \t]+(?P<office>[A-Z][^\n]*)")
_CLOSED = re.compile(r"\n[ \t]*Closure Date:[ \t]*(?P<date>[^\n]*)")
_ICONS = (
    ("Closed and Implemented", "Closed-Implemented"),
    ("Not Implemented", "Closed-Not Implemented"),
    ("Open", "Open"),
)


class VaList:
    """Blocks "Report Number", then rows "No. n / icon / to OFFICE / Closure Date / text"."""

    name = "va-oig-list"

    def recognize(self, clean: CleanText) -> float:
        """Return high certainty for the icon captions that only these pages have."""
        return 0.95 if "Recommendation Image, " in clean.text and _ROW.search(clean.text) else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return one record per row; the legend that names all statuses is none."""
        text = clean.text
        reports = list(_REPORT.finditer(text))
        records = tuple(
            _record(clean, row, end, _number_before(reports, row.start()))
            for row, end in rows(text, list(_ROW.finditer(text)), _STOP)
        )
        mentions = tuple(_mention(clean, report) for report in reports)
        return DocumentReading(
            document=clean.document,
            family=self.name,
            issuer=office(clean, "VA OIG"),
            report_number=mentions[0].number if len(mentions) == 1 else "",
            report_date=mentions[0].issued if len(mentions) == 1 else None,
            reports=mentions,
            records=records,
        )


def _record(clean: CleanText, row: re.Match[str], end: int, report: str) -> Record:
    text = clean.text
    office = _OFFICE.match(text, row.end(), end)
    after = office.end() if office else row.end()
    closed = _CLOSED.match(text, after, end)
    start, stop = trim(text, closed.end() if closed else after, end)
    printed, span = _status(clean, row)
    return Record(
        text=clean.words(start, stop) or None,
        text_span=clean.original(start, stop) if start < stop else None,
        report_number=report,
        number=row["number"],
        agency=office["office"].strip() if office else "",
        agency_span=clean.original(office.start("office"), office.end("office")) if office else None,
        status_printed=printed,
        status=label_status(printed) if printed else None,
        status_basis=StatusBasis.PRINTED if printed else None,
        status_span=span,
        closed_on=date_in(clean, closed.start("date"), closed.end("date")) if closed else None,
        is_truncated=is_cut_off(clean, row.start(), end),
    )


def _status(clean: CleanText, row: re.Match[str]) -> tuple[str | None, Span | None]:
    for icon, label in _ICONS:
        at = row["icon"].find(icon)
        if at >= 0:
            start = row.start("icon") + at
            return label, clean.original(start, start + len(icon))
    return None, None


def _number_before(reports: list[re.Match[str]], at: int) -> str:
    return next((report["number"] for report in reversed(reports) if report.start() < at), "")


def _mention(clean: CleanText, report: re.Match[str]) -> ReportMention:
    issued = value_after(clean.text, "Date Issued", report.start(), report.end())
    return ReportMention(
        title="",
        number=report["number"],
        number_span=clean.original(report.start("number"), report.end("number")),
        issuer=office(clean, "VA OIG"),
        issued=date_in(clean, issued.start, issued.end) if issued else None,
    )


FAMILY = VaList()
