"""USAID OIG's recommendation dashboard: text, questioned cost, close date under each report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from closeout.reading.families.ig_dates import date_in
from closeout.reading.families.ig_facts import office
from closeout.reading.families.ig_rows import Value, is_cut_off, rows, value_after
from closeout.reading.families.ig_sentences import trim
from closeout.reading.model import AuditorStatus, DocumentReading, Money, Record, ReportMention, StatusBasis

if TYPE_CHECKING:
    from closeout.reading.clean import CleanText
    from closeout.reading.dates import FuzzyDate

_REPORT = re.compile(
    r"\n[ \t]*(?P<date>[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})[ \t]*\n[ \t]*"
    r"(?:(?P<kind>[A-Z][^\n]{2,60})\n[ \t]*)?(?P<number>[A-Z0-9]{1,4}(?:-[A-Z0-9]+){2,5})[ \t]*(?=\n)"
)
_ROW = re.compile(r"\n[ \t]*Recommendation[ \t]*\n[ \t]*(?P<number>\d{1,3})[ \t]*(?=\n)")
_LABEL = re.compile(r"\n[ \t]*(?:Questioned Cost|Funds [Ff]or Better Use|Close Date)\b")
_AMOUNT = re.compile(r"\$?\s*([\d,]+)")
_MISSION = re.compile(
    r"(?:[Ww]e recommend that )?(?:the )?(USAID/[A-Z]\w+(?:(?: and| of)? [A-Z]\w+)*"
    r"|Millennium Challenge Corporation|MCC|USAID)\b"
)
_OPEN_SURE = 0.9
"""A row without a close date reads as open; the page prints no word for it."""


class UsaidDashboard:
    """Report heads (date, kind, number) followed by rows of labelled values."""

    name = "usaid-oig-dashboard"

    def recognize(self, clean: CleanText) -> float:
        """Return high certainty for the dashboard's labels."""
        head = clean.text[:6_000]
        return 0.95 if "Recommendation Dashboard" in head and _ROW.search(clean.text) else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return one record per row; a close date is the auditor's word that it is closed."""
        text = clean.text
        reports = list(_REPORT.finditer(text))
        found = rows(text, list(_ROW.finditer(text)), _REPORT)
        records = tuple(_record(clean, row, end, _report_before(reports, row.start())) for row, end in found)
        return DocumentReading(
            document=clean.document,
            family=self.name,
            title="Recommendation Dashboard",
            issuer=office(clean, "USAID OIG"),
            as_of=_as_of(clean),
            reports=tuple(_mention(clean, report) for report in reports),
            records=records,
        )


def _record(clean: CleanText, row: re.Match[str], end: int, report: str) -> Record:
    text = clean.text
    label = _LABEL.search(text, row.end(), end)
    start, stop = trim(text, row.end(), label.start() if label else end)
    closed = value_after(text, "Close Date", row.end(), end)
    cut = label is None and is_cut_off(clean, start, end)
    at = text.rindex("Close Date", row.end(), closed.start) if closed else 0
    status = AuditorStatus.CLOSED_IMPLEMENTED if closed else None if cut else AuditorStatus.OPEN_UNKNOWN
    return Record(
        text=clean.words(start, stop) or None,
        text_span=clean.original(start, stop) if start < stop else None,
        report_number=report,
        number=row["number"],
        agency=_agency(text[start:stop]),
        status_printed=clean.words(at, closed.end) if closed else None,
        status=status,
        status_basis=StatusBasis.PRINTED if closed else StatusBasis.INFERRED if status else None,
        status_confidence=_OPEN_SURE if status and not closed else None,
        status_span=clean.original(at, closed.end) if closed else None,
        closed_on=date_in(clean, closed.start, closed.end) if closed else None,
        money=_money(clean, row.end(), end),
        is_truncated=cut,
    )


def _agency(words: str) -> str:
    named = _MISSION.match(words.strip())
    return named[1].strip() if named else ""


def _money(clean: CleanText, start: int, end: int) -> tuple[Money, ...]:
    labels = (("questioned", "Questioned Cost"), ("better-use", "Funds [Ff]or Better Use"))
    found = ((kind, value_after(clean.text, label, start, end)) for kind, label in labels)
    return tuple(money for kind, value in found if value and (money := _amount(clean, kind, value)))


def _amount(clean: CleanText, kind: str, value: Value) -> Money | None:
    printed = _AMOUNT.fullmatch(value.words)
    return (
        Money(kind, int(printed[1].replace(",", "")), clean.original(value.start, value.end))
        if printed
        else None
    )


def _report_before(reports: list[re.Match[str]], at: int) -> str:
    return next((report["number"] for report in reversed(reports) if report.start() < at), "")


def _mention(clean: CleanText, report: re.Match[str]) -> ReportMention:
    return ReportMention(
        title="",
        number=report["number"],
        number_span=clean.original(report.start("number"), report.end("number")),
        issuer=office(clean, "USAID OIG"),
        kind=(report["kind"] or "").strip(),
        issued=date_in(clean, report.start("date"), report.end("date")),
    )


def _as_of(clean: CleanText) -> FuzzyDate | None:
    told = re.search(r"\(As of ([^)]{4,20})\)", clean.text)
    return date_in(clean, told.start(1), told.end(1)) if told else None


FAMILY = UsaidDashboard()
