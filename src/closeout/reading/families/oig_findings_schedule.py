"""Schedules of findings in financial audits: labels on the left, their words in a column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.reading.families.ig_columns import Cell, cells
from closeout.reading.families.ig_dates import report_date
from closeout.reading.families.ig_facts import is_of_inspector, issuer, report_number
from closeout.reading.families.ig_titles import subject
from closeout.reading.fold import fold_space
from closeout.reading.model import DocumentReading, Finding, Record, ReportMention, Span
from closeout.reading.statements.position import read_position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.reading.clean import CleanText

_TITLES = ("Schedule of Findings", "SCHEDULE OF FINDINGS", "Findings and Recommendations")
_TITLE = re.compile(rf"^[ \t]*(?:{'|'.join(_TITLES)})[^\n]*$", re.MULTILINE)
_LABEL = re.compile(
    r"^(?P<label>Finding(?: (?:No\. ?)?[\d-]+)?|Criteria|Condition|Cause"
    r"|(?:Potential )?Effect(?: or Potential Effect)?|Recommendations?"
    r"|(?:Responsible|Management|Agency|Auditee|Views of)[\w’' ]*|Response)(?::|$|(?= {2,}))"
)
_REPLY = re.compile(r"Responsible|Official|Management|Agency|Auditee|Views|Response")
_NEXT_LABEL_COLUMN = 3


@dataclass(slots=True)
class _Part:
    """A labelled part of a finding: its label, words and place."""

    label: str
    start: int
    end: int
    words: str


class OigFindingsSchedule:
    """Label on the left, words in the column beside it."""

    name = "oig-findings-schedule"

    def recognize(self, clean: CleanText) -> float:
        """Return certainty when a schedule's title is followed by its labels in a column."""
        text = clean.document.text
        title = _TITLE.search(text) if any(words in text for words in _TITLES) else None
        if title is None or not is_of_inspector(clean.document.text):
            return 0.0
        labels = {part.label.split()[0].rstrip(":") for part in _parts(clean.document.text, title.end())}
        return 0.86 if {"Condition", "Recommendation"} <= {label.rstrip("s") for label in labels} else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return a finding with its four parts and a record for each recommendation."""
        text = clean.document.text
        title = _TITLE.search(text)
        groups = _groups(list(_parts(text, title.end() if title else 0)))
        by, number, told, date = (
            issuer(clean.document.text),
            report_number(clean),
            subject(clean.text),
            report_date(clean),
        )
        name, own = told.words if told else "", number.words if number else ""
        return DocumentReading(
            document=clean.document,
            family=self.name,
            title=name,
            issuer=by,
            report_number=own,
            report_date=date,
            reports=(ReportMention(name, number=own, issuer=by, issued=date),),
            findings=tuple(_finding(group) for group in groups),
            records=tuple(record for group in groups for record in _records(text, group, name, own, by)),
        )


def _parts(text: str, start: int) -> Iterator[_Part]:
    """Yield the labelled parts; a label may go on in the line below it."""
    current: _Part | None = None
    for cell in cells(text, start, len(text)):
        label = _LABEL.match(cell.words) if cell.column <= _NEXT_LABEL_COLUMN else None
        if label:
            if current:
                yield current
            current = _Part(label["label"], cell.end, cell.start, "")
        elif current and cell.column <= _NEXT_LABEL_COLUMN and not current.words.endswith("."):
            current.label = f"{current.label} {cell.words}"
        elif current and not _is_page_number(cell):
            current.start = current.start if current.words else cell.start
            current.end, current.words = cell.end, fold_space(f"{current.words} {cell.words}")
    if current:
        yield current


def _is_page_number(cell: Cell) -> bool:
    return cell.words.isdigit() and cell.column > 30  # noqa: PLR2004 - centered at the foot of a page


def _groups(parts: list[_Part]) -> list[list[_Part]]:
    groups: list[list[_Part]] = []
    for part in parts:
        if not groups or part.label.startswith("Finding"):
            groups.append([])
        groups[-1].append(part)
    return groups


def _named(group: list[_Part], word: str) -> Span | None:
    part = next((part for part in group if word in part.label), None)
    return Span(part.start, part.end) if part else None


def _finding(group: list[_Part]) -> Finding:
    head = group[0]
    return Finding(
        head.words or head.label,
        Span(head.start, head.end),
        criteria=_named(group, "Criteria"),
        condition=_named(group, "Condition"),
        cause=_named(group, "Cause"),
        effect=_named(group, "Effect"),
    )


def _records(text: str, group: list[_Part], title: str, number: str, by: str) -> Iterator[Record]:
    reply = next(
        (part for part in group if _REPLY.search(part.label) and not part.label.startswith("Finding")), None
    )
    for part in group:
        if not part.label.startswith("Recommendation") or not part.words:
            continue
        claim = read_position(reply.words, is_answer=True) if reply else None
        yield Record(
            text=part.words,
            text_span=Span(part.start, part.end),
            report_title=title,
            report_number=number,
            agency=claim.by if claim and claim.by else by.removesuffix(" OIG"),
            position=claim.position if claim else None,
            position_printed=claim.printed if claim else None,
            position_span=Span(reply.start, reply.end) if claim and reply else None,
            position_by=claim.by if claim else "",
            response_span=Span(reply.start, reply.end) if reply else None,
            is_truncated=not text[part.end :].strip() and not part.words.endswith("."),
        )


FAMILY = OigFindingsSchedule()
