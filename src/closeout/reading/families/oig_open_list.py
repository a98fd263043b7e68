"""Letters that list recommendations still open in a table of report, date and recommendation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.reading.dates import find_dates
from closeout.reading.families.ig_agency import addressee, agency
from closeout.reading.families.ig_columns import Cell, Paragraph, beside, cells, paragraphs, text_column
from closeout.reading.families.ig_dates import date_in, report_date
from closeout.reading.families.ig_facts import issuer
from closeout.reading.families.ig_status_labels import label_status
from closeout.reading.fold import fold_space
from closeout.reading.model import DocumentReading, Record, ReportMention, Span, StatusBasis
from closeout.reading.statements.counts import COUNT, parse_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from closeout.reading.clean import CleanText
    from closeout.reading.dates import FuzzyDate

# The first letters stand in front of the word boundary so that the search skips to them at once.
_TITLE = re.compile(
    r"(?P<status>[OU](?<!\w[OU])(?:pen and Unimplemented|nimplemented|pen"
    r"|utstanding))\s+Recommendations?\s+(?:as of (?P<asof>[A-Z][a-z]+ \d{1,2}, \d{4})"
    r"|[Ss]ince (?:\w+ )?\d{4})"
)
_HEADER = re.compile(
    r"^[ \t]*Report[^\n]*(?:Recommendation|Date)[^\n]*(?:\n[^\n]*(?:Date|\(According)[^\n]*)?\n", re.MULTILINE
)
_DATE = re.compile(r"^(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:\s+\d{4})?|\d{4})$")
_DECLARED = re.compile(
    rf"\b(?:there (?:are|were)|identified"
    rf"|found)\s+(?P<count>{COUNT})\s+(?:\w+\s+){{0,2}}?recommendations\b"
    rf"(?P<after>[\s\S]{{0,200}}?all\s+but\s+(?P<left>{COUNT})\b)?",
    re.IGNORECASE,
)
_LINES_APART = 2
_PAGE_NUMBER = re.compile(r"^\d{1,3}$")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the table: its report, its date, and the paragraphs beside them."""

    report: str
    date: FuzzyDate | None
    paragraphs: tuple[Paragraph, ...]


class OigOpenList:
    """A letter with an enclosure in columns."""

    name = "oig-open-list"

    def recognize(self, clean: CleanText) -> float:
        """Return certainty when a title names open recommendations and a table head follows."""
        title = _TITLE.search(clean.document.text)
        return 0.85 if title and _HEADER.search(clean.document.text, title.start()) else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return one record per paragraph of the table's text column."""
        text = clean.document.text
        title = _TITLE.search(text)
        start = title.start() if title else 0
        rows = list(_rows(text, start))
        as_of = (
            date_in(clean, clean.at(title.start("asof")), clean.at(title.end("asof")))
            if title and title["asof"]
            else None
        )
        records = tuple(
            _record(row, paragraph, title, issuer(clean.document.text))
            for row in rows
            for paragraph in row.paragraphs
        )
        declared = _declared(text)
        return DocumentReading(
            document=clean.document,
            family=self.name,
            title=fold_space(title[0]) if title else "",
            issuer=issuer(clean.document.text),
            report_date=report_date(clean),
            as_of=as_of,
            declared_total=declared[0] if declared else None,
            declared_span=declared[1] if declared else None,
            complete=len(records) >= declared[0] if declared else None,
            reports=tuple(ReportMention(row.report, issued=row.date) for row in rows if row.report),
            records=records,
        )


def _rows(text: str, start: int) -> Iterator[_Row]:
    """Yield the rows of the table's pieces, one piece per page."""
    heads = list(_HEADER.finditer(text, start))
    for index, head in enumerate(heads):
        end = heads[index + 1].start() if index + 1 < len(heads) else len(text)
        found = [cell for cell in cells(text, head.end(), end) if not _PAGE_NUMBER.match(cell.words)]
        column = text_column(found)
        if column is not None:
            yield from _split(beside(found, column), list(paragraphs(found, column)))


def _split(left: Sequence[Cell], body: Sequence[Paragraph]) -> Iterator[_Row]:
    """Give each block on the left, set in the middle of its row, the paragraphs of that row."""
    blocks = _blocks([cell for cell in left if not _DATE.match(cell.words)])
    dates = _dates([cell for cell in left if _DATE.match(cell.words)])
    rest = list(body)
    for index, block in enumerate(blocks):
        last = index + 1 == len(blocks)
        first_line = rest[0].first_line if rest else 0
        reach = block[0].line + block[-1].line - first_line
        row = [
            paragraph for paragraph in rest if last or paragraph.first_line + paragraph.last_line <= 2 * reach
        ]
        rest = [paragraph for paragraph in rest if paragraph not in row]
        middle = (block[0].line + block[-1].line) / 2
        near = min(dates, key=lambda date: abs(date[0] - middle), default=None)
        yield _Row(fold_space(" ".join(cell.words for cell in block)), near[1] if near else None, tuple(row))
    if not blocks and rest:
        yield _Row("", None, tuple(rest))


def _blocks(left: Sequence[Cell]) -> list[list[Cell]]:
    blocks: list[list[Cell]] = []
    for cell in left:
        if (
            blocks
            and cell.line - blocks[-1][-1].line <= _LINES_APART
            and not cell.words.startswith(("Inspection", "Audit", "Review", "Evaluation"))
        ):
            blocks[-1].append(cell)
        else:
            blocks.append([cell])
    return blocks


def _dates(found: Sequence[Cell]) -> list[tuple[float, FuzzyDate]]:
    """Return the dates of the date column with their lines; month and year may stand one above the other."""
    dates: list[tuple[float, FuzzyDate]] = []
    for index, cell in enumerate(found):
        below = found[index + 1] if index + 1 < len(found) else None
        is_split = below is not None and below.words.isdigit() and below.line - cell.line <= _LINES_APART
        words = f"{cell.words} {below.words}" if below and is_split else cell.words
        line = (cell.line + below.line) / 2 if below and is_split else cell.line
        dates.extend((line, date) for date in find_dates(words)[:1] if not cell.words.isdigit())
    return dates


def _record(row: _Row, paragraph: Paragraph, title: re.Match[str] | None, by: str) -> Record:
    who = addressee(paragraph.words)
    body = agency(who)
    whole = by.removesuffix(" OIG")
    printed = title["status"] if title else None
    return Record(
        text=paragraph.words,
        text_span=Span(paragraph.start, paragraph.end),
        report_title=row.report,
        agency=whole if body and whole.startswith(body) else body,
        addressee=who,
        status_printed=printed,
        status=label_status(printed) if printed else None,
        status_basis=StatusBasis.PRINTED if printed else None,
        status_span=Span(title.start("status"), title.end("status")) if title else None,
    )


def _declared(text: str) -> tuple[int, Span] | None:
    found = _DECLARED.search(text)
    if found is None:
        return None
    left = parse_count(found["left"]) if found["left"] else None
    count = left if left is not None else parse_count(found["count"])
    return (
        (count, Span(found.start(), found.end() if left is not None else found.end("count")))
        if count
        else None
    )


FAMILY = OigOpenList()
