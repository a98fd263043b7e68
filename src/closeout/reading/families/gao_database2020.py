"""GAO's recommendations database until 2021: labelled entries under report numbers or directors.

In 2016 an entry gave the recommendation's words and the director; in 2020 it gave the report's
number and date, and the words were lost behind a link.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from closeout.reading.clean import CleanText
from closeout.reading.families.gao_entries import entry_record
from closeout.reading.families.gao_headings import NUMBER, first_date
from closeout.reading.families.gao_labelled import read_entries
from closeout.reading.families.gao_labels import ISSUER
from closeout.reading.families.gao_records import incomplete_listing, mark_cut_off
from closeout.reading.model import DocumentReading, Problem, ReportMention, Span

if TYPE_CHECKING:
    from closeout.reading.dates import FuzzyDate
    from closeout.reading.model import Record

_GROUP = re.compile(
    rf"^[ \t]*(?:(?P<number>{NUMBER.pattern}), (?P<date>[A-Z][a-z]{{2,8}}\.? \d{{1,2}}, \d{{4}})"
    rf"|(?:Director|Phone):[^\n]*)[ \t\r]*$",
    re.MULTILINE,
)
_OPEN_COUNT = re.compile(r"^[ \t]*(\d{1,3}) open recommendations?[ \t\r]*$", re.IGNORECASE | re.MULTILINE)
_TOTAL = re.compile(
    r"\b\d[\d,]* publications? with a total of (\d[\d,]*) open recommendations?", re.IGNORECASE
)
_AS_OF = re.compile(
    r"\bas of ([A-Z][a-z]+ \d{1,2}, \d{4}), there (?:are|were) \d[\d,]* open recommendations", re.IGNORECASE
)
_LABELS = re.compile(r"^[ \t]*(?:Agency|Agency Affected|Recommendation):[^\n]*", re.MULTILINE)
_AFTER_BLANK = re.compile(r"\n[ \t\r]*\n$")
_HEAD = 6_000


class _Group(NamedTuple):
    """One report's entries."""

    head: re.Match[str]
    start: int
    end: int


class _Database2020:
    """Reads database pages until 2021."""

    name = "gao-recdb-2020"

    def recognize(self, clean: CleanText) -> float:
        """Return 0.9 for the database's introduction with labelled entries behind it."""
        text = clean.document.text
        head = text[:_HEAD].lower()
        if "recommendations database" not in head or "open recommendation" not in head:
            return 0.0
        return 0.9 if _GROUP.search(text) and _LABELS.search(text) else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return the groups as report mentions and the entries as records."""
        page = CleanText(clean.document, ((0, len(clean.document.text), ""),))
        groups = _groups(page.text)
        mentions = [_mention(page, group) for group in groups]
        records: list[Record] = []
        for group, mention in zip(groups, mentions, strict=True):
            records.extend(
                entry_record(page, entry, mention)
                for entry in read_entries(page.text, group.start, group.end)
            )
        records = mark_cut_off(page.text, records)
        return self._reading(page, mentions, records)

    def _reading(
        self, page: CleanText, mentions: list[ReportMention], records: list[Record]
    ) -> DocumentReading:
        total = _TOTAL.search(page.text)
        declared = int(total[1].replace(",", "")) if total else None
        span = Span(*total.span()) if total else None
        problems = []
        if any(record.text is None for record in records):
            message = (
                "The page gives statuses without the words of the recommendations; read each report as well."
            )
            problems.append(Problem("no-recommendation-text", message))
        if declared is not None and len(records) < declared:
            problems.append(incomplete_listing(declared, len(records), span))
        return DocumentReading(
            document=page.document,
            family=self.name,
            issuer=ISSUER,
            as_of=_as_of(page),
            declared_total=declared,
            declared_span=span,
            complete=None if declared is None else len(records) >= declared,
            reports=tuple(mentions),
            records=tuple(records),
            problems=tuple(problems),
        )


def _groups(text: str) -> list[_Group]:
    heads: list[re.Match[str]] = []
    for head in _GROUP.finditer(text):
        # A phone line under a number or a director belongs to it; alone it is a report without its number.
        if not heads or text[heads[-1].end() : head.start()].strip():
            heads.append(head)
    ends = [*(_title_start(text, head.start()) for head in heads[1:]), len(text)]
    return [_Group(head, head.end(), end) for head, end in zip(heads, ends, strict=False)]


def _title_start(text: str, head: int) -> int:
    """Return where a report's title begins when one stands on the line over its number, else `head`."""
    above = text.rfind("\n", 0, max(0, head - 1)) + 1
    line = text[above:head].strip()
    is_title = (
        bool(line)
        and ":" in line
        and not line.endswith((".", ":", ")"))
        and _AFTER_BLANK.search(text, max(0, above - 6), above) is not None
    )
    return above if is_title and not _LABELS.match(text, above) else head


def _mention(page: CleanText, group: _Group) -> ReportMention:
    has_number = group.head["number"] is not None
    start = _title_start(page.text, group.head.start())
    has_title = start < group.head.start()
    count = _OPEN_COUNT.search(page.text, group.start, group.end)
    return ReportMention(
        title=page.words(start, group.head.start()) if has_title else "",
        title_span=page.original(start, group.head.start() - 1) if has_title else None,
        number=group.head["number"] or "",
        number_span=page.original(*group.head.span("number")) if has_number else None,
        issuer=ISSUER,
        issued=first_date(page, *group.head.span("date")) if has_number else None,
        declared_open=int(count[1]) if count else None,
        declared_span=page.original(*count.span(0)) if count else None,
    )


def _as_of(page: CleanText) -> FuzzyDate | None:
    said = _AS_OF.search(page.text, 0, _HEAD)
    return first_date(page, *said.span(1)) if said else None


FAMILY = _Database2020()
