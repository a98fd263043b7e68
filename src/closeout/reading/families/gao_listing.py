"""GAO's pages that list open recommendations: by agency, by topic, and the database since 2021.

A page is a heading, sometimes a total, and blocks; a block is a report's title, how many of its
recommendations are open, column headings, and rows. One report may have several blocks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from closeout.reading.clean import CleanText
from closeout.reading.families.gao_agencies import is_agency_name
from closeout.reading.families.gao_headings import NUMBER, first_date
from closeout.reading.families.gao_labels import HEADER, ISSUER
from closeout.reading.families.gao_records import incomplete_listing, mark_cut_off, row_record
from closeout.reading.families.gao_rows import read_rows
from closeout.reading.model import DocumentReading, Problem, RecommendationKind, ReportMention, Span

if TYPE_CHECKING:
    from closeout.reading.dates import FuzzyDate
    from closeout.reading.model import Record

_BLOCK = re.compile(
    r"^[ \t]*(?:show[ \t]+)?(\d{1,4} open recommendations?)[ \t\r]*$", re.IGNORECASE | re.MULTILINE
)
_TOTAL = re.compile(r"open\s+recommendations\s+\((\d[\d,]*)\s+total\)", re.IGNORECASE)
_RANGE = re.compile(
    r"[\d,]+\s?[-–]\s?[\d,]+\s+of\s+([\d,]+)\s+recommendations\b"
    r"(?:,\s+including\s+[\d,]+\s+priority\s+recommendations)?",
    re.IGNORECASE,
)
_AS_OF = re.compile(
    r"\bas of ([A-Z][a-z]+ \d{1,2}, \d{4}), there are [\d,]+ open recommendations", re.IGNORECASE
)
_ASIDE = re.compile(r"show|fast facts|\d+ priority|(?:(?:published|publicly released)\b.*)", re.IGNORECASE)
_UI = re.compile(r"skip to .*|jump to:?|clear all filters|download .*", re.IGNORECASE)
_PAGE_END = re.compile(
    r"^[ \t]*(?:related pages?|load more|pagination|first page|more recommendations|get email updates|"
    r"stay connected|have a question about a recommendation\?.*|current page|next page.*)[ \t\r]*$",
    re.IGNORECASE | re.MULTILINE,
)
_DATE = re.compile(r"[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}")
_COLUMNS = re.compile(
    r"^(?=[^\n]*\bStatus\b)(?=[^\n]*\bRecommendation\b)[ \t|*]*(?:Agency|Recommendation|Status)\b",
    re.MULTILINE,
)
_HEAD = 4_000
_FEW_WORDS = 8


class _Block(NamedTuple):
    """Where a block's title, count and rows stand."""

    title: tuple[int, int]
    declared: tuple[int, int]
    rows: tuple[int, int]


class _Listing:
    """Reads agency, topic and database pages."""

    name = "gao-agency-page"

    def recognize(self, clean: CleanText) -> float:
        """Return 0.95 for text with blocks of open recommendations, 0 without."""
        text = clean.document.text
        lowered = text[:_HEAD].lower()
        if "open recommendation" not in lowered:
            return 0.0
        if _BLOCK.search(text):
            return 0.95 if _COLUMNS.search(text) else 0.4
        return 0.7 if _TOTAL.search(text, 0, _HEAD) or _RANGE.search(text, 0, _HEAD) else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return the blocks as report mentions and the rows as records."""
        # A page of HTML has no page breaks: lines that recur are rows, not running headers.
        page = CleanText(clean.document, ((0, len(clean.document.text), ""),))
        blocks = _blocks(page.text)
        head_end = blocks[0].title[0] if blocks else len(page.text)
        names = _heading_names(page.text, head_end)
        mentions = [_mention(page, block) for block in blocks]
        records: list[Record] = []
        for block, mention in zip(blocks, mentions, strict=True):
            records.extend(row_record(page, row, mention) for row in read_rows(page.text, *block.rows, names))
        records = mark_cut_off(page.text, records)
        return self._reading(page, head_end, mentions, records)

    def _reading(
        self, page: CleanText, head_end: int, mentions: list[ReportMention], records: list[Record]
    ) -> DocumentReading:
        declared, span = _declared(page.text, head_end)
        shown = sum(record.kind is RecommendationKind.RECOMMENDATION for record in records)
        problems: tuple[Problem, ...] = ()
        if declared is not None and shown < declared:
            problems = (incomplete_listing(declared, shown, span),)
        return DocumentReading(
            document=page.document,
            family=_family(page.text, head_end),
            issuer=ISSUER,
            as_of=_as_of(page),
            declared_total=declared,
            declared_span=span,
            complete=None if declared is None else shown >= declared,
            reports=tuple(mentions),
            records=tuple(records),
            problems=problems,
        )


def _family(text: str, head_end: int) -> str:
    head = text[:head_end].lower()
    if "recommendations database" in head or _RANGE.search(head):
        return "gao-recdb-page"
    return "gao-agency-page" if _TOTAL.search(head) else "gao-topic-page"


def _blocks(text: str) -> list[_Block]:
    counts = list(_BLOCK.finditer(text))
    titles = [_title(text, count.start(), _floor(counts, index)) for index, count in enumerate(counts)]
    blocks = []
    for index, count in enumerate(counts):
        ends = titles[index + 1][0] if index + 1 < len(counts) else _page_end(text, count.end())
        blocks.append(_Block(titles[index], count.span(1), (count.end(), ends)))
    return blocks


def _floor(counts: list[re.Match[str]], index: int) -> int:
    return counts[index - 1].end() if index else 0


def _page_end(text: str, start: int) -> int:
    end = _PAGE_END.search(text, start)
    return end.start() if end else len(text)


def _title(text: str, end: int, floor: int) -> tuple[int, int]:
    """Return where the title above a block's count stands: the nearest line of words."""
    lines = _lines_above(text, end, floor)
    for index, (start, stop) in enumerate(lines):
        line = text[start:stop]
        if not line or _ASIDE.fullmatch(line) or NUMBER.match(line) or _is_date(line):
            continue
        above = lines[index + 1] if index + 1 < len(lines) else None
        # "Cybersecurity:" on a line of its own is the first half of a title.
        is_split = (
            above is not None
            and text[slice(*above)].endswith(":")
            and text[slice(*above)].count(" ") < _FEW_WORDS
        )
        return (above[0] if above and is_split else start), stop
    return end, end


def _lines_above(text: str, end: int, floor: int) -> list[tuple[int, int]]:
    lines = []
    stop = text.rfind("\n", floor, end)
    while stop > floor:
        start = max(text.rfind("\n", floor, stop) + 1, floor)
        left, right = start, stop
        while left < right and text[left] in " \t#*":
            left += 1
        while right > left and text[right - 1] in " \t*\r":
            right -= 1
        lines.append((left, right))
        stop = start - 1
    return lines


def _is_date(line: str) -> bool:
    return _DATE.fullmatch(line) is not None


def _mention(page: CleanText, block: _Block) -> ReportMention:
    number = NUMBER.search(page.text, block.title[1], block.declared[0])
    return ReportMention(
        title=page.words(*block.title),
        title_span=page.original(*block.title),
        number=number[0] if number else "",
        number_span=page.original(*number.span()) if number else None,
        issuer=ISSUER,
        issued=first_date(page, block.title[1], block.declared[0]),
        declared_open=int(page.text[block.declared[0] : block.declared[1]].split()[0]),
        declared_span=page.original(*block.declared),
    )


def _heading_names(text: str, head_end: int) -> set[str]:
    """Return the agency the page is about, where its heading names one."""
    lines = (line.strip(" \t#*") for line in text[:head_end].splitlines())
    return {
        line
        for line in lines
        if is_agency_name(line) and not _UI.fullmatch(line) and not HEADER.fullmatch(line)
    }


def _declared(text: str, head_end: int) -> tuple[int | None, Span | None]:
    total = _TOTAL.search(text, 0, head_end) or _RANGE.search(text, 0, head_end)
    if total is None:
        return None, None
    return int(total[1].replace(",", "")), Span(*total.span())


def _as_of(page: CleanText) -> FuzzyDate | None:
    said = _AS_OF.search(page.text, 0, _HEAD)
    return first_date(page, *said.span(1)) if said else None


FAMILY = _Listing()
