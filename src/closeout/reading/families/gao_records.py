"""Make a record of what a GAO layout shows of one recommendation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.reading.families.gao_agencies import is_congress
from closeout.reading.families.gao_labels import STATUS, TAG, is_tooltip, normal_status
from closeout.reading.model import Problem, RecommendationKind, Record, StatusBasis
from closeout.reading.statements.narrative import read_narrative

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.reading.clean import CleanText
    from closeout.reading.families.gao_rows import Row
    from closeout.reading.model import ReportMention, Span
    from closeout.reading.statements.narrative import Narrative

_TRAILING = " \n\t\r|*_"
_SENTENCE_END = frozenset('.!?)]"”’')


def row_record(clean: CleanText, row: Row, report: ReportMention) -> Record:
    """Return the record of a table row.

    Args:
        clean: The text the row's offsets count in.
        row: The row.
        report: The report it belongs to.

    """
    agency = clean.words(*row.agency) if row.agency else ""
    text = clean.words(*row.text)
    record = Record(
        text=text,
        text_span=clean.original(*row.text),
        report_title=report.title,
        report_number=report.number,
        kind=kind_of(text, agency),
        number=number_in(text),
        agency=agency,
        agency_span=clean.original(*row.agency) if row.agency else None,
        is_priority=row.is_priority,
    )
    return with_follow_up(clean, record, row.status, row.narrative)


def number_in(text: str) -> str | None:
    """Return the number of the last tag in a recommendation's words, None without one."""
    tags = list(TAG.finditer(text))
    return tags[-1]["number"] if tags else None


def kind_of(text: str, agency: str = "") -> RecommendationKind:
    """Return whether the words ask something of an agency or of Congress."""
    tags = list(TAG.finditer(text))
    is_matter = is_congress(agency) if agency else is_congress(text)
    if tags:
        is_matter = tags[-1]["word"].casefold().startswith("matter") or (is_matter and bool(agency))
    return RecommendationKind.MATTER if is_matter else RecommendationKind.RECOMMENDATION


def with_follow_up(
    clean: CleanText,
    record: Record,
    status: tuple[int, int] | None,
    narrative: tuple[int, int] | None,
) -> Record:
    """Return the record with its status and with what the narrative says.

    A printed status is kept as printed. Without one, the status is our reading of the narrative,
    and marked as such.

    Args:
        clean: The text the offsets count in.
        record: What is known so far.
        status: Where the status is printed.
        narrative: Where the prose about progress stands.

    """
    told = read_narrative(clean, *narrative, agency=record.agency, is_answer=True) if narrative else None
    if told and narrative:
        record = _with_narrative(record, told, clean.original(*narrative))
    if status:
        printed = _label(clean, status)
        return replace(
            record,
            status_printed=printed,
            status=normal_status(printed, record.position),
            status_basis=StatusBasis.PRINTED,
            status_span=clean.original(*status),
        )
    return _with_inferred_status(record, told) if told else record


def _with_narrative(record: Record, told: Narrative, span: Span) -> Record:
    return replace(
        record,
        narrative_span=span,
        statements=told.statements,
        promises=told.promises,
        position=told.position,
        position_printed=told.position_printed,
        position_span=told.position_span,
        position_by=told.position_by,
        doubts=(*record.doubts, *told.doubts),
    )


def _with_inferred_status(record: Record, told: Narrative) -> Record:
    if told.reads_as is None:
        return record
    return replace(
        record,
        status=told.reads_as,
        status_basis=StatusBasis.INFERRED,
        status_confidence=told.confidence,
    )


def _label(clean: CleanText, status: tuple[int, int]) -> str:
    printed = clean.words(*status)
    label = STATUS.match(printed)
    return label[0] if label else printed


def incomplete_listing(declared: int, shown: int, span: Span | None) -> Problem:
    """Return the problem of a page that shows fewer recommendations than it declares."""
    message = f"The page declares {declared} open recommendations and shows {shown}; save it with all loaded."
    return Problem("incomplete-listing", message, span)


def mark_cut_off(text: str, records: Sequence[Record]) -> list[Record]:
    """Return the records, the last one marked when the document's text breaks off within it."""
    end = len(text.rstrip(_TRAILING))
    if not records or not end or text[end - 1] in _SENTENCE_END:
        return list(records)
    last = records[-1]
    spans = (last.text_span, last.agency_span, last.status_span, last.narrative_span)
    # Where the page ends in a heading or a further block, the last record is whole.
    reaches = max((span.end for span in spans if span), default=0) >= end or _is_tooltip_end(text, last, end)
    return [*records[:-1], replace(last, is_truncated=True)] if reaches else list(records)


def _is_tooltip_end(text: str, record: Record, end: int) -> bool:
    return record.status_span is not None and is_tooltip(text[record.status_span.end : end].strip())
