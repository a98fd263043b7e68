"""HHS OIG's recommendations tracker, both the rows of labelled values and the older flat table."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.reading.families.ig_dates import date_in
from closeout.reading.families.ig_facts import office
from closeout.reading.families.ig_rows import Value, is_cut_off, rows, value_after
from closeout.reading.families.ig_sentences import trim
from closeout.reading.families.ig_status_labels import label_status
from closeout.reading.model import DocumentReading, Money, Position, Record, ReportMention, StatusBasis

if TYPE_CHECKING:
    from closeout.reading.clean import CleanText
    from closeout.reading.dates import FuzzyDate

_ROW = re.compile(r"(?:^|\n)[ \t]*(?P<number>\d\d-[A-Z]{1,2}-\d\d-\d{2,4}\.\d{1,3})[ \t]*")
_TITLE = re.compile(
    r"(?:(?:\n|[–-] )-[ \t]*\n|\n[ \t]*•[ \t]+(?!Status))(?P<title>[^\n•-][^\n]{8,300})(?=\n)"
)
_STATUS = re.compile(r"\s*[-•][ \t]*Status[ \t]*(?=\n)")
_POSITIONS = {
    "concur": Position.CONCUR,
    "non-concur": Position.NON_CONCUR,
    "nonconcur": Position.NON_CONCUR,
    "partial concur": Position.PARTIAL,
    "partially concur": Position.PARTIAL,
    "no response": Position.NO_COMMENT,
    "neither concur nor non-concur": Position.NEITHER,
}
_MONEY = re.compile(r"\$([\d,]+)(?:\.\d+)?(?![\d.]*[MBK])")
_TABLE = re.compile(
    r"Recommendation text[ \t]+Responsible agency[ \t]+Potential savings[ \t]+(?P<rows>[^\n]+)"
)
_CELL = re.compile(
    r"(?P<text>.+?[.!?)”])[ \t]+(?P<agency>[A-Z][A-Za-z]{1,7}(?:, [A-Z][A-Za-z]{1,7})*)[ \t]+(?P<savings>–"
    r"|-|\$[\d.,]+[MBK]?)(?=[ \t]|$)"
)
_LEAST_LEFT = 20
_NEXT_REPORT = re.compile(r"\n-[ \t]*\n|\n[ \t]*•[ \t]+(?!Status)[A-Z]")


class HhsTracker:
    """Rows that open with an identifier ending in the recommendation's own number."""

    name = "hhs-oig-tracker"

    def recognize(self, clean: CleanText) -> float:
        """Return high certainty for the tracker's title with rows below it."""
        text = clean.text
        if "Recommendations Tracker" not in text[:2_000]:
            return 0.0
        return 0.95 if _ROW.search(text) or _TABLE.search(text) else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return one record per row with what its labels say."""
        text = clean.text
        titles = list(_TITLE.finditer(text))
        found = rows(text, list(_ROW.finditer(text)), _NEXT_REPORT)
        records = [_record(clean, row, end, _title_before(titles, row.start())) for row, end in found]
        for table in _TABLE.finditer(text):
            records.extend(_cells(clean, table, _title_before(titles, table.start())))
        return DocumentReading(
            document=clean.document,
            family=self.name,
            title="Recommendations Tracker",
            issuer=office(clean, "HHS OIG"),
            as_of=_as_of(clean),
            reports=tuple(_mention(clean, title) for title in titles if _is_report(title["title"])),
            records=tuple(records),
        )


def _record(clean: CleanText, row: re.Match[str], end: int, title: str) -> Record:
    text = clean.text
    label = _STATUS.search(text, row.end(), end)
    start, stop = trim(text, row.end(), label.start() if label else end)
    fields = {
        name: value_after(text, name, stop, end)
        for name in ("Status", "Responsible Agency", "Response", "Legislative Related")
    }
    response, status, agency, legislative = (
        fields[name] for name in ("Response", "Status", "Responsible Agency", "Legislative Related")
    )
    position = _POSITIONS.get(response.words.lower()) if response else None
    return Record(
        text=clean.words(start, stop) or None,
        text_span=clean.original(start, stop) if start < stop else None,
        report_title=title,
        number=row["number"],
        agency=agency.words if agency else "",
        agency_span=clean.original(agency.start, agency.end) if agency else None,
        is_legislative=bool(legislative and legislative.words.lower() == "yes"),
        status_printed=status.words if status else None,
        status=label_status(status.words, position) if status else None,
        status_basis=StatusBasis.PRINTED if status else None,
        status_span=clean.original(status.start, status.end) if status else None,
        position_printed=response.words if response else None,
        position=position,
        position_span=clean.original(response.start, response.end) if response else None,
        position_by=agency.words if agency and response else "",
        closed_on=_date(clean, "Closed Date", stop, end),
        updated_on=_date(clean, "Last Update Received", stop, end),
        next_update_on=_date(clean, "Next Update Expected", stop, end),
        money=_money(clean, value_after(text, "Potential Savings", stop, end)),
        is_truncated=is_cut_off(clean, row.start(), end) and legislative is None,
    )


def _cells(clean: CleanText, table: re.Match[str], title: str) -> list[Record]:
    """Return the rows of the flat table "text AGENCY savings text AGENCY savings …"."""
    heading = re.search(r"Explore (Open) Recommendations", clean.text[: table.start()])
    shared = Record(
        text=None,
        text_span=None,
        report_title=title,
        status_printed=heading[1] if heading else None,
        status=label_status(heading[1]) if heading else None,
        status_basis=StatusBasis.PRINTED if heading else None,
        status_span=clean.original(heading.start(1), heading.end(1)) if heading else None,
    )
    records, at = [], table.start("rows")
    for cell in _CELL.finditer(clean.text, at, table.end("rows")):
        start, stop = trim(clean.text, cell.start("text"), cell.end("text"))
        span = clean.original(cell.start("agency"), cell.end("agency"))
        words = clean.words(start, stop)
        text_span = clean.original(start, stop)
        records.append(
            replace(shared, text=words, text_span=text_span, agency=cell["agency"], agency_span=span)
        )
        at = cell.end()
    start, stop = trim(clean.text, at, table.end("rows"))
    if stop - start > _LEAST_LEFT and is_cut_off(clean, start, stop):
        span = clean.original(start, stop)
        records.append(replace(shared, text=clean.words(start, stop), text_span=span, is_truncated=True))
    return records


def _date(clean: CleanText, label: str, start: int, end: int) -> FuzzyDate | None:
    value = value_after(clean.text, label, start, end)
    return date_in(clean, value.start, value.end) if value else None


def _money(clean: CleanText, value: Value | None) -> tuple[Money, ...]:
    printed = _MONEY.fullmatch(value.words) if value else None
    if value is None or printed is None:
        return ()
    return (Money("savings", int(printed[1].replace(",", "")), clean.original(value.start, value.end)),)


def _title_before(titles: list[re.Match[str]], at: int) -> str:
    return next((title["title"].strip() for title in reversed(titles) if title.start() < at), "")


def _is_report(title: str) -> bool:
    return not _ROW.match(title)


def _mention(clean: CleanText, title: re.Match[str]) -> ReportMention:
    start, end = title.start("title"), title.end("title")
    return ReportMention(
        title=clean.words(start, end), title_span=clean.original(start, end), issuer=office(clean, "HHS OIG")
    )


def _as_of(clean: CleanText) -> FuzzyDate | None:
    told = re.search(r"Last updated on ([A-Z][a-z]+ \d{1,2}, \d{4})", clean.text)
    return date_in(clean, told.start(1), told.end(1)) if told else None


FAMILY = HhsTracker()
