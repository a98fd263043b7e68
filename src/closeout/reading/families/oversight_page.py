"""Pages of one report on an inspector general's site or oversight.gov: labels, then recommendations."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.reading.families.ig_agency import addressee, agency
from closeout.reading.families.ig_dates import date_in
from closeout.reading.families.ig_facts import issuer
from closeout.reading.families.ig_rows import Value, is_cut_off, is_full, rows, value_after
from closeout.reading.families.ig_sentences import trim
from closeout.reading.families.ig_status_labels import label_status
from closeout.reading.model import DocumentReading, Money, Record, ReportMention, StatusBasis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.reading.clean import CleanText

_TABLE = re.compile(
    r"Recommendation Number\s+Significant Recommendation\s+Recommended Questioned Costs[^\n]*"
)
_ROW = re.compile(
    r"(?:^|\n)[ \t]*(?P<number>\d{1,6}[A-Za-z]?(?:[.-]\d{1,2})?)[ \t]+(?P<significant>Yes"
    r"|No)[ \t]+(?P<questioned>\$[\d,]+)[ \t]+"
    r"(?P<better>\$[\d,]+)(?P<more>[^\n]*)\n"
)
# A line that is nothing but the heading; looked for at the text's start and, quickly, at line ends.
_LIST = r"[ \t]*(?:Report )?Recommendations[ \t]*\n(?=\s*\S)"
_ONE = r"[ \t]*Text of Recommendation[ \t]*\n"
_FOOT = re.compile(
    r"\n[ \t]*(?:Department of [A-Z][^\n]* OIG|Related |View Document|Agency Wide|Contact|Privacy|Follow"
    r"|Share|Topics?:?|Back to"
    r"|United States|\[email|Stay Connected|Footer)\b[^\n]*"
)
_NUMBERED = re.compile(r"(?:Recommendation[ \t]*#?)?(?P<number>\d{1,3})[.):][ \t]+")
_OPEN = re.compile(r"\bThis report has (?P<count>\d+) (?P<open>open) recommendations?")
_DEMAND = re.compile(r".{0,400}?\b(?:should|recommends?|recommended|[A-Z][a-z]+)\b", re.DOTALL)
_EACH = re.compile(r"\n[ \t]*(?P<demand>(?:The )?OIG recommends? [^\n]{30,}[.”])[ \t]*(?=\n|$)")
_FEWEST_DEMANDS = 2
_SHORTEST = 30
_LABELS = ("Date Issued", "Report Number", "Report Type", "Questioned Costs")
_FEWEST_LABELS = 2


def _line(pattern: str, text: str) -> re.Match[str] | None:
    """Return where a line first matches a pattern that takes in its line end."""
    return re.match(pattern, text) or re.search(rf"\n{pattern}", text)


class OversightPage:
    """Label lines ("Report Number", "Questioned Costs") above a table or a plain list of demands."""

    name = "oig-report-page"

    def recognize(self, clean: CleanText) -> float:
        """Return certainty when a report's labels and its recommendations stand on one page."""
        text = clean.text
        if _TABLE.search(text) or _line(_ONE, text):
            return 0.9
        head = text[:1_500]
        if not _line(_LIST, text):
            is_page = "\nReport Information" in head and len(_EACH.findall(text)) >= _FEWEST_DEMANDS
            return 0.7 if is_page else 0.0
        labels = sum(label in head for label in _LABELS)
        return 0.8 if labels >= _FEWEST_LABELS or "Report Terms" in head else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return one record per row, paragraph or single recommendation."""
        text = clean.text
        number, count = (
            value_after(text, "Report Number", 0, 4_000),
            value_after(text, "Number of Recommendations", 0, 4_000),
        )
        records = tuple(_table_records(clean)) or tuple(_single(clean)) or tuple(_list_records(clean))
        declared = int(count.words) if count and count.words.isdigit() else None
        issued = value_after(text, "Date Issued", 0, 4_000)
        by = value_after(text, "Submitting OIG:?", 0, 4_000)
        return DocumentReading(
            document=clean.document,
            family=self.name,
            title=clean.document.title,
            issuer=by.words if by else issuer(clean.document.text),
            report_number=number.words if number else "",
            report_date=date_in(clean, issued.start, issued.end) if issued else None,
            declared_total=declared,
            declared_span=clean.original(count.start, count.end) if count and declared is not None else None,
            complete=is_full(records, declared),
            reports=_mentions(clean, number, declared),
            records=tuple(_addressed(record) for record in records),
        )


def _addressed(record: Record) -> Record:
    who = addressee(record.text or "")
    return replace(record, addressee=who, agency=agency(who))


def _table_records(clean: CleanText) -> Iterator[Record]:
    text = clean.text
    table = _TABLE.search(text)
    if table is None:
        return
    told = _OPEN.search(text)
    for row, end in rows(text, list(_ROW.finditer(text, table.end())), _FOOT):
        start, stop = trim(text, row.end(), end)
        yield Record(
            text=clean.words(start, stop) or None,
            text_span=clean.original(start, stop) if start < stop else None,
            number=row["number"],
            status_printed=told["open"] if told else None,
            status=label_status("open") if told else None,
            status_basis=StatusBasis.PRINTED if told else None,
            status_span=clean.original(told.start("open"), told.end("open")) if told else None,
            updated_on=date_in(clean, row.start("more"), row.end("more")),
            money=tuple(
                _amount(clean, row, kind, group)
                for kind, group in (("questioned", "questioned"), ("better-use", "better"))
            ),
            is_truncated=is_cut_off(clean, start, end),
        )


def _amount(clean: CleanText, row: re.Match[str], kind: str, group: str) -> Money:
    return Money(kind, int(re.sub(r"\D", "", row[group])), clean.original(row.start(group), row.end(group)))


def _single(clean: CleanText) -> Iterator[Record]:
    """Yield the one recommendation of a "Recommendation Details" page."""
    text = clean.text
    opening = _line(_ONE, text)
    if opening is None:
        return
    label = re.compile(r"\n[ \t]*Recommendation (?:Number|Status)[ \t]*\n").search(text, opening.end())
    start, stop = trim(text, opening.end(), label.start() if label else len(text))
    number, status = (
        value_after(text, name, stop, len(text))
        for name in ("Recommendation Number", "Recommendation Status")
    )
    yield Record(
        text=clean.words(start, stop),
        text_span=clean.original(start, stop),
        number=number.words if number else None,
        status_printed=status.words if status else None,
        status=label_status(status.words) if status else None,
        status_basis=StatusBasis.PRINTED if status else None,
        status_span=clean.original(status.start, status.end) if status else None,
    )


def _list_records(clean: CleanText) -> Iterator[Record]:
    """Yield the paragraphs below the heading "Recommendations", each one demand."""
    text = clean.text
    heading = _line(_LIST, text)
    if heading is None:
        yield from _bare_demands(clean)
        return
    foot = _FOOT.search(text, heading.end())
    limit = foot.start() if foot else len(text)
    for line in re.finditer(r"[^\n]+", text[heading.end() : limit]):
        start, stop = trim(text, heading.end() + line.start(), heading.end() + line.end())
        mark = _NUMBERED.match(text, start, stop)
        start = mark.end() if mark else start
        words = text[start:stop]
        if len(words) < _SHORTEST or not words.endswith((".", ".”", ".)")) or not _DEMAND.match(words):
            continue
        yield Record(
            text=clean.words(start, stop),
            text_span=clean.original(start, stop),
            number=mark["number"] if mark else None,
        )


def _bare_demands(clean: CleanText) -> Iterator[Record]:
    """Yield the lines that say what "The OIG recommends", where the page sets no heading above them."""
    for line in _EACH.finditer(clean.text):
        yield Record(text=clean.words(*line.span("demand")), text_span=clean.original(*line.span("demand")))


def _mentions(clean: CleanText, number: Value | None, declared: int | None) -> tuple[ReportMention, ...]:
    if number is None:
        return ()
    span = clean.original(number.start, number.end)
    return (
        ReportMention(
            title=clean.document.title,
            number=number.words,
            number_span=span,
            declared_count=declared,
        ),
    )


FAMILY = OversightPage()
