"""DOJ OIG's appendix "Actions Necessary to Close the Report": per number a status and what closes it.

Older ones print a status, the component and the condition only; newer ones print the demand first
and the status in the paragraph below it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.reading.families.ig_agency import named
from closeout.reading.families.ig_dates import report_date
from closeout.reading.families.ig_facts import office, report_number
from closeout.reading.families.ig_positions import assign, read_stances
from closeout.reading.families.ig_rows import is_cut_off, is_full, rows
from closeout.reading.families.ig_sentences import trim
from closeout.reading.families.ig_status_labels import label_status
from closeout.reading.model import (
    DocumentReading,
    Record,
    ReportMention,
    Statement,
    StatementKind,
    StatusBasis,
)
from closeout.reading.statements.counts import parse_count

if TYPE_CHECKING:
    from closeout.reading.clean import CleanText
    from closeout.reading.families.ig_positions import Stance

_TITLE = re.compile(r"(?:Analysis\s+and\s+)?Summary\s+of\s+Actions\s+Necessary\s+to\s+Close", re.IGNORECASE)
_STATUS = r"(?P<status>Resolved|Unresolved|Closed|Open|On Hold)\b"
_ROW = re.compile(
    rf"(?:^|\n)[ \t]*(?P<number>\d{{1,3}}[a-z]?)\.[ \t]+{_STATUS}[ \t]*(?:\("
    rf"(?P<agency>[^)\n]{{2,80}})\))?[ \t]*\.?"
)
_NEW_ROW = re.compile(r"(?:^|\n)[ \t]*(?P<number>\d{1,3}[a-z]?)\.[ \t]+(?=[A-Z])")
_NEW_STATUS = re.compile(rf"\n[ \t]*\n[ \t]*{_STATUS}(?: \((?P<agency>[^)\n]{{2,80}})\))?\.[ \t]+")
_CONDITION = re.compile(r"This recommendation can be closed when\b", re.IGNORECASE)
_FOR = re.compile(r"\n[ \t]*Recommendations? (?:for|to) (?:the )?(?P<agency>[A-Z][^\n:]{1,80}):?[ \t]*(?=\n)")
_COUNT = re.compile(r"\b(?:all|each of the) (?P<count>\d{1,3}|\w+) (?:of our )?recommendations")


class DojClosureAppendix:
    """Numbered statuses, most without the demand's words."""

    name = "doj-oig-closure-appendix"

    def recognize(self, clean: CleanText) -> float:
        """Return high certainty when the title stands near the start and numbered statuses follow."""
        head = clean.text[:6_000]
        title = _TITLE.search(head) if "necessary" in head.lower() else None
        return (
            0.92
            if title and (_ROW.search(clean.text, title.end()) or _new_rows(clean.text, title.end()))
            else 0.0
        )

    def read(self, clean: CleanText) -> DocumentReading:
        """Return one record per number, its text None where only a status is printed."""
        text = clean.text
        title = _TITLE.search(text)
        start = title.end() if title else 0
        old = list(_ROW.finditer(text, start))
        opening = old[0].start() if old else start
        declared = _declared(clean, start, opening)
        numbers = [row["number"] for row in old]
        chosen = assign(read_stances(text, start, opening), numbers, declared[0] if declared else None)
        records = tuple(
            _record(clean, row, end, chosen.get(index)) for index, (row, end) in enumerate(rows(text, old))
        ) or tuple(_new_record(clean, row, status, end) for row, status, end in _new_rows(text, start))
        number, date = report_number(clean), report_date(clean)
        report_title = next((line.strip() for line in text.splitlines() if line.strip()), "")
        return DocumentReading(
            document=clean.document,
            family=self.name,
            title=report_title,
            issuer=office(clean, "DOJ OIG"),
            report_number=number.words if number else "",
            report_date=date,
            declared_total=declared[0] if declared else None,
            declared_span=clean.original(declared[1], declared[2]) if declared else None,
            complete=is_full(records, declared[0] if declared else None),
            reports=(
                ReportMention(
                    title=report_title,
                    number=number.words if number else "",
                    number_span=number.span if number else None,
                    issuer=office(clean, "DOJ OIG"),
                    issued=date,
                    declared_count=declared[0] if declared else None,
                    declared_span=clean.original(declared[1], declared[2]) if declared else None,
                ),
            ),
            records=tuple(
                replace(record, report_title=report_title, report_number=number.words if number else "")
                for record in records
            ),
        )


def _record(clean: CleanText, row: re.Match[str], end: int, stance: Stance | None) -> Record:
    start, stop = trim(clean.text, row.end(), end)
    return Record(
        text=None,
        text_span=None,
        number=row["number"],
        agency=row["agency"] or "",
        agency_span=clean.original(row.start("agency"), row.end("agency")) if row["agency"] else None,
        status_printed=row["status"],
        status=label_status(row["status"]),
        status_basis=StatusBasis.PRINTED,
        status_span=clean.original(row.start("status"), row.end("status")),
        position_printed=stance.printed if stance else None,
        position=stance.position if stance else None,
        position_span=clean.original(stance.start, stance.end) if stance else None,
        position_by=stance.by if stance else "",
        narrative_span=clean.original(start, stop) if start < stop else None,
        statements=_condition(clean, start, stop),
        is_truncated=start < stop and is_cut_off(clean, start, end),
    )


def _condition(clean: CleanText, start: int, stop: int) -> tuple[Statement, ...]:
    """Return what the auditor wants to see before closing, as a need."""
    found = _CONDITION.search(clean.text, start, stop)
    if found is None:
        return ()
    words = clean.words(found.start(), stop)
    return (Statement(StatementKind.NEED, clean.original(found.start(), stop), words, by="DOJ OIG"),)


def _new_rows(text: str, start: int) -> list[tuple[re.Match[str], re.Match[str], int]]:
    found = []
    for row, end in rows(text, list(_NEW_ROW.finditer(text, start))):
        status = _NEW_STATUS.search(text, row.end(), end)
        if status:
            found.append((row, status, end))
    return found


def _new_record(clean: CleanText, row: re.Match[str], status: re.Match[str], end: int) -> Record:
    text = clean.text
    start, stop = trim(text, row.end(), status.start())
    first, last = trim(text, status.start("status"), end)
    stance = next(iter(read_stances(text, status.end(), last)), None)
    return Record(
        text=clean.words(start, stop),
        text_span=clean.original(start, stop),
        number=row["number"],
        agency=status["agency"] or _addressed(text, row.start()) or named(stance.by if stance else ""),
        status_printed=status["status"],
        status=label_status(status["status"]),
        status_basis=StatusBasis.PRINTED,
        status_span=clean.original(status.start("status"), status.end("status")),
        position_printed=stance.printed if stance else None,
        position=stance.position if stance else None,
        position_span=clean.original(stance.start, stance.end) if stance else None,
        position_by=stance.by if stance else "",
        narrative_span=clean.original(first, last),
        statements=_condition(clean, first, last),
        is_truncated=is_cut_off(clean, first, end),
    )


def _addressed(text: str, at: int) -> str:
    """Return the component that the last heading above names ("Recommendations for the BOP:")."""
    headings = [found["agency"] for found in _FOR.finditer(text, 0, at)]
    return headings[-1] if headings else ""


def _declared(clean: CleanText, start: int, end: int) -> tuple[int, int, int] | None:
    found = _COUNT.search(clean.text, start, end)
    count = parse_count(found["count"]) if found else None
    return (count, found.start(), found.end()) if found and count else None


FAMILY = DojClosureAppendix()
