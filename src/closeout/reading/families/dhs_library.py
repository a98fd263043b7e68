"""DHS OIG's report library: titles, summaries and labels, no recommendations.

Three layouts: labels on lines of their own with values missing, labels and values run together,
and a table of numbers, summaries and ">" titles.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from closeout.reading.families.ig_dates import date_in
from closeout.reading.families.ig_facts import issuer
from closeout.reading.families.ig_positions import read_stances
from closeout.reading.families.ig_sentences import trim
from closeout.reading.model import DocumentReading, ReportMention
from closeout.reading.statements.counts import parse_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.reading.clean import CleanText
    from closeout.reading.dates import FuzzyDate
    from closeout.reading.model import Span

_ENTRY = re.compile(
    r"Report Number\s*(?P<number>OIG-\d\d-\d{2,4}(?:-[A-Z])?(?![a-z0-9]|(?<=-)[a-z])|OIG-\d\d-\d{2,4})"
    r"(?P<labels>(?:(?!Report Number)[\s\S]){0,400}?)Fiscal Year\s*(?P<year>(?:19|20)\d\d)"
)
_SUMMARY = re.compile(r"\s*Executive Summary\s*")
_TABLE = re.compile(r"Report Number(?: Sort \w+)? Title(?: Sort \w+)? Issue Date(?: Sort \w+)? Fiscal Year")
_TABLE_ROW = re.compile(
    r"(?:^|\n)(?P<number>OIG-\d\d-\d{2,4}(?:-[A-Z])?) (?P<body>[\s\S]+?)(?P<year>(?:19"
    r"|20)\d\d)(?=\s*\n(?:OIG-\d\d-|\s*$|[A-Z«‹1]))"
)
_COUNT = re.compile(
    r"\b(?:(?P<clause>[Ww]e (?:made|make|issued) (?P<made>\w+) recommendations?(?: that)?)"
    r"|\w[\w&. ]{1,40}? (?:concurred|agreed|non-concurred) with (?:all |our "
    r"|both )+(?P<mine>\w+)(?: of our)? recommendations?"
    r"|(?:our|contains?|made) (?P<other>\w+) recommendations?)"
)
_NONE = re.compile(r"\b(?:made no|contains no|no) recommendations\b")
_DHS = re.compile(r"\bDHS\b|Homeland Security")
_BULLET = re.compile(r"^[\s•●▪*-]+")


class DhsLibrary:
    """Entries that end with a fiscal year."""

    name = "dhs-oig-library"

    def recognize(self, clean: CleanText) -> float:
        """Return high certainty for the label sequence of the library."""
        text = clean.text
        if "Report Number" not in text or "Fiscal Year" not in text or "OIG-" not in text:
            return 0.0
        return 0.93 if _ENTRY.search(text) or _TABLE.search(text) else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return a mention of each report; a library lists no recommendation's words."""
        mentions = tuple(_listed(clean)) or tuple(_tabled(clean))
        return DocumentReading(
            document=clean.document,
            family=self.name,
            title=_keyword(clean.text),
            issuer=_office(clean.text),
            reports=mentions,
        )


def _listed(clean: CleanText) -> Iterator[ReportMention]:
    text, at = clean.text, 0
    for entry in _ENTRY.finditer(text):
        summary = _SUMMARY.search(text, at, entry.start())
        start, stop = _last_line(text, at, summary.start() if summary else entry.start())
        body = (summary.end(), entry.start()) if summary else (entry.start(), entry.start())
        yield _mention(clean, entry, (start, stop), body)
        at = entry.end()


def _tabled(clean: CleanText) -> Iterator[ReportMention]:
    text = clean.text
    table = _TABLE.search(text)
    for row in _TABLE_ROW.finditer(text, table.end() - 1) if table else ():
        start, stop = trim(text, row.start("body"), row.end("body"))
        mark = text.rfind("\n>", start, stop)
        title = trim(text, mark + 2, stop) if mark >= 0 else (start, stop)
        yield _mention(clean, row, title, (start, mark) if mark >= 0 else (start, start))


def _mention(
    clean: CleanText, entry: re.Match[str], title: tuple[int, int], body: tuple[int, int]
) -> ReportMention:
    count, span = _declared(clean, *body)
    told = next((stance for stance in read_stances(clean.text, *body) if stance.is_all), None)
    return ReportMention(
        title=clean.words(*title),
        title_span=clean.original(*title) if title[0] < title[1] else None,
        number=entry["number"],
        number_span=clean.original(entry.start("number"), entry.end("number")),
        issuer=_office(clean.text),
        issued=_issued(clean, entry),
        fiscal_year=int(entry["year"]),
        declared_count=count,
        declared_span=span,
        position=told.position if told else None,
        position_span=told.span(clean) if told else None,
        agency=told.by if told else "",
    )


def _issued(clean: CleanText, entry: re.Match[str]) -> FuzzyDate | None:
    """Return the issue date, where the label has a value."""
    found = re.search(r"Issue Date\s*(?P<date>[^\n]{0,30}?\d{4})", entry[0])
    start = entry.start() + found.start("date") if found else 0
    return date_in(clean, start, start + len(found["date"])) if found else None


def _declared(clean: CleanText, start: int, end: int) -> tuple[int | None, Span | None]:
    """Return how many recommendations a summary says the report makes, and where."""
    for found in _COUNT.finditer(clean.text, start, end):
        count = parse_count(found["made"] or found["mine"] or found["other"] or "")
        if count is not None:
            return count, clean.original(found.start(), found.end())
    none = _NONE.search(clean.text, start, end)
    return (0, clean.original(none.start(), none.end())) if none else (None, None)


def _last_line(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the last line with words before a summary or label, without its bullet."""
    _, last = trim(text, start, end)
    first = max(text.rfind("\n", start, last) + 1, start)
    mark = _BULLET.match(text[first:last])
    return trim(text, first + (mark.end() if mark else 0), last)


def _office(text: str) -> str:
    """Return whose library it is; a page that names nobody is DHS OIG's when it speaks of DHS."""
    return issuer(text) or ("DHS OIG" if _DHS.search(text) else "")


def _keyword(text: str) -> str:
    """Return the page's keyword: the line before the first entry's title, where there is one."""
    head = (
        text[: text.find("Executive Summary")]
        if "Executive Summary" in text
        else text[: text.find("Report Number")]
    )
    lines = [
        line.strip()
        for line in head.splitlines()
        if line.strip() and not line.lstrip().startswith(("•", "-"))
    ]
    return lines[-1] if lines and len(lines[-1]) < 60 else lines[0] if lines else ""  # noqa: PLR2004


FAMILY = DhsLibrary()
